package ibmi

import (
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// specialAuthorities are all that IBM i has.
var specialAuthorities = []string{"*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*JOBCTL", "*SAVSYS", "*SECADM", "*SERVICE", "*SPLCTL"}

// total counts the profiles for which a field has a value.
type total struct {
	key   string
	field string
	holds func(v collect.Value) bool

	n       int64
	unknown int64 // profiles of which the extract does not tell
}

// userTotals are counts over all profiles.
type userTotals struct {
	all    int64
	totals []total
}

func newTotals() []total {
	is := func(text string) func(collect.Value) bool {
		return func(v collect.Value) bool { return v.Raw() == text }
	}
	totals := []total{
		{key: "default_password/count", field: "default_password", holds: collect.Value.IsTrue},
		{key: "disabled/count", field: "status", holds: is("*DISABLED")},
		{key: "enabled/count", field: "status", holds: is("*ENABLED")},
		{key: "no_password/count", field: "no_password", holds: collect.Value.IsTrue},
		{key: "password_expired/count", field: "password_expired", holds: collect.Value.IsTrue},
		{key: "password_never_expires/count", field: "password_expiry_interval", holds: is("*NOMAX")},
	}
	for _, authority := range specialAuthorities {
		totals = append(totals, total{
			key: "special_authority/" + strings.TrimPrefix(authority, "*") + "/count", field: "special_authorities",
			holds: func(v collect.Value) bool { return v.Has(authority) },
		})
	}
	return totals
}

// count adds one profile.
func (t *userTotals) count(entries []collect.Entry) {
	if t.totals == nil {
		t.totals = newTotals()
	}
	t.all++
	for _, e := range entries {
		field := string(e.Key[strings.LastIndexByte(string(e.Key), '/')+1:])
		for i := range t.totals {
			switch x := &t.totals[i]; {
			case x.field != field:
			case e.Value.IsUnknown():
				x.unknown++
			case x.holds(e.Value):
				x.n++
			}
		}
	}
}

// write records the totals. Those of a list that is known to be incomplete, or
// that some profiles do not tell, are unknown.
func (t *userTotals) write(rec *collect.Recorder, at collect.Origin, end ending) error {
	put := func(key string, n, unknown int64) error {
		v := collect.Number(n)
		switch {
		case end.state == collect.Partial:
			v = collect.Unknown("the extract is incomplete: " + end.reason)
		case unknown > 0:
			v = collect.Unknown("the extract does not tell for every profile")
		}
		return rec.Put(usersPrefix+collect.Key("/"+key), v, at)
	}
	if err := put("count", t.all, 0); err != nil {
		return err
	}
	if t.totals == nil {
		t.totals = newTotals()
	}
	for _, x := range t.totals {
		if err := put(x.key, x.n, x.unknown); err != nil {
			return err
		}
	}
	return nil
}
