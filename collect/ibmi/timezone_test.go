package ibmi

import (
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
)

func TestTimeZone(t *testing.T) {
	for _, c := range []struct {
		name        string
		told, fixed bool
		standard    int
		zone        string
	}{
		{"QP0100CET2", true, false, 3600, "local, standard time UTC+01:00, daylight saving not known (QP0100CET2)"},
		{"QN0500EST", true, false, -18000, "local, standard time UTC-05:00, daylight saving not known (QN0500EST)"},
		{"QN0330NST2", true, false, -12600, "local, standard time UTC-03:30, daylight saving not known (QN0330NST2)"},
		{"QP0530IST", true, false, 19800, "local, standard time UTC+05:30, daylight saving not known (QP0530IST)"},
		{"QN0600UTCS", true, true, -21600, "UTC-06:00 (QN0600UTCS)"},
		{"Q0000UTC", true, true, 0, "UTC+00:00 (Q0000UTC)"},
		{"Q0000GMT2", true, false, 0, "local, standard time UTC+00:00, daylight saving not known (Q0000GMT2)"},
		{"QN0400UTC2", true, false, -14400, "local, standard time UTC-04:00, daylight saving not known (QN0400UTC2)"},
		{"HEADOFFICE", false, false, 0, collect.ZoneUnknown + " (HEADOFFICE names none)"},
		{"QP2500CET", false, false, 0, collect.ZoneUnknown + " (QP2500CET names none)"},
		{"QP0160CET", false, false, 0, collect.ZoneUnknown + " (QP0160CET names none)"},
		{"0100CET", false, false, 0, collect.ZoneUnknown + " (0100CET names none)"},
		{"", false, false, 0, collect.ZoneUnknown + " ( names none)"},
	} {
		z := ParseTimeZone(c.name)
		if z.Told != c.told || z.Fixed != c.fixed || z.Standard != c.standard {
			t.Errorf("%q: %+v", c.name, z)
		}
		if clock := z.Clock(); clock.Zone != c.zone || clock.From != "system value QTIMZON" {
			t.Errorf("%q: clock %+v, want zone %q", c.name, clock, c.zone)
		}
		if loc := z.Location(); (loc != nil) != c.fixed {
			t.Errorf("%q: location %v", c.name, loc)
		}
	}
}

func TestTimeZoneConflict(t *testing.T) {
	in := func(name string) *time.Location {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return loc
	}
	winter := time.Date(2026, 1, 20, 1, 0, 0, 0, time.UTC)
	october := time.Date(2026, 10, 10, 1, 0, 0, 0, time.UTC) // summer time in Berlin, no longer in the description QP0100CET
	for _, c := range []struct {
		qtimzon, location string
		at                time.Time
		offset, want      string
	}{
		{"QP0100CET2", "Europe/Berlin", winter, "+0100", ""},
		{"QP0100CET2", "Europe/Berlin", october, "+0200", ""},
		{"QP0100CET2", "Europe/Berlin", winter, "", ""},
		{"QN0500EST", "Europe/Berlin", winter, "-0500", "QTIMZON QN0500EST stands for UTC-05:00 in standard time, which Europe/Berlin never has"},
		{"QP0100UTCS", "Europe/Berlin", winter, "+0100", "QTIMZON QP0100UTCS has no daylight saving time, which Europe/Berlin has"},
		{"QP0100CET", "Europe/Berlin", october, "+0100", "QUTCOFFSET was UTC+01:00 at 2026-10-10T01:00:00Z, when Europe/Berlin was UTC+02:00"},
		{"HEADOFFICE", "Europe/Berlin", winter, "-0500", "QUTCOFFSET was UTC-05:00 at 2026-01-20T01:00:00Z"},
		{"HEADOFFICE", "Europe/Berlin", winter, "", ""},
		{"QP1000AEST", "Australia/Sydney", winter, "+1100", ""}, // summer in January
		{"QP0530IST", "Asia/Kolkata", winter, "+0530", ""},
		{"QP0900UTCS", "Asia/Tokyo", winter, "+0900", ""},
		{"Q0000GMT", "Europe/Dublin", winter, "+0000", ""}, // standard time there is the one of summer
	} {
		got := ParseTimeZone(c.qtimzon).Conflict(in(c.location), c.at, c.offset)
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s and %s at %s, offset %q: %q, want %q", c.qtimzon, c.location, c.at, c.offset, got, c.want)
		}
	}
}
