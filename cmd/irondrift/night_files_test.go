package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/reports"
)

func TestFewer(t *testing.T) {
	for _, c := range []struct {
		before, now string
		state       collect.State
		why         string
	}{
		{"IBMI.netjobs.csv IBMI.netstat.csv", "IBMI.netjobs.csv IBMI.netstat.csv", "", ""},
		{"IBMI.netjobs.csv IBMI.netstat.csv", "IBMI.netstat.csv", collect.Partial, "IBMI.netjobs.csv is missing, read on 2026-11-18"},
		{"a.csv b.csv c.csv", "b.csv", collect.Partial, "a.csv, c.csv are missing, read on 2026-11-18"},
		{"a.csv", "a.csv b.csv", "", ""},
		// A date in the name, and a number that counts.
		{"PRDA.D261118.smf", "PRDA.D261119.smf", "", ""},
		{"PRDA.D261118.jobs.csv PRDA.D261118.stat.csv", "PRDA.D261119.stat.csv", collect.Partial, "PRDA.D261118.jobs.csv is missing, read on 2026-11-18"},
		{"zert1.smf zert2.smf zert3.smf", "zert1.smf zert3.smf", collect.Open, "of files like zert1.smf there are 2, and 3 on 2026-11-18"},
		{"zert.smf", "zert1.smf zert2.smf", "", ""},
		{"zert1.smf zert2.smf", "zert1.smf zert2.smf zert3.smf", "", ""},
		{"x\n1.csv y.csv", "y.csv", collect.Partial, `"x\n1.csv" is missing, read on 2026-11-18`},
	} {
		state, why := fewer(strings.Split(c.before, " "), strings.Split(c.now, " "), "on 2026-11-18")
		if why != c.why || why != "" && state != c.state {
			t.Errorf("%q, then %q: %s %q, want %s %q", c.before, c.now, state, why, c.state, c.why)
		}
	}
}

// filesReport is what the tests here read of a report.
type filesReport struct {
	Notices []struct {
		Kind   reports.NoticeKind `json:"kind"`
		Source string             `json:"source"`
		Text   string             `json:"text"`
	} `json:"notices"`
	Systems []struct {
		Parts []collect.Header `json:"parts"`
	} `json:"systems"`
}

func (r *filesReport) about(kind reports.NoticeKind, source string) (texts []string) {
	for _, n := range r.Notices {
		if n.Kind == kind && n.Source == source {
			texts = append(texts, n.Text)
		}
	}
	return texts
}

func (r *filesReport) part(source string) collect.Header {
	for _, h := range r.Systems[0].Parts {
		if h.Source == source {
			return h
		}
	}
	return collect.Header{}
}

func filesNight(t *testing.T, dir, night, morning string) (code int, report filesReport) {
	t.Helper()
	var out, errs strings.Builder
	code = run(t.Context(), []string{"run", "--json", "--system", "IBMIPRD1", "--night", night, "--now", morning, "--config", filepath.Join(dir, "irondrift.yaml")}, nil, &out, &errs)
	if err := json.Unmarshal([]byte(out.String()), &report); err != nil {
		t.Fatalf("exit code %d: %v\n%s", code, err, errs.String())
	}
	return code, report
}

// TestOneOfTwoFilesIsMissing: the network status of IBM i comes in two files behind
// one pattern. Without one of them the part is partial, on the second such night as
// on the first, until somebody approves that it comes alone.
func TestOneOfTwoFilesIsMissing(t *testing.T) {
	dir, _, _ := runDemo(t)
	withoutReports(t, dir)
	const why = "IBMIPRD1.netjobs.csv is missing, read on " + secondNight
	for _, next := range [][2]string{{thirdNight, thirdMorning}, {fourthNight, fourthMorning}} {
		if err := os.Remove(filepath.Join(repeatNight(t, dir, next[0]), "IBMIPRD1.netjobs.csv")); err != nil {
			t.Fatal(err)
		}
		code, report := filesNight(t, dir, next[0], next[1])
		h := report.part("ibmi-netstat")
		if got := report.about(reports.Missing, "ibmi-netstat"); code != exitNotAssessed || !slices.Equal(got, []string{why}) || h.State() != collect.Partial || h.Coverage[0].Reason != why || h.Facts == 0 {
			t.Errorf("%s: exit code %d, notices %q, coverage %+v, %d facts", next[0], code, got, h.Coverage, h.Facts)
		}
		if got := report.about(reports.Damaged, "ibmi-netstat"); got != nil {
			t.Errorf("%s: it is said twice: %q", next[0], got)
		}
	}
	var out, errs strings.Builder
	if code := run(t.Context(), []string{"approve", "IBMIPRD1", "--source", "ibmi-netstat", "--partial", "--reason", "jobs are not extracted any more",
		"--now", fourthMorning, "--config", filepath.Join(dir, "irondrift.yaml")}, nil, &out, &errs); code != exitOK {
		t.Fatalf("approve: exit code %d\n%s", code, errs.String())
	}
	const fifthNight, fifthMorning = "2026-11-22", "2026-11-22T06:30:00+01:00"
	if err := os.Remove(filepath.Join(repeatNight(t, dir, fifthNight), "IBMIPRD1.netjobs.csv")); err != nil {
		t.Fatal(err)
	}
	_, report := filesNight(t, dir, fifthNight, fifthMorning)
	if h := report.part("ibmi-netstat"); h.State() != collect.Complete || report.about(reports.Missing, "ibmi-netstat") != nil {
		t.Errorf("after it was approved: %+v, notices %q", h.Coverage, report.about(reports.Missing, "ibmi-netstat"))
	}
}

// TestOneOfTwoFilesIsUnreadable: the other one is read all the same.
func TestOneOfTwoFilesIsUnreadable(t *testing.T) {
	site, _, _ := runDemo(t)
	withoutReports(t, site)
	for name, c := range map[string]struct{ content, why string }{
		"empty":       {"", "IBMIPRD1.netjobs.csv: file is empty"},
		"a message":   {"CPF2103 something went wrong\n", "IBMIPRD1.netjobs.csv: offset 0: format not recognised: neither NETSTAT_INFO nor NETSTAT_JOB_INFO with column names, nor a listing of connections"},
		"only a head": {"CONNECTION_TYPE,LOCAL_PORT,JOB_NAME,AUTHORIZATION_NAME\n", "IBMIPRD1.netjobs.csv: offset 0: file is damaged: it holds column names but no row"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "site")
			if err := os.CopyFS(dir, os.DirFS(site)); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(repeatNight(t, dir, thirdNight), "IBMIPRD1.netjobs.csv"), []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			code, report := filesNight(t, dir, thirdNight, thirdMorning)
			h := report.part("ibmi-netstat")
			if code != exitNotAssessed || h.State() != collect.Partial || h.Coverage[0].Reason != c.why || h.Facts < 100 {
				t.Errorf("exit code %d, coverage %+v, %d facts", code, h.Coverage, h.Facts)
			}
			if got := report.about(reports.Damaged, "ibmi-netstat"); len(got) != 1 || got[0] != "the extract is partial: "+c.why {
				t.Errorf("notices %q", got)
			}
			if len(h.Files) != 1 || h.Files[0].Name != "IBMIPRD1.netstat.csv" {
				t.Errorf("files %+v", h.Files)
			}
		})
	}
	// Nothing that can be read is an error as before, and so are files of two systems.
	dir := t.TempDir()
	both := []string{filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.csv")}
	for _, name := range both {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs strings.Builder
	if code := run(t.Context(), append([]string{"collect", "ibmi-netstat"}, both...), nil, &out, &errs); code != exitNotAssessed || !strings.Contains(errs.String(), "a.csv: file is empty") {
		t.Errorf("two empty files: exit code %d: %s", code, errs.String())
	}
	b, err := os.ReadFile(filepath.Join(site, "extracts", secondNight, "IBMIPRD1.netstat.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range both {
		text := strings.Replace(string(b), "IBMIPRD1", []string{"IBMIPRD1", "IBMIPRD2"}[i], 1)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	errs.Reset()
	if code := run(t.Context(), append([]string{"collect", "ibmi-netstat"}, both...), nil, &out, &errs); code != exitNotAssessed || !strings.Contains(errs.String(), "its capture header says system") {
		t.Errorf("files of two systems: exit code %d: %s", code, errs.String())
	}
}
