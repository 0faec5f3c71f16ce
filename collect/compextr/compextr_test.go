package compextr

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
	"github.com/irondrift/irondrift/testdata/compose"
)

// IBM publishes no key: those below are invented to have every shape.
const flatOutput = `SYSTEM.NAME: ZVM1
FEATURES.CLEAR_TDISK: ENABLED
FEATURES.RETRIEVE.MAXIMUM: 255
USERS.PRIVILEGED.0: MAINT
USERS.PRIVILEGED.1: OPERATOR
USERS.PRIVILEGED.10: Z
USERS.PRIVILEGED.2: TCPMAINT
NET.VSWITCH.0.NAME: VSW1
NET.VSWITCH.0.VLAN: 007
FLAGS.TRUE: true
EMPTY.LIST: []
EMPTY.MAP: {}
EMPTY.TEXT:
QUOTED: "12"
odd/key~1: a: b
`

const yamlOutput = `---
SYSTEM:
  NAME: ZVM1
FEATURES:
  CLEAR_TDISK: ENABLED
  RETRIEVE:
    MAXIMUM: 255
USERS:
  PRIVILEGED:
    - MAINT
    - OPERATOR
    - TCPMAINT
    - Z
NET:
  VSWITCH:
    - NAME: VSW1
      VLAN: 007
FLAGS:
  "TRUE": true
EMPTY:
  LIST: []
  MAP: {}
  TEXT:
QUOTED: "12"
odd/key~1: "a: b"
`

var wantFacts = map[string]string{
	"compextr/SYSTEM.NAME":               "ZVM1",
	"compextr/FEATURES.CLEAR_TDISK":      "ENABLED",
	"compextr/FEATURES.RETRIEVE.MAXIMUM": "255",
	"compextr/USERS.PRIVILEGED":          `["MAINT","OPERATOR","TCPMAINT","Z"]`,
	"compextr/NET.VSWITCH.0.NAME":        "VSW1",
	"compextr/NET.VSWITCH.0.VLAN":        "007",
	"compextr/FLAGS.TRUE":                "true",
	"compextr/EMPTY.LIST":                "[]",
	"compextr/EMPTY.MAP":                 "{}",
	"compextr/EMPTY.TEXT":                `""`,
	"compextr/QUOTED":                    `"12"`,
	"compextr/odd~1key~01":               "a: b",
}

func run(t testing.TB, opts collect.Options, in []byte) (map[string]string, *collect.Part, error) {
	t.Helper()
	parts, err := collect.Run(context.Background(), Source(), []*collect.File{collect.BytesFile("COMPEXTR.OUTPUT", in)}, &opts)
	if err != nil {
		return nil, nil, err
	}
	t.Cleanup(parts[0].Close)
	r, err := parts[0].Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	facts := map[string]string{}
	for r.Next() {
		facts[string(r.Key())] = string(r.Form())
	}
	c := parts[0].Header.Counts
	sum := c.Used + c.Duplicate
	for _, n := range c.Ignored {
		sum += n
	}
	if sum != c.Read {
		t.Errorf("counts %+v do not add up", c)
	}
	return facts, parts[0], r.Err()
}

func TestForms(t *testing.T) {
	stamped := ""
	for l := range strings.Lines(flatOutput) {
		stamped += "08:30:09 " + l
	}
	for name, in := range map[string]string{
		"flattened": flatOutput, "yaml": yamlOutput,
		"equals":  strings.ReplaceAll(strings.ReplaceAll(flatOutput, ":\n", "=\n"), ": ", "="),
		"console": "Ready; T=0.01/0.01 08:30:09\n" + stamped + "                RUNNING   ZVM1\nMORE...\nReady(00000); T=0.01/0.02 08:30:10\n",
		"bracket": strings.NewReplacer("PRIVILEGED.0", "PRIVILEGED[0]", "PRIVILEGED.10", "PRIVILEGED[10]", "PRIVILEGED.1", "PRIVILEGED[1]", "PRIVILEGED.2", "PRIVILEGED[2]").Replace(flatOutput),
	} {
		facts, p, err := run(t, collect.Options{AssertComplete: true}, []byte(in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for key, want := range wantFacts {
			if name == "equals" && strings.Contains(key, "odd") {
				want = "a=b"
			}
			if facts[key] != want {
				t.Errorf("%s: %s is %s, want %s", name, key, facts[key], want)
			}
		}
		if len(facts) != len(wantFacts) {
			t.Errorf("%s: %d facts, want %d: %v", name, len(facts), len(wantFacts), facts)
		}
		if warned := p.Header.WarningCount > 0; warned != (name == "equals") {
			t.Errorf("%s: warnings %v", name, p.Header.Warnings)
		}
	}
}

func TestBlanksRepeatedFolded(t *testing.T) {
	facts, _, err := run(t, collect.Options{}, []byte("cp.level   7.3 service 2401\nusers.obey A\nusers.obey B\nx.y 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"compextr/cp.level": "7.3 service 2401", "compextr/users.obey": `["A","B"]`, "compextr/x.y": "1"} {
		if facts[key] != want {
			t.Errorf("%s is %s, want %s", key, facts[key], want)
		}
	}
	wide := "LIST.OF.USERS: " + strings.Repeat("MAINT ", 10) + "OPERA" // 80 columns
	if len(wide) != 80 {
		t.Fatal(len(wide))
	}
	facts, _, err = run(t, collect.Options{}, []byte("A: 1\n"+wide+"\nTOR LAST\nB: 2\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.TrimPrefix(wide, "LIST.OF.USERS: ") + "TOR LAST"; facts["compextr/LIST.OF.USERS"] != want || facts["compextr/B"] != "2" {
		t.Errorf("folded: %v", facts)
	}
}

// A site that knows IBM's keys names them, and the values appear under both.
func TestMapping(t *testing.T) {
	opts := collect.Options{AssertComplete: true, Site: collect.Site{ColumnAliases: map[string][]string{
		"zvm/feature/clear_tdisk": {"features.clear_tdisk"}, "zvm/feature/retrieve/maximum": {"FEATURES.RETRIEVE.MAXIMUM"},
		"zvm/tcpip/obey": {"USERS.PRIVILEGED"}, "zvm/vswitch/count": {"SYSTEM.NAME"}, "SKTYPE": {"What"},
	}}}
	facts, p, err := run(t, opts, []byte(flatOutput))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"zvm/feature/clear_tdisk": "ENABLED", "zvm/feature/retrieve/maximum": "255", "zvm/tcpip/obey": `["MAINT","OPERATOR","TCPMAINT","Z"]`,
		"zvm/vswitch/count": "?COMPEXTR gives a text where a number is expected",
	} {
		if facts[key] != want {
			t.Errorf("%s is %s, want %s", key, facts[key], want)
		}
	}
	if s := p.Header.CoverageOf("zvm/feature/set_privclass").State; s != "" {
		t.Errorf("a key that is not mapped is covered: %s", s)
	}
	opts.Site.ColumnAliases = map[string][]string{"zvm/no/such": {"A"}}
	if _, _, err := run(t, opts, []byte(flatOutput)); err == nil || collect.HintOf(err) == "" {
		t.Errorf("a mapping onto a key that does not exist: %v", err)
	}
}

func TestConformance(t *testing.T) {
	captured := compose.Capture("ZVM1", time.Date(2026, 11, 18, 2, 5, 0, 0, time.UTC), "AUDIT", "COMPEXTR (FLAT", []byte(flatOutput))
	sourcetest.Run(t, sourcetest.Suite{
		Source: Source(),
		Inputs: map[string][]byte{
			"flat": []byte(flatOutput), "yaml": []byte(yamlOutput), "captured": captured,
			"F80":  compose.DirectoryF80(strings.Split(strings.TrimSpace(flatOutput), "\n"), nil),
			"crlf": bytes.ReplaceAll([]byte(yamlOutput), []byte("\n"), []byte("\r\n")),
		},
		SameAs: map[string]string{"yaml": "flat", "F80": "flat", "crlf": "flat"},
		Damaged: map[string]sourcetest.Damage{
			"bad yaml": {Data: []byte("A:\n  - b\n c: d\nE:\n  F: 1\n"), Is: collect.ErrDamaged},
		},
	})
}

// An alias that refers to aliases must not take the program down.
func TestAliases(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		p := "*a" + strconv.Itoa(i-1)
		b.WriteString("a" + strconv.Itoa(i) + ": &a" + strconv.Itoa(i) + " [" + strings.Repeat(p+", ", 8) + p + "]\n")
	}
	b.WriteString("z:\n  y: 1\n")
	if _, _, err := run(t, collect.Options{}, []byte(b.String())); !errors.Is(err, collect.ErrDamaged) {
		t.Errorf("error %v", err)
	}
}

func FuzzCompextr(f *testing.F) {
	for _, s := range []string{flatOutput, yamlOutput, "a=1\na=2\nb[0]=x\n", "a.b c\n", "a: &x\n  b: *x\n", "? [a]\n: b\nc:\n  d: 1\n", "\"a\": |\n  text\nb:\n - 1\n"} {
		f.Add([]byte(s), uint16(len(s)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, cut uint16) {
		whole, p, err := run(t, collect.Options{}, in)
		if err != nil {
			var e *collect.Error
			if !errors.As(err, &e) || e.Advice == "" {
				t.Fatalf("error without advice: %v", err)
			}
			return
		}
		if int(cut) >= len(in) {
			return
		}
		part, q, err := run(t, collect.Options{}, in[:cut])
		if err != nil {
			return
		}
		through := string(p.Header.CoverageOf(prefix).Through)
		for key := range whole {
			_, there := part[key]
			_, reached := part[through]
			if c := q.Header.CoverageOf(collect.Key(key)); !there && (c.State == collect.Complete || c.State == collect.Open && through != "" && reached) {
				// In YAML a key without value can turn out to be a mapping.
				if !strings.HasPrefix(key, through+".") {
					t.Fatalf("%s looks removed in the beginning (%s)", key, c.State)
				}
			}
		}
	})
}

func BenchmarkFlat(b *testing.B) {
	var in bytes.Buffer
	for i := range 100_000 {
		in.WriteString("SECTION.KEY" + strconv.Itoa(i) + ".VALUE: SOME TEXT\n")
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		parts, err := collect.Run(context.Background(), Source(), []*collect.File{collect.BytesFile("x", in.Bytes())}, &collect.Options{})
		if err != nil {
			b.Fatal(err)
		}
		parts[0].Close()
	}
}
