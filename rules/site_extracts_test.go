package rules

import (
	"context"
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
	"github.com/irondrift/irondrift/testdata"
)

// siteZones are the zones of the example site.
var siteZones = []Zone{
	{Name: "card data", Kind: ZoneCDE, Networks: []string{"10.20.0.0/16", "10.40.0.0/16"}},
	{Name: "bank", Kind: ZoneInternal, Networks: []string{"10.0.0.0/8"}},
	{Name: "partners and internet", Kind: ZoneUntrusted, Networks: []string{"0.0.0.0/0", "::/0"}},
}

// judgeExtract collects one extract of the example site and judges it.
func judgeExtract(t *testing.T, e *Engine, name string) *Assessment {
	t.Helper()
	b, err := testdata.Site.ReadFile("site/extracts/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f := collect.BytesFile(path.Base(name), b)
	head, err := f.Peek()
	if err != nil {
		t.Fatal(err)
	}
	src, err := collect.Recognise(sources.All(), head)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := collect.Run(context.Background(), src, []*collect.File{f}, &collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		t.Cleanup(p.Close)
	}
	a, err := e.Judge(context.Background(), System{ID: parts[0].Header.System, Platform: src.Info().Platform}, parts)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Errors) > 0 {
		t.Errorf("%s: rules that broke: %q", name, a.Errors)
	}
	return a
}

// TestSiteExtracts judges what the collectors really write, so that a rule and
// a collector that mean different things by one key are found out.
func TestSiteExtracts(t *testing.T) {
	e := builtinEngine(t, Site{Zones: siteZones})
	for name, want := range map[string][]string{
		"2026-11-18/ZVMPROD1.user-direct.txt": {
			"A02 FAIL zvm/user/VSEOLD1", "H02 FAIL zvm/user/PRTQUEUE", "U09 FAIL zvm/user/PRTQUEUE",
		},
		"2026-11-19/ZVMPROD1.user-direct.txt": {
			"A01 REVIEW zvm/user/LXMON01", "A02 FAIL zvm/user/LXBKU02", "H02 FAIL zvm/user/OSADMIN2", "H04 FAIL zvm/user/OSADMIN2", "U19 FAIL zvm/user/OSADMIN2",
		},
		"2026-11-18/PRDA.setropts.txt": {"U04 FAIL racf/setropts", "H15 FAIL racf/setropts", "U11 PASS racf/setropts", "U13 PASS racf/setropts", "L04 PASS racf/setropts", "L01 PASS racf/setropts"},
		"2026-11-19/PRDA.setropts.txt": {"U11 FAIL racf/setropts", "H15 NOT_APPLICABLE racf/setropts"},
		"2026-11-18/PRDA.zert.smf": {
			"N05 REVIEW zert/PRDA/TCPIP/server/FTPD1/10.20.1.11:21", "H21 REVIEW zert/PRDA/TCPIP/server/FTPD1/10.20.1.11:21",
		},
		"2026-11-19/PRDA.zert.smf":         {"G02 REVIEW zert/PRDA/TCPIP/server/CICSCRD1/10.20.1.11:5443"},
		"2026-11-18/PRDB.zert.smf":         {"N05 FAIL zert/PRDB/TCPIP/server/LPSERVE/10.20.1.21:515"},
		"2026-11-18/IBMIPRD1.qauditsk.csv": {"N04 FAIL ibmi/sk/accept/8471", "G02I REVIEW ibmi/sk/secure/443"},
		"2026-11-19/IBMIPRD1.qauditsk.csv": {"H20 FAIL ibmi/sk/accept/23", "U10 FAIL ibmi/sk/accept/23", "N04 FAIL ibmi/sk/accept/23"},
	} {
		a := judgeExtract(t, e, name)
		got := map[string]bool{}
		for _, f := range append(a.Findings, a.Passes...) {
			got[fmt.Sprintf("%s %s %s", f.Check, f.Result, f.Entity)] = true
			if f.Result != NoData && f.Result != NotApplicable && (len(f.Evidence) == 0 || f.Evidence[0].Line == 0 && f.Evidence[0].Key != "ibmi/sk/entry_types" || f.Evidence[0].Digest == "") {
				t.Errorf("%s: %s about %s cites no place: %+v", name, f.Check, f.Entity, f.Evidence)
			}
			if f.Result == Fail && f.Evidence[0].Record != strings.HasSuffix(name, ".smf") {
				t.Errorf("%s: evidence of %s counts records: %v", name, f.Check, f.Evidence[0].Record)
			}
		}
		for _, w := range want {
			if !got[w] {
				t.Errorf("%s: no finding %q", name, w)
			}
		}
	}
}
