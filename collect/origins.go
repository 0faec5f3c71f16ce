package collect

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
)

// An origin is written file:pos@offset, then xN when more than one record said
// it, then ,first..last in seconds since 1970 when the extract carries times.
// Members follow separated by blanks; a member read where the whole was read is
// written "-".

func appendOrigins(dst []byte, at Origin, members []Origin) []byte {
	dst = appendOrigin(dst, at)
	for _, m := range members {
		dst = append(dst, ' ')
		if m == at {
			dst = append(dst, '-')
		} else {
			dst = appendOrigin(dst, m)
		}
	}
	return dst
}

func appendOrigin(dst []byte, o Origin) []byte {
	dst = strconv.AppendInt(dst, int64(o.File), 10)
	dst = append(dst, ':')
	dst = strconv.AppendInt(dst, o.Pos, 10)
	dst = append(dst, '@')
	dst = strconv.AppendInt(dst, o.Offset, 10)
	if o.Count > 1 {
		dst = append(dst, 'x')
		dst = strconv.AppendInt(dst, o.Count, 10)
	}
	if !o.First.IsZero() {
		dst = append(dst, ',')
		dst = strconv.AppendInt(dst, o.First.Unix(), 10)
		dst = append(dst, '.', '.')
		dst = strconv.AppendInt(dst, o.Last.Unix(), 10)
	}
	return dst
}

func parseOrigins(b []byte) (at Origin, members []Origin, err error) {
	first, rest, more := bytes.Cut(b, []byte{' '})
	if at, err = parseOrigin(first); err != nil {
		return at, nil, err
	}
	for more {
		first, rest, more = bytes.Cut(rest, []byte{' '})
		m := at
		if string(first) != "-" {
			if m, err = parseOrigin(first); err != nil {
				return at, nil, err
			}
		}
		members = append(members, m)
	}
	return at, members, nil
}

func parseOrigin(b []byte) (Origin, error) {
	var o Origin
	place, times, hasTimes := bytes.Cut(b, []byte{','})
	place, count, hasCount := bytes.Cut(place, []byte{'x'})
	file, rest, ok1 := bytes.Cut(place, []byte{':'})
	pos, offset, ok2 := bytes.Cut(rest, []byte{'@'})
	bad := !ok1 || !ok2
	number := func(b []byte) int64 {
		n, err := strconv.ParseInt(string(b), 10, 64)
		bad = bad || err != nil
		return n
	}
	o.File, o.Pos, o.Offset = int(number(file)), number(pos), number(offset)
	if hasCount {
		o.Count = number(count)
	}
	if hasTimes {
		first, last, ok := bytes.Cut(times, []byte(".."))
		bad = bad || !ok
		o.First, o.Last = time.Unix(number(first), 0).UTC(), time.Unix(number(last), 0).UTC()
	}
	if bad {
		return Origin{}, fmt.Errorf("origin %q is not of the form file:line@offset", b)
	}
	return o, nil
}
