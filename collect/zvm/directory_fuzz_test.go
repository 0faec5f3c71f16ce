package zvm

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// FuzzDirectory checks for any input that the reader neither fails nor loses
// count of lines, that a cut never makes something look removed or changed, and
// that the passwords of the entry behind the input stay inside.
func FuzzDirectory(f *testing.F) {
	for _, in := range [][]byte{
		text(cluster...),
		loose(cluster),
		capture(text(cluster...)),
		compose.DirectoryF80(cluster[:30], &compose.Sequence{First: 10, Step: 10}),
		text("USER A NOLOG 1M 1M G", " MDISK 191 3390 1 5 V1 MR READ,", " WRITE,", " MULT", "USER A NOLOG"),
		text("PROFILE P", "SUBCONFIG S", " INCLUDE P", "IDENTITY I LBYONLY", " BUILD ON * USING SUBCONFIG S", " BUILD ON * USING SUBCONFIG T"),
		text("USER A/B~C NOLOG 1M 1M G", " LINK A/B~C 191", "USER \u00c4\u00d6 NOLOG", " IUCV \xff\xfe", "USER \x01 X"),
		text("USER POOLED LBYONLY", " POOL LOW 99999999999 HIGH 1", " POOL LOW 1 HIGH 99999 PROFILE X", "GLOBALDEFS", " POSIXGROUP a/b 1", "LOAD A B C"),
		[]byte("USER A NOLOG 1M 1M G" + strings.Repeat(" ", 52) + "00000010\n LINK M 190" + strings.Repeat("\u00e4", 90)),
	} {
		f.Add(in, uint16(len(in)/2))
	}
	const canary = "ZQXJV"
	tail := text("", "USER FUZZTAIL ZQXJVPW1 64M 64M G", " APPCPASS G T U ZQXJVPW2", " MDISK 0191 3390 1 5 VOL001 MR ZQXJVPW3 ZQXJVPW4 ZQXJVPW5",
		"SUBCONFIG FUZZTAIL-1", " MDISK 0191 3390 1 5 VOL001 MR ZQXJVPW3")
	f.Fuzz(func(t *testing.T, in []byte, cut uint16) {
		if strings.Contains(strings.ToUpper(string(in)), canary) && strings.Contains(string(in), "fuzz") {
			t.Skip() // an input that holds the canary in the open
		}
		whole, err := run(t, collect.Options{}, in)
		if err != nil {
			var e *collect.Error
			if !errors.As(err, &e) || e.Advice == "" || e.File == "" {
				t.Fatalf("error without place and advice: %v", err)
			}
			return
		}
		defer whole.Close()
		if n := int(cut); n < len(in) {
			if part, err := run(t, collect.Options{}, in[:n]); err == nil {
				checkCut(t, whole, part)
				part.Close()
			}
		}
		if strings.Contains(strings.ToUpper(string(in)), canary) {
			return
		}
		if c, err := run(t, collect.Options{}, append(append([]byte{}, in...), tail...)); err == nil {
			if out := c.everything(t); strings.Contains(strings.ToUpper(out), canary) {
				t.Fatal("a password left the entry it belongs to")
			}
			c.Close()
		} else if strings.Contains(err.Error(), canary) {
			t.Fatalf("a password stands in an error")
		}
	})
}

// checkCut compares a directory with its beginning.
func checkCut(t *testing.T, whole, part *collected) {
	t.Helper()
	wholeDirectory := whole.Header.CoverageOf("zvm/user")
	through := wholeDirectory.Through
	reached := false
	for key := range part.facts {
		reached = reached || through != "" && collect.Key(key).Under(through)
	}
	for key, form := range whole.facts {
		k := collect.Key(key)
		if collect.Keys().Class(k) == collect.Derived {
			continue
		}
		c := part.Header.CoverageOf(k)
		state := c.State
		if c.Through != "" && k.Under(c.Through) {
			continue // the last entity, which an open coverage names as possibly cut
		}
		if state == collect.Partial || whole.Header.CoverageOf(k).State == collect.Partial {
			continue
		}
		got, there := part.facts[key]
		switch {
		case there && got != form:
			t.Fatalf("%s: %s in the whole, %s in its beginning, which is %s there", key, form, got, state)
		case !there && state == collect.Complete, !there && reached:
			t.Fatalf("%s looks removed in the beginning of the file (%s)", key, state)
		}
	}
	for key := range part.facts {
		k := collect.Key(key)
		if _, there := whole.facts[key]; !there && part.Header.CoverageOf(k).State != collect.Partial && whole.Header.CoverageOf(k).State != collect.Partial && collect.Keys().Class(k) != collect.Derived {
			t.Fatalf("%s is in the beginning of the file but not in the whole", key)
		}
	}
}

// Every cut of the composed directories, by the same law.
func TestCutAnywhere(t *testing.T) {
	// Sound statements only, and entries in an order nobody writes.
	odd := []string{
		"USER A LBYONLY 1M 1M G", " INCLUDE P", " OPTION LNKN MAINT", " LINK MAINT 190 190 RR", " MDISK 191 3390 1 50 VOL001 MR READ WRITE MULT",
		"IDENTITY M NOLOG 1M 1M ABC", " BUILD ON M1 USING SUBCONFIG M-1", " BUILD ON M2 USING SUBCONFIG M-2", " LOGONBY A B",
		"SUBCONFIG M-1", " MDISK 191 3390 1 5 V1 MR", "USER B NOLOG 1M 1M G", " INCLUDE P",
		"PROFILE P", " OPTION ACCT APPL", " NICDEF 600 TYPE QDIO LAN SYSTEM V1", "USER C NOLOG 1M 1M G",
		"SUBCONFIG M-2", " MDISK 191 3390 1 5 V2 MR RM", "GLOBALDEFS", " POSIXGROUP a 1", " POSIXGROUP b 2", "DIRECTORY 123 3390 RES001", "DIRECTORY 124 3390 RES002",
	}
	for name, in := range map[string][]byte{
		"profile last": text("USER A NOLOG", " OPTION ACCT", "USER B NOLOG", "PROFILE P", " ACCOUNT 1", "PROFILE Q", " CONSOLE 9 3215 T"),
		"odd":          text(odd...), "captured": capture(text(odd...)), "F80": compose.DirectoryF80(odd, nil), "cluster": text(cluster...),
	} {
		whole := mustRun(t, collect.Options{}, in)
		for n := 1; n < len(in); n++ {
			part, err := run(t, collect.Options{}, in[:n])
			if err != nil {
				if errors.Is(err, context.Canceled) || collect.HintOf(err) == "" {
					t.Fatalf("%s cut at %d: %v", name, n, err)
				}
				continue
			}
			checkCut(t, whole, part)
			part.Close()
			if t.Failed() {
				t.Fatalf("%s, cut at byte %d: %q", name, n, in[max(0, n-40):n])
			}
		}
	}
}

// FuzzScrub: whatever can be collected can be scrubbed, with the same facts and
// without the secrets.
func FuzzScrub(f *testing.F) {
	f.Add(text(cluster...))
	f.Add(compose.DirectoryF80(cluster[:20], nil))
	f.Add(loose(cluster[:30]))
	f.Add(capture(text(cluster[20:]...)))
	for _, line := range cluster {
		f.Add([]byte("IDENTITY A ZQXJVK1 1M 1M G\n" + line + "\n"))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 16<<10 {
			t.Skip()
		}
		if _, err := run(t, collect.Options{}, in); err != nil {
			t.Skip()
		}
		s, err := ScrubDirectory(context.Background(), []*collect.File{collect.BytesFile("a.direct", in)}, &collect.Options{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := ScrubDirectory(context.Background(), []*collect.File{collect.BytesFile("a.direct", s.Files[0].Text)}, &collect.Options{})
		if err != nil {
			t.Fatalf("scrubbed twice: %v\n%s", err, s.Files[0].Text)
		}
		if again.Content != s.Content {
			t.Errorf("scrubbed twice it gives other facts")
		}
	})
}
