package ibmi

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// TimeZone is what the name of a time zone description tells: the value of
// QTIMZON, by which the system turns Coordinated Universal Time into the local
// time that its journal and its SQL services print.
//
// Names of the descriptions that IBM supplies begin with Q, which is reserved for
// them; N or P for a negative or positive offset from UTC, and its hours and
// minutes, follow, and for an offset of zero 0000 alone. The letters behind it tell
// daylight saving time in one case only: Q0000UTC and those that end in UTCS have
// none ("Initial time zone setting" in IBM i, Time management). The others may
// have it, and by different rules under one offset: QP0100CET and QP0100CET2 do not
// change on the same day, and QN0500EST2 does not change at all. So their names
// give the standard time and no more, and the names that a site invents give
// nothing.
type TimeZone struct {
	Name string
	// Told: the name tells the offset.
	Told bool
	// Standard is the offset of standard time in seconds east of UTC.
	Standard int
	// Fixed: there is no daylight saving time.
	Fixed bool
}

var timeZoneName = regexp.MustCompile(`^Q(?:([NP])([01][0-9])([0-5][0-9])|0000)([A-Z]+[0-9]?)$`)

// ParseTimeZone reads the value of QTIMZON.
func ParseTimeZone(name string) TimeZone {
	z := TimeZone{Name: name}
	m := timeZoneName.FindStringSubmatch(name)
	if m == nil {
		return z
	}
	z.Told = true
	z.Fixed = m[4] == "UTCS" || name == "Q0000UTC"
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi(m[3])
	z.Standard = hours*3600 + minutes*60
	if m[1] == "N" {
		z.Standard = -z.Standard
	}
	return z
}

// ParseUTCOffset reads the value of QUTCOFFSET, such as +0100, in seconds east of
// UTC. It moves with daylight saving time.
func ParseUTCOffset(text string) (seconds int, ok bool) {
	t, err := time.Parse("-0700", text)
	if err != nil {
		return 0, false
	}
	_, seconds = t.Zone()
	return seconds, true
}

// FromQTIMZON is how the clock of a part is known that follows the system value.
const FromQTIMZON = "system value QTIMZON"

// Location returns the zone when the name tells all of it, else nil.
func (z TimeZone) Location() *time.Location {
	if !z.Fixed {
		return nil
	}
	return time.FixedZone(OffsetText(z.Standard), z.Standard)
}

// Clock returns the clock of times that the system printed.
func (z TimeZone) Clock() collect.Clock {
	c := collect.Clock{From: FromQTIMZON}
	switch {
	case z.Fixed:
		c.Zone = fmt.Sprintf("%s (%s)", OffsetText(z.Standard), z.Name)
	case z.Told:
		c.Zone = fmt.Sprintf("local, standard time %s, daylight saving not known (%s)", OffsetText(z.Standard), z.Name)
	default:
		c.Zone = fmt.Sprintf("%s (%s names none)", collect.ZoneUnknown, z.Name)
	}
	return c
}

// OffsetText writes an offset from UTC, given in seconds, as UTC+01:00.
func OffsetText(seconds int) string {
	return "UTC" + time.Unix(0, 0).In(time.FixedZone("", seconds)).Format("-07:00")
}

// Conflict says how the zone that the configuration names contradicts the system
// values; "" when it does not. At is when the system values were read, and
// utcOffset the value of QUTCOFFSET then, "" when it was not read.
func (z TimeZone) Conflict(location *time.Location, at time.Time, utcOffset string) string {
	year := at.Year()
	_, winter := time.Date(year, time.January, 15, 12, 0, 0, 0, location).Zone()
	_, summer := time.Date(year, time.July, 15, 12, 0, 0, 0, location).Zone()
	_, then := at.In(location).Zone()
	actual, told := ParseUTCOffset(utcOffset)
	switch {
	case z.Told && z.Standard != winter && z.Standard != summer:
		return fmt.Sprintf("QTIMZON %s stands for %s in standard time, which %s never has", z.Name, OffsetText(z.Standard), location)
	case z.Fixed && winter != summer:
		return fmt.Sprintf("QTIMZON %s has no daylight saving time, which %s has", z.Name, location)
	case told && actual != then:
		return fmt.Sprintf("QUTCOFFSET was %s at %s, when %s was %s", OffsetText(actual), at.UTC().Format(time.RFC3339), location, OffsetText(then))
	}
	return ""
}
