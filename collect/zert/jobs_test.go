package zert

import (
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// TestJobNames: children of one server are one service, whatever number they
// have tonight; other jobs keep their names.
func TestJobNames(t *testing.T) {
	of := func(jobs ...string) *collect.Part {
		var records [][]byte
		for _, j := range jobs {
			z := base()
			z.Jobname, z.SessionID = j, "T-"+j
			records = append(records, z.Record())
		}
		detail := compose.ZERTDetail{Header: base().Header, Ident: base().Ident, EventType: 1, Jobname: jobs[0],
			LIP: base().SrvIP, LPort: 5443, RIP: base().CltIP, RPort: 40000}
		records = append(records, detail.Record())
		return run(t, collect.Options{Site: collect.Site{ZERTJobs: []collect.ZERTJob{{Job: "FTPD[0-9]*", As: "FTPD*"}}}}, dump(records...))[0]
	}
	one, two := of("FTPD1", "FTPD12", "FTPX1"), of("FTPD7", "FTPX1")
	if one.Header.Content != two.Header.Content {
		t.Errorf("the numbers of the children are facts: %s, %s", one.Header.Content, two.Header.Content)
	}
	got := map[string]string{}
	p, err := one.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	for p.Next() {
		l := p.Located()
		if s := l.Key.Segments(); len(s) == 7 && slices.Contains([]string{"jobs", "connections", "detail_records"}, s[6]) {
			got[s[4]+" "+s[6]] = l.Metric.String()
		}
	}
	if p.Err() != nil || p.Close() != nil {
		t.Fatal(p.Err())
	}
	for key, want := range map[string]string{
		"FTPD* jobs": `["FTPD1","FTPD12"]`, "FTPD* connections": "14", "FTPD* detail_records": "1", "FTPX1 jobs": `["FTPX1"]`, "FTPX1 connections": "7",
	} {
		if got[key] != want {
			t.Errorf("%s: %s, want %s", key, got[key], want)
		}
	}
	// Without the table a job has its own name, and no list of others.
	for _, k := range run(t, collect.Options{}, dump(base().Record()))[0].Header.Coverage {
		if strings.Contains(string(k.Prefix), "jobs") {
			t.Errorf("coverage of %s", k.Prefix)
		}
	}
}

func TestCheckJobs(t *testing.T) {
	for _, r := range []collect.ZERTJob{{Job: "[", As: "A"}, {Job: "", As: "A"}, {Job: "A*", As: ""}, {Job: "A*", As: "NINELONGS"}, {Job: "A*", As: "A/B"}, {Job: "A*", As: "A B"}} {
		if CheckJobs([]collect.ZERTJob{r}) == nil {
			t.Errorf("%+v is accepted", r)
		}
	}
	if err := CheckJobs([]collect.ZERTJob{{Job: "FTPD?", As: "FTPD*"}, {Job: "@X#*", As: "@X#$"}}); err != nil {
		t.Error(err)
	}
}
