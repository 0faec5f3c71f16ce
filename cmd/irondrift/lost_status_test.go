package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/rules"
)

// lostReport is what the tests here read of a report.
type lostReport struct {
	Requirements []struct {
		Number  string       `json:"number"`
		Status  rules.Status `json:"status"`
		Why     string       `json:"why"`
		Systems []struct {
			System string       `json:"system"`
			Status rules.Status `json:"status"`
			Why    string       `json:"why"`
		} `json:"systems"`
	} `json:"requirements"`
	Findings []struct {
		System   string       `json:"system"`
		Check    string       `json:"check"`
		Entity   string       `json:"entity"`
		Result   rules.Result `json:"result"`
		Evidence []struct {
			File string `json:"file"`
		} `json:"evidence"`
		Before *struct {
			Night    string       `json:"night"`
			Result   rules.Result `json:"result"`
			Messages []string     `json:"messages"`
			Evidence []struct {
				File     string `json:"file"`
				Position int64  `json:"position"`
			} `json:"evidence"`
		} `json:"before"`
	} `json:"findings"`
}

// statuses returns the status of each requirement, and of each on each system.
func (r *lostReport) statuses() map[string]rules.Status {
	out := map[string]rules.Status{}
	for _, q := range r.Requirements {
		out[q.Number] = q.Status
		for _, s := range q.Systems {
			out[q.Number+" on "+s.System] = s.Status
		}
	}
	return out
}

// The nights after the second one, and their mornings.
const (
	thirdNight, thirdMorning   = "2026-11-20", "2026-11-20T06:30:00+01:00"
	fourthNight, fourthMorning = "2026-11-21", "2026-11-21T06:30:00+01:00"
)

// repeatNight gives a site the extracts of the second night once more, under
// another date, for a test to spoil.
func repeatNight(t *testing.T, dir, night string) (extracts string) {
	t.Helper()
	extracts = filepath.Join(dir, "extracts", night)
	if err := os.CopyFS(extracts, os.DirFS(filepath.Join(dir, "extracts", secondNight))); err != nil {
		t.Fatal(err)
	}
	return extracts
}

// runNight runs a night and returns what it reports.
func runNight(t *testing.T, dir, night, morning string, args ...string) (code int, report lostReport) {
	t.Helper()
	var out, errs strings.Builder
	args = append([]string{"run", "--json", "--night", night, "--now", morning, "--config", filepath.Join(dir, "irondrift.yaml")}, args...)
	code = run(t.Context(), args, nil, &out, &errs)
	if err := json.Unmarshal([]byte(out.String()), &report); err != nil {
		t.Fatalf("exit code %d: %v\n%s", code, err, errs.String())
	}
	return code, report
}

// TestNoLostExtractImprovesAStatus takes each extract of the site away from a third
// night that is the second one otherwise, or cuts it on a third and a fourth: no
// requirement looks better than on the second night, neither for a system nor
// over all.
func TestNoLostExtractImprovesAStatus(t *testing.T) {
	if testing.Short() {
		t.Skip("thirty sites, two or three nights each")
	}
	site, _, _ := runDemo(t)
	withoutReports(t, site)
	names, err := os.ReadDir(filepath.Join(site, "extracts", secondNight))
	if err != nil || len(names) < 15 {
		t.Fatalf("%d extracts: %v", len(names), err)
	}
	type night struct{ date, morning string }
	for _, name := range names {
		for how, nights := range map[string][]night{
			"missing": {{thirdNight, thirdMorning}},
			"cut":     {{thirdNight, thirdMorning}, {fourthNight, fourthMorning}},
			// Neither night has a capture header, so nothing shows the cut.
			"cut unseen": {{thirdNight, thirdMorning}, {fourthNight, fourthMorning}},
		} {
			if how == "cut unseen" && name.Name() != "ZVMPROD1.user-direct.txt" && name.Name() != "IBMIPRD1.users.csv" {
				continue
			}
			t.Run(name.Name()+" "+how, func(t *testing.T) {
				t.Parallel()
				system, _, _ := strings.Cut(name.Name(), ".")
				dir := filepath.Join(t.TempDir(), "site")
				if err := os.CopyFS(dir, os.DirFS(site)); err != nil {
					t.Fatal(err)
				}
				if how == "cut unseen" {
					if err := os.RemoveAll(filepath.Join(dir, "store")); err != nil {
						t.Fatal(err)
					}
					withoutHeader(t, filepath.Join(dir, "extracts", secondNight, name.Name()))
				}
				_, before := runNight(t, dir, secondNight, secondMorning, "--system", system)
				for _, next := range nights {
					path := filepath.Join(repeatNight(t, dir, next.date), name.Name())
					if how == "missing" {
						if err := os.Remove(path); err != nil {
							t.Fatal(err)
						}
					} else {
						cutFile(t, path, 0.4)
					}
					code, now := runNight(t, dir, next.date, next.morning, "--system", system)
					if code != exitNotAssessed {
						t.Errorf("night %s: exit code %d, want %d", next.date, code, exitNotAssessed)
					}
					got := now.statuses()
					for what, was := range before.statuses() {
						if slices.Index(rules.Statuses, got[what]) > slices.Index(rules.Statuses, was) {
							t.Errorf("night %s: %s: %q, was %q", next.date, what, got[what], was)
						}
					}
				}
			})
		}
	}
}

// withoutReports keeps the nights of a site from writing report files.
func withoutReports(t *testing.T, dir string) {
	t.Helper()
	name := filepath.Join(dir, "irondrift.yaml")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	cfg, _, found := strings.Cut(string(b), "\nreports:\n")
	if !found {
		t.Fatal("the configuration has no reports")
	}
	if err := os.WriteFile(name, []byte(cfg+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// cutFile keeps the beginning of a file; of text, whole lines, which is where a
// cut is hardest to see.
func cutFile(t *testing.T, path string, keep float64) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := int(keep * float64(len(b)))
	if !strings.HasSuffix(path, ".smf") {
		n += strings.IndexByte(string(b[n:]), '\n') + 1
	}
	if err := os.WriteFile(path, b[:n], 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestLostFailureIsNamed follows two failures of the second night, one of all
// options of RACF and one of a single z/VM user, through a night without their
// extracts to one that has them mended.
func TestLostFailureIsNamed(t *testing.T) {
	dir, _, _ := runDemo(t)
	third := repeatNight(t, dir, thirdNight)
	for _, name := range []string{"PRDA.setropts.txt", "ZVMPROD1.user-direct.txt"} {
		if err := os.Remove(filepath.Join(third, name)); err != nil {
			t.Fatal(err)
		}
	}
	code, report := runNight(t, dir, thirdNight, thirdMorning)
	if code != exitNotAssessed {
		t.Errorf("exit code %d, want %d", code, exitNotAssessed)
	}
	for _, want := range []struct {
		system, check, entity, message, file string
	}{
		{"PRDA", "U11", "racf/setropts", "REVOKE(12): the standard allows at most 10 attempts", "PRDA.setropts.txt"},
		{"ZVMPROD1", "A02", "zvm/user/LXBKU02", "OPTION LNKNOPAS is not approved for it", "ZVMPROD1.user-direct.txt"},
	} {
		found := false
		for _, f := range report.Findings {
			if f.System != want.system || f.Check != want.check || f.Entity != want.entity {
				continue
			}
			found = true
			b := f.Before
			if f.Result != rules.NoData || b == nil || b.Night != secondNight || b.Result != rules.Fail || !slices.Contains(b.Messages, want.message) {
				t.Errorf("%s %s on %s: %+v, before %+v", want.check, want.entity, want.system, f, b)
			} else if len(b.Evidence) == 0 || b.Evidence[0].File != want.file || b.Evidence[0].Position == 0 {
				t.Errorf("%s %s on %s cites %+v", want.check, want.entity, want.system, b.Evidence)
			}
		}
		if !found {
			t.Errorf("there is no finding of %s about %s on %s", want.check, want.entity, want.system)
		}
	}
	for _, q := range report.Requirements {
		for _, s := range q.Systems {
			if q.Number == "8.3.4" && s.System == "PRDA" && (s.Status != rules.IndicatesNotInPlace || !strings.Contains(s.Why, "1 FAIL on 2026-11-19, no data since")) {
				t.Errorf("8.3.4 on PRDA: %s: %s", s.Status, s.Why)
			}
		}
	}
	_, out, _ := nightText(t, dir, thirdNight, thirdMorning)
	for _, want := range []string{"2 FAIL, 3 REVIEW on 2026-11-19, no data since", "U11 racf/setropts: REVOKE(12): the standard allows at most 10 attempts"} {
		if !strings.Contains(out, want) {
			t.Errorf("the summary does not say %q", want)
		}
	}
	html, err := os.ReadFile(filepath.Join(dir, "reports", thirdNight+".html"))
	if err != nil {
		t.Fatal(err)
	}
	if want := `<span class="badge FAIL">FAIL</span> on 2026-11-19, no data since<br>REVOKE(12): the standard allows at most 10 attempts`; !strings.Contains(string(html), want) {
		t.Errorf("the report does not hold %s", want)
	}

	// The extract is back and says 6: nothing of the past stays.
	fourth := repeatNight(t, dir, fourthNight)
	name := filepath.Join(fourth, "PRDA.setropts.txt")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	mended := strings.Replace(string(b), " 12 CONSECUTIVE UNSUCCESSFUL PASSWORD", "  6 CONSECUTIVE UNSUCCESSFUL PASSWORD", 1)
	if mended == string(b) {
		t.Fatal("the extract does not hold REVOKE(12)")
	}
	if err := os.WriteFile(name, []byte(mended), 0o600); err != nil {
		t.Fatal(err)
	}
	_, report = runNight(t, dir, fourthNight, fourthMorning)
	for _, f := range report.Findings {
		if f.Check == "U11" && f.System == "PRDA" || f.Before != nil {
			t.Errorf("after the data is back: %+v, before %+v", f, f.Before)
		}
	}
}

// nightText is runNight with the summary as text.
func nightText(t *testing.T, dir, night, morning string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code = run(t.Context(), []string{"run", "--night", night, "--now", morning, "--config", filepath.Join(dir, "irondrift.yaml")}, nil, &out, &errs)
	return code, out.String(), errs.String()
}
