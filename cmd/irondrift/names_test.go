package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/irondrift/irondrift/reports"
)

const hostsText = `# branches
10.40.52.0/24   branch-munich
10.40.0.0/16    bank
10.40.52.11     till11.example  till11   # the counter
10.40.52.11     second.example
::ffff:192.0.2.7 mapped.example
2001:db8::/32   documentation
`

func TestHostsFile(t *testing.T) {
	h, err := readHosts(strings.NewReader(hostsText))
	if err != nil {
		t.Fatal(err)
	}
	n := &namer{hosts: h}
	rows := []reports.Peers{{Peers: []reports.Peer{
		{Address: "10.40.52.11"}, {Address: "10.40.52.14"}, {Address: "10.40.9.9"}, {Address: "192.0.2.7"},
		{Address: "2001:db8::15"}, {Address: "198.51.100.7"}, {Address: "no address"},
	}}}
	if err := n.name(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
	want := "10.40.52.11 (till11.example), 10.40.52.14 (branch-munich), 10.40.9.9 (bank), 192.0.2.7 (mapped.example), " +
		"2001:db8::15 (documentation), 198.51.100.7, no address"
	if got := rows[0].String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for text, want := range map[string]string{
		"10.1.1.1\n":           `line 1: "10.1.1.1" has no name`,
		"\n# x\nserver 10.1\n": `line 3: "server" is neither`,
		"10.1.1.0/33 x\n":      `line 1: "10.1.1.0/33" is neither`,
	} {
		if _, err := readHosts(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestLookups: each address is asked for once, never one that the file names,
// no more than the bound, and a name service that hangs does not hang the report.
func TestLookups(t *testing.T) {
	h, err := readHosts(strings.NewReader(hostsText))
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int64
	n := newNamer(h)
	n.timeout = 20 * time.Millisecond
	n.lookup = func(ctx context.Context, address string) ([]string, error) {
		asked.Add(1)
		switch address {
		case "10.40.52.14":
			return []string{"z.example.", "till14.example."}, nil
		case "198.51.100.7":
			<-ctx.Done() // a server that does not answer
			return nil, ctx.Err()
		}
		return nil, &net.DNSError{Err: "no such host", IsNotFound: true}
	}
	rows := []reports.Peers{
		{Peers: []reports.Peer{{Address: "10.40.52.11"}, {Address: "10.40.52.14"}, {Address: "198.51.100.7"}}},
		{Peers: []reports.Peer{{Address: "10.40.52.14"}, {Address: "10.40.52.15"}}},
	}
	for range 2 {
		if err := n.name(t.Context(), rows); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := rows[0].String(), "10.40.52.11 (till11.example), 10.40.52.14 (dns: till14.example), 198.51.100.7"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := rows[1].String(), "10.40.52.14 (dns: till14.example), 10.40.52.15 (branch-munich)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if asked.Load() != 3 || n.failed != 1 {
		t.Errorf("%d addresses were asked for, %d failed; want 3 and 1", asked.Load(), n.failed)
	}

	asked.Store(0)
	many := make([]reports.Peers, 2*mostLookups)
	for i := range many {
		many[i].Peers = []reports.Peer{{Address: fmt.Sprintf("192.0.%d.%d", i/250, i%250+1)}}
	}
	n = newNamer(&hosts{})
	n.lookup = func(context.Context, string) ([]string, error) {
		asked.Add(1)
		return nil, errors.New("refused")
	}
	if err := n.name(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	if asked.Load() != mostLookups || n.failed != mostLookups || n.left != 0 {
		t.Errorf("%d look-ups, %d failed, %d left", asked.Load(), n.failed, n.left)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := newNamer(&hosts{}).name(ctx, nil); err != nil {
		t.Errorf("without look-ups: %v", err)
	}
	n = newNamer(&hosts{})
	n.lookup = func(ctx context.Context, _ string) ([]string, error) { return nil, ctx.Err() }
	if err := n.name(ctx, rows); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

// TestNamesAreForReadingOnly plays a night with and without names: the report
// shows them, the evidence does not know them, and a redacted report hides them.
func TestNamesAreForReadingOnly(t *testing.T) {
	dir, _, _ := runDemo(t)
	file := filepath.Join(dir, "hosts")
	if err := os.WriteFile(file, []byte(hostsText), 0o600); err != nil {
		t.Fatal(err)
	}
	saved := reverseLookup
	t.Cleanup(func() { reverseLookup = saved })
	reverseLookup = func(_ context.Context, address string) ([]string, error) {
		return []string{"x-" + strings.ReplaceAll(address, ".", "-") + ".zephyr.example"}, nil
	}
	const named = "used from 10.40.52.11 (till11.example), 10.40.52.14"
	check := func(args ...string) string {
		_, out, _ := command(t, dir, append([]string{"check"}, args...)...)
		return strings.Join(strings.Fields(out), " ") // as if no line was wrapped
	}
	out := check()
	if strings.Contains(out, "till11") || !strings.Contains(out, "used from 10.40.52.11, 10.40.52.14 weaker") {
		t.Errorf("without names:\n%s", out)
	}
	out = check("--hosts", file)
	if !strings.Contains(out, named+" (branch-munich)") || strings.Contains(out, "zephyr") {
		t.Errorf("with a hosts file:\n%s", out)
	}
	out = check("--hosts", file, "--resolve")
	if !strings.Contains(out, named+" (dns: x-10-40-52-14.zephyr.example)") {
		t.Errorf("with look-ups:\n%s", out)
	}
	for _, f := range reports.Formats() {
		_, out, _ = command(t, dir, "report", "--format", f.Name, "--hosts", file, "--resolve", "--redact")
		for _, name := range []string{"till11", "zephyr", "munich", "10.40.52"} {
			if strings.Contains(out, name) {
				t.Errorf("the redacted %s report holds %q", f.Name, name)
			}
		}
	}
	_, out, _ = command(t, dir, "report", "--format", "html", "--hosts", file)
	if n := strings.Count(out, "Used from 10.40.52.11 (till11.example)"); n < 2 {
		t.Errorf("the HTML report names the peers %d times, want them with the change and with the findings", n)
	}
	if code, _, errs := command(t, dir, "check", "--hosts", filepath.Join(dir, "none")); code != exitUsage || !strings.Contains(errs, "names of peers") {
		t.Errorf("a hosts file that is not there: exit code %d: %s", code, errs)
	}

	// The next night with names in the configuration: same evidence.
	config := filepath.Join(dir, "irondrift.yaml")
	b, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	content := func() string {
		_, out, _ := command(t, dir, "report", "--format", "json")
		var lines []string
		for line := range strings.Lines(out) {
			if strings.Contains(line, `"content":`) || strings.Contains(line, `"options":`) {
				lines = append(lines, line)
			}
		}
		return strings.Join(lines, "")
	}
	before := content()
	if err := os.WriteFile(config, append(b, "names: {hosts_file: hosts, resolve: true}\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	_, out, _ = command(t, dir, "run", "--night", secondNight, "--system", "IBMIPRD1")
	if !strings.Contains(out, "till11.example") || !strings.Contains(out, "zephyr") {
		t.Errorf("names of the configuration are not shown:\n%s", out)
	}
	if after := content(); after != before || before == "" {
		t.Error("names changed what the evidence says")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	code := run(t.Context(), []string{"check", "--config", config, "--now", secondMorning}, nil, &bytes.Buffer{}, &errs)
	if code != exitFindings || !strings.Contains(errs.String(), "peers are shown without names") {
		t.Errorf("a configured hosts file that is gone: exit code %d: %s", code, errs.String())
	}
}
