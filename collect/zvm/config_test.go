package zvm

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
	"github.com/irondrift/irondrift/testdata/compose"
)

// collectWith reads inputs by name with any source; it returns the facts and the
// header of each part by system.
func collectWith(t testing.TB, src collect.Source, opts collect.Options, names []string, inputs ...[]byte) (map[string]*collected, error) {
	t.Helper()
	var files []*collect.File
	for i, in := range inputs {
		files = append(files, collect.BytesFile(names[i], in))
	}
	parts, err := collect.Run(context.Background(), src, files, &opts)
	if err != nil {
		return nil, err
	}
	out := map[string]*collected{}
	for _, p := range parts {
		out[p.Header.System] = readBack(t, p)
	}
	return out, nil
}

func readBack(t testing.TB, p *collect.Part) *collected {
	t.Helper()
	c := &collected{Part: p, facts: map[string]string{}}
	t.Cleanup(c.Close)
	r, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for r.Next() {
		c.facts[string(r.Key())] = string(r.Form())
		c.text += string(r.Key()) + ": " + string(r.Form()) + "\n"
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	sum := p.Header.Counts.Used + p.Header.Counts.Duplicate
	for _, n := range p.Header.Counts.Ignored {
		sum += n
	}
	if sum != p.Header.Counts.Read {
		t.Errorf("counts %+v do not add up", p.Header.Counts)
	}
	return c
}

// config reads one SYSTEM CONFIG and returns its only part.
func config(t testing.TB, opts collect.Options, in []byte) *collected {
	t.Helper()
	parts, err := collectWith(t, SystemConfig(), opts, []string{"SYSTEM.CONFIG"}, in)
	if err != nil {
		t.Fatalf("%v (%s)", err, collect.HintOf(err))
	}
	for _, p := range parts {
		return p
	}
	t.Fatal("no part")
	return nil
}

var whole = collect.Options{AssertComplete: true}

// The published file before and after the tutorial's edits: the difference is
// the list of edits and nothing else.
func TestSystemConfigSample(t *testing.T) {
	before := config(t, whole, sample(t, "bootcamp-system-config-before.txt"))
	after := config(t, whole, sample(t, "bootcamp-system-config-after.txt"))
	consoles := `"0020","0021","0022","0023","0E20","0E21","1020",`
	edits := map[string][2]string{
		"zvm/config/cp_owned/11":         {"", "M01S02"},
		"zvm/config/cp_owned/254":        {"", "M01P02"},
		"zvm/config/user_volume_include": {"[]", `["LNX*"]`},
		"zvm/feature/set_privclass":      {"off", "on"},
		"zvm/feature/auto_warm_ipl":      {"off", "on"},
		"zvm/feature/clear_tdisk":        {"off", "on"},
		"zvm/feature/retrieve/default":   {"20", "99"},
		"zvm/feature/vdisk/userlim":      {`"144000"`, "infinite"},
		"zvm/feature/vdisk/syslim":       {"?" + notInStatement, "infinite"},
		"zvm/feature/disconnect_timeout": {"?" + notInStatement, "off"},
		"zvm/config/statement/set":       {"", `["SHUTDOWNTIME 30 SIGNAL SHUTDOWNTIME 500"]`},
		"zvm/devices/default_at_ipl":     {"online", "offline"},
		"zvm/devices/offline_at_ipl":     {"", `["0000-FFFF"]`},
		"zvm/devices/online_at_ipl":      {`["0000-FFFF"]`, `["0009","0200-0700","0800-0808"]`},
		"zvm/operator_consoles":          {"[" + consoles + `"SYSTEM_3270","SYSTEM_CONSOLE"]`, `["0009",` + consoles + `"SYSTEM_3270","SYSTEM_CONSOLE"]`},
		"zvm/emergency_message_consoles": {"[" + consoles + `"SYSTEM_CONSOLE"]`, `["0009",` + consoles + `"SYSTEM_CONSOLE"]`},
		"zvm/vmlan/macprefix":            {"?" + notInStatement, "0200XX"},
		"zvm/vswitch/count":              {"0", "1"},
		"zvm/vswitch/VSW1/uplink":        {"", "0803 0806"},
		"zvm/vswitch/VSW1/controller":    {"", "*"},
		"zvm/vswitch/VSW1/macprotect":    {"", "unspecified"},
		"zvm/vswitch/VSW1/promiscuous":   {"", "[]"},
	}
	for _, s := range switchSettings {
		if key := "zvm/vswitch/VSW1/" + s; edits[key][1] == "" {
			edits[key] = [2]string{"", "?" + notInStatement}
		}
	}
	keys := map[string]bool{}
	maps.Copy(keys, boolMap(before.facts))
	maps.Copy(keys, boolMap(after.facts))
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if key == "zvm/config/not_stated" {
			continue // follows from the others
		}
		want, edited := edits[key]
		if a, b := before.facts[key], after.facts[key]; edited && (a != want[0] || b != want[1]) || !edited && a != b {
			t.Errorf("%s: %q and %q, want %q", key, a, b, want)
		}
		delete(edits, key)
	}
	if len(edits) > 0 {
		t.Errorf("not seen: %v", edits)
	}
	before.want(t, map[string]string{
		"zvm/system/id": "ZVMWSXX", "zvm/system/ssi/name": "CLUSTER1", "zvm/system/ssi/member/1": "ZVMWSXX",
		"zvm/config/user_volume_list": `["630RL1","630RL2","VMCOM2"]`, "zvm/feature/passwords_on_cmds/logon": "yes",
		"zvm/feature/maxusers": "nolimit", "zvm/config/unknown_statements": "[]",
	})
	after.want(t, map[string]string{"zvm/config/unknown_statements": "[]", "zvm/config/syntax_problems": "0"})
	if w := after.Header.Warnings; len(w) != 1 || w[0].Line != 88 || !strings.Contains(w[0].Text, "no comma") {
		t.Errorf("warnings %v, want one about the missing comma before line 88", w)
	}
}

func boolMap(facts map[string]string) map[string]bool {
	out := map[string]bool{}
	for k := range facts {
		out[k] = true
	}
	return out
}

// fullConfig is composed from the statements of the reference.
var fullConfig = strings.Split(strings.TrimSpace(`
/* SYSTEM CONFIG of PRODA */
System_Identifier 8561 0A1B2C PRODA
System_Residence , Checkpoint Volid M01RES From CYL 21 For 9
CP_Owned Slot 1 M01RES
CP_Access PMAINT CF0 A SR
Tolerate Config_Errors No
Features , /* of the old days */
  Enable , Clear_TDisk , Validate_Shutdown , Frobnicate ,
  Disable Set_Privclass ,
  Passwords_on_Cmds Autolog no Link no Logon yes ,
  Disconnect_timeout 15 , Prompt After_Restart ,
  Vdisk Userlim 64 M Syslim infinite
Features Disable Clear_TDisk
System_Userids Operator OPERATOR NoDisconnect ,
  Startup AUTOLOG1 Account DISKACNT
  Dump OPERATNS
Alternate_Operators MAINT OPERATNS
Priv_Classes User_Default G , HW_Service F IOCP_Read CE
Modify Command SHUTDOWN PrivClass S
MODIFY COM XAUTOLOG IBMCLASS A PRIVCLASS OUX
MODIFY CMD QUERY SUBCMD NAMES IBMCLASS G PRIVCLASS ANY
MODIFY DIAG 84 PRIVCLASS C
Define Command LOCAL Epname LCLCMD Privclass A
Enable Exits 0FFB 11FF
CPXload LOCAL TEXT Permanent
Associate Exit 1200 Epname LCLEXIT
Logo_Config LOGO CONFIG
Journaling , Facility On , Set_and_Query On ,
  Logon , Account after 3 attempts , Disable after 4 attempts ,
    Lockout after 5 attempts for 30 minutes , Message after 2 attempts ,
  Link , Account after 3 attempts , Disable Off
Encrypt Paging Required Algorithm AES256
VMLAN Limit Transient 0 Persistent Infinite
VMLAN Accounting System On User Off , MACPROTECT On DNA Enable
VMLAN MACIDRANGE SYSTEM 000001-00FFFF
Define Vswitch VSWA Type QDIO Rdev 0800.P00 900.P01 Ethernet ,
  Vlan 10 Native 1 Porttype Access Isolation On Global
Modify Vswitch VSWA Grant LINUX01 Vlan 30 10-20 Porttype Trunk
Modify Vswitch VSWA Grant SNIFFER Promiscuous
Define Lan GLAN1 Ownerid TCPMAINT Type Hipers Restricted
Wibble 1 2 3
`), "\n")

func TestSystemConfigValues(t *testing.T) {
	c := config(t, whole, text(fullConfig...))
	c.want(t, map[string]string{
		"zvm/system/id":                         "PRODA",
		"zvm/system/identifier":                 `["8561 0A1B2C PRODA"]`,
		"zvm/system/ssi/name":                   "none",
		"zvm/config/cp_owned/1":                 "M01RES",
		"zvm/config/statement/system_residence": `["CHECKPOINT VOLID M01RES FROM CYL 21 FOR 9"]`,
		"zvm/config/tolerate_errors":            "no",
		"zvm/config/unknown_statements":         `["DUMP","FEATURES FROBNICATE","WIBBLE"]`,
		"zvm/config/syntax_problems":            "3",
		"zvm/cp_access/A":                       "PMAINT 0CF0",
		"zvm/cp_access_link/A":                  "SR",
		"zvm/feature/clear_tdisk":               "off", // the last FEATURES holds
		"zvm/feature/validate_shutdown":         "on",
		"zvm/feature/set_privclass":             "off",
		"zvm/feature/prompt_after_restart":      "off",
		"zvm/feature/passwords_on_cmds/autolog": "no",
		"zvm/feature/passwords_on_cmds/link":    "no",
		"zvm/feature/passwords_on_cmds/logon":   "yes",
		"zvm/feature/disconnect_timeout":        `"15"`,
		"zvm/feature/vdisk/userlim":             "64M",
		"zvm/feature/vdisk/syslim":              "infinite",
		"zvm/feature/disc_operator":             "off",
		"zvm/system_userids/operator":           "OPERATOR",
		"zvm/system_userids/startup":            "AUTOLOG1",
		"zvm/system_userids/account":            "DISKACNT",
		"zvm/system_userids/dump":               "?" + notInStatement, // the comma before it is missing
		"zvm/alternate_operators":               `["MAINT","OPERATNS"]`,
		"zvm/priv_classes/user_default":         `["G"]`,
		"zvm/priv_classes/hw_service":           `["F"]`,
		"zvm/priv_classes/iocp_read":            `["C","E"]`,
		"zvm/modify/command/SHUTDOWN/*/*":       `["S"]`,
		"zvm/modify/command/XAUTOLOG/*/A":       `["O","U","X"]`,
		"zvm/modify/command/QUERY/NAMES/G":      `["ANY"]`,
		"zvm/modify/command/count":              "3",
		"zvm/modify/diagnose/0084":              `["C"]`,
		"zvm/local_code/defined_commands":       `["COMMAND LOCAL EPNAME LCLCMD PRIVCLASS A"]`,
		"zvm/local_code/exits_enabled":          `["0FFB","11FF"]`,
		"zvm/local_code/cpxload":                `["LOCAL TEXT PERMANENT"]`,
		"zvm/local_code/associated_exits":       `["1200 EPNAME LCLEXIT"]`,
		"zvm/logo_config/file":                  "LOGO CONFIG",
		"zvm/journal/facility":                  "on",
		"zvm/journal/set_and_query":             "on",
		"zvm/journal/logon/account":             `"3"`,
		"zvm/journal/logon/disable":             `"4"`,
		"zvm/journal/logon/lockout/attempts":    `"5"`,
		"zvm/journal/logon/lockout/minutes":     "30",
		"zvm/journal/logon/message":             `"2"`,
		"zvm/journal/link/account":              `"3"`,
		"zvm/journal/link/disable":              "none",
		"zvm/encrypt/paging/state":              "required",
		"zvm/encrypt/paging/algorithm":          "AES256",
		"zvm/vmlan/limit/transient":             `"0"`,
		"zvm/vmlan/limit/persistent":            "infinite",
		"zvm/vmlan/accounting/system":           "on",
		"zvm/vmlan/accounting/user":             "off",
		"zvm/vmlan/macprotect":                  "on",
		"zvm/vmlan/dna":                         "enabled",
		"zvm/vmlan/macidrange/system":           "000001-00FFFF",
		"zvm/vswitch/count":                     "1",
		"zvm/vswitch/VSWA/type":                 "qdio",
		"zvm/vswitch/VSWA/uplink":               "0800 0900.P01",
		"zvm/vswitch/VSWA/layer":                "ethernet",
		"zvm/vswitch/VSWA/vlan":                 `"10"`,
		"zvm/vswitch/VSWA/native":               `"1"`,
		"zvm/vswitch/VSWA/porttype":             "access",
		"zvm/vswitch/VSWA/isolation":            "on",
		"zvm/vswitch/VSWA/scope":                "global",
		"zvm/vswitch/VSWA/vepa":                 "?" + notInStatement,
		"zvm/vswitch/VSWA/grant/LINUX01":        "vlan 10-20 30 porttype trunk",
		"zvm/vswitch/VSWA/grant/SNIFFER":        "promiscuous",
		"zvm/vswitch/VSWA/promiscuous":          `["SNIFFER"]`,
		"zvm/lan/count":                         "1",
		"zvm/lan/TCPMAINT/GLAN1/type":           "hipers",
		"zvm/lan/TCPMAINT/GLAN1/restricted":     "yes",
		"zvm/lan/TCPMAINT/GLAN1/isolation":      "?" + notInStatement,
		"zvm/operator_consoles":                 "[]",
	})
	// "Dump OPERATNS" stands alone because the record before has no comma.
	if got := c.Header.Counts.Ignored["statement not known"]; got != 2 {
		t.Errorf("%d records of unknown statements, want 2", got)
	}
}

func TestSystemConfigDefaults(t *testing.T) {
	for _, tt := range []struct{ level, want string }{
		{"z/VM Version 7 Release 3.0, service level 2401 (64-bit)", "on"},
		{"z/VM Version 7 Release 2.0, service level 2101 (64-bit)", "on"},
		{"z/VM Version 6 Release 4.0, service level 1901 (64-bit)", "?" + notInStatement},
		{"", "?" + notInStatement},
	} {
		in := []string{"System_Identifier * * ZVM1", "Features Enable Auto_Warm_IPL", "Define Vswitch V Rdev 800"}
		if tt.level != "" {
			in = append([]string{tt.level, "Generated at 2024-03-22 17:29:19 EDT", "IPL at 2024-03-24 03:11:02 EDT"}, in...)
		}
		c := config(t, whole, text(in...))
		c.want(t, map[string]string{"zvm/feature/clear_tdisk": tt.want, "zvm/vswitch/V/macprotect": "unspecified"})
		from := metric(t, c.Part, "zvm/feature/clear_tdisk/from")
		if want := map[bool]string{true: "default of z/VM 7.2 and later"}[tt.want == "on"]; from != want {
			t.Errorf("%s: marked %q, want %q", tt.level, from, want)
		}
		notStated := strings.Contains(c.facts["zvm/config/not_stated"], `"feature/clear_tdisk"`)
		if notStated != (tt.want != "on") {
			t.Errorf("%s: not_stated %s", tt.level, c.facts["zvm/config/not_stated"])
		}
	}
	stated := config(t, whole, text("z/VM Version 7 Release 3.0, service level 2401 (64-bit)", "System_Identifier * * ZVM1", "Features Disable Clear_TDisk"))
	stated.want(t, map[string]string{"zvm/feature/clear_tdisk": "off"})
	if from := metric(t, stated.Part, "zvm/feature/clear_tdisk/from"); from != "" {
		t.Errorf("a stated value is marked %q", from)
	}
}

// metric returns the form of a metric, "" when there is none.
func metric(t testing.TB, p *collect.Part, key collect.Key) string {
	t.Helper()
	r, err := p.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for r.Next() {
		if l := r.Located(); l.Key == key {
			return l.Metric.String()
		}
	}
	return ""
}

var ssiConfig = strings.Split(strings.TrimSpace(`
SSI PRODSSI PDR_VOLUME VMCOM1 , SLOT 1 PRODA , SLOT 2 PRODB
PRODA: System_Identifier LPAR LP1 PRODA
PRODB: System_Identifier LPAR LP2 PRODB
Equate BOTH PRODA PRODB
BOTH: Features Enable Clear_TDisk
PRODB: BEGIN
  Features , Enable ,
    Set_Privclass
  Encrypt Paging Off
PRODB: END
PRODA: Encrypt Paging Required
Vmlan Limit Transient 0
`), "\n")

func TestSystemConfigMembers(t *testing.T) {
	parts, err := collectWith(t, SystemConfig(), whole, []string{"SYSTEM.CONFIG"}, text(ssiConfig...))
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(parts)); !slices.Equal(got, []string{"PRODA", "PRODB"}) {
		t.Fatalf("systems %q", got)
	}
	parts["PRODA"].want(t, map[string]string{
		"zvm/system/id": "PRODA", "zvm/system/identifier": `["LPAR LP1 PRODA"]`, "zvm/system/ssi/member/2": "PRODB",
		"zvm/feature/clear_tdisk": "on", "zvm/feature/set_privclass": "?" + notInStatement,
		"zvm/encrypt/paging/state": "required", "zvm/vmlan/limit/transient": `"0"`,
	})
	parts["PRODB"].want(t, map[string]string{
		"zvm/system/id": "PRODB", "zvm/system/identifier": `["LPAR LP2 PRODB"]`, "zvm/feature/clear_tdisk": "on",
		"zvm/feature/set_privclass": "on", "zvm/encrypt/paging/state": "off", "zvm/vmlan/limit/transient": `"0"`,
	})
	if got := parts["PRODA"].Header.Counts.Ignored["another system"]; got != 4 {
		t.Errorf("PRODA passes over %d records, want 4", got)
	}
}

func TestSystemConfigImbeds(t *testing.T) {
	main := text("System_Identifier * * PRODA", "Features Enable Clear_TDisk", "Imbed -SYSTEM- CONFIG", "Features Enable Set_Privclass")
	other := text("Features Disable Clear_TDisk , Enable Set_Privclass", "Alternate_Operators MAINT")
	alone := config(t, whole, main)
	if c := alone.Header.CoverageOf("zvm/feature/clear_tdisk"); c.State != collect.Partial || !strings.Contains(c.Reason, "PRODA CONFIG") {
		t.Errorf("without the imbedded file the coverage is %+v", c)
	}
	alone.want(t, map[string]string{"zvm/config/embedded_files": `["-SYSTEM- CONFIG"]`})
	for _, names := range [][]string{{"SYSTEM.CONFIG", "PRODA.CONFIG"}, {"/x/system config", "/x/proda.config.txt"}} {
		parts, err := collectWith(t, SystemConfig(), whole, names, main, other)
		if err != nil {
			t.Fatal(err)
		}
		c := parts["PRODA"]
		c.want(t, map[string]string{
			"zvm/feature/clear_tdisk": "off", "zvm/feature/set_privclass": "on", "zvm/alternate_operators": `["MAINT"]`,
			"zvm/config/syntax_problems": "0",
		})
		if s := c.Header.CoverageOf("zvm/feature/clear_tdisk").State; s != collect.Complete {
			t.Errorf("coverage %s with the imbedded file", s)
		}
	}
	loop := config(t, whole, text("System_Identifier * * PRODA", "Imbed SYSTEM CONFIG"))
	loop.want(t, map[string]string{"zvm/config/syntax_problems": "1"})
}

func TestSystemConfigConformance(t *testing.T) {
	capturedFull := capture(text(fullConfig...))
	sourcetest.Run(t, sourcetest.Suite{
		Source: SystemConfig(),
		Inputs: map[string][]byte{
			"text": text(fullConfig...), "F80": compose.DirectoryF80(fullConfig, nil), "captured": capturedFull,
			"captured CRLF": bytes.ReplaceAll(capturedFull, []byte("\n"), []byte("\r\n")),
			"rewrapped":     rewrap(fullConfig), "cluster": text(ssiConfig...),
			"before": sample(t, "bootcamp-system-config-before.txt"), "after": sample(t, "bootcamp-system-config-after.txt"),
		},
		SameAs: map[string]string{"F80": "text", "rewrapped": "text", "captured CRLF": "captured"},
		Cuts:   400,
		Damaged: map[string]sourcetest.Damage{
			"directory":    {Data: text("USER A NOLOG 1M 1M G", " MDISK 191 3390 1 5 V1 MR"), Is: collect.ErrNotRecognised},
			"open comment": {Data: text("/* System_Identifier * * A", "Features Enable Clear_TDisk"), Is: collect.ErrNotRecognised},
			"binary":       {Data: bytes.Repeat([]byte{0xC8, 0xC3, 0, 0, 0, 1, 0xD7, 0}, 512), Is: collect.ErrDamaged},
		},
	})
}

// rewrap writes the same statements with other line breaks, case and comments.
func rewrap(lines []string) []byte {
	var b bytes.Buffer
	for _, l := range lines {
		if strings.HasPrefix(l, "/*") {
			b.WriteString("/* a comment\n over lines */\n\n")
			continue
		}
		words := strings.Fields(l)
		for i, w := range words {
			b.WriteString("   " + strings.ToLower(w))
			if i == 0 && len(words) > 1 && words[1] != "," {
				b.WriteString(" , /* goes on */\n\n")
			}
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}

// A system config is cut at every byte: what the beginning says is true of the
// whole, or its coverage says that it may not be.
func TestSystemConfigCut(t *testing.T) {
	for name, in := range map[string][]byte{"full": text(fullConfig...), "captured": capture(text(fullConfig...))} {
		all := config(t, collect.Options{}, in)
		for n := 1; n < len(in); n++ {
			parts, err := collectWith(t, SystemConfig(), collect.Options{}, []string{"x"}, in[:n])
			if err != nil {
				if collect.HintOf(err) == "" {
					t.Fatalf("%s cut at %d: %v", name, n, err)
				}
				continue
			}
			for _, part := range parts {
				for key, form := range part.facts {
					k := collect.Key(key)
					state := part.Header.CoverageOf(k).State
					switch whole, there := all.facts[key]; {
					case there && whole == form, collect.Keys().Class(k) == collect.Derived, form[0] == '?':
					case state == collect.Partial && !there:
						t.Fatalf("%s cut at %d: %s is %s, and not in the whole", name, n, key, form)
					case state == collect.Partial && strings.HasPrefix(form, "["):
					case strings.HasPrefix(key, "zvm/feature/clear_tdisk"): // overridden later
					case strings.HasPrefix(key, "zvm/vswitch/VSWA/") && whole[0] != '?':
					default:
						t.Fatalf("%s cut at %d: %s is %s (%s), %s in the whole", name, n, key, form, state, whole)
					}
				}
			}
		}
	}
}

func FuzzSystemConfig(f *testing.F) {
	for _, in := range [][]byte{
		text(fullConfig...), text(ssiConfig...), rewrap(fullConfig), capture(text(ssiConfig...)),
		compose.DirectoryF80(fullConfig[:12], nil),
		text("A: B: BEGIN", "Features enable clear_tdisk", "A: END", "END", "Equate A/B~C X", "Imbed x y", "VMLAN LIMIT", "DEFINE VSWITCH A/B \xff VLAN", "CP_OWNED SLOT"),
		[]byte("System_Identifier * * A\n/* open\nFeatures ,"),
	} {
		f.Add(in, uint16(len(in)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, cut uint16) { fuzzSource(t, SystemConfig(), in, int(cut)) })
}

// fuzzSource checks for any input that a source neither fails without advice nor
// loses count of lines, and that a cut never makes a key or member look removed.
func fuzzSource(t *testing.T, src collect.Source, in []byte, cut int) {
	parts, err := collectWith(t, src, collect.Options{}, []string{"x"}, in)
	if err != nil {
		var e *collect.Error
		if !errors.As(err, &e) || e.Advice == "" {
			t.Fatalf("error without place and advice: %v", err)
		}
		return
	}
	if cut >= len(in) {
		return
	}
	beginnings, err := collectWith(t, src, collect.Options{}, []string{"x"}, in[:cut])
	if err != nil {
		return
	}
	for name, all := range parts {
		part := beginnings[name]
		if part == nil {
			continue
		}
		for key, form := range all.facts {
			k := collect.Key(key)
			if collect.Keys().Class(k) == collect.Derived {
				continue
			}
			c := part.Header.CoverageOf(k)
			got, there := part.facts[key]
			through := all.Header.CoverageOf(k).Through
			reached := through != "" && part.facts[string(through)] != ""
			switch {
			case c.State == collect.Complete && got != form, c.State == collect.Open && !there && reached:
				t.Fatalf("%s: %q in the whole, %q in its beginning, which is %s", key, form, got, c.State)
			case c.State == collect.Open && there && strings.HasPrefix(form, "[") && got != form && collect.Keys().Type(k) == collect.TypeSet && len(got) < len(form):
				v, _ := collect.ParseForm([]byte(form), collect.TypeSet)
				w, _ := collect.ParseForm([]byte(got), collect.TypeSet)
				for _, m := range v.Items() {
					if !w.Has(m) && !strings.HasPrefix(key, "zvm/modify/") && !strings.HasPrefix(key, "zvm/priv_classes/") {
						t.Fatalf("%s lost %q", key, m)
					}
				}
			}
		}
	}
}

func BenchmarkSystemConfig(b *testing.B) {
	var in bytes.Buffer
	for i := range 2000 {
		for _, l := range fullConfig[6:] {
			in.WriteString(strings.ReplaceAll(l, "VSWA", "V"+string(rune('A'+i%26))) + "\n")
		}
	}
	data := append([]byte("System_Identifier * * PRODA\n"), in.Bytes()...)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		parts, err := collect.Run(context.Background(), SystemConfig(), []*collect.File{collect.BytesFile("SYSTEM.CONFIG", data)}, &collect.Options{})
		if err != nil {
			b.Fatal(err)
		}
		parts[0].Close()
	}
}
