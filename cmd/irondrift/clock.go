package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/ibmi"
	"github.com/irondrift/irondrift/reports"
)

// IBM i prints local times without a zone. Whose clock that is, the configuration
// says, or else the system value QTIMZON of the same night: so the system values
// of a partition are read before its other extracts.

// systemValues is the source that tells QTIMZON.
var systemValues = ibmi.SystemValues().Info().Name

// systemValuesFirst reports whether source a is to be read before b: the one that
// tells the zone before those that need it.
func systemValuesFirst(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == systemValues:
		return -1
	case b == systemValues:
		return 1
	}
	return 0
}

// followQTIMZON returns options by which the times of a partition are read as its
// system values among parts tell, unless the configuration names a zone. Values of
// several partitions tell nothing.
func followQTIMZON(opts *collect.Options, parts []*collect.Part) (*collect.Options, error) {
	if opts.Location != nil {
		return opts, nil
	}
	var told []*collect.Part
	for _, p := range parts {
		if p.Header.Source == systemValues {
			told = append(told, p)
		}
	}
	if len(told) != 1 {
		return opts, nil
	}
	values, err := readSystemValues(told[0])
	if err != nil || values.timeZone == "" {
		return opts, err
	}
	out := *opts
	zone := ibmi.ParseTimeZone(values.timeZone)
	out.Location, out.Clock = zone.Location(), zone.Clock()
	if out.Location != nil {
		out.Zone = out.Location.String()
	}
	return &out, nil
}

// clockValues are the system values about the clock; "" when not known.
type clockValues struct{ timeZone, utcOffset string }

// readSystemValues reads them from a part of system values. The offset moves with
// daylight saving time and so is a metric.
func readSystemValues(p *collect.Part) (v clockValues, err error) {
	const timeZone, utcOffset collect.Key = "ibmi/sysval/QTIMZON", "ibmi/sysval/QUTCOFFSET"
	facts, err := p.Facts()
	if err != nil {
		return v, err
	}
	defer facts.Close()
	for facts.Next() {
		if collect.Key(facts.Key()) != timeZone {
			continue
		}
		e, err := facts.Entry()
		if err != nil {
			return v, err
		}
		v.timeZone = known(e.Value)
	}
	if err := facts.Err(); err != nil {
		return v, err
	}
	metrics, err := p.Provenance()
	if err != nil {
		return v, err
	}
	defer metrics.Close()
	for metrics.Next() {
		if l := metrics.Located(); l.Key == utcOffset {
			v.utcOffset = known(l.Metric)
		}
	}
	return v, metrics.Err()
}

// known returns a text, "" for a value that is not known.
func known(v collect.Value) string {
	if v.IsUnknown() {
		return ""
	}
	return v.Raw()
}

// aboutClock notes when the configured zone of a partition contradicts its system
// values: then every time in its evidence may be off by hours.
func (n *night) aboutClock(sys *systemConfig, parts []*collect.Part) error {
	i := slices.IndexFunc(parts, func(p *collect.Part) bool { return p.Header.Source == systemValues })
	if i < 0 || sys.location == nil {
		return nil
	}
	values, err := readSystemValues(parts[i])
	if err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, parts[i].Header.Period.End)
	if err != nil {
		at, values.utcOffset = n.now, "" // the moment of the offset is not known
	}
	if why := ibmi.ParseTimeZone(values.timeZone).Conflict(sys.location, at, values.utcOffset); why != "" {
		n.notice(reports.Conflict, sys, systemValues,
			fmt.Sprintf("time_zone %s, by which the times of this system are read, contradicts its system values: %s", sys.TimeZone, why),
			"correct time_zone in the configuration, or the time zone description on the system")
	}
	return nil
}
