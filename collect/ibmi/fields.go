package ibmi

import (
	"encoding/binary"
	"math"
	"net/netip"
	"time"
)

// This file reads the fields of a row without allocating. Every function takes
// the bytes as the export wrote them.

// trim cuts blanks and carriage returns off both ends: character fields are
// padded to their width, and some exports put \r in front of a row.
func trim(b []byte) []byte {
	for len(b) > 0 && isBlank(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	return b
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == 0 }

// isNull reports whether a trimmed field says "not available": nothing, *N as in
// an outfile, or what SQL clients print for NULL.
func isNull(b []byte) bool {
	switch len(b) {
	case 0:
		return true
	case 1:
		return b[0] == '-'
	case 2:
		return b[0] == '*' && b[1] == 'N'
	case 4:
		return string(b) == "null" || string(b) == "NULL"
	}
	return false
}

// parsePort reads a port: 992, 00992, or 992.0 as spreadsheets write it. Not
// available is 0.
func parsePort(b []byte) (port uint16, ok bool) {
	b = trim(b)
	if isNull(b) {
		return 0, true
	}
	n := 0
	for i, c := range b {
		if c -= '0'; c > 9 {
			return uint16(n), i > 0 && zeroFraction(b[i:])
		}
		if n = n*10 + int(c); n > math.MaxUint16 {
			return 0, false
		}
	}
	return uint16(n), true
}

// zeroFraction reports whether b is a decimal point or comma and zeros.
func zeroFraction(b []byte) bool {
	if len(b) < 2 || b[0] != '.' && b[0] != ',' {
		return false
	}
	for _, c := range b[1:] {
		if c != '0' {
			return false
		}
	}
	return true
}

// address is an IP address as a number: an IPv4 address as the IPv6 address it
// maps to, so that one type holds both. The zero address is none.
type address struct{ hi, lo uint64 }

// mapped is what the upper half of lo is in an IPv4-mapped address.
const mapped = 0xFFFF << 32

func (a address) is4() bool { return a.hi == 0 && a.lo>>32 == 0xFFFF }

func (a address) netip() netip.Addr {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], a.hi)
	binary.BigEndian.PutUint64(b[8:], a.lo)
	return netip.AddrFrom16(b).Unmap()
}

// addressParser reads addresses. It remembers IPv6 texts, since those cost an
// allocation each to parse.
type addressParser struct {
	seen map[string]address
}

// maxRemembered bounds the remembered texts; when it is reached all are
// forgotten.
const maxRemembered = 1 << 14

// parse reads an address. Not available and unspecified addresses (0.0.0.0, ::,
// *) are none. A zone such as %eth0 is dropped.
func (p *addressParser) parse(b []byte) (a address, ok bool) {
	b = trim(b)
	if a, ok := parseIPv4(b); ok {
		if a.lo == mapped {
			return address{}, true
		}
		return a, true
	}
	if isNull(b) || len(b) == 1 && (b[0] == '*' || b[0] == '0') {
		return address{}, true
	}
	if a, ok := p.seen[string(b)]; ok {
		return a, true
	}
	if len(b) > 64 {
		return address{}, false
	}
	ip, err := netip.ParseAddr(string(b))
	if err != nil {
		return address{}, false
	}
	if !ip.IsUnspecified() {
		b16 := ip.As16()
		a = address{binary.BigEndian.Uint64(b16[:8]), binary.BigEndian.Uint64(b16[8:])}
		if a.lo == mapped && a.hi == 0 {
			a = address{}
		}
	}
	if p.seen == nil || len(p.seen) >= maxRemembered {
		p.seen = map[string]address{}
	}
	p.seen[string(b)] = a
	return a, true
}

// parseIPv4 reads a.b.c.d; leading zeros are accepted, as in 010.001.002.003.
func parseIPv4(b []byte) (address, bool) {
	if len(b) < 7 || len(b) > 15 {
		return address{}, false
	}
	var sum, octet uint64
	digits, dots := 0, 0
	for _, c := range b {
		if d := c - '0'; d <= 9 {
			octet = octet*10 + uint64(d)
			digits++
			continue
		}
		if c != '.' || digits == 0 || octet > 255 {
			return address{}, false
		}
		sum = sum<<8 | octet
		octet, digits = 0, 0
		dots++
	}
	if dots != 3 || digits == 0 || octet > 255 {
		return address{}, false
	}
	return address{0, mapped | sum<<8 | octet}, true
}

// noTime is the time of a row that has none.
const noTime = math.MinInt64

// clock reads timestamps as microseconds of the system's wall clock, counted as
// if it were UTC. It remembers the last date and minute, which nearly every row
// repeats.
type clock struct {
	text  [16]byte // date, hour and minute
	known bool
	start int64 // microseconds of that minute
}

// parse reads YYYY-MM-DD-HH.MM.SS, YYYY-MM-DD HH:MM:SS or with T between, with
// up to 12 digits of a second behind it. 24.00.00 is midnight of the next day.
func (c *clock) parse(b []byte) (micros int64, ok bool) {
	b = trim(b)
	if len(b) < 19 || len(b) == 20 || len(b) > 32 {
		return noTime, false
	}
	sep := byte(':')
	if b[10] == '-' {
		sep = '.'
	}
	s, ok := twoDigits(b[17:])
	if !ok || b[16] != sep || s > 59 {
		return noTime, false
	}
	if !c.known || string(c.text[:]) != string(b[:16]) {
		if !c.minute(b, sep) {
			return noTime, false
		}
	}
	micros = s * 1e6
	if b[11] == '2' && b[12] == '4' && s > 0 {
		return noTime, false
	}
	if len(b) > 19 {
		if b[19] != '.' && b[19] != ',' {
			return noTime, false
		}
		fraction := uint32(0)
		digits := b[20:]
		for i, d := range digits {
			d -= '0'
			if d > 9 {
				return noTime, false
			}
			if i < 6 {
				fraction = fraction*10 + uint32(d)
			}
		}
		for i := len(digits); i < 6; i++ {
			fraction *= 10
		}
		micros += int64(fraction)
	}
	return c.start + micros, true
}

// minute reads date, hour and minute.
func (c *clock) minute(b []byte, sep byte) bool {
	if sep == ':' && b[10] != ' ' && b[10] != 'T' || b[13] != sep {
		return false
	}
	h, ok1 := twoDigits(b[11:])
	m, ok2 := twoDigits(b[14:])
	if !ok1 || !ok2 || h > 24 || m > 59 || h == 24 && m > 0 {
		return false
	}
	day, err := time.Parse(time.DateOnly, string(b[:10]))
	if err != nil {
		return false
	}
	c.start = day.UnixMicro() + (h*3600+m*60)*1e6
	c.known = true
	copy(c.text[:], b)
	return true
}

func twoDigits(b []byte) (int64, bool) {
	x, y := b[0]-'0', b[1]-'0'
	return int64(x)*10 + int64(y), x <= 9 && y <= 9
}

// wallTime returns the time of a wall clock reading. With a zone it is that
// moment; in the hour that a zone repeats in autumn it is one of the two, and
// without a zone it stands as if in UTC.
func wallTime(micros int64, zone *time.Location) time.Time {
	t := time.UnixMicro(micros).UTC()
	if zone == nil {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}
