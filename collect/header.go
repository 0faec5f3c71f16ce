package collect

import (
	"fmt"
	"time"
)

// SchemaVersion is the version of the key names and value forms that this
// program writes. Readers translate older parts.
const SchemaVersion = 1

// View says what kind of truth a source tells.
type View string

// The views of a part.
const (
	Configured View = "configured" // a file that takes effect later: USER DIRECT, a profile
	Active     View = "active"     // what the running system uses: SETROPTS LIST
	Watched    View = "observed"   // what was seen to happen: an audit journal, zERT
)

// Header describes a part: whose it is, how that is known, what was read and
// how much of it can be relied on.
type Header struct {
	System     string `json:"system"`
	SystemFrom string `json:"system_from"` // one of the From constants
	Platform   string `json:"platform"`    // zvm, zos or ibmi
	Source     string `json:"source"`
	Schema     int    `json:"schema"`
	Collector  string `json:"collector"` // version of the program
	Options    string `json:"options"`   // digest of the options and site tables used
	View       View   `json:"view"`
	// Unit is what positions count: "line" or "record".
	Unit string `json:"unit"`

	Period Period `json:"period"`
	Clock  Clock  `json:"clock"`

	Files    []FileInfo `json:"files"`
	Counts   Counts     `json:"counts"`
	Gaps     []Gap      `json:"gaps,omitempty"`
	Coverage []Coverage `json:"coverage"`
	Warnings []Warning  `json:"warnings,omitempty"`
	// WarningCount counts all warnings; Warnings holds the first hundred.
	WarningCount int64 `json:"warning_count,omitempty"`

	// Content is the content digest: "sha256:" and the digest of the facts.
	Content    string `json:"content"`
	Provenance string `json:"provenance"` // digest of the provenance and metrics
	Facts      int64  `json:"facts"`
	Metrics    int64  `json:"metrics"`
}

// How the identity of a system, or the time of an extract, is known.
const (
	FromCapture       = "capture header"
	FromRecords       = "record contents"
	FromConfiguration = "configuration (asserted)"
	FromCommand       = "command line (asserted)"
	FromNowhere       = "not known"
)

// Period is the time a part speaks about. For a configured or active view it is
// the moment of the extract, and Start equals End. Times are RFC 3339; without
// an offset when the zone is not known, see [Clock].
type Period struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
	From  string `json:"from"` // one of the From constants
}

// Moment returns the period of an extract taken at t.
func Moment(t time.Time, from string) Period {
	s := t.Format(time.RFC3339)
	return Period{Start: s, End: s, From: from}
}

// Clock says in which zone the times of an extract are.
type Clock struct {
	// Zone is "UTC", an IANA name, an offset, ZoneUnknown, or what a system value
	// tells of the zone.
	Zone string `json:"zone"`
	From string `json:"from"`
}

// ZoneUnknown is the zone of local times with nothing to tell where.
const ZoneUnknown = "local, zone unknown"

// FileInfo identifies one input file.
type FileInfo struct {
	Name string `json:"name"` // base name only: folders differ between machines
	Size int64  `json:"size"`
	// Digest is "sha256:..." of the bytes read, or "hmac-sha256:..." with the
	// key of the store when the file can hold secrets.
	Digest string `json:"digest"`
	// Scrubbed is the plain digest of a file that can hold secrets, with
	// every secret replaced by its class.
	Scrubbed string `json:"scrubbed,omitempty"`
	Encoding string `json:"encoding,omitempty"` // "utf-8", "ibm-1047 F80" ...
	// Compression is "gzip", or "zip: " and the name in the archive; positions
	// and offsets are those of the content.
	Compression string   `json:"compression,omitempty"`
	Capture     *Capture `json:"capture,omitempty"`
}

// Counts accounts for every record of the input: Read is the sum of the others.
type Counts struct {
	Read      int64 `json:"read"`
	Used      int64 `json:"used"`
	Duplicate int64 `json:"duplicate,omitempty"`
	// Window is how many records back a repeated one is sure to be recognised; 0
	// when all are remembered or none is looked for.
	Window  int64            `json:"window,omitempty"`
	Ignored map[string]int64 `json:"ignored,omitempty"` // by reason
}

// Gap is a stretch of time or input for which nothing is known.
type Gap struct {
	Start  string `json:"start"`
	End    string `json:"end"`
	Reason string `json:"reason"`
}

// State says how far a part can be relied on below a prefix.
type State string

// The states of coverage.
const (
	// Complete: everything there is was read; what is absent does not exist.
	Complete State = "complete"
	// Open: everything that was read is whole, in the order of the file, but
	// nothing proves that the extract did not stop early. What is absent may
	// lie behind its end. Rules treat it as partial; a diff relies on it as far
	// as [Coverage.Through] reaches.
	Open State = "open"
	// Partial: something is known to be missing or damaged.
	Partial State = "partial"
	// Uncovered: the part does not speak for the prefix, although it does for what
	// lies around it: another file of the source would tell, and was not given.
	Uncovered State = ""
)

// Coverage says that a part speaks for the keys at and below Prefix, and how
// completely. The longest prefix that holds a key decides; a key that no prefix
// holds is not covered.
type Coverage struct {
	Prefix Key    `json:"prefix"`
	State  State  `json:"state"`
	Reason string `json:"reason,omitempty"`
	// Through names, for Open, the last entity of the file: if a later extract
	// holds it too, whatever stood before it in this one was reached.
	Through Key `json:"through,omitempty"`
}

// Warning is something odd that did not stop the reading.
type Warning struct {
	File   string `json:"file,omitempty"`
	Line   int64  `json:"line,omitempty"` // line or record number
	Offset int64  `json:"offset,omitempty"`
	Text   string `json:"text"`
}

func (w Warning) String() string {
	switch {
	case w.Line > 0:
		return fmt.Sprintf("%s:%d: %s", QuoteName(w.File), w.Line, w.Text)
	case w.File != "":
		return fmt.Sprintf("%s: %s", QuoteName(w.File), w.Text)
	}
	return w.Text
}

// Lower lowers the coverage of the whole part to state, Open or Partial, where it
// is better, for a reason that its source cannot know: another file of the night
// did not come or could not be read.
func (h *Header) Lower(state State, reason string) {
	for i := range h.Coverage {
		c := &h.Coverage[i]
		if c.State == Complete || c.State == Open && state == Partial {
			*c = Coverage{Prefix: c.Prefix, State: state, Reason: reason}
		}
	}
}

// CoverageOf returns the coverage that decides for key. A key outside every
// prefix has the zero Coverage, whose state is neither complete, open nor
// partial.
func (h *Header) CoverageOf(key Key) Coverage {
	best, found := Coverage{}, false
	for _, c := range h.Coverage {
		if key.Under(c.Prefix) && (!found || len(c.Prefix) > len(best.Prefix)) {
			best, found = c, true
		}
	}
	return best
}

// State returns the weakest coverage of the part, Partial when it covers
// nothing. Below an open prefix, a single key whose set might have gone on
// behind the end of the extract is partial on its own: that is what open means,
// and does not make the part partial.
func (h *Header) State() State {
	worst := Complete
	if len(h.Coverage) == 0 {
		return Partial
	}
	for _, c := range h.Coverage {
		state := c.State
		if state == Partial && Keys().root.find(string(c.Prefix)) != nil && h.around(c.Prefix).State == Open {
			state = Open
		}
		if state == Partial || state == Open && worst == Complete {
			worst = state
		}
	}
	return worst
}

// around returns the coverage that would decide for key if it had none of its
// own.
func (h *Header) around(key Key) Coverage {
	best, found := Coverage{}, false
	for _, c := range h.Coverage {
		if c.Prefix != key && key.Under(c.Prefix) && (!found || len(c.Prefix) > len(best.Prefix)) {
			best, found = c, true
		}
	}
	return best
}
