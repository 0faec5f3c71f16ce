package baseline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The operating system refuses a folder below objects: nothing is half written,
// no temporary file stays, and Verify does not call an object missing that it
// could not look for.
func TestFolderRefused(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	p, err := s.PutPart(context.Background(), "2026-11-18", part("zvm/user/A/machine: XA"))
	if err != nil {
		t.Fatal(err)
	}
	path, err := objectPath(p.Content)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(s.dir, filepath.Dir(path))
	if err := os.Rename(folder, folder+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutPart(context.Background(), "2026-11-18", part("zvm/user/A/machine: XA")); err == nil {
		t.Fatal("a part was stored without a place for it")
	}
	if left, err := os.ReadDir(filepath.Join(s.dir, tempDir)); err != nil || len(left) > 0 {
		t.Errorf("temporary files left: %v, %v", left, err)
	}
	r := verifyDir(t, s.dir, nil)
	if len(r.Problems) == 0 {
		t.Fatal("the store is called sound")
	}
	for _, problem := range r.Problems {
		if text := problem.String(); !strings.Contains(text, "cannot be read") || strings.Contains(text, "missing") {
			t.Errorf("problem %q", text)
		}
	}
}

// A record that has its name counts, whatever fails behind it: the approver is
// told so, and it is there.
func TestRecordInEffect(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := context.Background()
	p, err := s.PutPart(ctx, "2026-11-18", part("zvm/user/A/machine: XA"))
	if err != nil {
		t.Fatal(err)
	}
	ledger := filepath.Join(s.dir, ledgerDir)
	s.step = func(what string) {
		if what == "publish: linked" {
			if err := os.Rename(ledger, ledger+".away"); err != nil {
				t.Error(err)
			}
		}
	}
	_, err = s.Approve(ctx, ApproveRequest{Part: p, Reason: "first", By: "kim", ByFrom: "test"})
	if err == nil || !strings.Contains(err.Error(), "ledger record 3 is in effect, but may not survive a power failure") {
		t.Fatalf("error %v", err)
	}
	if err := os.Rename(ledger+".away", ledger); err != nil {
		t.Fatal(err)
	}
	again, err := Open(s.dir, clock())
	if err != nil {
		t.Fatal(err)
	}
	if h := again.History("SYS1"); len(h) != 1 || h[0].Record != 3 {
		t.Errorf("history %+v", h)
	}
}

// A temporary file that cannot be removed behind its link does not turn what
// was recorded into an error.
func TestTemporaryFileStays(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := context.Background()
	temp := filepath.Join(s.dir, tempDir)
	s.step = func(what string) {
		if what == "publish: linked" {
			if err := os.Rename(temp, temp+".away"); err != nil {
				t.Error(err)
			}
		}
		if what == "publish: temporary file removed" {
			if err := os.Rename(temp+".away", temp); err != nil {
				t.Error(err)
			}
		}
	}
	p, err := s.PutPart(ctx, "2026-11-18", part("zvm/user/A/machine: XA"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Approve(ctx, ApproveRequest{Part: p, Reason: "first", By: "kim", ByFrom: "test"}); err != nil {
		t.Fatal(err)
	}
	if r := verifyDir(t, s.dir, nil); !r.OK() || len(r.Notes) == 0 {
		t.Errorf("%+v", r)
	}
}

// Text that JSON cannot carry, as a terminal in Latin-1 sends it, is refused. It
// was once recorded: the record could not be read back, and the store was lost.
func TestStatementOfOtherEncoding(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := context.Background()
	p, err := s.PutPart(ctx, "2026-11-18", part("zvm/user/A/machine: XA"))
	if err != nil {
		t.Fatal(err)
	}
	latin1 := "gepr\xfcft"
	for what, req := range map[string]ApproveRequest{
		"reason": {Part: p, Reason: latin1, By: "kim", ByFrom: "test"},
		"ticket": {Part: p, Reason: "first", Ticket: latin1, By: "kim", ByFrom: "test"},
		"name":   {Part: p, Reason: "first", By: latin1, ByFrom: "test"},
		"host":   {Part: p, Reason: "first", By: "kim", ByFrom: latin1},
	} {
		if _, err := s.Approve(ctx, req); !errors.Is(err, ErrStatement) {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := s.Propose(ctx, req); !errors.Is(err, ErrStatement) {
			t.Errorf("%s proposed: %v", what, err)
		}
	}
	// Whatever the path, what cannot be read back is not written.
	if _, err := s.PutRun(Run{Version: latin1}); err == nil || !strings.Contains(err.Error(), "was not written") {
		t.Errorf("run: %v", err)
	}
	for _, odd := range []string{"line\nline", "\x00\x1b[31m", "\u2028<&>\ufffd", strings.Repeat("x", 1<<20)} {
		if _, err := s.Approve(ctx, ApproveRequest{Part: p, Reason: odd, By: "kim", ByFrom: "test"}); err != nil {
			t.Errorf("%.20q: %v", odd, err)
		}
	}
	if r := verifyDir(t, s.dir, nil); !r.OK() || r.Records != 6 {
		t.Errorf("%+v", r)
	}
	if again, err := Open(s.dir, clock()); err != nil || len(again.History("SYS1")) != 4 {
		t.Errorf("open: %v", err)
	}
}

// An approval that states an earlier time than the evidence before it, as --now
// allows, is sound but noted.
func TestEarlierTimeIsNoted(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	p, err := s.PutPart(context.Background(), "2026-11-18", part("zvm/user/A/machine: XA"))
	if err != nil {
		t.Fatal(err)
	}
	if r := verifyDir(t, s.dir, nil); !r.OK() || len(r.Notes) > 0 {
		t.Errorf("%+v", r)
	}
	s.now = func() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }
	if _, err := s.Approve(context.Background(), ApproveRequest{Part: p, Reason: "first", By: "kim", ByFrom: "test"}); err != nil {
		t.Fatal(err)
	}
	if r := verifyDir(t, s.dir, nil); !r.OK() || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "ledger record 3 says that it was written at 2020-01-01T00:00:00Z, before") {
		t.Errorf("%+v", r)
	}
}
