package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/rules"
)

// TestLostExtractsImproveNothing takes an extract away from the second night, or
// part of it, and looks at what needs more than that extract: whether all
// extracts agree (C02), and whether all changes are approved (V03). The night is
// judged on its own, since the checks on one extract hold in
// TestNoCutTurnsACheckGreen.
func TestLostExtractsImproveNothing(t *testing.T) {
	for _, c := range []struct {
		name, file string
		keep       float64 // of the bytes; below zero the file is gone
		source     string
		bare       bool // no capture header on either night, so nothing proves the end
	}{
		{"console missing", "ZVMPROD1.console.txt", -1, "zvm-query", false},
		{"console cut before the virtual switches", "ZVMPROD1.console.txt", 0.25, "zvm-query", false},
		{"bare console cut before the virtual switches", "ZVMPROD1.console.txt", 0.25, "zvm-query", true},
		{"bare console cut in the middle", "ZVMPROD1.console.txt", 0.5, "zvm-query", true},
		{"configuration missing", "ZVMPROD1.system-config.txt", -1, "zvm-config", false},
		{"configuration cut before the features", "ZVMPROD1.system-config.txt", 0.25, "zvm-config", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir, _, _ := runDemo(t)
			// The night again, in a store that knows its baseline only.
			if err := os.RemoveAll(filepath.Join(dir, "store")); err != nil {
				t.Fatal(err)
			}
			for _, night := range []string{firstNight, secondNight} {
				if c.bare {
					withoutHeader(t, filepath.Join(dir, "extracts", night, c.file))
				}
			}
			_, _, _ = command(t, dir, "run", "--system", "ZVMPROD1", "--night", firstNight)
			if code, _, errs := command(t, dir, "approve", "ZVMPROD1", "--reason", "test"); code != exitOK {
				t.Fatalf("approve: exit code %d\n%s", code, errs)
			}
			name := filepath.Join(dir, "extracts", secondNight, c.file)
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			if c.keep >= 0 {
				n := int(c.keep * float64(len(b)))
				if c.bare {
					n += bytes.IndexByte(b[n:], '\n') + 1 // nothing shows the cut
				}
				if err := os.WriteFile(name, b[:n], 0o600); err != nil {
					t.Fatal(err)
				}
			}
			code, out, errs := command(t, dir, "run", "--system", "ZVMPROD1", "--night", secondNight, "--json")
			if code != exitNotAssessed {
				t.Errorf("exit code %d, want %d\n%s", code, exitNotAssessed, errs)
			}
			var report struct {
				Requirements []struct {
					Number string       `json:"number"`
					Status rules.Status `json:"status"`
				} `json:"requirements"`
				Findings []struct {
					Check   string       `json:"check"`
					Entity  string       `json:"entity"`
					Result  rules.Result `json:"result"`
					Reasons []string     `json:"reasons"`
				} `json:"findings"`
			}
			if err := json.Unmarshal([]byte(out), &report); err != nil {
				t.Fatal(err)
			}
			for _, r := range report.Requirements {
				if r.Number == "2.2.1" && r.Status != rules.JudgementNeeded {
					t.Errorf("2.2.1: %s, want %s", r.Status, rules.JudgementNeeded)
				}
			}
			agree, approved := false, false
			for _, f := range report.Findings {
				agree = agree || f.Check == "C02" && f.Result == rules.NoData && strings.Contains(strings.Join(f.Reasons, " "), c.source)
				approved = approved || f.Check == "V03" && f.Result == rules.NoData && f.Entity == "tool/drift/"+c.source
				if f.Check == "V03" && !strings.HasPrefix(f.Entity, "tool/drift/zvm-") {
					t.Errorf("V03 judges %s, which is no source", f.Entity)
				}
			}
			if !agree {
				t.Errorf("C02 does not say that %s is lacking", c.source)
			}
			if !approved {
				t.Errorf("V03 has data on %s", c.source)
			}
		})
	}
}

// withoutHeader takes the capture header and the end mark out of an extract.
func withoutHeader(t *testing.T, name string) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.DeleteFunc(strings.SplitAfter(string(b), "\n"), func(l string) bool { return strings.HasPrefix(l, "*>") })
	if err := os.WriteFile(name, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestLostProofIsNotAssessed: an extract that lost its capture header may have lost
// more, which for observed things no difference shows. It is not judged as whole
// as its baseline was, cut or not.
func TestLostProofIsNotAssessed(t *testing.T) {
	site, _, _ := runDemo(t)
	withoutReports(t, site)
	for _, c := range []struct {
		file, source string
		keep         float64
	}{
		{"IBMIPRD1.netjobs.csv", "ibmi-netstat", 0.5},
		{"IBMIPRD1.netjobs.csv", "ibmi-netstat", 0.8},
		{"IBMIPRD1.qauditsk.csv", "ibmi-sk", 0.95},
		{"IBMIPRD1.qauditsk.csv", "ibmi-sk", 1},
		{"PRDB.ttls.policy", "attls-policy", 0.5}, // between two statements
		{"PRDB.ttls.policy", "attls-policy", 1},
	} {
		t.Run(fmt.Sprintf("%s %.2f", c.file, c.keep), func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "site")
			if err := os.CopyFS(dir, os.DirFS(site)); err != nil {
				t.Fatal(err)
			}
			system, _, _ := strings.Cut(c.file, ".")
			path := filepath.Join(repeatNight(t, dir, thirdNight), c.file)
			withoutHeader(t, path)
			if c.keep < 1 {
				cutFile(t, path, c.keep)
			}
			config := []string{"--config", filepath.Join(dir, "irondrift.yaml"), "--now", thirdMorning}
			for _, args := range [][]string{
				{"run", "--night", thirdNight, "--system", system},
				{"check", "--system", system},
				{"diff", system + "@baseline", system + "@latest"},
				{"diff", system + "@" + secondNight, system + "@" + thirdNight},
			} {
				var out, errs strings.Builder
				code := run(t.Context(), append(args, config...), nil, &out, &errs)
				said := strings.Contains(strings.Join(strings.Fields(out.String()), " "), c.source+" damaged: nothing proves that the extract is whole, as its baseline is")
				if args[0] == "diff" {
					said = strings.Contains(errs.String(), c.source+": nothing proves that the newer extract is whole, as the older one is")
				}
				if code != exitNotAssessed || !said {
					t.Errorf("%s: exit code %d, want %d; said: %t", strings.Join(args, " "), code, exitNotAssessed, said)
				}
			}
		})
	}
}
