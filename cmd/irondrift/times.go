package main

import "time"

// before compares two RFC 3339 times, which may have different offsets. Times
// without an offset compare as text.
func before(a, b string) bool {
	x, err1 := time.Parse(time.RFC3339, a)
	y, err2 := time.Parse(time.RFC3339, b)
	if err1 != nil || err2 != nil {
		return a < b
	}
	return x.Before(y)
}
