package collect

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Error says what failed, where in the input, and what to do about it. The hint
// is printed on a line of its own.
type Error struct {
	File   string
	Line   int64 // line or record number, 0 when not known
	Record bool  // Line counts records, not lines
	Offset int64 // byte offset; -1 when not known
	Err    error
	Advice string
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.File != "" {
		fmt.Fprintf(&b, "%s: ", QuoteName(e.File))
	}
	switch {
	case e.Line > 0 && e.Record:
		fmt.Fprintf(&b, "record %d (offset %d): ", e.Line, e.Offset)
	case e.Line > 0:
		fmt.Fprintf(&b, "line %d: ", e.Line)
	case e.Offset >= 0:
		fmt.Fprintf(&b, "offset %d: ", e.Offset)
	}
	b.WriteString(e.Err.Error())
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// Hint returns what the user can do.
func (e *Error) Hint() string { return e.Advice }

// Errors that callers decide on.
var (
	// ErrNotRecognised: no source, or not the named one, reads this file.
	ErrNotRecognised = errors.New("format not recognised")
	// ErrEmpty: the file holds nothing.
	ErrEmpty = errors.New("file is empty")
	// ErrDamaged: the file was recognised but its bytes cannot be what the
	// platform wrote: ASCII-translated binary, wrong code page, lost RDWs.
	ErrDamaged = errors.New("file is damaged")
	// ErrTwoValues: one key has two values in one part.
	ErrTwoValues = errors.New("two values for one key")
	// ErrLimit: a line or record is larger than any the platform writes.
	ErrLimit = errors.New("limit exceeded")
)

// QuoteName returns the name of a file or folder as messages print it: as it is,
// or in quotes with escapes when it holds a line end, a control character or
// anything else that does not print, which would act on a terminal or end a line
// of a log.
func QuoteName(name string) string {
	for _, r := range name {
		if r == utf8.RuneError || !strconv.IsPrint(r) {
			return strconv.Quote(name)
		}
	}
	return name
}

// HintOf returns the first hint found in err's tree, or "".
func HintOf(err error) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}
