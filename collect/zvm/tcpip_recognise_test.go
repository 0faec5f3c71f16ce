package zvm

import (
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// A console on which disks were linked is no PROFILE TCPIP, although LINK and
// PORT are statements of one.
func TestConsoleIsNoProfile(t *testing.T) {
	const profile = "LINK ETH0 QDIOETHERNET OSA1\nPORT\n 23 TCP INTCLIEN\nHOME\n 10.1.1.1 ETH0\n"
	for text, want := range map[string]collect.Confidence{
		profile: collect.Likely,
		"link maint 191 191 mr ZQXJVK1\nReady; T=0.01/0.01 02:05:40\n" + profile:        collect.No,
		"link maint 191 191 mr ZQXJVK1\nReady(00028); T=0.01/0.01 02:05:40\n" + profile: collect.No,
	} {
		head, err := collect.BytesFile("x", []byte(text)).Peek()
		if err != nil {
			t.Fatal(err)
		}
		if got := TCPIP().Recognise(head); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
