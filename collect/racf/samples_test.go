package racf_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

const unseen = "?not visible: collecting user lacks AUDITOR"

var auditFields = strings.Fields("SAUDIT CMDVIOL OPERAUDT AUDIT LOGALWYS LOGNEVER LOGSUCC LOGFAIL LOGDEFLT SLEVAUDT SLABAUDT APPLAUDT")

// The checks of the samples were counted by hand in the published files, not
// taken from this parser.
func TestListingWithoutAuditor(t *testing.T) {
	p := read(t, string(sample(t, "setropts-list-a.xml")))
	p.covered(t, "", collect.Complete)
	if c := p.Header.Counts; c.Read != 131 || c.Used != 128 {
		t.Errorf("counts %+v, want 131 lines read, 128 used", c)
	}
	p.ignored(t, "legend", 3)
	p.is(t, "_visibility", "basic")
	for _, name := range auditFields {
		p.is(t, name, unseen)
	}
	for name, n := range map[string]int{"CLASSACT": 213, "GENERIC": 115, "GENCMD": 115, "RACLIST": 39, "GLOBAL": 4, "RACLIST_ONLY": 1, "GENLIST": 0, "CLASSTAT": 0} {
		p.has(t, name, n)
	}
	for name, want := range map[string]string{
		"GLOBAL": `["DATASET","DSNR","SDSF","SURROGAT"]`, "RACLIST_ONLY": `["VTAMAPPL"]`,
		"PWDALG": "LEGACY", "INTERVAL": "186", "MINCHANG": "0", "REVOKE": "0", "HISTORY": "0", "WARNING": "10", "INACTIVE": "255",
		"PHRINT": "0", "RULES": "true", "RULE1": "4:8 ********", "RULE2": "none", "RULE8": "none",
		"PROTALL": "none", "ERASE": "false", "ERASEALL": "false", "ERASESEC": "none", "PREFIX": "none", "SESSINT": "30", "RETPD": "0",
		"MODGDG": "true", "MODUSER": "true", "MODGROUP": "true", "TERMINAL": "READ", "WHENPROG": "true", "WHENPROG_MODE": "BASIC",
		"INITSTAT": "true", "JESBATCH": "true", "JESXBM": "false", "TAPEDSN": "true", "GRPLIST": "true", "ADDCREAT": "true",
		"JESNJE": `"????????"`, "JESUNDEF": "++++++++", "MLFS": "INACTIVE", "MLIPC": "INACTIVE", "PRIMLANG": "ENU", "SECLANG": "ENU",
		"RVARSWPW": "DEFAULT", "RVARSTPW": "DEFAULT", "RVARSTFM": "?SETROPTS LIST does not print it",
	} {
		p.is(t, name, want)
	}
	if len(p.Header.Warnings) > 0 {
		t.Errorf("warnings: %v", p.Header.Warnings)
	}
}

func TestListingOfAuditor(t *testing.T) {
	p := read(t, string(sample(t, "setropts-list-b.xml")))
	p.covered(t, "", collect.Complete)
	if c := p.Header.Counts; c.Read != 265 || c.Used != 265 {
		t.Errorf("counts %+v, want 265 lines read and used", c)
	}
	p.is(t, "_visibility", "auditor")
	for name, n := range map[string]int{
		"CLASSACT": 208, "AUDIT": 206, "GENERIC": 171, "GENCMD": 176, "RACLIST": 55, "GLOBAL": 197, "RACLIST_ONLY": 3,
		"LOGALWYS": 11, "LOGNEVER": 3, "LOGSUCC": 0, "LOGFAIL": 3, "LOGDEFLT": 251,
	} {
		p.has(t, name, n)
	}
	for name, want := range map[string]string{
		"RACLIST_ONLY": `["CIMS","IIMS","TIMS"]`, "LOGNEVER": `["GTERMINL","IPCOBJ","TERMINAL"]`, "CLASSTAT": `["DSNR","STARTED"]`,
		"SAUDIT": "true", "CMDVIOL": "true", "OPERAUDT": "true", "APPLAUDT": "false", "SLABAUDT": "false", "SLEVAUDT": `"50"`,
		"PWDALG": "LEGACY", "INTERVAL": "160", "MINCHANG": "0", "REVOKE": "5", "HISTORY": "0", "WARNING": "250", "INACTIVE": "120",
		"RULES": "false", "RULE1": "none", "PROTALL": "none", "ERASE": "true", "ERASEALL": "false", "ERASESEC": "none",
		"PREFIX": "PASSWORD", "SESSINT": "0", "MODGDG": "false", "MODUSER": "false", "MODGROUP": "false", "TERMINAL": "?not shown: SETROPTS LIST prints it only while class TERMINAL is active",
	} {
		p.is(t, name, want)
	}
	for _, odd := range []string{"$$LOGON", "$SMTP", "#SNOMISC", "@IDMS98", "OME@MON", "YEK11$CM", "APL#T1"} {
		if !p.values["CLASSACT"].Has(odd) {
			t.Errorf("CLASSACT lacks %s", odd)
		}
	}
}

// The extract is of the system of the first listing at another time.
func TestListingAgainstExtract(t *testing.T) {
	a, x := read(t, string(sample(t, "setropts-list-a.xml"))), read(t, string(sample(t, "setropts-extract-a.json")))
	x.covered(t, "", collect.Complete)
	x.is(t, "_visibility", "auditor")
	for name, want := range map[string]string{
		"SAUDIT": "true", "CMDVIOL": "true", "OPERAUDT": "false", "APPLAUDT": "true", "SLABAUDT": "false", "SLEVAUDT": "none",
		"LOGALWYS": `["DIGTCERT","DIGTRING"]`, "LOGNEVER": "[]", "LOGSUCC": "[]", "LOGFAIL": "[]", "AUDIT": "[]",
		"RVARSTFM": "LEGACY", "RVARSWFM": "LEGACY", "RACLIST_ONLY": "?the extract interface has no field for it",
	} {
		x.is(t, name, want)
	}
	x.has(t, "LOGDEFLT", 253)

	gained := map[string][]string{
		"CLASSACT": {"SHELCIT", "STARWARS"},
		"RACLIST":  {"SHELCIT", "STARWARS"},
		"GENCMD":   {"ELIJTEST", "SHELCIT", "STARWARS"},
	}
	if len(a.values) != len(x.values) {
		t.Errorf("%d keys in the listing, %d in the extract", len(a.values), len(x.values))
	}
	same := 0
	for name, v := range a.values {
		w, ok := x.values[name]
		switch {
		case !ok:
			t.Errorf("%s is absent in the extract", name)
		case v.IsUnknown() || w.IsUnknown() || name == "_visibility":
		case gained[name] != nil:
			var added []string
			for _, m := range w.Items() {
				if !v.Has(m) {
					added = append(added, m)
				}
			}
			lost := slices.DeleteFunc(slices.Clone(v.Items()), w.Has)
			if !reflect.DeepEqual(added, gained[name]) || len(lost) > 0 {
				t.Errorf("%s gained %v and lost %v, want %v and nothing", name, added, lost, gained[name])
			}
		case !v.Equal(w):
			t.Errorf("%s is %s in the listing, %s in the extract", name, v, w)
		default:
			same++
		}
	}
	// 84 keys, less the view, three that differ, twelve that the listing does not
	// show, RVARST/SWFM, RVARST/SWPW, RACLIST_ONLY and WHENPROG_MODE.
	if same != len(a.values)-1-3-12-6 {
		t.Errorf("%d of %d keys are the same in both", same, len(a.values))
	}
}

// Every key that is emitted is in the catalogue, and the catalogue names none
// that is not.
func TestCatalogue(t *testing.T) {
	p := read(t, string(sample(t, "setropts-list-b.xml")))
	var listed []string
	for _, d := range collect.Keys().Definitions() {
		if name, ok := strings.CutPrefix(d.Pattern, "racf/setropts/"); ok {
			listed = append(listed, name)
			if _, emitted := p.values[name]; !emitted {
				t.Errorf("%s is in the catalogue and not emitted", name)
			}
		}
	}
	if len(listed) != len(p.values) {
		t.Errorf("%d keys in the catalogue, %d emitted", len(listed), len(p.values))
	}
}
