package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// listing is a source for tests: lines `key form` under compextr.
type listing struct{}

func (listing) Info() Info {
	return Info{Name: "test", Platform: "zvm", View: Active, Prefixes: []Key{"compextr", "tool"}}
}
func (listing) Recognise(*Head) Confidence { return Certain }
func (listing) Collect(ctx context.Context, files []*File, opts *Options, out *Output) error {
	r := out.Part("")
	for _, f := range files {
		l, err := f.Lines(ctx)
		if err != nil {
			return err
		}
		for l.Next() {
			key, form, err := SplitLine(l.Line().Text)
			if err != nil {
				return err
			}
			v, err := ParseForm(form, TypeAbsent)
			if err != nil {
				return err
			}
			r.Read(1)
			r.Used(1)
			if err := r.Put(Key(key), v, l.Line().At(f)); err != nil {
				return err
			}
		}
		state, why := l.End(opts)
		r.Cover(Coverage{Prefix: "compextr", State: state, Reason: why})
		l.Close()
	}
	return nil
}

func collectLines(t *testing.T, opts Options, lines ...string) *Part {
	t.Helper()
	parts, err := Run(t.Context(), listing{}, []*File{BytesFile("in.txt", []byte(strings.Join(lines, "\n")+"\n"))}, &opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(parts[0].Close)
	return parts[0]
}

func contents(t *testing.T, open Opener) string {
	t.Helper()
	r, err := open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFactsAreSortedAndCanonical(t *testing.T) {
	p := collectLines(t, Options{System: "S1"}, `compextr/b: 2`, `compextr/a/x: text`, `compextr/a: ["z","y"]`, `compextr/b: 2`)
	want := "compextr/a: [\"z\",\"y\"]\ncompextr/a/x: text\ncompextr/b: 2\n"
	if got := contents(t, p.FactsBlob); got != want {
		t.Errorf("facts\n%swant\n%s", got, want)
	}
	if got, want := contents(t, p.ProvenanceBlob), "compextr/a\t0:3@33\ncompextr/a/x\t0:2@14\ncompextr/b\t0:1@0\n"; got != want {
		t.Errorf("provenance\n%swant\n%s", got, want)
	}
	if p.Header.Facts != 3 || p.Header.System != "S1" || p.Header.CoverageOf("compextr/a").State != Open {
		t.Errorf("header %+v", p.Header)
	}
}

func TestTwoValuesForOneKey(t *testing.T) {
	_, err := Run(t.Context(), listing{}, []*File{BytesFile("in.txt", []byte("compextr/a: 1\ncompextr/b: 1\ncompextr/a: 2\n"))}, &Options{})
	if !errors.Is(err, ErrTwoValues) || !strings.Contains(err.Error(), "in.txt: line 3") || !strings.Contains(err.Error(), "in.txt:1") {
		t.Errorf("error %v", err)
	}
}

func TestSpilledRunsGiveTheSameDigest(t *testing.T) {
	var lines []string
	for i := range 5000 {
		// Long enough for the reader to refill its buffer many times.
		lines = append(lines, fmt.Sprintf("compextr/k%d: value %d %s", i, i*7, strings.Repeat("x", 200+i%50)))
	}
	whole := collectLines(t, Options{}, lines...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	spilled := collectLines(t, Options{Limits: Limits{Sort: 20000}}, lines...)
	if whole.Header.Content != spilled.Header.Content || whole.Header.Facts != 5000 {
		t.Errorf("digest %s, spilled %s", whole.Header.Content, spilled.Header.Content)
	}
	r, err := spilled.Facts()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r.Next() {
		n++
	}
	if n != 5000 || r.Err() != nil || r.Close() != nil {
		t.Errorf("%d facts read back: %v", n, r.Err())
	}
}

func TestSystemMustAgree(t *testing.T) {
	in := strings.Replace(captured, "first\n*> begin looks like ours\nthird\n", "compextr/a: 1\ncompextr/b: 2\ncompextr/c: 3\n", 1)
	run := func(system string) (*Part, error) {
		parts, err := Run(t.Context(), listing{}, []*File{BytesFile("x", []byte(in))}, &Options{System: system, SystemFrom: FromCommand})
		if err != nil {
			return nil, err
		}
		return parts[0], nil
	}
	p, err := run("")
	if err != nil || p.Header.System != "PRDA" || p.Header.SystemFrom != FromCapture || p.Header.Period.Start != "2026-11-18T02:05:00+01:00" {
		t.Errorf("header %+v, %v", p.Header, err)
	}
	if p.Header.CoverageOf("compextr/a").State != Complete {
		t.Errorf("coverage %+v", p.Header.Coverage)
	}
	if _, err := run("PRDB"); err == nil || !strings.Contains(err.Error(), "PRDA") || !strings.Contains(err.Error(), "PRDB") {
		t.Errorf("a wrong system name gives %v", err)
	}
}

func TestSnapshotFileRoundTrip(t *testing.T) {
	p := collectLines(t, Options{System: "S1"}, `compextr/b: 2`, `compextr/a: x`)
	s, err := NewSnapshot([]*Part{p})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "s.snap")
	if err := s.WriteFile(name, nil); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(name); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", st.Mode(), err)
	}
	back, err := OpenSnapshot(t.Context(), name, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	if back.System != "S1" || back.Parts[0].Header.Content != p.Header.Content || contents(t, back.Parts[0].FactsBlob) != contents(t, p.FactsBlob) {
		t.Errorf("read back: %+v", back.Parts[0].Header)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	// Every flipped bit and every truncation is found.
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 4
		checkDamaged(t, fmt.Sprintf("bit flipped at %d", i), bad, p.Header.Content)
	}
	for n := range len(raw) {
		if n > 0 {
			checkDamaged(t, fmt.Sprintf("cut at %d", n), raw[:n], "")
		}
	}
}

func checkDamaged(t *testing.T, what string, raw []byte, content string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "bad.snap")
	if err := os.WriteFile(name, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSnapshot(t.Context(), name, nil)
	if err != nil {
		return
	}
	defer s.Close()
	// Bits in unused ZIP fields (times, attributes, the header text) may pass;
	// the facts must then be what they were.
	if len(s.Parts) != 1 || s.Parts[0].Header.Content != content || s.Parts[0].Check(t.Context()) != nil {
		t.Errorf("%s: opened with other facts", what)
	}
}

func TestExportRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	hostile := []string{"", " ", ":", ": ", "a: b", "\"", "\\", "#", "- x", "?y", "[", "{", "true", "null", "~", "/", "1.0", "é", "\x00", "\n", "\u2028", "\u202e", "\xff", "*", "&a", "!t", "%", "@", "`", "'", "|", ">"}
	pick := func() string {
		s := ""
		for range rng.IntN(4) {
			s += hostile[rng.IntN(len(hostile))]
		}
		return s
	}
	for round := range 60 {
		var lines []string
		seen := map[Key]bool{}
		for i := range 40 {
			key := NewKey("compextr", fmt.Sprint(i), pick())
			if seen[key] {
				continue
			}
			seen[key] = true
			v := []Value{Text(pick()), Number(rng.Int64()), Bool(rng.IntN(2) == 0), List(pick(), pick()), Unknown("why " + pick()), List()}[rng.IntN(6)]
			lines = append(lines, string(AppendLine(nil, key, v)))
		}
		p := collectLines(t, Options{System: "S: 1"}, lines...)
		s := &Snapshot{System: p.Header.System, Parts: []*Part{p}}
		for _, format := range ExportFormats {
			name := filepath.Join(t.TempDir(), "export")
			if err := WriteFile(name, func(w io.Writer) error { return s.Export(w, format.Name, false) }); err != nil {
				t.Fatal(err)
			}
			back, err := OpenSnapshot(t.Context(), name, nil)
			if err != nil {
				b, _ := os.ReadFile(name)
				t.Fatalf("round %d: %s: %v\n%s", round, format.Name, err, b)
			}
			if got := back.Parts[0].Header.Content; got != p.Header.Content {
				t.Fatalf("round %d: %s: content digest differs\n%s\nread back as\n%s", round, format.Name, contents(t, p.FactsBlob), contents(t, back.Parts[0].FactsBlob))
			}
			if format.Name != "flat" && (back.System != "S: 1" || back.Parts[0].Header.CoverageOf("compextr/x").State != Open) {
				t.Fatalf("%s loses system or coverage: %+v", format.Name, back.Parts[0].Header)
			}
			back.Close()
		}
	}
}

func TestMergeFactsShowsDisagreement(t *testing.T) {
	a := collectLines(t, Options{System: "S"}, "compextr/a: 1", "compextr/b: x", "compextr/d: ?not seen")
	b := collectLines(t, Options{System: "S"}, "compextr/b: y", "compextr/c: 3", "compextr/a: 1", "compextr/d: 4")
	var got []string
	err := MergeFacts([]*Part{a, b}, func(f MergedFact) error {
		got = append(got, fmt.Sprint(f.Key, "=", f.Value, f.Parts, f.Disagree))
		return nil
	})
	want := "[compextr/a=1 [0 1] [] compextr/b=?sources disagree [0 1] [x y] compextr/c=3 [1] [] compextr/d=4 [1] []]"
	if err != nil || fmt.Sprint(got) != want {
		t.Errorf("merged %v (%v), want %s", got, err, want)
	}
}

func TestOutputAppearsWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	err := WriteFile(filepath.Join(dir, "out"), func(w io.Writer) error {
		io.WriteString(w, strings.Repeat("x", 1<<20))
		return errors.New("disk full")
	})
	left, _ := os.ReadDir(dir)
	if err == nil || len(left) != 0 {
		t.Errorf("error %v, left behind %v", err, left)
	}
	if err := WriteFile(dir, func(io.Writer) error { return nil }); err == nil || HintOf(err) == "" {
		t.Errorf("writing to a folder: %v", err)
	}
}

func TestCatalogue(t *testing.T) {
	c := Keys()
	for _, d := range c.Definitions() {
		example := strings.NewReplacer("<", "", ">", "", "...", "").Replace(d.Pattern)
		got, ok := c.Lookup(Key(example))
		if !ok || got.Pattern != d.Pattern && !strings.Contains(got.Pattern, "<") {
			t.Errorf("%s: its example %s is found as %q", d.Pattern, example, got.Pattern)
		}
		if d.Meaning == "" || len(d.Sources) == 0 {
			t.Errorf("%s: lacks meaning or sources", d.Pattern)
		}
	}
	if d, ok := c.Lookup("compextr/any/thing/at all"); !ok || d.Class != Setting {
		t.Errorf("compextr keys: %+v %v", d, ok)
	}
	if _, ok := c.Lookup("zvm/nothing/of/the/kind"); ok {
		t.Error("an unknown key is found")
	}
}

func TestStateOfAPart(t *testing.T) {
	cover := func(rows ...Coverage) State {
		h := Header{Coverage: rows}
		return h.State()
	}
	for _, c := range []struct {
		got, want State
		what      string
	}{
		{cover(), Partial, "nothing"},
		{cover(Coverage{Prefix: "zvm/user", State: Complete}), Complete, "complete"},
		{cover(Coverage{Prefix: "zvm/user", State: Open}, Coverage{Prefix: "zvm/profile", State: Complete}), Open, "open"},
		{cover(Coverage{Prefix: "zvm/directory", State: Open}, Coverage{Prefix: "zvm/directory/object", State: Partial}), Open, "one key of an open prefix"},
		{cover(Coverage{Prefix: "zvm/directory", State: Complete}, Coverage{Prefix: "zvm/directory/object", State: Partial}), Partial, "one key of a complete prefix"},
		{cover(Coverage{Prefix: "zvm/user", State: Open}, Coverage{Prefix: "zvm/user/LAST", State: Partial}), Partial, "one user of an open prefix"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
}
