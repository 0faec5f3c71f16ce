package zvm

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// query gathers the replies of all files.
type query struct {
	*sheet
	seen    map[queryReply]bool
	ends    []ending
	system  string
	scratch bool // only to see whether lines are understood

	entity  collect.Key // the switch or LAN that lines speak of
	access  map[collect.Key]bool
	listing bool // lines list userids that may couple

	lines, used int64
	ignored     map[string]int64
	warnings    []queryWarning
}

type queryWarning struct {
	file *collect.File
	at   collect.Origin
	text string
}

// read reads one capture.
func (q *query) read(ctx context.Context, f *collect.File, opts *collect.Options) error {
	in, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	before := q.used
	cur := noReply
	for in.Next() {
		l := in.Line()
		q.lines++
		text, command := console(l.Text)
		if command {
			if len(strings.TrimSpace(string(l.Text))) == 0 {
				q.ignored["blank"]++
				continue
			}
			q.ignored["console"]++
			if !strings.Contains(string(l.Text), "MORE...") && !strings.Contains(string(l.Text), "HOLDING") && !strings.Contains(string(l.Text), "RUNNING") {
				cur = noReply // an echo or Ready: the reply is whole
			}
			continue
		}
		if r := replyOf(text); r != noReply {
			cur = r
		}
		if cur != noReply && q.line(cur, text, l.At(f)) {
			q.seen[cur] = true
			q.used++
			continue
		}
		q.ignored["not a known reply"]++
		if cur != noReply && len(q.warnings) < 20 {
			q.warnings = append(q.warnings, queryWarning{f, l.At(f), "a line of the reply is not known: " + clip(text)})
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if q.used == before {
		if err := in.Err(); err != nil {
			return err
		}
		return &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrNotRecognised,
			Advice: "it holds no reply of a QUERY command that this source knows; capture the console while the commands run"}
	}
	end := ending{}
	end.state, end.reason = in.End(opts)
	q.ends = append(q.ends, end)
	if cur != noReply && end.state == collect.Open {
		q.doubtReply(cur, end)
	}
	return nil
}

// doubtReply says that the last reply of a file may have been cut off: all of
// it, or the last switch or LAN it tells of.
func (q *query) doubtReply(r queryReply, end ending) {
	prefixes := queryPrefixes[r]
	if r == replyVSwitch || r == replyLAN {
		prefixes = []collect.Key{q.entity}
	}
	for _, p := range prefixes {
		q.doubts = append(q.doubts, collect.Coverage{Prefix: p, State: collect.Partial, Reason: "the reply may have been cut off: " + end.reason})
	}
}

// say states a value of the running system.
func (q *query) say(key collect.Key, value string, at collect.Origin) {
	q.set(key, collect.Text(value), at)
}

// foldASCII folds ASCII letters only, so that places in s stay where they are.
func foldASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - ('a' - 'A')
		}
	}
	return string(b)
}

// label returns the word behind "name:", folded to lower case.
func label(text, name string) (string, bool) {
	i := strings.Index(foldASCII(text), foldASCII(name)+":")
	if i < 0 || i > 0 && text[i-1] != ' ' {
		return "", false
	}
	w := strings.Fields(text[i+len(name)+1:])
	if len(w) == 0 || strings.HasSuffix(w[0], ":") {
		return "", false
	}
	return strings.ToLower(strings.TrimRight(w[0], ",;")), true
}

// line reads a line of a reply; false when it says nothing that is known.
func (q *query) line(r queryReply, text string, at collect.Origin) bool {
	switch r {
	case replyCPLevel:
		return q.cpLevel(text, at)
	case replyCMSLevel:
		w := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
		if len(w) < 6 {
			return false
		}
		q.say("zvm/cmslevel/level", w[2], at)
		q.say("zvm/cmslevel/service_level", w[5], at)
	case replyCPService:
		return q.cpService(text, at)
	case replyIdentity:
		w := strings.Fields(text)
		if len(w) < 3 || w[1] != "AT" {
			return false
		}
		q.system = w[2]
		q.say("zvm/system/id", w[2], at)
	case replyVMLAN:
		return q.vmlan(text, at)
	case replyVSwitch:
		return q.vswitch(text, at)
	case replyLAN:
		return q.lan(text, at)
	case replyJournal:
		return q.journal(text, at)
	case replyEncrypt:
		return q.encrypt(text, at)
	case replyTCPIP:
		w := strings.Fields(text)
		i := slices.IndexFunc(w, func(s string) bool { return strings.EqualFold(s, "Level") })
		if i < 0 || i+1 == len(w) {
			return strings.HasPrefix(text, "TCP/IP Server Name:")
		}
		q.say("zvm/tcpip/level", strings.TrimRight(w[i+1], ","), at)
	}
	return true
}

var shortDate = regexp.MustCompile(`^(\d\d)/(\d\d)/(\d\d) `)

// cpLevel reads QUERY CPLEVEL. Dates come in two forms; both are written with
// the year first.
func (q *query) cpLevel(text string, at collect.Origin) bool {
	for _, moment := range [...][2]string{{"Generated at ", "zvm/cplevel/generated"}, {"IPL at ", "zvm/cplevel/ipl"}} {
		if rest, ok := strings.CutPrefix(text, moment[0]); ok {
			q.say(collect.Key(moment[1]), shortDate.ReplaceAllString(rest, "20$3-$1-$2 "), at)
			return true
		}
	}
	w := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
	if _, ok := releaseOf(text); !ok || len(w) < 8 {
		return false
	}
	n, _ := number(w[2])
	q.set("zvm/cplevel/version", collect.Number(n), at)
	q.say("zvm/cplevel/release", w[4], at)
	q.say("zvm/cplevel/service_level", w[7], at)
	return true
}

var (
	aparID  = regexp.MustCompile(`^VM\d{5}$`)
	localID = regexp.MustCompile(`^L[A-Z0-9]{3,7}$`)
)

// cpService reads QUERY CPSERVICE, whose layout is not published: APAR numbers,
// and behind the word LOCAL identifiers of local modifications.
func (q *query) cpService(text string, at collect.Origin) bool {
	known := false
	local := strings.Contains(strings.ToUpper(text), "LOCAL")
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		switch {
		case aparID.MatchString(w):
			q.say(collect.Key("zvm/cpservice/apar").Join(w), "present", at)
			known = true
		case local && localID.MatchString(w) && w != "LOCAL":
			q.say(collect.Key("zvm/cpservice/localmod").Join(w), "present", at)
			known = true
		}
	}
	return known
}

// vmlan reads QUERY VMLAN.
func (q *query) vmlan(text string, at collect.Origin) bool {
	known := strings.HasPrefix(strings.ToUpper(text), "VMLAN ")
	for _, l := range [...]struct{ label, key string }{
		{"MAC Protection", "macprotect"}, {"MACADDR Prefix", "macprefix"}, {"USER Prefix", "userprefix"},
		{"SYSTEM Accounting", "accounting/system"}, {"USER Accounting", "accounting/user"},
	} {
		v, ok := label(text, l.label)
		if !ok {
			continue
		}
		known = true
		if strings.HasSuffix(l.key, "prefix") {
			v = strings.ToUpper(v)
		}
		q.say(collect.Key(string(vmlanPrefix)+"/"+l.key), v, at)
	}
	if v, ok := label(text, "Directory Network Authorization"); ok {
		known = true
		q.say(vmlanPrefix.Join("dna"), map[bool]string{true: "enabled", false: "disabled"}[v == "enabled" || v == "on"], at)
	}
	for _, kind := range [...]string{"PERSISTENT", "TRANSIENT"} {
		i := strings.Index(foldASCII(text), kind+" ")
		if i < 0 {
			continue
		}
		rest := text[i:]
		if v, ok := label(rest, "Limit"); ok {
			known = true
			q.say(vmlanPrefix.Join("limit", strings.ToLower(kind)), v, at)
		}
		if v, ok := label(rest, "Current"); ok && kind == "TRANSIENT" {
			if n, ok := number(v); ok {
				q.set(vmlanPrefix.Join("transient_lans_now"), collect.Number(n), at)
			}
		}
	}
	return known || strings.Contains(text, "MACIDRANGE") || strings.HasPrefix(strings.ToUpper(text), "USER:") || strings.HasPrefix(strings.ToUpper(text), "SYSTEM:")
}

// vswitch reads QUERY VSWITCH, also with ACCESS or DETAILS.
func (q *query) vswitch(text string, at collect.Origin) bool {
	up := strings.ToUpper(text)
	w := strings.Fields(up)
	if w[0] == "VSWITCH" && len(w) > 2 {
		q.entity, q.listing = vswitchPrefix.Join(w[2]), false
		if v, ok := label(text, "Type"); ok {
			q.say(q.entity.Join("type"), v, at)
		}
		return true
	}
	if q.entity == "" {
		return false
	}
	if strings.HasPrefix(up, "AUTHORIZED USERIDS") {
		q.listing = true
		if q.access == nil {
			q.access = map[collect.Key]bool{}
		}
		q.access[q.entity] = true
		return true
	}
	if w[0] == "UPLINK" || w[0] == "ADAPTER" {
		q.listing = false
		return true
	}
	if q.listing && isName([]byte(w[0]), 8) && !strings.HasSuffix(w[0], ":") && (len(w) == 1 || strings.Contains(up, ":") && strings.HasSuffix(w[1], ":") || w[1] == "PROMISCUOUS") {
		return q.grant(w, at)
	}
	known := false
	for _, l := range [...]struct{ label, key string }{
		{"Isolation Status", "isolation"}, {"VEPA Status", "vepa"}, {"MAC Protection", "macprotect"}, {"Default Porttype", "porttype"},
	} {
		if v, ok := label(text, l.label); ok {
			q.say(q.entity.Join(l.key), v, at)
			known = true
		}
	}
	for _, word := range w {
		if word == "IP" || word == "ETHERNET" {
			if slices.Contains(w, "PERSISTENT") || slices.Contains(w, "TRANSIENT") {
				q.say(q.entity.Join("layer"), strings.ToLower(word), at)
				known = true
			}
		}
	}
	if strings.HasPrefix(up, "VLAN UNAWARE") {
		q.say(q.entity.Join("vlan"), "unaware", at)
		known = true
	}
	if strings.HasPrefix(up, "VLAN AWARE") {
		vlan := "aware"
		if v, ok := label(text, "Default VLAN"); ok {
			if n, isNumber := number(v); isNumber {
				vlan = fmt.Sprint(n)
			}
		}
		q.say(q.entity.Join("vlan"), vlan, at)
		known = true
	}
	for _, name := range [...]string{"Native  VLAN", "Native VLAN"} {
		if v, ok := label(text, name); ok {
			if n, isNumber := number(v); isNumber {
				v = fmt.Sprint(n)
			}
			q.say(q.entity.Join("native"), v, at)
			known = true
		}
	}
	if v, ok := label(text, "RDEV"); ok {
		known = true
		device := uplinkDevice(strings.ToUpper(v))
		if old := q.text(q.entity.Join("uplink")); old != "" && old != "none" && !slices.Contains(strings.Fields(old), device) {
			device = old + " " + device
		} else if slices.Contains(strings.Fields(old), device) {
			device = old
		}
		q.say(q.entity.Join("uplink"), device, at)
	}
	if v, ok := label(text, "Bridge Port"); ok || strings.HasPrefix(up, "BRIDGE PORT") {
		q.say(q.entity.Join("bridgeport"), map[bool]string{true: "no", false: "yes"}[v == "none"], at)
		known = true
	}
	if strings.Contains(up, "ESM") && (strings.Contains(up, "AUTHORIZ") || strings.Contains(up, "CONTROL")) {
		q.say(q.entity.Join("esm_control"), map[bool]string{true: "no", false: "yes"}[strings.Contains(up, "NOT ") || strings.Contains(up, ": NO")], at)
		known = true
	}
	// Lines with labels that are of no interest, and the names of adapters.
	return known || strings.Contains(text, ":") || w[0] == "USERBASED" || w[0] == "PORTBASED"
}

// grant reads a userid that may couple: name, Porttype: x, VLAN: numbers.
func (q *query) grant(w []string, at collect.Origin) bool {
	g := switchGrant{}
	for i := 1; i < len(w); i++ {
		switch {
		case w[i] == "PORTTYPE:" && i+1 < len(w):
			i++
			g.porttype = w[i]
		case w[i] == "PROMISCUOUS":
			g.promiscuous = true
		case w[i] == "VLAN:":
			for i+1 < len(w) && isVLAN(w[i+1]) {
				i++
				g.vlans = append(g.vlans, w[i])
			}
		}
	}
	q.say(q.entity.Join("grant", w[0]), g.text(), at)
	if g.promiscuous {
		q.add(q.entity.Join("promiscuous"), w[0], at)
	}
	return true
}

// lan reads QUERY LAN.
func (q *query) lan(text string, at collect.Origin) bool {
	up := strings.ToUpper(text)
	w := strings.Fields(up)
	if w[0] == "LAN" && len(w) > 2 {
		q.entity = lanPrefix.Join(w[1], w[2])
		if v, ok := label(text, "Type"); ok {
			q.say(q.entity.Join("type"), lanType(strings.ToUpper(v)), at)
		}
		return true
	}
	if q.entity == "" {
		return false
	}
	known := strings.Contains(text, ":")
	for word, fact := range map[string][2]string{
		"PERSISTENT": {"persistent", "yes"}, "TRANSIENT": {"persistent", "no"},
		"RESTRICTED": {"restricted", "yes"}, "UNRESTRICTED": {"restricted", "no"},
	} {
		if slices.Contains(w, word) {
			q.say(q.entity.Join(fact[0]), fact[1], at)
			known = true
		}
	}
	if v, ok := label(text, "Isolation Status"); ok {
		q.say(q.entity.Join("isolation"), v, at)
	}
	return known
}

var journalWord = regexp.MustCompile(`(?i)\b(LOGON|LINK)-(ON|OFF)\b`)

// journal reads QUERY JOURNAL: "Journal: LOGON-on LINK-off".
func (q *query) journal(text string, at collect.Origin) bool {
	found := journalWord.FindAllStringSubmatch(text, -1)
	for _, m := range found {
		q.say(collect.Key("zvm/journal/running").Join(strings.ToLower(m[1])), strings.ToLower(m[2]), at)
	}
	return len(found) > 0
}

var (
	encryptState     = regexp.MustCompile(`\b(ON|OFF|REQUIRED|ENABLED|DISABLED)\b`)
	encryptAlgorithm = regexp.MustCompile(`\bAES-?(128|192|256)\b`)
)

// encrypt reads QUERY ENCRYPT, whose layout is not published.
func (q *query) encrypt(text string, at collect.Origin) bool {
	up := strings.ToUpper(text)
	states := encryptState.FindAllString(up, -1)
	if len(states) > 0 {
		state := strings.ToLower(states[0])
		switch {
		case slices.Contains(states, "REQUIRED"):
			state = "required"
		case state == "enabled":
			state = "on"
		case state == "disabled":
			state = "off"
		}
		q.say("zvm/encrypt/paging/state", state, at)
	}
	m := encryptAlgorithm.FindStringSubmatch(up)
	if m != nil {
		q.say("zvm/encrypt/paging/algorithm", "AES"+m[1], at)
	}
	return len(states) > 0 || m != nil
}

// finish records the replies that were seen.
func (q *query) finish(rec *collect.Recorder) error {
	rec.Read(q.lines)
	rec.Used(q.used)
	for reason, n := range q.ignored {
		rec.Ignored(reason, n)
	}
	for _, w := range q.warnings {
		rec.Warn(w.file, w.at.Pos, w.at.Offset, "%s", w.text)
	}
	end := worst(q.ends)
	var prefixes []collect.Key
	for r := replyCPLevel; r <= replyTCPIP; r++ {
		if q.seen[r] {
			prefixes = append(prefixes, queryPrefixes[r]...)
		}
	}
	q.count(replyVSwitch, "zvm/vswitch/count", vswitchPrefix, 3, end)
	q.count(replyLAN, "zvm/lan/count", lanPrefix, 4, end)
	q.count(replyCPService, "zvm/cpservice/apar/count", "zvm/cpservice/apar", 4, end)
	q.count(replyCPService, "zvm/cpservice/localmod/count", "zvm/cpservice/localmod", 4, end)
	for _, base := range q.entities(vswitchPrefix, 3) {
		if q.access[base] {
			q.none(base.Join("promiscuous"))
			continue
		}
		for _, name := range [...]string{"grant", "promiscuous"} {
			rec.Cover(collect.Coverage{Prefix: base.Join(name), State: collect.Partial, Reason: "the reply of QUERY VSWITCH ACCESS is not in the capture"})
		}
	}
	if q.seen[replyCPService] {
		prefixes = append(prefixes, "zvm/cpservice/apar", "zvm/cpservice/localmod")
	}
	return q.record(rec, end, prefixes...)
}

// entities are the things below prefix of which the replies tell.
func (q *query) entities(prefix collect.Key, depth int) []collect.Key {
	var out []collect.Key
	for _, key := range q.order {
		if key.Under(prefix) && collect.Keys().Class(key) != collect.Derived {
			out = append(out, key.Head(depth))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// count states how many entities there are.
func (q *query) count(r queryReply, key, prefix collect.Key, depth int, end ending) {
	if !q.seen[r] {
		return
	}
	v := collect.Number(int64(len(q.entities(prefix, depth))))
	if end.state == collect.Partial {
		v = collect.Unknown(end.reason)
	}
	q.set(key, v, collect.Origin{})
}
