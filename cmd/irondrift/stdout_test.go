package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fullDisk takes no byte, as a redirection to a full disk does.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestResultsThatCannotBeWritten: what was printed to nowhere is no success.
func TestResultsThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	listing := filepath.Join(dir, "user.direct")
	if err := os.WriteFile(listing, []byte("USER A LBYONLY 1M 1M G\n LINK MAINT 190 190 RR\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	snap := filepath.Join(dir, "a.snap")
	if code := run(context.Background(), []string{"collect", "-q", listing, "--system", "VM1", "--assert-complete", "-o", snap}, nil, os.Stdout, os.Stderr); code != exitOK {
		t.Fatalf("collect gives %d", code)
	}
	for _, args := range []string{
		"collect " + listing + " --system VM1 --assert-complete", "collect --json " + listing + " --system VM1 --assert-complete",
		"collect -q " + listing + " --system VM1 --assert-complete -o -",
		"export " + snap, "export " + snap + " --format json", "diff " + snap + " " + snap, "diff --json " + snap + " " + snap,
		"verify " + snap, "keys", "keys --json", "rules list", "rules list --json", "rules show U11", "version", "version --json", "init --print",
	} {
		var stderr bytes.Buffer
		code := run(context.Background(), strings.Fields(args), nil, fullDisk{}, &stderr)
		if code != exitNotAssessed || !strings.Contains(stderr.String(), "no space left on device") {
			t.Errorf("irondrift %s: exit %d, %q", strings.ReplaceAll(args, dir, ""), code, stderr.String())
		}
	}
}
