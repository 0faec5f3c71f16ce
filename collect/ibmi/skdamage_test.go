package ibmi

import (
	"bytes"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func TestDamage(t *testing.T) {
	good := row(1, 1, "A", 23, "10.1.2.3", 50001, "", "")
	in := rows(good,
		`1,2,3`,
		row(2, 2, "??", 23, "10.1.2.3", 50001, "", ""),
		row(3, 2, "A", 99999, "10.1.2.3", 50001, "", ""),
		strings.Replace(row(4, 2, "A", 992, "10.1.2.3", 50001, "", ""), "PRDA", "PR/DA", 1),
		`"never closed`,
		row(5, 3, "A", 992, "10.1.2.999", 50001, "", ""),
		strings.Replace(row(6, 4, "A", 992, "10.1.2.9", 50001, "", ""), "2026-11-18-00.00.04.000000", "18.11.26", 1),
		row(7, 5, "N", 992, "10.1.2.9", 50001, "", ""),
		row(8, 5, "A", 0, "10.1.2.9", 50001, "", ""),
	)
	r := collectOne(t, collect.Options{}, in)
	r.want(t, map[string]string{
		"accept/23/records":        "1",
		"accept/992/records":       "2",
		"accept/992/peer_networks": `["10.1.2.0/24"]`,
		"accept/none/records":      "1",
		"accept/none/protection":   "unknown",
		"other/none/types":         `["N"]`,
		"accept_ports":             "unknown",
	})
	wantIgnored := map[string]int64{"wrong number of columns": 1, "entry type not readable": 1, "port not readable": 1, "system name not readable": 1, "quote not closed": 1}
	if c := r.header.Counts; c.Read != 10 || c.Used != 5 || !maps.Equal(c.Ignored, wantIgnored) {
		t.Errorf("counts %+v", c)
	}
	if c := r.header.CoverageOf("ibmi/sk/accept/23/protection"); c.State != collect.Partial || !strings.Contains(c.Reason, "5 rows") || !strings.Contains(c.Reason, "line 3") {
		t.Errorf("coverage %+v", c)
	}
	if c := r.header.CoverageOf("ibmi/sk/accept/992/peer_networks"); c.State != collect.Partial || !strings.HasPrefix(c.Reason, "1 of 2 entries") {
		t.Errorf("coverage of peer_networks %+v", c)
	}
}

func TestRefused(t *testing.T) {
	header := strings.SplitAfter(outfileExample, "\n")[0]
	asciiRow := append(append(bytes.Repeat([]byte{'0'}, 25), "TSK"...), bytes.Repeat([]byte{' '}, 1651)...)
	for _, tt := range []struct {
		name, in string
		is       error
		says     string
		hint     string
	}{
		{"empty", "", collect.ErrEmpty, "empty", "run it again"},
		{"outfile in ASCII", string(asciiRow), collect.ErrDamaged, "binary fields are lost", "CPYTOIMPF"},
		{"other columns", "AUTHORIZATION_NAME,STATUS\nQSECOFR,*ENABLED\n", collect.ErrNotRecognised, "no column for entry_type (SKTYPE, ", "column_aliases"},
		{"binary", strings.Repeat("\x00\x01\xff", 100), collect.ErrNotRecognised, "binary data", "CPYTOIMPF"},
		{"JSON", `[{"ENTRY_TYPE":"A"}]`, collect.ErrNotRecognised, "JSON", "CSV"},
		{"cut in the column names", header[:60] + `"SKTYPE","SKLPRT`, collect.ErrDamaged, "ends within its column names", "again"},
		{"times of a country", "SKTYPE,SKTSTP,SKLPRT\nA,04.03.26 05:06,23\n", collect.ErrDamaged, `"04.03.26 05:06"`, "ISO"},
	} {
		_, err := collectAll(t, collect.Options{}, []byte(tt.in))
		if !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(collect.HintOf(err), tt.hint) {
			t.Errorf("%s: error %v, hint %q", tt.name, err, collect.HintOf(err))
		}
	}
}
