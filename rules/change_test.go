package rules

import (
	"context"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
)

func builtinEngine(t testing.TB, s Site) *Engine {
	t.Helper()
	e, err := NewEngine([]*Pack{builtinPack(t)}, s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// userFacts are the facts of one ordinary z/VM user with changes.
func userFacts(changes ...string) []string {
	values := map[string]string{"class": `["G"]`, "iucv": "[]", "logonby": `["ADMIN"]`, "option": "[]", "password_class": "lbyonly"}
	for _, c := range changes {
		name, v, _ := strings.Cut(c, ": ")
		values[name] = v
	}
	var out []string
	for name, v := range values {
		out = append(out, "zvm/user/LX1/"+name+": "+v)
	}
	return out
}

func TestJudgeChanges(t *testing.T) {
	all := complete("zvm/user")
	set := collect.Set
	tests := []struct {
		name     string
		old, now []string
		change   baseline.Change
		dir      Direction
		cause    Cause
		why      string // a part of it
		checks   string
		numbers  string
		severity string
	}{
		{
			name: "an option that lets it link any disk",
			old:  userFacts(), now: userFacts(`option: ["LNKNOPAS"]`),
			change: baseline.Change{Op: baseline.Changed, Key: "zvm/user/LX1/option", Old: set(), New: set("LNKNOPAS"), Added: []string{"LNKNOPAS"}},
			dir:    Weaker, cause: CauseConfiguration, why: "A02 goes from PASS to FAIL: OPTION LNKNOPAS is not approved for it",
			checks: "A02", numbers: "7.2.2", severity: "high",
		},
		{
			name: "the change beside it is not blamed",
			old:  userFacts(), now: userFacts(`option: ["LNKNOPAS"]`, `iucv: ["TCPIP"]`),
			change: baseline.Change{Op: baseline.Changed, Key: "zvm/user/LX1/iucv", Old: set(), New: set("TCPIP"), Added: []string{"TCPIP"}},
			dir:    Weaker, cause: CauseConfiguration, why: "the user may talk to more virtual machines",
			checks: "H08", numbers: "2.2.4",
		},
		{
			name: "mended",
			old:  userFacts("password_class: nopass"), now: userFacts(),
			change: baseline.Change{Op: baseline.Changed, Key: "zvm/user/LX1/password_class", Old: collect.Text("nopass"), New: collect.Text("lbyonly")},
			dir:    Stronger, cause: CauseConfiguration, why: "U07 goes from FAIL to PASS",
			checks: "A01 A06 A12 H02 H04 U01 U07 U09 U15V U19", numbers: "2.2.2 2.2.4 7.2.1 7.2.2 7.2.5 8.2.1 8.2.2 8.3.1 8.3.2 8.3.9 8.6.1 8.6.3", severity: "critical",
		},
		{
			name: "a key that no check reads",
			old:  append(userFacts(), "zvm/user/LX1/storage: 1G"), now: append(userFacts(), "zvm/user/LX1/storage: 2G"),
			change: baseline.Change{Op: baseline.Changed, Key: "zvm/user/LX1/storage", Old: collect.Text("1G"), New: collect.Text("2G")},
			dir:    Neutral, cause: CauseConfiguration, numbers: "6.5.1 11.5.2",
		},
		{
			name:   "a new user that is in order",
			now:    userFacts(),
			change: baseline.Change{Op: baseline.Added, Key: "zvm/user/LX1/class", New: set("G"), Added: []string{"G"}},
			dir:    Neutral, cause: CauseConfiguration, checks: "A01 A12 U01", numbers: "7.2.1 7.2.2 8.2.1 8.2.2",
		},
		{
			name:   "a new user does not gain what it has",
			now:    userFacts(`logonby: ["FAIRFAX"]`),
			change: baseline.Change{Op: baseline.Added, Key: "zvm/user/LX1/logonby", New: set("FAIRFAX"), Added: []string{"FAIRFAX"}},
			dir:    Neutral, cause: CauseConfiguration, checks: "U01", numbers: "8.2.1 8.2.2",
		},
		{
			name:   "a new user that anybody can use",
			now:    userFacts("password_class: nopass"),
			change: baseline.Change{Op: baseline.Added, Key: "zvm/user/LX1/password_class", New: collect.Text("nopass")},
			dir:    Weaker, cause: CauseConfiguration, why: "U07 gives FAIL for what is new", checks: "A01 A06 A12 H02 H04 U01 U07 U09 U15V U19",
			numbers: "2.2.2 2.2.4 7.2.1 7.2.2 7.2.5 8.2.1 8.2.2 8.3.1 8.3.2 8.3.9 8.6.1 8.6.3", severity: "critical",
		},
		{
			name: "lost from sight",
			old:  userFacts(), now: userFacts(),
			change: baseline.Change{Op: baseline.NotCollected, Key: "zvm/user", Keys: 5, Reason: "the extract was cut"},
			dir:    Neutral, cause: CauseCoverage, why: "could not be compared: the extract was cut",
			checks: "A01 A02 A06 A12 H02 H03 H04 H08 N09D U01 U07 U09 U15V U19", numbers: "1.4.1 2.2.2 2.2.3 2.2.4 7.2.1 7.2.2 7.2.5 8.2.1 8.2.2 8.3.1 8.3.2 8.3.9 8.6.1 8.6.3",
		},
	}
	e := builtinEngine(t, Site{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			old, now := testPart("VM1", "zvm-directory", tt.old, all), testPart("VM1", "zvm-directory", tt.now, all)
			tt.change.Source = "zvm-directory"
			got, err := e.JudgeChanges(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{old}, []*collect.Part{now}, []baseline.Change{tt.change})
			if err != nil {
				t.Fatal(err)
			}
			g := got[0]
			if g.Direction != tt.dir || g.Cause != tt.cause || !strings.Contains(g.Why, tt.why) || g.Severity != tt.severity {
				t.Errorf("got %s, cause %s, severity %q, why %q", g.Direction, g.Cause, g.Severity, g.Why)
			}
			if c := strings.Join(g.Checks, " "); c != tt.checks {
				t.Errorf("checks %s, want %s", c, tt.checks)
			}
			if n := strings.Join(g.Requirements, " "); n != tt.numbers {
				t.Errorf("requirements %s, want %s", n, tt.numbers)
			}
			if tt.change.Op != baseline.NotCollected && (len(g.Evidence) != 1 || g.Evidence[0].Line == 0) {
				t.Errorf("evidence: %+v", g.Evidence)
			}
		})
	}
}

func TestTwoChangesThatMatterTogether(t *testing.T) {
	e := toyEngine(t, toyUser, "#   keys: {required: [class, option]}\n", `
deny contains "both" if {
	"A" in input.entity.values["class"]
	"X" in input.entity.values.option
}
`, Site{})
	old := testPart("VM1", "d", []string{`zvm/user/U/class: []`, `zvm/user/U/option: []`}, complete("zvm/user"))
	now := testPart("VM1", "d", []string{`zvm/user/U/class: ["A"]`, `zvm/user/U/option: ["X"]`}, complete("zvm/user"))
	changes := []baseline.Change{
		{Op: baseline.Changed, Key: "zvm/user/U/class", Old: collect.Set(), New: collect.Set("A"), Source: "d"},
		{Op: baseline.Changed, Key: "zvm/user/U/option", Old: collect.Set(), New: collect.Set("X"), Source: "d"},
	}
	got, err := e.JudgeChanges(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{old}, []*collect.Part{now}, changes)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range got {
		if g.Direction != Weaker || !strings.Contains(g.Why, "X1 goes from PASS to FAIL: both") {
			t.Errorf("%s: %s, %q", g.Key, g.Direction, g.Why)
		}
	}
}

func TestCauseCollector(t *testing.T) {
	e := builtinEngine(t, Site{})
	old, now := testPart("VM1", "d", userFacts(), complete("zvm/user")), testPart("VM1", "d", userFacts(`option: ["LNKNOPAS"]`), complete("zvm/user"))
	now.Header.Collector = "2.0"
	change := baseline.Change{Op: baseline.Changed, Key: "zvm/user/LX1/option", Old: collect.Set(), New: collect.Set("LNKNOPAS"), Source: "d"}
	got, err := e.JudgeChanges(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{old}, []*collect.Part{now}, []baseline.Change{change})
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Cause != CauseCollector || got[0].Direction != Weaker || !strings.Contains(got[0].Why, "from version test to 2.0") {
		t.Errorf("cause %s, direction %s, why %q", got[0].Cause, got[0].Direction, got[0].Why)
	}
}

func TestComparators(t *testing.T) {
	num, text, set := collect.Number, collect.Text, collect.Set
	var absent collect.Value
	tests := []struct {
		key      collect.Key
		from, to collect.Value
		want     Direction
	}{
		{"racf/setropts/REVOKE", num(3), num(12), Weaker},
		{"racf/setropts/REVOKE", num(12), num(3), Stronger},
		{"racf/setropts/REVOKE", num(3), num(0), Weaker},
		{"racf/setropts/REVOKE", num(0), num(255), Stronger},
		{"racf/setropts/HISTORY", num(24), num(12), Weaker},
		{"racf/setropts/HISTORY", num(12), absent, Weaker},
		{"racf/setropts/MINCHANG", num(1), num(0), Weaker},
		{"racf/setropts/SAUDIT", collect.Bool(true), collect.Bool(false), Weaker},
		{"racf/setropts/CLASSACT", set("A", "B"), set("A"), Weaker},
		{"racf/setropts/CLASSACT", set("A"), set("A", "B"), Stronger},
		{"racf/setropts/CLASSACT", set("A"), set("B"), Weaker},
		{"racf/setropts/PROTALL", text("FAILURES"), text("WARNING"), Weaker},
		{"racf/setropts/PROTALL", text("none"), text("WARNING"), Stronger},
		{"racf/setropts/PROTALL", text("FAILURES"), text("something new"), Neutral},
		{"zvm/user/MAINT/class", set("G"), set("B", "G"), Weaker},
		{"zvm/user/MAINT/class", absent, set("G"), Neutral},
		{"zvm/user/MAINT/password_class", text("lbyonly"), text("vendor-default"), Weaker},
		{"zert/S/TCPIP/server/J/10.0.0.1:443/protection", set("tls"), set("none", "tls"), Weaker},
		{"zert/S/TCPIP/server/J/10.0.0.1:443/protection", set("tls"), set("ssh", "tls"), Neutral},
		{"zert/S/TCPIP/server/J/10.0.0.1:443/tls/versions", set("TLSv1.2"), set("TLSv1.0"), Weaker},
		{"zert/S/TCPIP/server/J/10.0.0.1:443/tls/versions", set("TLSv1.2"), set("TLSv1.2", "TLSv1.3"), Stronger},
		{"zert/S/TCPIP/server/J/10.0.0.1:443/tls/versions", set("TLSv1.3"), set("TLSv1.1", "TLSv1.3"), Weaker},
		{"zvm/user/LX1/option", set(), set("APPLMON"), Neutral},
		{"zvm/user/LX1/option", set("APPLMON"), set("APPLMON", "LNKNOPAS"), Weaker},
		{"ibmi/sk/accept/23/protection", absent, set("clear"), Weaker},
	}
	for _, tt := range tests {
		rows := comparatorsFor(tt.key)
		if len(rows) == 0 {
			t.Errorf("%s has no comparator", tt.key)
		}
		got := Neutral
		for _, row := range rows {
			d, why := row.compare(tt.from, tt.to)
			if (d != Neutral) != (why != "") {
				t.Errorf("%s from %s to %s: %s (%s)", tt.key, tt.from, tt.to, d, why)
			}
			if got != Weaker && d != Neutral {
				got = d
			}
		}
		if got != tt.want {
			t.Errorf("%s from %s to %s: %s, want %s", tt.key, tt.from, tt.to, got, tt.want)
		}
	}
	if comparatorsFor("zvm/user/MAINT/class/x") != nil || comparatorsFor("racf/setropts/NOSUCH") != nil {
		t.Error("a comparator for a key that is not in the table")
	}
}

// TestOtherSourceIsNotBlamed: an AT-TLS rule came on the night on which a service
// began to use TLS. That the service was clear before the rule is not a weakness
// of what is new about it.
func TestOtherSourceIsNotBlamed(t *testing.T) {
	side := func(policy, seen []string) []*collect.Part {
		return []*collect.Part{testPart("SYSA", "attls-policy", policy, complete("attls/TCPIP")), testPart("SYSA", "zert-smf", seen, complete("zert"))}
	}
	old := side(nil, serviceFacts("server/WEB1/10.1.2.3:443", `protection: ["none"]`, "tls/versions: []", "tls/suites: []"))
	now := side(policyFacts("R", 1), serviceFacts("server/WEB1/10.1.2.3:443"))
	set := collect.Set
	changes := []baseline.Change{
		{Op: baseline.Changed, Class: collect.Observed, Key: web + "/protection", Old: set("none"), New: set("tls"), Added: []string{"tls"}},
		{Op: baseline.Changed, Class: collect.Observed, Key: web + "/tls/suites", Old: set(), New: set("TLS_AES_256_GCM_SHA384"), Added: []string{"TLS_AES_256_GCM_SHA384"}},
		{Op: baseline.Changed, Class: collect.Observed, Key: web + "/tls/versions", Old: set(), New: set("TLSv1.2"), Added: []string{"TLSv1.2"}},
	}
	got, err := builtinEngine(t, Site{}).JudgeChanges(context.Background(), System{ID: "SYSA", Platform: "zos"}, old, now, changes)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []Direction{Stronger, Neutral, Neutral} {
		if got[i].Direction != want {
			t.Errorf("%s is %s, want %s: %s", got[i].Key, got[i].Direction, want, got[i].Why)
		}
	}
}
