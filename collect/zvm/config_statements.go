package zvm

import (
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// configStatement definitions.
type configDefinition struct {
	read func(*configPart)
	// pairs: what stands before a cut is true on its own.
	pairs bool
}

// configStatements are the statements of SYSTEM CONFIG (CP Planning and
// Administration), by name. BEGIN, END, IMBED and EQUATE are read with the file.
var configStatements map[string]*configDefinition

func init() {
	configStatements = map[string]*configDefinition{
		"ALTERNATE_OPERATORS":          {read: func(p *configPart) { p.each("zvm/alternate_operators") }, pairs: true},
		"ASSOCIATE":                    {read: (*configPart).associate},
		"CPXLOAD":                      {read: func(p *configPart) { p.whole("zvm/local_code/cpxload") }},
		"CP_ACCESS":                    {read: (*configPart).cpAccess},
		"CP_ADDON_INITIALIZE_ROUTINES": {read: func(p *configPart) { p.each("zvm/local_code/addon_routines") }, pairs: true},
		"CP_OWNED":                     {read: (*configPart).cpOwned},
		"DEFINE":                       {read: (*configPart).define},
		"DEVICES":                      {read: (*configPart).devices},
		"DISABLE":                      {read: (*configPart).enable},
		"EMERGENCY_MESSAGE_CONSOLES":   {read: func(p *configPart) { p.consoles("zvm/emergency_message_consoles") }},
		"ENABLE":                       {read: (*configPart).enable},
		"ENCRYPT":                      {read: (*configPart).encrypt, pairs: true},
		"EQUATE":                       {read: (*configPart).keep},
		"FEATURES":                     {read: (*configPart).features, pairs: true},
		"IMBED":                        {read: (*configPart).keep}, // without a file name
		"JOURNALING":                   {read: (*configPart).journaling, pairs: true},
		"LOGO_CONFIG":                  {read: (*configPart).logo},
		"MODIFY":                       {read: (*configPart).modify},
		"OPERATOR_CONSOLES":            {read: func(p *configPart) { p.consoles("zvm/operator_consoles") }},
		"PRIV_CLASSES":                 {read: (*configPart).privClasses},
		"SSI":                          {read: (*configPart).ssi},
		"SYSTEM_IDENTIFIER":            {read: (*configPart).identifier},
		"SYSTEM_USERIDS":               {read: (*configPart).userids},
		"TOLERATE":                     {read: (*configPart).tolerate},
		"USER_VOLUME_EXCLUDE":          {read: func(p *configPart) { p.each("zvm/config/user_volume_exclude") }, pairs: true},
		"USER_VOLUME_INCLUDE":          {read: func(p *configPart) { p.each("zvm/config/user_volume_include") }, pairs: true},
		"USER_VOLUME_LIST":             {read: func(p *configPart) { p.each("zvm/config/user_volume_list") }, pairs: true},
		"VMLAN":                        {read: (*configPart).vmlan, pairs: true},
	}
	// Statements that are kept as they stand, so that a change of them shows.
	for _, name := range strings.Fields(`ACTIVATE CHARACTER_DEFAULTS CRYPTO CU DRAIN EDEVICE ENFORCE_BY_VOLID EXTERNAL_SYNTAX
		FORM_DEFAULT HOT_IO_RATE INIT_MITIME ISLINK MULTITHREADING PAGING PRINTER_TITLE PRODUCT RDEVICE
		RELOCATION_DOMAIN SAY SET SRM START STORAGE SYSTEM_ALIAS SYSTEM_DATEFORMAT SYSTEM_RESIDENCE
		SYSTEM_3270 THROTTLE TIMEZONE_BOUNDARY TIMEZONE_DEFINITION TRANSLATE_TABLE USERFORM USER_DEFAULTS
		XLINK_DEVICE_DEFAULTS XLINK_SYSTEM_EXCLUDE XLINK_SYSTEM_INCLUDE XLINK_VOLUME_EXCLUDE XLINK_VOLUME_INCLUDE`) {
		configStatements[name] = &configDefinition{read: (*configPart).keep}
	}
}

// keep keeps a statement without keys of its own as normalised text, secrets apart.
func (p *configPart) keep() {
	p.add(collect.Key("zvm/config/statement").Join(strings.ToLower(p.st.name)), p.keptOperands(), p.st.at)
}

// each adds every operand to a set.
func (p *configPart) each(key collect.Key) {
	if !p.more() {
		p.lacks()
	}
	for p.more() {
		p.add(key, p.word(), p.at())
	}
}

// whole adds the operands, as one member, to a set.
func (p *configPart) whole(key collect.Key) {
	if !p.more() {
		p.lacks()
		return
	}
	p.add(key, p.rest(), p.st.at)
}

func (p *configPart) identifier() {
	if !p.more() {
		p.lacks()
		return
	}
	p.add("zvm/system/identifier", p.rest(), p.st.at)
}

type ssiMember struct {
	slot, name string
	at         collect.Origin
}

// ssiMembers returns the slots of an SSI statement.
func ssiMembers(st *configStatement) (out []ssiMember) {
	for i := 0; i+2 < len(st.words); i++ {
		if st.words[i].text == "SLOT" {
			out = append(out, ssiMember{st.words[i+1].text, st.words[i+2].text, st.words[i+2].at})
			i += 2
		}
	}
	return out
}

// ssi reads SSI name PDR_VOLUME volume SLOT n system ...
func (p *configPart) ssi() {
	p.putName("zvm/system/ssi/name")
	for _, m := range ssiMembers(p.st) {
		p.set(collect.Key("zvm/system/ssi/member").Join(m.slot), collect.Text(m.name), m.at)
	}
	for p.more() {
		switch {
		case p.is("PDR_VOLUME"):
			p.putName("zvm/system/ssi/pdr_volume")
		case p.is("SLOT"):
			p.word()
			p.word()
		default:
			p.unknownOperand(p.word())
		}
	}
}

// cpOwned reads CP_OWNED SLOT n volume.
func (p *configPart) cpOwned() {
	if !p.is("SLOT") {
		p.unknownOperand(p.word())
		return
	}
	slot, ok := number(p.word())
	if !ok || !p.more() {
		p.lacks()
		return
	}
	p.set(collect.Key("zvm/config/cp_owned").Join(fmt.Sprint(slot)), collect.Text(p.rest()), p.st.at)
}

func (p *configPart) consoles(key collect.Key) {
	var list []string
	for p.more() {
		list = append(list, deviceText(p.word()))
	}
	p.set(key, collect.List(list...), p.st.at)
}

// deviceText writes a device number with four digits, a range with two of them;
// another word stays as it is.
func deviceText(s string) string {
	lo, hi, isRange := strings.Cut(s, "-")
	a, ok := hex([]byte(lo))
	if !ok {
		return s
	}
	if !isRange {
		return fmt.Sprintf("%04X", a)
	}
	b, ok := hex([]byte(hi))
	if !ok {
		return s
	}
	return fmt.Sprintf("%04X-%04X", a, b)
}

// devices reads DEVICES: kinds of handling, each with device numbers.
func (p *configPart) devices() {
	kind := ""
	for p.more() {
		w := p.word()
		if d := deviceText(w); kind != "" && (d != w || isDeviceRange(d)) {
			p.add(collect.Key("zvm/devices").Join(kind), d, p.at())
			if d == "0000-FFFF" && (kind == "online_at_ipl" || kind == "offline_at_ipl") {
				p.set("zvm/devices/default_at_ipl", collect.Text(strings.TrimSuffix(kind, "_at_ipl")), p.at())
			}
			continue
		}
		switch w {
		case "ACCEPTED", "REJECTED", "ONLINE_AT_IPL", "OFFLINE_AT_IPL", "SENSED", "NOTSENSED", "NOT_SENSED", "SHARED", "NOTSHARED", "THROTTLED",
			"MDC", "NOMDC", "DYNAMIC_IO", "NOT_DYNAMIC_IO", "INITIALIZED_AT_IPL", "NOT_INITIALIZED_AT_IPL", "HYPERPAV_ALLOWED", "EQID":
			kind = strings.ToLower(w)
		default:
			p.unknownOperand(w)
		}
	}
}

func isDeviceRange(s string) bool {
	lo, hi, isRange := strings.Cut(s, "-")
	_, ok := hex([]byte(lo))
	if ok && isRange {
		_, ok = hex([]byte(hi))
	}
	return ok
}

// userids reads SYSTEM_USERIDS.
func (p *configPart) userids() {
	const base collect.Key = "zvm/system_userids"
	for p.more() {
		switch w := p.word(); w {
		case "OPERATOR":
			p.putName(base.Join("operator"))
			switch {
			case p.is("DISCONNECT", "DISC"):
				p.set("zvm/feature/disc_operator", collect.Text("on"), p.at())
			case p.is("NODISCONNECT", "NODISC"):
				p.set("zvm/feature/disc_operator", collect.Text("off"), p.at())
			}
		case "ACCOUNT", "ACCOUNT1":
			p.putName(base.Join("account"))
		case "EREP", "EREP1":
			p.putName(base.Join("erep"))
		case "SYMPTOM", "SYMPTOM1":
			p.putName(base.Join("symptom"))
		case "ACCOUNT2", "EREP2", "SYMPTOM2", "DUMP", "STARTUP":
			p.putName(base.Join(strings.ToLower(w)))
		default:
			p.unknownOperand(w)
		}
	}
}

// classSet reads privilege classes: letters and digits, or a word for all.
func classSet(word string) (collect.Value, bool) {
	switch word {
	case "ANY", "*":
		return collect.Set("ANY"), true
	case "":
		return collect.Value{}, false
	}
	members := make([]string, 0, len(word))
	for _, c := range []byte(word) {
		if (c < 'A' || c > 'Z') && (c < '1' || c > '6') {
			return collect.Value{}, false
		}
		members = append(members, string(c))
	}
	return collect.Set(members...), true
}

// putClasses states the next operand, privilege classes, as the value of key.
func (p *configPart) putClasses(key collect.Key) {
	v, ok := classSet(p.peek())
	if !ok {
		p.unexpected()
		return
	}
	p.i++
	p.set(key, v, p.at())
}

// privClasses reads PRIV_CLASSES function classes ...
func (p *configPart) privClasses() {
	for p.more() {
		switch w := p.word(); w {
		case "OPERATOR", "USER_DEFAULT", "HW_SERVICE", "IOCP_READ", "IOCP_WRITE":
			p.putClasses(collect.Key("zvm/priv_classes").Join(strings.ToLower(w)))
		default:
			p.unknownOperand(w)
		}
	}
}

// cpAccess reads CP_ACCESS userid vdev mode [SR].
func (p *configPart) cpAccess() {
	if len(p.st.words) < 3 {
		p.lacks()
		return
	}
	owner, vdev, mode := p.word(), deviceText(p.word()), p.word()
	p.set(collect.Key("zvm/cp_access").Join(mode), collect.Text(owner+" "+vdev), p.st.at)
	if p.more() {
		p.set(collect.Key("zvm/cp_access_link").Join(mode), collect.Text(p.rest()), p.st.at)
	}
}

func (p *configPart) logo() {
	if len(p.st.words) < 2 {
		p.lacks()
		return
	}
	p.set("zvm/logo_config/file", collect.Text(p.rest()), p.st.at)
}

func (p *configPart) tolerate() {
	if !p.is("CONFIG_ERRORS") {
		p.unknownOperand(p.word())
		return
	}
	p.putChoice("zvm/config/tolerate_errors", "YES", "NO")
}

// encrypt reads ENCRYPT PAGING {ON|OFF|REQUIRED} [ALGORITHM name].
func (p *configPart) encrypt() {
	for p.more() {
		switch {
		case p.is("PAGING"):
			p.putChoice("zvm/encrypt/paging/state", "ON", "OFF", "REQUIRED")
		case p.is("ALGORITHM", "ALG"):
			p.putName("zvm/encrypt/paging/algorithm")
		default:
			p.unknownOperand(p.word())
		}
	}
}

// associate reads ASSOCIATE EXIT and ASSOCIATE MESSAGES: code of the site that
// CP runs.
func (p *configPart) associate() {
	if p.is("EXIT") {
		p.whole("zvm/local_code/associated_exits")
		return
	}
	p.keep()
}

// enable reads ENABLE and DISABLE of commands, diagnose codes and exits.
func (p *configPart) enable() {
	if p.st.name == "ENABLE" && p.is("EXITS", "EXIT") {
		p.each("zvm/local_code/exits_enabled")
		return
	}
	p.keep()
}
