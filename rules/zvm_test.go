package rules

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
)

// evidenceRow is a row of the table in docs/zvm.md: an item of the founding
// document's PCI table, what answers it, and which checks judge it.
type evidenceRow struct {
	line, item                           string
	requirements, keys, sources, checked []string
}

// evidenceTable reads the table.
func evidenceTable(t *testing.T) []evidenceRow {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "docs", "zvm.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(b), "## Which evidence answers which requirement\n")
	if !found {
		t.Fatal("docs/zvm.md has no such section")
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	code := func(cell string) []string { return strings.Fields(strings.ReplaceAll(cell, "`", " ")) }
	var rows []evidenceRow
	for line := range strings.Lines(rest) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 8 || strings.Trim(cells[1], " -") == "" || strings.TrimSpace(cells[1]) == "line" {
			continue
		}
		rows = append(rows, evidenceRow{
			strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]),
			strings.Fields(strings.ReplaceAll(cells[3], ",", " ")), code(cells[4]), code(cells[5]), strings.Fields(cells[6]),
		})
	}
	return rows
}

// TestEvidenceTable keeps the table in docs/zvm.md true.
func TestEvidenceTable(t *testing.T) {
	pack := builtinPack(t)
	checks := map[string]Check{}
	for _, c := range pack.Checks() {
		checks[c.ID] = c
	}
	lines := map[string]int{}
	for _, row := range evidenceTable(t) {
		name := row.line + " " + row.item
		lines[row.line]++
		if len(row.keys) == 0 || len(row.sources) == 0 || len(row.checked) == 0 {
			t.Errorf("%s: needs keys, a source and a check", name)
		}
		var reads []string
		requirements := map[string]bool{}
		for _, id := range row.checked {
			c, ok := checks[id]
			if !ok || !slices.Contains(c.Platforms, "zvm") {
				t.Errorf("%s: check %s is not in the pack, or not for z/VM", name, id)
				continue
			}
			for _, k := range slices.Concat(c.Required, c.Optional) {
				reads = append(reads, example(k))
			}
			for _, n := range c.Requirements["pci-dss-4.0.1"] {
				requirements[n] = true
			}
			text, err := fs.ReadFile(packFiles, fmt.Sprintf("packs/pci-dss-4.0.1/irondrift/pci/%s/%s_test.rego", homeOf(c), id))
			if err != nil || !bytes.Contains(text, []byte("test_pass")) || !bytes.Contains(text, []byte("test_fail")) && !bytes.Contains(text, []byte("test_review")) {
				t.Errorf("%s: check %s lacks tests of what passes and what does not: %v", name, id, err)
			}
		}
		for _, key := range row.keys {
			def, ok := collect.Keys().Lookup(collect.Key(example(key)))
			if !ok {
				t.Errorf("%s: %s is not in the catalogue", name, key)
				continue
			}
			for _, source := range row.sources {
				if !slices.Contains(def.Sources, source) {
					t.Errorf("%s: %s does not come from %s but from %q", name, key, source, def.Sources)
				}
			}
			if !slices.ContainsFunc(reads, func(read string) bool {
				other, ok := collect.Keys().Lookup(collect.Key(read))
				return ok && other.Pattern == def.Pattern
			}) {
				t.Errorf("%s: none of %q reads %s", name, row.checked, key)
			}
		}
		if !slices.ContainsFunc(row.requirements, func(n string) bool { return requirements[n] }) {
			t.Errorf("%s: none of %q speaks to %q", name, row.checked, row.requirements)
		}
	}
	for line, least := range map[string]int{"2": 4, "3": 12, "6": 5, "7": 6, "8": 10, "10": 6} {
		if lines[line] < least {
			t.Errorf("line %s of the founding table has %d rows, want %d", line, lines[line], least)
		}
	}
}

// homeOf is the folder of a check in the pack.
func homeOf(c Check) string {
	home, _, _ := strings.Cut(c.Entity, "/")
	return home
}

// TestNothingPassesUnknown: no check of the table passes a system of which
// nothing was collected, or of which every key is unknown.
func TestNothingPassesUnknown(t *testing.T) {
	ids := map[string]bool{}
	for _, row := range evidenceTable(t) {
		for _, id := range row.checked {
			ids[id] = true
		}
	}
	var facts []string
	for _, c := range builtinPack(t).Checks() {
		if !ids[c.ID] {
			continue
		}
		for _, k := range slices.Concat(c.Required, c.Optional) {
			facts = append(facts, example(k)+": ?not collected")
		}
	}
	slices.Sort(facts)
	unknown := testPart("VM1", "x", slices.Compact(facts), complete("zvm"), complete("racf"))
	for name, parts := range map[string][]*collect.Part{"absent": nil, "unknown": {unknown}} {
		a, err := builtinEngine(t, Site{}).Judge(context.Background(), System{ID: "VM1", Platform: "zvm"}, parts)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, tally := range a.Tallies {
			if !ids[tally.Check] {
				continue
			}
			seen++
			if tally.Pass > 0 || tally.NoData == 0 {
				t.Errorf("%s: %s gives %+v", name, tally.Check, tally)
			}
		}
		if seen != len(ids) {
			t.Errorf("%s: %d of %d checks were asked", name, seen, len(ids))
		}
	}
}

// extract collects a composed extract with a source.
func extract(t *testing.T, source, name, text string) *collect.Part {
	t.Helper()
	src, ok := sources.Lookup(source)
	if !ok {
		t.Fatalf("there is no source %s", source)
	}
	parts, err := collect.Run(context.Background(), src, []*collect.File{collect.BytesFile(name, []byte(text))}, &collect.Options{System: "VM1", SystemFrom: collect.FromCommand, AssertComplete: true})
	if err != nil {
		t.Fatalf("%s: %v (%s)", name, err, collect.HintOf(err))
	}
	for _, p := range parts {
		t.Cleanup(p.Close)
	}
	return parts[0]
}

// results judges parts of one z/VM system: "H16 FAIL" and "A02 FAIL TCPIP".
func results(t *testing.T, facts map[string]any, parts ...*collect.Part) map[string]*Finding {
	t.Helper()
	a, err := builtinEngine(t, Site{}).Judge(context.Background(), System{ID: "VM1", Platform: "zvm", Facts: facts}, parts)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Errors) > 0 {
		t.Errorf("rules that broke: %q", a.Errors)
	}
	out := map[string]*Finding{}
	for _, list := range [][]Finding{a.Findings, a.Passes} {
		for i := range list {
			f := &list[i]
			key := fmt.Sprintf("%s %s", f.Check, f.Result)
			out[key] = f
			s := f.Entity.Segments()
			out[key+" "+s[len(s)-1]] = f
		}
	}
	return out
}

const badConfig = `SYSTEM_IDENTIFIER * * VM1
FEATURES DISABLE SET_PRIVCLASS CLEAR_TDISK
FEATURES ENABLE STP_TIMESTAMPING
FEATURES PASSWORDS_ON_CMDS AUTOLOG NO LINK YES LOGON NO
JOURNALING FACILITY OFF
ENCRYPT PAGING OFF
VMLAN LIMIT TRANSIENT 5
DEFINE VSWITCH VSW1 RDEV 0800 VLAN UNAWARE
`

const goodConfig = `SYSTEM_IDENTIFIER * * VM1
FEATURES DISABLE SET_PRIVCLASS
FEATURES ENABLE CLEAR_TDISK STP_TIMESTAMPING
FEATURES PASSWORDS_ON_CMDS AUTOLOG NO LINK NO LOGON NO
JOURNALING FACILITY ON LOGON LOCKOUT AFTER 3 ATTEMPTS FOR 30 MINUTES
ENCRYPT PAGING REQUIRED ALGORITHM AES256
VMLAN LIMIT TRANSIENT 0
`

// TestZVMExtracts judges what the collectors make of SYSTEM CONFIG, the TCP/IP
// files and replies of CP: a rule and a collector that mean different things by
// one key are found out here.
func TestZVMExtracts(t *testing.T) {
	for name, want := range map[string]struct {
		parts []*collect.Part
		facts map[string]any
		want  string
	}{
		"SYSTEM CONFIG that lets things be": {
			[]*collect.Part{extract(t, "zvm-config", "SYSTEM.CONFIG", badConfig)}, nil,
			"H16 FAIL|D01 REVIEW|H17 FAIL|U21 FAIL|H18 PASS|D02 REVIEW|N10 FAIL|U11V FAIL|N09 REVIEW VSW1|L14 PASS",
		},
		"SYSTEM CONFIG in order": {
			[]*collect.Part{extract(t, "zvm-config", "SYSTEM.CONFIG", goodConfig)}, nil,
			"H16 PASS|D01 PASS|H17 PASS|U21 PASS|H18 PASS|D02 PASS|N10 PASS|U11V PASS|L14 PASS",
		},
		"SYSTEM CONFIG that says nothing": {
			[]*collect.Part{extract(t, "zvm-config", "SYSTEM.CONFIG", "SYSTEM_IDENTIFIER * * VM1\nFEATURES MAXUSERS NOLIMIT\n")}, nil,
			"H16 NO_DATA|H17 NO_DATA|H18 NO_DATA|N10 NO_DATA|D02 NO_DATA|U11V NO_DATA",
		},
		"another security manager counts wrong passwords": {
			[]*collect.Part{extract(t, "zvm-config", "SYSTEM.CONFIG", badConfig)}, map[string]any{"esm": "vmsecure"},
			"U11V REVIEW",
		},
		"no SYSTEM CONFIG": {nil, nil, "H16 NO_DATA|N10 NO_DATA|U11V NO_DATA|H23 NO_DATA|V01 NO_DATA|A08 NO_DATA|N09 NO_DATA vswitch"},
		"PROFILE TCPIP without TLS": {
			[]*collect.Part{extract(t, "zvm-tcpip", "PROFILE.TCPIP", "AUTOLOG\n FTPSERVE geheim\nENDAUTOLOG\nOBEY\n TCPMAINT LINUX1\nENDOBEY\nPORT\n 21 TCP FTPSERVE\n 23 TCP INTCLIEN\n 53 UDP NAMESRV\nINTERNALCLIENTPARMS SECURECONNECTION ALLOWED ENDINTERNALCLIENTPARMS\n")}, nil,
			"H23T FAIL|H23 FAIL|H23P FAIL|A03 REVIEW|U21A REVIEW FTPSERVE|H23F NO_DATA|H07 NO_DATA|A03S NO_DATA",
		},
		"PROFILE TCPIP with TLS": {
			[]*collect.Part{extract(t, "zvm-tcpip", "PROFILE.TCPIP", "AUTOLOG\n FTPSERVE\nENDAUTOLOG\nSSLSERVERID *\nOBEY\n TCPMAINT\nENDOBEY\nPORT\n 23 TCP INTCLIEN\nINTERNALCLIENTPARMS SECURECONNECTION REQUIRED TLSLABEL A ENDINTERNALCLIENTPARMS\n")}, nil,
			"H23T PASS|H23 PASS|H23P PASS|A03 PASS|U21A PASS",
		},
		"SRVRFTP CONFIG": {
			[]*collect.Part{extract(t, "zvm-tcpip", "SRVRFTP.CONFIG", "ANONYMOU\nPORT 21\nSECURECONTROL ALLOWED\nSECUREDATA REQUIRED\n")}, nil,
			"H07 FAIL|H23F FAIL",
		},
		"DTCPARMS": {
			[]*collect.Part{extract(t, "zvm-tcpip", "SYSTEM.DTCPARMS", ":nick.FTPSERVE :type.server :class.ftp :ESM_Enable.NO\n:nick.SSLSERV :type.server :class.ssl :Admin_ID_list.TCPMAINT GSKADMIN LINUX1\n :parms.PROTOCOL SSLV3 TLSV1_2\n")},
			map[string]any{"esm": "acf2", "approved_ssl_admins": []any{"MAINT"}},
			"H07E FAIL|A03S FAIL|H23V FAIL SSLSERV|H23V NOT_APPLICABLE server",
		},
		"replies of CP": {
			[]*collect.Part{extract(t, "zvm-query", "console", "query cplevel\nz/VM Version 7 Release 3.0, service level 2401 (64-bit)\nGenerated at 05/19/21 10:00:00 CES\nIPL at 2024-03-24 03:11:02 EDT\nReady; T=0.01/0.01 08:30:09\nquery encrypt\nENCRYPT PAGING OFF\nReady; T=0.01/0.01 08:30:09\n")},
			map[string]any{"supported_releases": []any{"7.4"}, "service_levels": map[string]any{"cp": "2501"}},
			"V01 FAIL|V02 FAIL|D02 REVIEW",
		},
		"replies of CP in order": {
			[]*collect.Part{extract(t, "zvm-query", "console", "query cplevel\nz/VM Version 7 Release 3.0, service level 2401 (64-bit)\nGenerated at 05/19/21 10:00:00 CES\nIPL at 2024-03-24 03:11:02 EDT\nReady; T=0.01/0.01 08:30:09\n")},
			map[string]any{"supported_releases": []any{"7.3"}, "service_levels": map[string]any{"cp": "2401"}},
			"V01 PASS|V02 PASS",
		},
		"replies of CP, and nothing to compare with": {
			[]*collect.Part{extract(t, "zvm-query", "console", "query cplevel\nz/VM Version 7 Release 3.0, service level 2401 (64-bit)\nGenerated at 05/19/21 10:00:00 CES\nIPL at 2024-03-24 03:11:02 EDT\nReady; T=0.01/0.01 08:30:09\n")}, nil,
			"V01 NO_DATA|V02 NO_DATA",
		},
		"directory": {
			[]*collect.Part{extract(t, "zvm-directory", "USER.DIRECT", strings.Join([]string{
				"USER BANK NOLOG", " MDISK 0201 3390 1 100 CARD01 MR",
				"USER PACK NOLOG", " MDISK 0100 3390 0 END CARD01 MR",
				"USER BACKUP AUTOONLY 1M 1M G", " LINK PACK 0100 0100 MW",
				"USER SNIFF LBYONLY 1M 1M G", " NICDEF 600 TYPE QDIO LAN SYSTEM V1 PROMISCUOUS", " COMMAND SET SHARE OTHER ABS 90%",
				"USER OLD LONGPASS 1M 1M G", "*DVHOPT LNK0 PWC20180808", "USER NEW LONGPASS 1M 1M G", "", "USER RACFVM AUTOONLY 1M 1M G", " IUCV *RPI",
				"USER LATE LBYONLY 2G 1G G",
			}, "\n")+"\n")}, map[string]any{"esm": "racf"},
			"A06 REVIEW BACKUP|A06 PASS|N09D FAIL SNIFF|A12 REVIEW SNIFF|A12 PASS|A08 PASS|U15V NOT_APPLICABLE|V07 REVIEW",
		},
		"directory without a security manager": {
			[]*collect.Part{extract(t, "zvm-directory", "USER.DIRECT", "USER PACK NOLOG\n MDISK 0100 3390 0 END CARD01 MR\nUSER BACKUP AUTOONLY 1M 1M G\n LINK PACK 0100 0100 MW\nUSER NEW LONGPASS 1M 1M G\n")}, nil,
			"A06 FAIL BACKUP|A06 NOT_APPLICABLE PACK|A08 REVIEW|U15V NO_DATA NEW|V07 PASS",
		},
	} {
		got := results(t, want.facts, want.parts...)
		for _, w := range strings.Split(want.want, "|") {
			if got[w] == nil {
				var have []string
				for key := range got {
					if strings.HasPrefix(key, strings.Fields(w)[0]+" ") {
						have = append(have, key)
					}
				}
				t.Errorf("%s: no finding %q, but %q", name, w, have)
			}
		}
	}
}

// TestAcceptedByThePack: documented rights of a platform's own servers are shown
// as accepted, with the reason, and only those.
func TestAcceptedByThePack(t *testing.T) {
	part := extract(t, "zvm-directory", "USER.DIRECT", strings.Join([]string{
		"USER TCPIP AUTOONLY 1M 1M ABG", " OPTION DIAG98 QUICKDSP MAXCONN 1024",
		"USER PMAINT LBYONLY 1M 1M G", " OPTION MAINTCCW LNKS LNKE LNKNOPAS DEVMAINT",
		"USER ZHCP LBYONLY 1M 1M BG", " OPTION LNKNOPAS", " IUCV ANY", " IUCV ALLOW",
		"IDENTITY DIRMAINT AUTOONLY 1M 1M G", " BUILD ON M1 USING SUBCONFIG DIRM-1", " OPTION D84NOPAS DEVMAINT", "SUBCONFIG DIRM-1", " OPTION DIAG88",
		"USER ROGUE LBYONLY 1M 1M BG", " OPTION LNKNOPAS",
	}, "\n")+"\n")
	got := results(t, nil, part)
	for key, accepted := range map[string]bool{
		"A02 FAIL TCPIP": true, "A02 FAIL ZHCP": true, "A01 REVIEW ZHCP": true,
		"A02 FAIL PMAINT":   false, // DEVMAINT is not among what it is shipped with
		"H08 FAIL ZHCP":     false, // nor is IUCV ALLOW
		"A02 FAIL DIRMAINT": false, // DIAG88 on one member of the cluster
		"A02 FAIL ROGUE":    false, "A01 REVIEW TCPIP": false,
	} {
		f := got[key]
		if f == nil || (f.Allowed != nil) != accepted {
			t.Errorf("%s: accepted is %v, want %v", key, f, accepted)
			continue
		}
		if accepted && (!strings.HasPrefix(f.Allowed.Reason, "pack pci-dss-4.0.1: ") || f.Result == Pass) {
			t.Errorf("%s: accepted as %+v", key, f.Allowed)
		}
	}
	pack, err := Load(toy(toyUser, toyKeys, toyBody))
	if err != nil {
		t.Fatal(err)
	}
	pack.accepted = map[string][]accepted{"zvm": {{Check: "X9", Entity: "e", Key: "option", Members: []string{"A"}, Reason: "r"}}}
	if err := pack.checkAccepted(); err == nil || !strings.Contains(err.Error(), "no check X9") {
		t.Errorf("an entry for a check that is not there: %v", err)
	}
}

// TestAnotherSecurityManager: who runs VM:Secure, ACF2 or Top Secret is not
// failed, nor asked, for not being RACF.
func TestAnotherSecurityManager(t *testing.T) {
	part := extract(t, "zvm-directory", "USER.DIRECT", "USER VMSECURE AUTOONLY 1M 1M G\n IUCV *RPI\nUSER A LBYONLY 1M 1M G\n")
	for esm, want := range map[string]Result{"vmsecure": NotApplicable, "ACF2": NotApplicable, "topsecret": NotApplicable, "racf": NoData, "RACF": NoData, "": NoData} {
		facts := map[string]any{}
		if esm != "" {
			facts["esm"] = esm
		}
		a, err := builtinEngine(t, Site{}).Judge(context.Background(), System{ID: "VM1", Platform: "zvm", Facts: facts}, []*collect.Part{part})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, f := range a.Findings {
			if f.Entity == "racf/setropts" {
				if n++; f.Result != want {
					t.Errorf("esm %q: %s gives %s, want %s", esm, f.Check, f.Result, want)
				}
			}
			if f.Check == "A08" && (esm == "vmsecure" || esm == "ACF2") {
				t.Errorf("esm %q: A08 gives %s %v", esm, f.Result, f.Messages)
			}
		}
		if n < 8 {
			t.Errorf("esm %q: %d findings about RACF options, want one for each check", esm, n)
		}
	}
}
