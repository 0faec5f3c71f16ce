package zvm

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect"
)

//go:embed config_defaults.csv
var configDefaultsCSV string

// configDefault is a published default of CP. Since is the first release that
// has it, "0" for every release this program knows.
type configDefault struct {
	key, since, value string
}

var configDefaults = sync.OnceValue(func() []configDefault {
	rows, err := csv.NewReader(strings.NewReader(configDefaultsCSV)).ReadAll()
	if err != nil {
		panic("internal error: config_defaults.csv: " + err.Error())
	}
	var out []configDefault
	for _, row := range rows[1:] {
		out = append(out, configDefault{row[0], row[1], row[2]})
	}
	return out
})

// defaultOf returns the published default of key in a release; "" for a release
// that is not known.
func defaultOf(key collect.Key, release string) (value, from string, ok bool) {
	for _, d := range configDefaults() {
		if !matchesKey(string(key), d.key) {
			continue
		}
		if d.since == "0" {
			return d.value, "default of every release", true
		}
		if release != "" && !releaseBefore(release, d.since) {
			return d.value, "default of z/VM " + d.since + " and later", true
		}
	}
	return "", "", false
}

func matchesKey(key, pattern string) bool {
	k, p := strings.Split(key, "/"), strings.Split(pattern, "/")
	if len(k) != len(p) {
		return false
	}
	for i := range p {
		if p[i] != "*" && p[i] != k[i] {
			return false
		}
	}
	return true
}

// releaseBefore compares releases such as 6.4 and 7.2.
func releaseBefore(a, b string) bool {
	parse := func(s string) (v, r int) {
		major, minor, _ := strings.Cut(s, ".")
		v, _ = strconv.Atoi(major)
		r, _ = strconv.Atoi(minor)
		return v, r
	}
	av, ar := parse(a)
	bv, br := parse(b)
	return av < bv || av == bv && ar < br
}

// configScalars are the settings that every system has, stated or not.
var configScalars = strings.Fields(`
	zvm/config/tolerate_errors zvm/devices/default_at_ipl zvm/encrypt/paging/algorithm zvm/encrypt/paging/state
	zvm/feature/auto_warm_ipl zvm/feature/clear_tdisk zvm/feature/disc_operator zvm/feature/disconnect_timeout
	zvm/feature/dynamic_io zvm/feature/maxusers zvm/feature/passwords_on_cmds/autolog zvm/feature/passwords_on_cmds/link
	zvm/feature/passwords_on_cmds/logon zvm/feature/retrieve/default zvm/feature/retrieve/maximum zvm/feature/set_devices
	zvm/feature/set_privclass zvm/feature/stp_timestamping zvm/feature/validate_shutdown zvm/feature/vdisk/syslim
	zvm/feature/vdisk/userlim zvm/journal/facility zvm/journal/link/account zvm/journal/link/disable
	zvm/journal/link/lockout/attempts zvm/journal/logon/account zvm/journal/logon/disable zvm/journal/logon/lockout/attempts
	zvm/journal/logon/lockout/minutes zvm/journal/logon/message zvm/journal/set_and_query zvm/logo_config/file
	zvm/priv_classes/hw_service zvm/priv_classes/iocp_read zvm/priv_classes/iocp_write zvm/priv_classes/operator
	zvm/priv_classes/user_default zvm/system_userids/account zvm/system_userids/dump zvm/system_userids/erep
	zvm/system_userids/operator zvm/system_userids/startup zvm/system_userids/symptom zvm/vmlan/accounting/system
	zvm/vmlan/accounting/user zvm/vmlan/dna zvm/vmlan/limit/persistent zvm/vmlan/limit/transient zvm/vmlan/macprefix
	zvm/vmlan/macprotect zvm/vmlan/userprefix`)

// configSets are the sets and lists that are empty when no statement fills them.
var configSets = []collect.Key{
	"zvm/alternate_operators", "zvm/config/embedded_files", "zvm/config/unknown_statements", "zvm/config/user_volume_exclude",
	"zvm/config/user_volume_include", "zvm/config/user_volume_list", "zvm/local_code/addon_routines",
	"zvm/local_code/associated_exits", "zvm/local_code/cpxload", "zvm/local_code/defined_commands", "zvm/local_code/exits_enabled",
}

// finish fills in what the file does not state and records the part.
func (p *configPart) finish(end ending) error {
	start := collect.Origin{File: p.files[0].file.Index()}
	whole := end.state == collect.Complete
	switches, lans, commands := p.names()
	for _, base := range switches {
		for _, s := range switchSettings {
			p.fillDefault(base.Join(s))
		}
		if whole {
			p.none(base.Join("promiscuous"))
		}
	}
	if whole {
		if !p.stated("zvm/system/ssi/name") {
			p.set("zvm/system/ssi/name", collect.Text("none"), start)
		}
		var missing []string
		for _, s := range configScalars {
			key := collect.Key(s)
			if p.stated(key) {
				continue
			}
			p.set(key, collect.Unknown(notInStatement), start)
			if !p.fillDefault(key) {
				missing = append(missing, strings.TrimPrefix(s, "zvm/"))
			}
		}
		p.set("zvm/config/not_stated", collect.Set(missing...), start)
		for _, key := range configSets {
			p.none(key)
		}
		for _, key := range [...]collect.Key{"zvm/operator_consoles", "zvm/emergency_message_consoles"} {
			if !p.stated(key) {
				p.set(key, collect.List(), start)
			}
		}
	}
	count := func(key collect.Key, n int64) {
		v := collect.Number(n)
		if end.state == collect.Partial {
			v = collect.Unknown(end.reason)
		}
		p.set(key, v, start)
	}
	count("zvm/vswitch/count", int64(len(switches)))
	count("zvm/lan/count", int64(len(lans)))
	count("zvm/modify/command/count", int64(commands))
	count("zvm/config/syntax_problems", p.problems)
	if whole && p.name == "" {
		reason := "no statement names the system"
		if len(p.ids) > 0 {
			reason = "the file is for " + strings.Join(p.ids, ", ")
		}
		p.set("zvm/system/id", collect.Unknown(reason), start)
	}
	return p.record(p.rec, end, configPrefixes...)
}

// fillDefault gives a setting that is not stated its published default, and
// says so beside it.
func (p *configPart) fillDefault(key collect.Key) bool {
	f := p.facts[key]
	if f == nil || !f.value.IsUnknown() {
		return false
	}
	value, from, ok := defaultOf(key, p.release)
	if ok {
		f.value = collect.Text(value)
		p.set(key.Join("from"), collect.Text(from), f.at)
	}
	return ok
}

// names returns the switches and LANs that the file speaks of, and how many
// commands it modifies.
func (p *configPart) names() (switches, lans []collect.Key, commands int) {
	for _, key := range p.order {
		switch {
		case key.Under(vswitchPrefix) && len(key.Segments()) == 4:
			switches = append(switches, key.Head(3))
		case key.Under(lanPrefix):
			lans = append(lans, key.Head(4))
		case key.Under("zvm/modify/command"):
			commands++
		}
	}
	unique := func(keys []collect.Key) []collect.Key {
		slices.Sort(keys)
		return slices.Compact(keys)
	}
	return unique(switches), unique(lans), commands
}
