package collect

import (
	"fmt"
	"io"
	"os"
	"testing"
)

// A pipe has a name and no length: "collect <(ssh host command)".
func TestOpenFileOfAPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	name := fmt.Sprintf("/dev/fd/%d", r.Fd())
	if _, err := os.Stat(name); err != nil {
		t.Skip("this system has no ", name)
	}
	const text = "USER A NOLOG 1M 1M G\n"
	go func() {
		_, _ = io.WriteString(w, text)
		w.Close()
	}()
	f, err := OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	head, err := f.Peek()
	if err != nil || string(head.Raw) != text || !head.All {
		t.Fatalf("head %+v, %v", head, err)
	}
	s, err := f.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if b, err := io.ReadAll(s); err != nil || string(b) != text {
		t.Fatalf("%q, %v", b, err)
	}
}
