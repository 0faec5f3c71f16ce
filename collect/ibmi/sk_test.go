package ibmi

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
)

// The worked examples of the reference: QAUDITSK through CPYTOIMPF with trailing
// blanks kept, and the SQL service as an SQL client saves it. Composed from the
// published rules, not captured from a system.
const (
	outfileExample = `"SKENTL","SKSEQN","SKCODE","SKENTT","SKTSTP","SKJOB","SKUSER","SKNBR","SKTYPE","SKLPRT","SKRADR"` + "\r\n" +
		`1679,"00000000000000012345","T","SK","2026-03-04-05.06.07.890123","QTVDEVICE ","QTCP      ",12345,"A","23   ","198.51.100.7   "` + "\r\n" +
		`1679,"00000000000000012346","T","SK","2026-03-04-05.06.08.000001","QZDASRVSD ","QUSER     ",12346,"A","9471 ","2001:db8::15   "` + "\r\n"
	serviceExample = `ENTRY_TIMESTAMP,SEQUENCE_NUMBER,USER_NAME,QUALIFIED_JOB_NAME,ENTRY_TYPE,ENTRY_TYPE_DETAIL,LOCAL_PORT,EVENT_REMOTE_ADDRESS` + "\n" +
		`2026-03-04 05:06:07.890123,12345,*NONE,012345/QTCP/QTVDEVICE,A,Accept,992,198.51.100.7` + "\n"
)

func TestOutfileExample(t *testing.T) {
	r := collectOne(t, collect.Options{System: "PRDA"}, []byte(outfileExample))
	r.want(t, map[string]string{
		"accept/23/service":         "telnet",
		"accept/23/port_class":      "clear",
		"accept/23/protection":      `["clear"]`,
		"accept/23/peers":           `["198.51.100.7"]`,
		"accept/23/peers_beyond":    "0",
		"accept/23/peer_networks":   `["198.51.100.0/24"]`,
		"accept/23/jobs":            `["QTVDEVICE"]`,
		"accept/23/users":           "absent",
		"accept/23/protocols":       "absent",
		"accept/23/records":         "1",
		"accept/23/first_seen":      "2026-03-04T05:06:07.890123",
		"accept/23/last_seen":       "2026-03-04T05:06:07.890123",
		"accept/9471/service":       "as-database-s",
		"accept/9471/protection":    "?" + whyNoTLSEntry,
		"accept/9471/peers":         `["2001:db8::15"]`,
		"accept/9471/peer_networks": `["2001:db8::/64"]`,
		"accept_ports":              `["23","9471"]`,
		"entry_types":               `["A"]`,
		"secure_ports":              `[]`,
	})
	h := r.header
	if h.Period != (collect.Period{Start: "2026-03-04T05:06:07", End: "2026-03-04T05:06:08", From: collect.FromRecords}) || h.Clock.Zone != collect.ZoneUnknown {
		t.Errorf("period %+v, clock %+v", h.Period, h.Clock)
	}
	if h.Counts.Read != 2 || h.Counts.Used != 2 {
		t.Errorf("counts %+v", h.Counts)
	}
	if c := h.CoverageOf("ibmi/sk/accept/23/protection"); c.State != collect.Open || c.Through != "" {
		t.Errorf("coverage %+v", c)
	}
	second := r.origin["ibmi/sk/accept/9471/protection"].At
	if wantOffset := int64(strings.Index(outfileExample, `1679,"00000000000000012346"`)); second.Pos != 3 || second.Offset != wantOffset {
		t.Errorf("port 9471 was read at line %d offset %d, want line 3 offset %d", second.Pos, second.Offset, wantOffset)
	}
}

func TestServiceExample(t *testing.T) {
	r := collectOne(t, collect.Options{}, []byte(serviceExample))
	r.want(t, map[string]string{
		"accept/992/service":       "telnet-ssl",
		"accept/992/protection":    "unknown",
		"accept/992/peer_networks": `["198.51.100.0/24"]`,
		"accept/992/jobs":          `["QTVDEVICE"]`,
		"accept/992/users":         `["*NONE"]`,
	})
}

func TestSiteTables(t *testing.T) {
	in := []byte("WHEN,WHAT,OUR_PORT,PEER\n2026-03-04-05.06.07,A,7777,10.0.0.1\n2026-03-04-05.06.07,A,23,10.0.0.1\n2026-03-04-05.06.08,A,23,10.0.0.2\n")
	opts := collect.Options{Site: collect.Site{
		ColumnAliases: map[string][]string{"timestamp": {"when"}, "SKTYPE": {"What"}, "local_port": {"our port"}, "remote_addr": {"PEER"}, "SYSTEM_VALUE_NAME": {"x"}},
		Ports:         []collect.Port{{Port: 7777, Service: "switch", Class: "clear"}, {Port: 23, Service: "console", Class: "unknown"}},
	}}
	collectOne(t, opts, in).want(t, map[string]string{
		"accept/7777/service":     "switch",
		"accept/7777/protection":  `["clear"]`,
		"accept/23/service":       "console",
		"accept/23/protection":    "?" + whyUndecidable,
		"accept/23/peer_networks": `["10.0.0.0/24"]`,
		"accept/23/records":       "2",
	})
	opts.Site.Ports = append(opts.Site.Ports, collect.Port{Port: 80, Service: "x", Class: "safe"})
	if _, err := collectAll(t, opts, in); err == nil || !strings.Contains(err.Error(), `class "safe"`) {
		t.Errorf("a wrong class gave error %v", err)
	}
}

func TestZone(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Vienna")
	if err != nil {
		t.Skip("no time zone data")
	}
	r := collectOne(t, collect.Options{Location: zone}, []byte(outfileExample))
	r.want(t, map[string]string{"accept/23/first_seen": "2026-03-04T04:06:07.890123Z"})
	if r.header.Period.Start != "2026-03-04T05:06:07+01:00" || r.header.Clock.Zone != "Europe/Vienna" {
		t.Errorf("period %+v, clock %+v", r.header.Period, r.header.Clock)
	}
}

func TestRecognise(t *testing.T) {
	for in, want := range map[string]collect.Confidence{
		outfileExample:                        collect.Certain,
		serviceExample:                        collect.Likely,
		string(capture(outfileExample, true)): collect.Certain,
		"SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE\nQPWDLVL,3,\n":                                       collect.No,
		"CONNECTION_TYPE,REMOTE_ADDRESS,REMOTE_PORT,LOCAL_ADDRESS,LOCAL_PORT,TCP_STATE\nIPV4,10.0.0.1,1,10.0.0.2,23,LISTEN\n": collect.No,
		"USER MAINT XYZ 64M 128M ABCDEFG\n": collect.No,
	} {
		head, err := collect.BytesFile("x", []byte(in)).Peek()
		if err != nil {
			t.Fatal(err)
		}
		if got := SK().Recognise(head); got != want {
			t.Errorf("%.40q: confidence %d, want %d", in, got, want)
		}
	}
}

func TestConformance(t *testing.T) {
	lines := []string{
		row(1, 1, "A", 992, "10.1.2.3", 50002, "", ""),
		row(2, 2, "S", 992, "10.1.2.3", 50002, "TLSV1.2", gcm),
		row(3, 3, "A", 23, "10.1.2.3", 50001, "", ""),
		row(4, 4, "C", 50011, "203.0.113.9", 443, "", ""),
	}
	text := string(rows(lines...))
	slices.Reverse(lines)
	inputs := exports(day())
	inputs["outfile example"], inputs["service example"] = []byte(outfileExample), []byte(serviceExample)
	inputs["plain"], inputs["reversed"], inputs["captured"] = []byte(text), rows(lines...), capture(text, true)
	sourcetest.Run(t, sourcetest.Suite{
		Source: SK(),
		Inputs: inputs,
		SameAs: map[string]string{
			"reversed": "plain", "captured": "plain",
			"ACS comma": "QAUDITSK", "ACS semicolon UTF-16": "QAUDITSK", "CPYTOIMPF": "QAUDITSK", "CPYTOIMPF semicolon": "QAUDITSK",
			"AUDIT_JOURNAL_SK": "QAUDITSK", "DISPLAY_JOURNAL": "QAUDITSK", "raw TYPE5": "QAUDITSK",
		},
		Options: collect.Options{System: "PRDA"},
		Cuts:    60,
	})
}
