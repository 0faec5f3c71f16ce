package ibmi

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/ebcdic"
)

// layout is where a raw audit outfile, fixed-length EBCDIC records without
// separators, has its fields: the standard heading of DSPJRN and CPYAUDJRNE and
// behind it the entry data. Positions count from 0, IBM's tables from 1.
//
// The heading of *TYPE4 has more than is read here, but its positions behind 122
// are not public.
type layout struct {
	name             string
	sequence, code   span
	entry, time, job span
	// Not in every layout.
	user, system, receiver span
	// data is where the entry data begins.
	data int
	// lengths are those of a record of the model outfile: without and with the
	// fields of release 7.3, the last of which is taken for 100 bytes.
	lengths []int
}

type span struct{ from, to int }

func (s span) of(rec []byte) []byte {
	if s.to > len(rec) {
		return nil
	}
	return rec[s.from:s.to]
}

// type5 is the layout of QASYSKJ5 (*TYPE5), type4 that of QASYSKJ4 (*TYPE4).
var (
	type5 = &layout{
		name: "QASYSKJ5", sequence: span{5, 25}, code: span{25, 26}, entry: span{26, 28}, time: span{28, 54}, job: span{54, 64},
		user: span{186, 196}, system: span{196, 204}, receiver: span{240, 250}, data: 609, lengths: []int{1569, 1679},
	}
	type4 = &layout{
		name: "QASYSKJ4", sequence: span{5, 15}, code: span{15, 16}, entry: span{16, 18}, time: span{18, 44}, job: span{44, 54}, data: 223, lengths: []int{1183},
	}
)

// Entry data of an SK entry: the same in both layouts, in the ENTRY_DATA of
// DISPLAY_JOURNAL and in a dump of DSPJRN. The addresses of 15 characters are
// older than IPv6; those of 46 count when they are not blank.
var (
	dataType       = span{0, 1}
	dataLocal4     = span{1, 16}
	dataLocalPort  = span{16, 21}
	dataRemote4    = span{21, 36}
	dataRemotePort = span{36, 41}
	dataLocal      = span{581, 627}
	dataRemote     = span{627, 673}
	dataVersion    = span{960, 970} // from release 7.3 on
	dataProperties = 970            // to the end of the record
)

// minEntryData is the length of entry data that tells the remote port.
const minEntryData = 41

// outfile is a raw outfile that was recognised.
type outfile struct {
	*layout
	length int  // of a record; 0 when it cannot be told
	ascii  bool // it was translated: its binary fields are lost
}

// findOutfile recognises a raw outfile by digits, the journal code T and the
// entry type SK at their fixed positions; nil for anything else.
func findOutfile(raw []byte, all bool) *outfile {
	for _, l := range []*layout{type5, type4} {
		if len(raw) < l.entry.to {
			continue
		}
		switch mark := raw[l.code.from:l.entry.to]; {
		case bytes.Equal(mark, skMark) && digits(raw[:5], 0xF0):
			return &outfile{layout: l, length: l.recordLength(raw, all)}
		case string(mark) == "TSK" && digits(raw[:5], '0'):
			return &outfile{layout: l, ascii: true}
		}
	}
	return nil
}

// otherEntry returns the entry type of the first record when raw is a raw outfile of
// audit entries that begins with another one than SK; "" for anything else.
func otherEntry(raw []byte) string {
	for _, l := range []*layout{type5, type4} {
		if len(raw) < l.time.to {
			continue
		}
		mark, stamp := raw[l.code.from:l.entry.to], raw[l.time.from:l.time.to]
		if digits(raw[:5], 0xF0) && mark[0] == skMark[0] && digits(stamp[:4], 0xF0) && stamp[4] == 0x60 && digits(stamp[5:7], 0xF0) {
			page, err := ebcdic.Lookup(defaultPage)
			if name := page.String(mark[1:]); err == nil && name != "SK" && plausibleName(name) {
				return name
			}
		}
	}
	return ""
}

// skMark is the journal code T and the entry type SK.
var skMark = []byte{0xE3, 0xE2, 0xD2}

func digits(b []byte, zero byte) bool {
	for _, c := range b {
		if c-zero > 9 {
			return false
		}
	}
	return true
}

// maxRecord is the longest record that is looked for: an outfile can hold up to
// 32766 bytes in a record.
const maxRecord = 32766

// recordLength finds the distance at which the marks of a record repeat, as far
// as raw reaches. A single record has the length of a model outfile.
func (l *layout) recordLength(raw []byte, all bool) int {
	shortest := l.data + minEntryData
	for length := shortest; length <= maxRecord && length+l.entry.to <= len(raw); length++ {
		i := bytes.Index(raw[length+l.code.from:], skMark)
		if i < 0 {
			break
		}
		if length += i; length > maxRecord {
			break
		}
		if l.repeats(raw, length) {
			if l.hidesOther(raw[:length]) {
				return 0
			}
			return length
		}
	}
	if all && slices.Contains(l.lengths, len(raw)) {
		// One record, or the begin of one that is longer: the length that it
		// states must not be another of those.
		if stated, _ := strconv.Atoi(ebcdicDigits(raw[:5])); stated == len(raw) || !slices.Contains(l.lengths, stated) {
			return len(raw)
		}
	}
	return 0
}

// hidesOther reports whether an entry of another type begins within rec: then what
// repeats are not records, but SK entries with others between them.
func (l *layout) hidesOther(rec []byte) bool {
	for at := l.data + minEntryData; at < len(rec); at++ {
		if otherEntry(rec[at:]) != "" {
			return true
		}
	}
	return false
}

func ebcdicDigits(b []byte) string {
	ascii := make([]byte, len(b))
	for i, c := range b {
		ascii[i] = c - 0xF0 + '0'
	}
	return string(ascii)
}

// repeats reports whether every record of raw has its marks when records are so
// long.
func (l *layout) repeats(raw []byte, length int) bool {
	for at := 0; at+l.entry.to <= len(raw); at += length {
		if !bytes.Equal(raw[at+l.code.from:at+l.entry.to], skMark) || !digits(raw[at:at+5], 0xF0) {
			return false
		}
	}
	return true
}

// columns of a raw record: one for each field, in the order of the fields.
var recordColumns = func() *columns {
	c := &columns{count: int(fields), guessed: true}
	for f := range fields {
		if f != fieldData {
			c.at[f] = []int{int(f)}
		}
	}
	return c
}()

// rawRecord makes an entry of a raw record.
func (p *parser) rawRecord(l *layout, rec []byte, e *entry) {
	e.names = noNames
	if !digits(rec[:5], 0xF0) {
		e.fault = faultRecord
		return
	}
	row := p.row[:0]
	if cap(row) < int(fields) {
		row = make([][]byte, 0, 2*fields)
	}
	row = row[:fields]
	p.texts = p.texts[:0]
	for _, x := range [...]struct {
		f field
		s span
	}{
		{fieldTime, l.time}, {fieldSequence, l.sequence}, {fieldSystem, l.system}, {fieldReceiver, l.receiver},
		{fieldCode, l.code}, {fieldEntry, l.entry}, {fieldJob, l.job}, {fieldUser, l.user},
	} {
		row[x.f] = p.text(x.s.of(rec))
	}
	row[fieldData] = nil
	p.row = p.appendData(row, rec[l.data:])
	for i, f := range dataFields {
		p.row[f] = p.row[int(fields)+i]
	}
	p.fields(p.row[:fields], e)
}

// dataFields are the fields that [parser.appendData] appends.
var dataFields = [...]field{fieldType, fieldLocalPort, fieldRemotePort, fieldLocalAddr, fieldRemoteAddr, fieldVersion, fieldProperties}

// appendData appends the fields of entry data to row.
func (p *parser) appendData(row [][]byte, data []byte) [][]byte {
	either := func(long, short span) []byte {
		if b := p.text(long.of(data)); len(trim(b)) > 0 && !isNull(trim(b)) {
			return b
		}
		return p.text(short.of(data))
	}
	var properties []byte
	if len(data) > dataProperties {
		properties = data[dataProperties:]
	}
	return append(row, p.text(dataType.of(data)), p.text(dataLocalPort.of(data)), p.text(dataRemotePort.of(data)),
		either(dataLocal, dataLocal4), either(dataRemote, dataRemote4), p.text(dataVersion.of(data)), p.text(properties))
}

// text translates a field. It stays as it is until the next record.
func (p *parser) text(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == ebcdic.Space || b[len(b)-1] == 0) {
		b = b[:len(b)-1]
	}
	start := len(p.texts)
	p.texts = p.page.Append(p.texts, b)
	return p.texts[start:len(p.texts):len(p.texts)]
}

// outfileAdvice is the way to an outfile or a text that can be read.
const outfileAdvice = "transfer the outfile in binary, or write it as text with column names: " +
	"CPYTOIMPF FROMFILE(QTEMP/QAUDITSK) TOSTMF('/tmp/qauditsk.csv') STMFCCSID(1208) RCDDLM(*CRLF) RMVBLANK(*TRAILING) ADDCOLNAM(*SQL)"

// variant reports whether a name holds one of the characters that differ between
// the EBCDIC code pages of countries; everything else that is read does not.
func variant(name string) bool {
	for _, r := range name {
		if r > '~' || bytes.ContainsRune([]byte("#@$!|[]^~{}\\"), r) {
			return true
		}
	}
	return false
}

// defaultPage is the code page of most IBM i systems.
const defaultPage = "037"

// read counts the records of f and says how the file ended. Nothing in it tells
// whether it is whole but its length.
func (o *outfile) read(ctx context.Context, f *collect.File, head *collect.Head, opts *collect.Options, t *tally, blockSize int) (ending, error) {
	fail := func(err error, advice string) (ending, error) {
		return ending{}, &collect.Error{File: f.Name, Offset: 0, Err: err, Advice: advice}
	}
	switch {
	case o.ascii:
		return fail(fmt.Errorf("%w: it is a raw outfile (%s) that was translated to ASCII: its binary fields are lost", collect.ErrDamaged, o.name), outfileAdvice)
	case o.length == 0 && head.All && !o.hidesOther(head.Raw):
		return fail(fmt.Errorf("%w: it is a raw outfile (%s), cut off in its first record", collect.ErrDamaged, o.name), outfileAdvice)
	case o.length == 0:
		return fail(fmt.Errorf("%w: it is a raw outfile (%s), but its records are not all SK entries of one length", collect.ErrDamaged, o.name), outfileAdvice)
	}
	page, err := ebcdic.Lookup(cmp.Or(opts.CodePage, defaultPage))
	if err != nil {
		return ending{}, &collect.Error{File: f.Name, Offset: -1, Err: err, Advice: "name one of these"}
	}
	r, err := f.Open(ctx)
	if err != nil {
		return ending{}, err
	}
	defer r.Close()
	t.begin(f)
	p := &pipeline{
		tally: t, size: max(blockSize/o.length, 1) * o.length,
		cut:   func(b []byte) int { return len(b) / o.length * o.length },
		parse: func() func(*block) { return recordParser(newParser(t, recordColumns, page), o) },
	}
	left := p.run(stretch{rest: r})
	tail, err := io.ReadAll(left.rest)
	if err != nil {
		return ending{}, err
	}
	t.end(left.line + 1)
	if opts.CodePage == "" {
		o.warnVariant(t)
	}
	switch {
	case len(tail) > 0:
		t.ignore("last record is not whole")
		return ending{collect.Partial, fmt.Sprintf("the last record has %d of %d bytes; it was left out", len(tail), o.length)}, nil
	case opts.AssertComplete:
		return ending{collect.Complete, "asserted by the configuration"}, nil
	}
	return openEnding, nil
}

// warnVariant warns of system names that may be misread.
func (o *outfile) warnVariant(t *tally) {
	names := map[string]bool{}
	for _, a := range t.parts {
		for name := range a.systems {
			if variant(name) {
				names[name] = true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		t.warn(1, 0, "system name %s was read in code page %s; name the code page of the system if it is another one", name, defaultPage)
	}
}

// refuse returns the error for files that are known not to be text with rows, nil
// for others.
func refuse(f *collect.File, head *collect.Head) error {
	fail := func(what, advice string) error {
		return &collect.Error{File: f.Name, Offset: 0, Err: fmt.Errorf("%w: %s", collect.ErrNotRecognised, what), Advice: advice}
	}
	if other := otherEntry(head.Raw); other != "" {
		return fail("it is a raw outfile of audit entries, and the first is of type "+other+", not SK", "select the SK entries: CPYAUDJRNE ENTTYP(SK), or DSPJRN with JRNCDE((T)) ENTTYP(SK)")
	}
	if head.Text == nil {
		return fail("it holds binary data, neither text nor records of an outfile", outfileAdvice)
	}
	if line := firstLine(head.Text); len(line) > 0 && (line[0] == '[' || line[0] == '{') {
		return fail("it looks like JSON", "save the result as CSV with column names")
	}
	return nil
}
