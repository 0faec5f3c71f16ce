package ibmi

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/irondrift/irondrift/collect"
)

// SystemValues returns the source that reads system values: QSYS2.SYSTEM_VALUE_INFO
// or QSYS2.SECURITY_INFO as delimited text, or the listing of WRKSYSVAL,
// DSPSYSVAL or DSPSECAUD. Several of them may be given for one night.
//
// A value that no extract carries is not covered. Only a list that holds every
// value that exists on all releases, and is proven whole, speaks for values that
// it does not hold.
func SystemValues() collect.Source { return sysvalSource{} }

type sysvalSource struct{}

const (
	sysvalPrefix   collect.Key = "ibmi/sysval"
	securityPrefix collect.Key = "ibmi/security"
)

func (sysvalSource) Info() collect.Info {
	return collect.Info{
		Name:     "ibmi-sysval",
		Platform: "ibmi",
		Title:    "IBM i system values and security attributes",
		View:     collect.Active,
		Prefixes: []collect.Key{sysvalPrefix, securityPrefix},
	}
}

// sysvalForm is the kind of an extract.
type sysvalForm int

const (
	formNone         sysvalForm = iota
	formValueInfo               // QSYS2.SYSTEM_VALUE_INFO
	formSecurityInfo            // QSYS2.SECURITY_INFO
	formTable                   // listing with a line for each value
	formLabels                  // listing of "label . . . : value"
)

var sysvalFormNames = [...]string{"", "QSYS2.SYSTEM_VALUE_INFO", "QSYS2.SECURITY_INFO", "a WRKSYSVAL listing", "a listing"}

func (f sysvalForm) String() string { return sysvalFormNames[f] }

// valueInfoNames are the columns of QSYS2.SYSTEM_VALUE_INFO. Releases without
// the latest technology refreshes have the first three only.
var valueInfoNames = sqlNames{
	"SYSTEM_VALUE_NAME":       {"SYSVALNAME"},
	"CURRENT_NUMERIC_VALUE":   {"CURNUMVAL"},
	"CURRENT_CHARACTER_VALUE": {"CURCHARVAL"},
	"SYSTEM_VALUE":            nil,
	"CATEGORY":                nil,
	"CHANGEABLE":              nil,
	"SHIPPED_DEFAULT_VALUE":   nil,
	"TEXT_DESCRIPTION":        nil,
}

// Recognise looks for the columns of the two views, or for lines of a listing
// that name system values.
func (sysvalSource) Recognise(head *collect.Head) collect.Confidence {
	_, c := sysvalFormOf(head, nil)
	return c
}

func sysvalFormOf(head *collect.Head, site map[string][]string) (sysvalForm, collect.Confidence) {
	line := string(firstLine(head.Text))
	if line == "" {
		return formNone, collect.No
	}
	if h := valueInfoNames.header(line, site); h.has("SYSTEM_VALUE_NAME") &&
		(h.has("CURRENT_CHARACTER_VALUE") || h.has("CURRENT_NUMERIC_VALUE") || h.has("SYSTEM_VALUE")) {
		return formValueInfo, collect.Certain
	}
	h := securityInfoNames().header(line, site)
	switch {
	case h.has("SECURITY_LEVEL", "PASSWORD_LEVEL"):
		return formSecurityInfo, collect.Certain
	case len(h.at) >= 3:
		return formSecurityInfo, collect.Likely
	}
	return listingForm(head.Text)
}

// reading is one value that an extract gave.
type reading struct {
	value collect.Value
	at    collect.Origin
	form  sysvalForm
	file  int
	cut   bool // the extract may have been cut inside the value
}

// sysvals are the readings of all files.
type sysvals struct {
	rec      *collect.Recorder
	files    []*collect.File
	readings map[collect.Key][]reading
	ends     []ending // by file
	whole    *ending  // of a list of all values, the weaker of several
}

// Collect reads the files as views of one moment.
func (sysvalSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	s := &sysvals{rec: out.Part(""), files: files, readings: map[collect.Key][]reading{}}
	for _, f := range files {
		head, err := f.Peek()
		if err != nil {
			return err
		}
		form, _ := sysvalFormOf(head, opts.Site.ColumnAliases)
		var end ending
		switch form {
		case formValueInfo:
			end, err = s.readValueInfo(ctx, f, opts)
		case formSecurityInfo:
			end, err = s.readSecurityInfo(ctx, f, opts)
		case formTable, formLabels:
			end, err = s.readListing(ctx, f, opts, form)
		default:
			err = notSystemValues(ctx, f)
		}
		if err != nil {
			return err
		}
		s.ends = append(s.ends, end)
		if err := s.closeFile(f, form); err != nil {
			return err
		}
	}
	return s.write()
}

// notSystemValues returns the error for a file of no known form. Opening it as
// text first gives the better message for binary data.
func notSystemValues(ctx context.Context, f *collect.File) error {
	lines, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	lines.Close()
	return &collect.Error{File: f.Name, Offset: 0,
		Err:    fmt.Errorf("%w: neither SYSTEM_VALUE_INFO nor SECURITY_INFO with column names, nor a listing of system values", collect.ErrNotRecognised),
		Advice: "save the result of SELECT * FROM QSYS2.SYSTEM_VALUE_INFO as CSV with column names"}
}

// add takes a reading of key.
func (s *sysvals) add(key collect.Key, r reading) {
	s.readings[key] = append(s.readings[key], r)
}

// readValueInfo reads one row for each system value.
func (s *sysvals) readValueInfo(ctx context.Context, f *collect.File, opts *collect.Options) (ending, error) {
	r, err := openSQL(ctx, f, opts, s.rec, valueInfoNames)
	if err != nil {
		return ending{}, err
	}
	for r.next() {
		name := r.value("SYSTEM_VALUE_NAME")
		if !systemValueName(name) {
			r.spoiled("no name of a system value")
			continue
		}
		key := sysvalPrefix.Join(name)
		read := reading{value: valueInfoValue(name, r), at: r.text.at, form: formValueInfo, file: f.Index()}
		if slices.ContainsFunc(s.readings[key], func(o reading) bool { return o.form == formValueInfo && o.value.Compare(read.value) == 0 }) {
			s.rec.Duplicate(1)
			continue
		}
		s.rec.Used(1)
		s.add(key, read)
	}
	return r.finish(opts)
}

// valueInfoValue returns the value of a row. Exactly one of the two current
// columns is not null, so a character value is taken as it stands even where it
// looks like a client's way to write null (QDATSEP may be "-").
func valueInfoValue(name string, r *sqlReader) collect.Value {
	number := r.value("CURRENT_NUMERIC_VALUE")
	c, _ := r.cell("CURRENT_CHARACTER_VALUE")
	text := c.trimmed()
	switch {
	case number != "" && (c.null() || text == "" || text == "-"):
		return sysvalValue(name, number)
	case number != "" && sysvalValue(name, number).Compare(sysvalValue(name, c.text)) == 0:
		return sysvalValue(name, number)
	case number != "":
		return collect.Unknown(fmt.Sprintf("the row holds a number, %s, and a text, %s", number, text))
	case c.quoted || text == "-" || !c.null():
		return sysvalValue(name, c.text)
	}
	if c, ok := r.cell("SYSTEM_VALUE"); ok && (c.quoted || !c.null()) {
		return sysvalValue(name, c.text)
	}
	return collect.Unknown("the row holds no value")
}

// plausibleName reports whether a name can be that of an object: up to ten
// letters, digits, _ and what stands in the places of # @ $, which differ by
// code page. Anything else is damage.
func plausibleName(name string) bool {
	odd := func(r rune) bool {
		switch {
		case r < 0x80:
			return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || strings.ContainsRune("_#@$", r))
		}
		return r == unicode.ReplacementChar || !unicode.IsPrint(r)
	}
	return name != "" && len([]rune(name)) <= 10 && !strings.ContainsFunc(name, odd)
}

// systemValueName reports whether a name can be that of a system value: all are
// IBM's, so Q with letters and digits.
func systemValueName(name string) bool {
	return plausibleName(name) && (name[0] == 'Q' || name[0] == 'q') && !strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 || strings.ContainsRune("_#@$", r) })
}

// everywhere are system values that exist on every supported release, from one
// end of the alphabet to the other. A list that lacks one of them is a selection.
var everywhere = []string{
	"QACTJOB", "QALWOBJRST", "QATNPGM", "QAUDCTL", "QAUDENDACN", "QAUDLVL", "QAUDLVL2", "QAUTOCFG", "QCCSID", "QCRTAUT",
	"QCRTOBJAUD", "QDSCJOBITV", "QINACTITV", "QINACTMSGQ", "QLMTSECOFR", "QMAXSGNACN", "QMAXSIGN", "QMODEL", "QPWDEXPITV",
	"QPWDLVL", "QPWDRULES", "QRETSVRSEC", "QRMTSIGN", "QSECURITY", "QSSLCSL", "QSSLPCL", "QSYSLIBL", "QTIMZON", "QUSRLIBL", "QVFYOBJRST",
}

// closeFile decides what the file that was just read speaks for.
func (s *sysvals) closeFile(f *collect.File, form sysvalForm) error {
	type place struct {
		key collect.Key
		pos int64
	}
	var seen []place
	for key, rs := range s.readings {
		for _, r := range rs {
			if r.file == f.Index() {
				seen = append(seen, place{key, r.at.Pos})
			}
		}
	}
	if len(seen) == 0 {
		return &collect.Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: %s without a single value that can be read", collect.ErrDamaged, form),
			Advice: "take the extract again; the collecting user needs *ALLOBJ or *AUDIT special authority"}
	}
	if form != formValueInfo && form != formTable {
		return nil
	}
	slices.SortFunc(seen, func(a, b place) int { return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.key, b.key)) })
	have := map[collect.Key]bool{}
	var names []string
	for _, p := range seen {
		have[p.key] = true
		names = append(names, string(p.key))
	}
	for _, name := range everywhere {
		if !have[sysvalPrefix.Join(name)] {
			return nil
		}
	}
	end := s.ends[f.Index()]
	c := collect.Coverage{Prefix: sysvalPrefix, State: end.state, Reason: end.reason}
	if s.whole == nil {
		s.whole = &end
	} else {
		end = s.whole.worse(end)
		s.whole = &end
	}
	if end.state == collect.Open && inOrder(names) {
		c.Through = seen[len(seen)-1].key
	}
	s.rec.Cover(c)
	return nil
}

// write records the values and their coverage.
func (s *sysvals) write() error {
	for _, key := range slices.Sorted(maps.Keys(s.readings)) {
		rs := s.readings[key]
		if err := s.put(key, rs); err != nil {
			return err
		}
		s.cover(key, rs)
	}
	return nil
}

// put records one key. Two extracts of the same form that differ are an error,
// which the recorder raises. Extracts of different forms may differ in how they
// spell a value, so there the key is unknown, with both.
func (s *sysvals) put(key collect.Key, rs []reading) error {
	first := rs[0]
	for _, r := range rs[1:] {
		switch {
		case r.value.Compare(first.value) == 0 || r.value.IsUnknown():
		case first.value.IsUnknown():
			first = r
		case r.form == first.form:
			if err := s.rec.Put(key, r.value, r.at); err != nil {
				return err
			}
		default:
			s.rec.Warn(s.files[r.file], r.at.Pos, r.at.Offset, "%s is %s here and %s in %s", key, r.value, first.value, s.files[first.file].Name)
			return s.rec.Put(key, collect.Unknown(fmt.Sprintf("extracts disagree: %s says %s, %s says %s", first.form, first.value, r.form, r.value)), first.at)
		}
	}
	return s.rec.Put(key, first.value, first.at)
}

// cover states the coverage of one key: that of the best extract which gives it.
// Where a whole list says the same for all values, nothing is added to it.
func (s *sysvals) cover(key collect.Key, rs []reading) {
	var best ending
	for i, r := range rs {
		e := s.ends[r.file]
		if r.cut && e.state != collect.Complete {
			e = ending{collect.Partial, "the extract may have been cut inside this value: " + e.reason}
		}
		if i == 0 || best.worse(e).state != e.state {
			best = e
		}
	}
	if s.whole != nil && key.Under(sysvalPrefix) && best.state == s.whole.state {
		return
	}
	s.rec.Cover(collect.Coverage{Prefix: key, State: best.state, Reason: best.reason})
}
