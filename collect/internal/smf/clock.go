package smf

import (
	"encoding/binary"
	"time"
)

// Hundredths is a reading of the system's local clock: 1/100 s since midnight
// of 1 January 1970 on that clock. It orders records of one system without
// knowing its time zone.
type Hundredths int64

// perDay is the number of hundredths of a second in a day.
const perDay = 24 * 60 * 60 * 100

// In returns the moment that the reading means in a zone.
func (h Hundredths) In(zone *time.Location) time.Time {
	t := time.UnixMilli(int64(h) * 10).UTC()
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}

// HundredthsOf returns the first reading of a clock that is not before what t
// shows, whatever its zone.
func HundredthsOf(t time.Time) Hundredths {
	shown := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	const hundredth = 10 * time.Millisecond
	n := Hundredths(shown.Unix()*100 + int64(shown.Nanosecond())/int64(hundredth))
	if shown.Nanosecond()%int(hundredth) != 0 {
		n++
	}
	return n
}

// Clock reads the time stamps of record headers. It remembers the last date,
// because nearly all records of a dump share it. The zero Clock is ready.
type Clock struct {
	date [4]byte
	day  Hundredths
}

// Read returns when rec was moved to the SMF buffer; ok is false when its header
// holds no date or no time of day, which no record of SMF lacks.
func (c *Clock) Read(rec []byte) (h Hundredths, ok bool) {
	if len(rec) < ShortHeader {
		return 0, false
	}
	if date := [4]byte(rec[10:14]); date != c.date || date == [4]byte{} {
		if !packedDate(rec[10:14]) {
			return 0, false
		}
		year := 1900 + 100*int(date[0]) + 10*int(date[1]>>4) + int(date[1]&15)
		yearDay := 100*int(date[2]>>4) + 10*int(date[2]&15) + int(date[3]>>4)
		if yearDay < 1 || yearDay > 366 {
			return 0, false
		}
		first := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
		c.date, c.day = date, Hundredths(first.Unix()/86400+int64(yearDay-1))*perDay
	}
	timeOfDay := binary.BigEndian.Uint32(rec[6:])
	// A leap second may be counted as the last of the day.
	return c.day + Hundredths(timeOfDay), timeOfDay <= perDay+100
}
