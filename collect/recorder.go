package collect

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect/internal/extsort"
	"github.com/irondrift/irondrift/collect/internal/spool"
)

// maxWarnings is how many warnings a part keeps; all are counted.
const maxWarnings = 100

// maxWarning is how much of the text of a warning is kept, in bytes.
const maxWarning = 2000

// maxKey is longer than any key made of names that a platform accepts. A key
// stands many times in every report: a name of a megabyte would make them
// unreadable, for programs too.
const maxKey = 4096

// Recorder takes what a source reads about one system, in any order and in
// bounded memory, and makes a [Part] of it. It is not safe for concurrent use.
type Recorder struct {
	named    string // as the records name the system, "" when they do not
	info     Info
	files    []*File
	opts     *Options
	keys     cursor // in the catalogue
	sorter   *extsort.Sorter
	header   Header
	coverage map[Key]Coverage
	scratch  []byte
	key      []byte
	prov     []byte
}

func newRecorder(named string, info Info, files []*File, opts *Options) *Recorder {
	return &Recorder{
		named: named, info: info, files: files, opts: opts, keys: cursor{root: Keys().root},
		sorter:   extsort.New(opts.TempDir, opts.Limits.withDefaults().Sort),
		coverage: map[Key]Coverage{},
	}
}

// Add records one entry. The catalogue must know its key and agree with the
// type of its value; the same key may come twice only with the same value.
func (r *Recorder) Add(e Entry) error {
	d := r.keys.find(string(e.Key))
	switch {
	case len(e.Key) > maxKey:
		return r.tooLong(&e)
	case d == nil:
		if err := e.Key.Validate(); err != nil {
			return err
		}
		return fmt.Errorf("internal error: key %q is not in the catalogue", e.Key)
	case e.Value.typ == TypeAbsent:
		return fmt.Errorf("internal error: key %q has no value", e.Key)
	case e.Value.typ != d.Type && e.Value.typ != TypeUnknown && d.Pattern[0] != 'c':
		return fmt.Errorf("internal error: key %q is %s in the catalogue, got %s", e.Key, d.Type, e.Value.typ)
	}
	form := e.Value.AppendForm(r.scratch[:0])
	r.prov = append(r.prov[:0], byte(d.Class))
	r.prov = binary.AppendUvarint(r.prov, uint64(len(form)))
	r.prov = append(r.prov, form...)
	r.prov = appendOrigins(r.prov, e.At, e.Members)
	r.scratch = form
	r.key = append(r.key[:0], e.Key...)
	return r.sorter.Add(r.key, r.prov)
}

func (r *Recorder) tooLong(e *Entry) error {
	err := &Error{
		Line: e.At.Pos, Record: r.info.Records, Offset: e.At.Offset,
		Err:    fmt.Errorf("%w: a name makes a key of %d bytes, %.60q...", ErrLimit, len(e.Key), string(e.Key)),
		Advice: "no platform accepts such a name: take the extract again",
	}
	if e.At.File < len(r.files) {
		err.File = r.files[e.At.File].info.Name
	}
	return err
}

// Put is Add for a value that was read at one place.
func (r *Recorder) Put(key Key, v Value, at Origin) error {
	return r.Add(Entry{Key: key, Value: v, At: at})
}

// Cover states how far the part can be relied on at and below prefix. Stated
// twice, the weaker state wins.
func (r *Recorder) Cover(c Coverage) {
	rank := map[State]int{Complete: 0, Open: 1, Partial: 2}
	if old, ok := r.coverage[c.Prefix]; ok && rank[old.State] >= rank[c.State] {
		return
	}
	r.coverage[c.Prefix] = c
}

// Read counts records (or lines) of the input.
// Every record that is read must be counted once more as one of the others.
func (r *Recorder) Read(n int64) { r.header.Counts.Read += n }

// Used counts records that said something.
func (r *Recorder) Used(n int64) { r.header.Counts.Used += n }

// Duplicate counts records that had been seen before.
func (r *Recorder) Duplicate(n int64) { r.header.Counts.Duplicate += n }

// Window states how many records back a repeated one is sure to be recognised.
func (r *Recorder) Window(n int64) { r.header.Counts.Window = n }

// Ignored counts records that were passed over, by reason ("comment", "SMF
// type 30").
func (r *Recorder) Ignored(reason string, n int64) {
	if r.header.Counts.Ignored == nil {
		r.header.Counts.Ignored = map[string]int64{}
	}
	r.header.Counts.Ignored[reason] += n
}

// Warn records something odd. Text must not hold a secret.
func (r *Recorder) Warn(f *File, pos, offset int64, format string, args ...any) {
	r.header.WarningCount++
	if len(r.header.Warnings) < maxWarnings {
		r.header.Warnings = append(r.header.Warnings, Warning{
			File: f.info.Name, Line: pos, Offset: offset, Text: shorten(oneLine(validText(fmt.Sprintf(format, args...)))),
		})
	}
}

// shorten cuts a text that names something of the input which is no name.
func shorten(text string) string {
	if len(text) <= maxWarning {
		return text
	}
	return strings.ToValidUTF8(text[:maxWarning], "") + " (cut)"
}

// Gap records a stretch of time or input for which nothing is known.
func (r *Recorder) Gap(g Gap) { r.header.Gaps = append(r.header.Gaps, g) }

// Period states the time the records speak about; without it the time of the
// capture header or of the configuration is used.
func (r *Recorder) Period(p Period) { r.header.Period = p }

// Clock states the zone of the times; without it the capture header's or the
// configured one is used.
func (r *Recorder) Clock(c Clock) { r.header.Clock = c }

// finish sorts, checks and writes the part.
func (r *Recorder) finish(system, from string) (*Part, error) {
	h := r.header
	h.System, h.SystemFrom = system, from
	h.Platform, h.Source, h.View = r.info.Platform, r.info.Name, r.info.View
	h.Unit = "line"
	if r.info.Records {
		h.Unit = "record"
	}
	h.Schema, h.Collector, h.Options = SchemaVersion, r.opts.Collector, r.opts.digest()
	for _, f := range r.files {
		h.Files = append(h.Files, f.finish())
	}
	r.timeFromFiles(&h)
	for _, c := range r.coverage {
		h.Coverage = append(h.Coverage, c)
	}
	slices.SortFunc(h.Coverage, func(a, b Coverage) int { return strings.Compare(string(a.Prefix), string(b.Prefix)) })

	facts, prov := spool.New(r.opts.TempDir), spool.New(r.opts.TempDir)
	factSum, provSum := newHasher(), newHasher()
	var line, keyForm, lastKey, last []byte
	seen := false
	err := r.sorter.Merge(func(key, payload []byte) error {
		class := Class(payload[0])
		n, w := binary.Uvarint(payload[1:])
		form := payload[1+w : 1+w+int(n)]
		origins := payload[1+w+int(n):]
		if seen && string(lastKey) == string(key) {
			return r.sameKey(key, form, origins, last)
		}
		seen = true
		lastKey = append(lastKey[:0], key...)
		last = append(last[:0], payload...)

		keyForm = appendKeyForm(keyForm[:0], Key(key))
		line = append(append(line[:0], keyForm...), '\t')
		line = append(line, origins...)
		if class == Metric {
			line = append(append(line, '\t'), form...)
			h.Metrics++
		}
		line = append(line, '\n')
		provSum.add(line)
		if _, err := prov.Write(line); err != nil {
			return err
		}
		if class == Metric {
			return nil
		}
		h.Facts++
		line = append(append(line[:0], keyForm...), ':', ' ')
		line = append(append(line, form...), '\n')
		factSum.add(line)
		_, err := facts.Write(line)
		return err
	})
	h.Content, h.Provenance = factSum.end(), provSum.end()
	if err != nil {
		facts.Close()
		prov.Close()
		return nil, err
	}
	return &Part{Header: h, FactsBlob: facts.Open, ProvenanceBlob: prov.Open, close: func() { facts.Close(); prov.Close() }}, nil
}

// sameKey decides about a key that was recorded twice: the same value is fine,
// two values are an error that names both places.
func (r *Recorder) sameKey(key, form, origins, last []byte) error {
	n, w := binary.Uvarint(last[1:])
	first := last[1+w : 1+w+int(n)]
	if string(first) == string(form) {
		return nil
	}
	o1, _, _ := parseOrigins(last[1+w+int(n):])
	o2, _, _ := parseOrigins(origins)
	return &Error{
		File: r.files[o2.File].Name, Line: o2.Pos, Record: r.info.Records, Offset: o2.Offset,
		Err: fmt.Errorf("%w: %q is %s here and %s at %s:%d", ErrTwoValues, key, form, first,
			r.files[o1.File].Name, o1.Pos),
		Advice: "the extract holds two answers; take it again, and if it persists name the statement in a report to us",
	}
}

// timeFromFiles fills period and clock from the capture headers, else from the
// configuration, and says which.
func (r *Recorder) timeFromFiles(h *Header) {
	if h.Clock.Zone == "" {
		switch {
		case r.opts.Clock.Zone != "":
			h.Clock = r.opts.Clock
		case r.opts.Location != nil:
			h.Clock = Clock{Zone: r.opts.Location.String(), From: FromConfiguration}
		default:
			h.Clock = Clock{Zone: ZoneUnknown, From: FromNowhere}
		}
	}
	if h.Period.From != "" {
		return
	}
	for _, f := range r.files {
		if t, ok := f.Capture().At(); ok {
			h.Period = Moment(t, FromCapture)
			h.Clock = Clock{Zone: "UTC" + t.Format("-07:00"), From: FromCapture}
			return
		}
	}
	if !r.opts.Captured.IsZero() {
		h.Period = Moment(r.opts.Captured, FromConfiguration)
		return
	}
	h.Period = Period{From: FromNowhere}
}
