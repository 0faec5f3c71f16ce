package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSinceReview: what came after a review is told by evidence from the days
// before it. Without such evidence it is not known, and without a review nothing
// looks reviewed.
func TestSinceReview(t *testing.T) {
	dir, _, _ := runDemo(t)
	file := filepath.Join(dir, "irondrift.yaml")
	config, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const stated = "{system: PRDA, date: 2026-11-18, by: crypto board, ticket: CRY-0044}"
	if !strings.Contains(string(config), stated) {
		t.Fatal("the site states another review of PRDA")
	}
	// The reviews of both partitions of March are taken out.
	config = []byte(strings.Replace(string(config), `- {system: "PRD[AB]", date: 2026-03-12`, `- {system: "OTHER", date: 2026-03-12`, 1))
	const service = "zert/PRDA/TCPIP/server/CICSCRD1/10.20.1.11:5443"
	for _, c := range []struct{ name, review, review10, review12, system string }{
		{"after the first night", stated, "first seen since the last review", "there at the last review",
			"7 assets came since, and others to 10 places; compared with the evidence of 2026-11-18"},
		{"after the second", strings.Replace(stated, "2026-11-18", "2026-12-20", 1), "there at the last review", "there at the last review",
			"0 assets came since; compared with the evidence of 2026-11-19"},
		{"long after", strings.Replace(stated, "2026-11-18", "2026-12-21", 1), "not known: no evidence from before the review", "not known: no evidence from before the review",
			"what came since is not known: the store has no evidence from before it"},
		{"before", strings.Replace(stated, "2026-11-18", "2026-11-17", 1), "not known: no evidence from before the review", "not known: no evidence from before the review",
			"what came since is not known: the store has no evidence from before it"},
		{"in the future", strings.Replace(stated, "2026-11-18", "2027-11-18", 1), "no review is stated", "no review is stated", "nothing of it is reviewed"},
		{"of another system", strings.Replace(stated, "PRDA", "PRDC", 1), "no review is stated", "no review is stated", "nothing of it is reviewed"},
	} {
		if err := os.WriteFile(file, []byte(strings.Replace(string(config), stated, c.review, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errs strings.Builder
		run(t.Context(), []string{"report", "--format", "inventory-csv-raw", "--config", file, "--now", "2027-01-05T06:30:00+01:00"}, nil, &out, &errs)
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		if err != nil || len(rows) < 100 {
			t.Fatalf("%s: %d rows, %v\n%s", c.name, len(rows), err, errs.String())
		}
		column := map[string]int{}
		for i, name := range rows[0] {
			column[name] = i
		}
		got := map[string]string{}
		for _, r := range rows[1:] {
			cell := func(name string) string { return r[column[name]] }
			switch {
			case cell("system") != "PRDA":
			case cell("kind") == "review":
				got["system"] = cell("since_review")
			case cell("name") == "TLSv1.0" && cell("service") == service:
				got["TLSv1.0"] = cell("since_review")
			case cell("name") == "TLSv1.2" && cell("service") == "attls/TCPIP/rule/Db2~0In":
				got["TLSv1.2"] = cell("since_review")
			}
		}
		if got["TLSv1.0"] != c.review10 || got["TLSv1.2"] != c.review12 || got["system"] != c.system {
			t.Errorf("%s: %q, want %q, %q and %q", c.name, got, c.review10, c.review12, c.system)
		}
	}
}
