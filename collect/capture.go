package collect

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// Capture is what a capture header says: lines that a capture job prints around
// an extract so that identity, time and completeness travel with it. Every line
// begins with "*> ", characters that mean the same in every EBCDIC code page and
// that z/VM reads as a comment:
//
//	*> irondrift-capture 1
//	*> system: PRDA
//	*> time: 2026-11-18T02:05:00+01:00
//	*> user: AUDITJOB
//	*> command: SETROPTS LIST
//	*> begin
//	... the extract ...
//	*> end lines: 131
//
// The number is the count of lines between begin and end.
type Capture struct {
	System  string `json:"system,omitempty"`
	Time    string `json:"time,omitempty"` // as written; RFC 3339 with offset
	User    string `json:"user,omitempty"`
	Command string `json:"command,omitempty"`
	// Lines is the count that the end mark states, -1 when there is no end mark.
	Lines int64 `json:"lines"`
	// Counted is the number of extract lines that arrived.
	Counted int64 `json:"counted"`
	// After counts lines behind the end mark, such as a second extract that was
	// appended: the end mark proves nothing about them.
	After int64 `json:"after,omitempty"`
}

// Whole reports whether the end mark is there, states the number of lines that
// arrived, and ends the file.
func (c *Capture) Whole() bool {
	return c != nil && c.Lines >= 0 && c.Lines == c.Counted && c.After == 0
}

// At returns the time of the capture; ok is false when it cannot be read.
func (c *Capture) At() (t time.Time, ok bool) {
	if c == nil {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, c.Time)
	return t, err == nil
}

var capturePrefix = []byte("*> ")

// CaptureScanner recognises the lines of a capture header. Feed it every line
// of a file in order.
type CaptureScanner struct {
	capture *Capture
	begun   bool
}

// Line takes the next line, without its line end, and reports whether it
// belongs to the capture header and not to the extract.
func (s *CaptureScanner) Line(line []byte, first bool) bool {
	line = bytes.TrimRight(line, " \r")
	if s.capture != nil && s.capture.Lines >= 0 {
		if len(line) > 0 {
			s.capture.After++
		}
		return false
	}
	if !bytes.HasPrefix(line, capturePrefix) {
		if s.capture != nil && s.begun {
			s.capture.Counted++
		}
		return false
	}
	text := strings.TrimSpace(string(line[len(capturePrefix):]))
	if s.capture == nil {
		if !first || text != "irondrift-capture 1" {
			return false
		}
		s.capture = &Capture{Lines: -1}
		return true
	}
	if s.begun {
		n, isEnd := strings.CutPrefix(text, "end lines:")
		if !isEnd {
			s.capture.Counted++ // a line of the extract that looks like ours
			return false
		}
		if v, err := strconv.ParseInt(strings.TrimSpace(n), 10, 64); err == nil {
			s.capture.Lines = v
		}
		return true
	}
	name, value, _ := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	switch strings.TrimSpace(name) {
	case "system":
		s.capture.System = value
	case "time":
		s.capture.Time = value
	case "user":
		s.capture.User = value
	case "command":
		s.capture.Command = withoutSecrets(value)
	case "begin":
		s.begun = true
	}
	return true
}

// Capture returns what was found so far, nil when there is no capture header.
func (s *CaptureScanner) Capture() *Capture { return s.capture }
