package rules

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/irondrift/irondrift/collect"
)

// testPart makes a part of lines "key: value"; line n of the provenance says
// that the n-th key stood on line 10*n of its file.
func testPart(system, source string, facts []string, coverage ...collect.Coverage) *collect.Part {
	facts = slices.Clone(facts)
	slices.SortFunc(facts, func(a, b string) int {
		ka, _, _ := strings.Cut(a, ": ")
		kb, _, _ := strings.Cut(b, ": ")
		return strings.Compare(ka, kb)
	})
	var text, prov bytes.Buffer
	for i, line := range facts {
		key, _, _ := strings.Cut(line, ": ")
		fmt.Fprintln(&text, line)
		fmt.Fprintf(&prov, "%s\t0:%d@%d\n", key, 10*(i+1), i)
	}
	open := func(b []byte) collect.Opener {
		return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
	}
	sum := sha256.Sum256(text.Bytes())
	return &collect.Part{
		Header: collect.Header{
			System: system, Source: source, Schema: collect.SchemaVersion, Collector: "test",
			Period:  collect.Period{Start: "2026-11-18T02:05:00+01:00", End: "2026-11-18T02:05:00+01:00"},
			Content: "sha256:" + hex.EncodeToString(sum[:]), Coverage: coverage,
			Files: []collect.FileInfo{{Name: source + ".txt", Digest: "sha256:feed", Encoding: "utf-8"}},
		},
		FactsBlob: open(text.Bytes()), ProvenanceBlob: open(prov.Bytes()),
	}
}

func complete(prefix string) collect.Coverage {
	return collect.Coverage{Prefix: collect.Key(prefix), State: collect.Complete}
}

// toy is a pack of one check whose package body is given.
func toy(entity, keys, body string) fstest.MapFS {
	rego := "# METADATA\n# title: Toy\n# custom:\n#   id: X1\n#   severity: high\n#   basis: requirement\n#   cover: full\n" +
		"#   requirements: {toy: [\"1.1\"]}\n#   entity: " + entity + "\n" + keys +
		"#   remediation: none\n#   limits: none\npackage toy.X1\n" + body
	return fstest.MapFS{
		".manifest":        {Data: []byte(`{"revision":"7","roots":["toy"],"rego_version":1,"metadata":{"name":"toy","standard":"toy"}}`)},
		"requirements.csv": {Data: []byte(strings.Join(catalogueColumns, ",") + "\n1.1,One,carried,,all,1,\n")},
		"toy/X1.rego":      {Data: []byte(rego)},
	}
}

func toyEngine(t *testing.T, entity, keys, body string, s Site) *Engine {
	t.Helper()
	p, err := Load(toy(entity, keys, body))
	if err != nil {
		t.Fatal(err)
	}
	e, err := NewEngine([]*Pack{p}, s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const toyUser = "zvm/user/<id>"
const toyKeys = "#   keys: {required: [class], optional: [option]}\n"
const toyBody = `
deny contains "class A" if "A" in input.entity.values["class"]
warn contains "option X" if "X" in input.entity.values.option
not_applicable contains "class Z" if input.entity.values["class"] == ["Z"]
`

func TestJudge(t *testing.T) {
	all := complete("zvm/user")
	tests := []struct {
		name  string
		facts []string
		cover []collect.Coverage
		want  string // result entity reason-or-message; passes are "PASS n"
	}{
		{"one of each", []string{"zvm/user/A/class: [\"A\",\"B\",\"G\"]", "zvm/user/B/class: [\"G\"]", "zvm/user/C/class: [\"G\"]", `zvm/user/C/option: ["X"]`, "zvm/user/D/class: [\"Z\"]"},
			[]collect.Coverage{all},
			"FAIL zvm/user/A class A|REVIEW zvm/user/C option X|NOT_APPLICABLE zvm/user/D class Z|PASS 1"},
		{"required unknown", []string{"zvm/user/A/class: ?not visible"}, []collect.Coverage{all},
			"NO_DATA zvm/user/A unknown: not visible|PASS 0"},
		{"required absent", []string{`zvm/user/A/option: ["X"]`}, []collect.Coverage{all},
			"NO_DATA zvm/user/A missing: the extract is complete and does not report it|PASS 0"},
		{"optional unknown is absent to the rule", []string{"zvm/user/A/class: [\"G\"]", "zvm/user/A/option: ?hidden"}, []collect.Coverage{all}, "PASS 1"},
		{"partial turns a pass into no data", []string{"zvm/user/A/class: [\"A\",\"B\",\"G\"]", "zvm/user/B/class: [\"G\"]"},
			[]collect.Coverage{{Prefix: "zvm/user", State: collect.Partial, Reason: "cut at line 9"}},
			"NO_DATA zvm/user the list of zvm/user/<id> may be incomplete: the extract is incomplete: cut at line 9|FAIL zvm/user/A class A|" +
				"NO_DATA zvm/user/B the extract is incomplete: cut at line 9|PASS 0"},
		{"a damaged entity among whole ones", []string{"zvm/user/A/class: [\"G\"]", "zvm/user/B/class: [\"G\"]"},
			[]collect.Coverage{all, {Prefix: "zvm/user/B", State: collect.Partial, Reason: "bad record"}},
			"NO_DATA zvm/user/B the extract is incomplete: bad record|PASS 1"},
		{"open leaves what was read whole", []string{"zvm/user/A/class: [\"G\"]", `zvm/user/A/option: []`, "zvm/user/B/class: [\"G\"]"},
			[]collect.Coverage{{Prefix: "zvm/user", State: collect.Open}},
			"NO_DATA zvm/user the list of zvm/user/<id> may be incomplete: nothing proves that the extract did not stop early|" +
				"PASS 2"},
		{"open leaves the last entity in doubt, not what failed there", []string{"zvm/user/A/class: [\"G\"]", `zvm/user/A/option: []`, "zvm/user/B/class: [\"A\"]", "zvm/user/C/class: [\"G\"]", `zvm/user/C/option: []`},
			[]collect.Coverage{{Prefix: "zvm/user", State: collect.Open, Through: "zvm/user/C"}},
			"NO_DATA zvm/user the list of zvm/user/<id> may be incomplete: nothing proves that the extract did not stop early|" +
				"FAIL zvm/user/B class A|NO_DATA zvm/user/C nothing proves that the extract did not stop early|PASS 1"},
		{"nothing under complete coverage", []string{"zvm/feature/clear_tdisk: true"}, []collect.Coverage{complete("zvm")},
			"NOT_APPLICABLE zvm/user the extract is complete and holds no zvm/user/<id>|PASS 0"},
		{"nothing without coverage", []string{"zvm/feature/clear_tdisk: true"}, []collect.Coverage{complete("zvm/feature")},
			"NO_DATA zvm/user no zvm/user/<id> was read: no extract covers it|PASS 0"},
		{"names that sort between an entity and its keys", []string{"zvm/user/A-B/class: [\"G\"]", "zvm/user/A/class: [\"A\"]", "zvm/user/A0/class: [\"G\"]"}, []collect.Coverage{all},
			"FAIL zvm/user/A class A|PASS 2"},
	}
	e := toyEngine(t, toyUser, toyKeys, toyBody, Site{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{testPart("VM1", "zvm-directory", tt.facts, tt.cover...)})
			if err != nil {
				t.Fatal(err)
			}
			if got := summary(a); got != tt.want {
				t.Errorf("got\n  %s\nwant\n  %s", strings.ReplaceAll(got, "|", "\n  "), strings.ReplaceAll(tt.want, "|", "\n  "))
			}
			if len(a.Errors) > 0 {
				t.Errorf("errors: %q", a.Errors)
			}
		})
	}
}

// summary writes an assessment of one check on one line.
func summary(a *Assessment) string {
	var out []string
	for _, f := range a.Findings {
		out = append(out, strings.Join([]string{string(f.Result), string(f.Entity), strings.Join(slices.Concat(f.Messages, f.Reasons), "; ")}, " "))
	}
	return strings.Join(append(out, fmt.Sprintf("PASS %d", a.Tallies[0].Pass)), "|")
}

func TestSourcesThatDisagree(t *testing.T) {
	e := toyEngine(t, toyUser, toyKeys, toyBody, Site{})
	one := testPart("VM1", "one", []string{"zvm/user/A/class: [\"G\"]"}, complete("zvm/user"))
	two := testPart("VM1", "two", []string{"zvm/user/A/class: [\"A\",\"B\",\"G\"]", "zvm/user/B/class: [\"G\"]"}, complete("zvm/user"))
	a, err := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{one, two})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := summary(a), "NO_DATA zvm/user/A unknown: sources disagree|PASS 1"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	var cited []string
	for _, ev := range a.Findings[0].Evidence {
		cited = append(cited, fmt.Sprintf("%s says %s at %s:%d", ev.Source, ev.Value, ev.File, ev.Line))
	}
	if got, want := strings.Join(cited, ", "), "one says [\"G\"] at one.txt:10, two says [\"A\",\"B\",\"G\"] at two.txt:10"; got != want {
		t.Errorf("evidence: %s, want %s", got, want)
	}
}

// TestDisagreementIsAFinding: whether a rule reads the key or not, and with the
// place in both extracts. An extract that does not know is not in the way of one
// that does.
func TestDisagreementIsAFinding(t *testing.T) {
	one := testPart("VM1", "zvm-config", []string{"zvm/encrypt/paging/algorithm: ?not stated", "zvm/encrypt/paging/state: required", "zvm/vmlan/macprefix: 020001", "zvm/vswitch/count: 1"}, complete("zvm"))
	two := testPart("VM1", "zvm-query", []string{"zvm/encrypt/paging/algorithm: AES256", "zvm/encrypt/paging/state: off", "zvm/vmlan/macprefix: 020002", "zvm/vswitch/count: 2"}, complete("zvm"))
	one.Header.View, two.Header.View = collect.Configured, collect.Active
	a, err := builtinEngine(t, Site{}).Judge(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{one, two})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range a.Findings {
		if f.Check != "C02" {
			continue
		}
		line := fmt.Sprint(f.Result, " ", f.Entity, " ", strings.Join(f.Messages, "; "))
		for _, ev := range f.Evidence {
			line += fmt.Sprintf(" | %s %s=%s %s:%d", ev.Source, ev.Key, ev.Value, ev.File, ev.Line)
		}
		got = append(got, line)
	}
	want := []string{
		"REVIEW tool/disagreement/zvm~1encrypt~1paging~1state the running system differs from its configuration: zvm-config (configured) required; zvm-query (active) off" +
			" | zvm-config zvm/encrypt/paging/state=required zvm-config.txt:20 | zvm-query zvm/encrypt/paging/state=off zvm-query.txt:20",
		"REVIEW tool/disagreement/zvm~1vmlan~1macprefix the running system differs from its configuration: zvm-config (configured) 020001; zvm-query (active) 020002" +
			" | zvm-config zvm/vmlan/macprefix=020001 zvm-config.txt:30 | zvm-query zvm/vmlan/macprefix=020002 zvm-query.txt:30",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	for _, f := range a.Findings {
		if f.Check == "D02" && f.Result != NoData {
			t.Errorf("D02 chose one of two values: %s", f.Result)
		}
	}
}

func TestEvidence(t *testing.T) {
	e := toyEngine(t, toyUser, toyKeys, toyBody, Site{})
	p := testPart("VM1", "zvm-directory", []string{"zvm/user/A/class: [\"A\"]", `zvm/user/A/option: ["X"]`, "zvm/user/A/zzz: 1"}, complete("zvm/user"))
	a, err := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm", Tags: []string{"cde"}}, []*collect.Part{p})
	if err != nil {
		t.Fatal(err)
	}
	f := a.Findings[0]
	if f.Severity != "critical" {
		t.Errorf("severity on a system tagged cde is %s, want critical", f.Severity)
	}
	if len(f.Evidence) != 2 {
		t.Fatalf("evidence: %+v", f.Evidence)
	}
	ev := f.Evidence[1]
	want := "VM1-zvm-directory-" + p.Header.Content[7:15] + "#20"
	if ev.Ref != want || ev.Value != `["X"]` || ev.Digest != "sha256:feed" || ev.Period.End != "2026-11-18T02:05:00+01:00" || ev.Record {
		t.Errorf("evidence %+v, want reference %s", ev, want)
	}
	again, _ := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm", Tags: []string{"cde"}}, []*collect.Part{p})
	if again.Findings[0].ID != f.ID {
		t.Errorf("finding has id %s, then %s", f.ID, again.Findings[0].ID)
	}
}

func TestBrokenRuleIsNoData(t *testing.T) {
	e := toyEngine(t, toyUser, "#   keys: {required: [storage]}\n", `deny contains "x" if to_number(input.entity.values.storage) > 3`+"\n", Site{})
	a, err := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm"},
		[]*collect.Part{testPart("VM1", "d", []string{"zvm/user/A/storage: NOLIMIT"}, complete("zvm/user"))})
	if err != nil {
		t.Fatal(err)
	}
	if a.Findings[0].Result != NoData || a.Tallies[0].Pass != 0 || len(a.Errors) != 1 || !strings.Contains(a.Errors[0], "X1") {
		t.Errorf("findings %+v, errors %q", a.Findings, a.Errors)
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := []struct{ name, entity, keys, body, want string }{
		{"a misspelt field", toyUser, toyKeys, `deny contains "x" if input.entity.values.clas == "A"` + "\n", "undefined ref"},
		{"an undeclared parameter", toyUser, toyKeys, `deny contains "x" if input.parameters.max == 1` + "\n", "undefined ref"},
		{"the clock", toyUser, toyKeys, `deny contains "x" if time.now_ns() > 0` + "\n", "undefined function time.now_ns"},
		{"the network", toyUser, toyKeys, `deny contains "x" if http.send({"url": "x", "method": "get"})` + "\n", "undefined function http.send"},
		{"a misspelt annotation", toyUser, "#   keys: {requird: [class]}\n", toyBody, "unknown field"},
		{"no key", toyUser, "#   keys: {}\n", toyBody, "reads no key"},
		{"an entity outside the namespaces", "oracle/user/<id>", toyKeys, toyBody, "not a namespace"},
		{"zones without peers", toyUser, toyKeys + "#   facts: {required: [zones]}\n", toyBody, "peer_networks"},
		{"no rule", toyUser, toyKeys, "allow := true\n", "defines none of"},
		{"a default beyond its guardrail", toyUser, toyKeys + "#   parameters: {n: {meaning: m, default: 11, max: 10}}\n", toyBody, "above 10"},
	}
	for _, tt := range tests {
		_, err := Load(toy(tt.entity, tt.keys, tt.body))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
	wrong := toy(toyUser, strings.ReplaceAll(toyKeys, "class", "class"), toyBody)
	wrong["toy/X1.rego"].Data = bytes.Replace(wrong["toy/X1.rego"].Data, []byte(`"1.1"`), []byte(`"1.9"`), 1)
	if _, err := Load(wrong); err == nil || !strings.Contains(err.Error(), `requirement "1.9"`) {
		t.Errorf("an unknown requirement: error %v", err)
	}
}
