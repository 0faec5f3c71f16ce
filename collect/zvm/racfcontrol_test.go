package zvm

import (
	"bytes"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
)

// smfControl is the line of the reference (6.4); hcprwa is composed from the table
// of operands that the description of the macro gives.
var (
	smfControl = text("CURRENT 301 PRIMARY 301 K SECONDARY 302 K VMSP CLOSE 001 SEVER YES RACFSMF")
	hcprwa     = text("HCPRWA   TITLE 'CP TO RACF'", "* what CP does with an answer of RACF", "         SYSSEC DISKP=ALLOW,DISKU=DEFER,DISKF=FAIL,DISKW=DEFER,            C",
		"               RDRU=FAIL,RDRF=FAIL,LANU=ALLOW,LANM=OFF,                C", "               CMDF=DEFER  the operator decides", "         END")
)

func racfFiles(t *testing.T, opts collect.Options, in ...[]byte) *collected {
	t.Helper()
	names := []string{"SMF.CONTROL", "HCPRWA.ASSEMBLE"}
	parts, err := collectWith(t, RACFControl(), opts, names[:len(in)], in...)
	if err != nil {
		t.Fatalf("%v (%s)", err, collect.HintOf(err))
	}
	return parts[opts.System]
}

func TestRACFControl(t *testing.T) {
	c := racfFiles(t, whole, smfControl, hcprwa)
	c.want(t, map[string]string{
		"zvm/racf/audit/sever": "yes", "zvm/racf/audit/primary": "0301", "zvm/racf/audit/secondary": "0302",
		"zvm/racf/syssec/disk/permitted": "allow", "zvm/racf/syssec/disk/undefined": "defer", "zvm/racf/syssec/disk/failed": "fail",
		"zvm/racf/syssec/disk/warning": "defer", "zvm/racf/syssec/reader/undefined": "fail", "zvm/racf/syssec/lan/undefined": "allow",
		"zvm/racf/syssec/lan/messages": "off", "zvm/racf/syssec/command/failed": "defer",
		"zvm/racf/syssec/node/failed": "?" + notInStatement, "zvm/racf/syssec/disk/messages": "?" + notInStatement,
	})
	c = racfFiles(t, whole, bytes.ReplaceAll(smfControl, []byte("SEVER YES"), []byte("SEVER NO")))
	c.want(t, map[string]string{"zvm/racf/audit/sever": "no", "zvm/racf/syssec/disk/failed": "absent"})
	c = racfFiles(t, whole, bytes.ReplaceAll(smfControl, []byte("SEVER YES"), nil))
	c.want(t, map[string]string{"zvm/racf/audit/sever": "?SMF CONTROL holds no word SEVER"})
	cut := racfFiles(t, collect.Options{}, smfControl, hcprwa[:bytes.Index(hcprwa, []byte("CMDF"))])
	if s := cut.Header.CoverageOf("zvm/racf/syssec/command/failed").State; s != collect.Partial {
		t.Errorf("a macro that was cut is %s", s)
	}
}

func TestRACFControlConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Suite{
		Source: RACFControl(),
		Inputs: map[string][]byte{"smf": smfControl, "syssec": hcprwa, "syssec captured": capture(hcprwa), "lower": bytes.ToLower(hcprwa)},
		SameAs: map[string]string{"lower": "syssec"},
		Cuts:   200,
		Damaged: map[string]sourcetest.Damage{
			"directory": {Data: text("USER A NOLOG 1M 1M G", " MDISK 191 3390 1 5 V1 MR"), Is: collect.ErrNotRecognised},
		},
	})
}

func FuzzRACFControl(f *testing.F) {
	for _, in := range [][]byte{smfControl, hcprwa, text(" SYSSEC ,", " SYSSEC DISKP=,", "PRIMARY CURRENT SECONDARY SEVER")} {
		f.Add(in, uint16(len(in)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, cut uint16) { fuzzSource(t, RACFControl(), in, int(cut)) })
}
