package racf

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Setropts returns the source racf-setropts: the system-wide options of RACF on
// z/OS, in every form the package comment names.
func Setropts() collect.Source { return setropts{} }

// SetroptsVM returns the source racf-setropts-zvm: the same options of RACF for
// z/VM, entered as RAC SETROPTS LIST. No listing of z/VM is published. It is
// read with the words of z/OS, and a line that z/OS always prints may be missing
// without making the listing look cut; the option is then unknown.
func SetroptsVM() collect.Source { return setropts{vm: true} }

type setropts struct{ vm bool }

func (s setropts) Info() collect.Info {
	if s.vm {
		return collect.Info{Name: "racf-setropts-zvm", Platform: "zvm", Title: "RACF for z/VM options (RAC SETROPTS LIST)",
			View: collect.Active, Prefixes: []collect.Key{prefix}}
	}
	return collect.Info{Name: "racf-setropts", Platform: "zos", Title: "RACF options (SETROPTS LIST or extract)",
		View: collect.Active, Prefixes: []collect.Key{prefix}}
}

// form is how the options are written down.
type form int

const (
	formText   form = iota // SETROPTS LIST
	formXML                // IRRSMO00 result with the listing in messages
	formBinary             // R_admin
	formJSON               // sear
	formRACSEQ
	formPairs // FIELD:value
)

// formOf tells the forms apart by how the file begins. Text is the answer for
// everything else: a listing may stand behind any amount of job output.
func formOf(head *collect.Head) form {
	if bytes.HasPrefix(head.Raw, eyecatcher) || bytes.HasPrefix(head.Raw, []byte("RXTR")) {
		return formBinary
	}
	text := bytes.TrimLeft(head.Text, " \t\r\n")
	switch {
	case bytes.HasPrefix(text, []byte("<?xml")), bytes.HasPrefix(text, []byte("<securityresult")):
		return formXML
	case bytes.HasPrefix(text, []byte("{")):
		return formJSON
	}
	pairs := 0
	for line := range bytes.Lines(text) {
		canon := canonical(string(line))
		switch name, _, _ := pair(string(line)); {
		case beginsListing(canon):
			return formText
		case strings.HasPrefix(canon, "DISPLAYING SETROPTS DATA"):
			return formRACSEQ
		case fieldByName[strings.TrimSuffix(name, "_CT")] != nil:
			pairs++
		}
	}
	if pairs >= 3 {
		return formPairs
	}
	return formText
}

// Recognise implements [collect.Source].
func (s setropts) Recognise(head *collect.Head) collect.Confidence {
	switch formOf(head) {
	case formBinary:
		return s.zosOnly(bytes.Contains(head.Raw[:min(64, len(head.Raw))], ebcdicBase), collect.Certain)
	case formXML:
		listing := bytes.Contains(head.Text, []byte("SETROPTS")) || bytes.Contains(head.Text, []byte(">ATTRIBUTES ="))
		return s.zosOnly(listing && bytes.Contains(head.Text, []byte("securityresult")), collect.Certain)
	case formJSON:
		known := 0
		for name := range fieldBySear {
			if bytes.Contains(head.Text, []byte(`"base:`+name+`"`)) {
				known++
			}
		}
		return s.zosOnly(known >= 3 || bytes.Contains(head.Text, []byte("'racf-options'")), collect.Certain)
	case formRACSEQ, formPairs:
		return s.zosOnly(true, collect.Certain)
	}
	return s.recogniseText(head)
}

func (s setropts) zosOnly(is bool, c collect.Confidence) collect.Confidence {
	if s.vm || !is {
		return collect.No
	}
	return c
}

// recogniseText looks for the first lines of a listing, and for CMS around it.
func (s setropts) recogniseText(head *collect.Head) collect.Confidence {
	begun, classes, vm, refused, command := false, false, false, false, false
	for line := range bytes.Lines(head.Text) {
		raw := strings.TrimRight(string(line), "\n")
		text := canonical(raw)
		switch {
		case beginsListing(text):
			begun = true
		case strings.Contains(text, "STATISTICS =") || strings.Contains(text, "ACTIVE CLASSES ="):
			classes = true
		case isCommand(text):
			command = true
			vm = vm || strings.Contains(text, "RAC ")
		case isReadyCMS(raw):
			vm = true
		case refusal(text) != "":
			refused = true
		}
	}
	c := collect.No
	switch {
	case begun && classes:
		c = collect.Certain
	case begun, command && refused:
		c = collect.Likely
	}
	switch {
	case vm && !s.vm:
		return min(c, collect.Likely)
	case !vm && s.vm:
		return collect.No // z/OS, unless somebody says otherwise
	}
	return c
}

// Collect implements [collect.Source]. Several files of one system must agree;
// what one of them could not see, another may show.
func (s setropts) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	rec := out.Part("")
	var all []*answers
	for _, f := range files {
		head, err := f.Peek()
		if err != nil {
			return err
		}
		var a *answers
		switch formOf(head) {
		case formXML:
			a, err = readXML(ctx, f, opts, rec, s.vm)
		case formBinary:
			a, err = readBinary(ctx, f, rec)
		case formJSON:
			a, err = readJSON(ctx, f, opts, rec)
		case formRACSEQ:
			a, err = readRACSEQ(ctx, f, opts, rec)
		case formPairs:
			a, err = readPairs(ctx, f, opts, rec)
		default:
			a, err = readText(ctx, f, opts, rec, s.vm)
		}
		if err != nil {
			return err
		}
		all = append(all, a)
	}
	return record(rec, all)
}

// document reads a whole XML or JSON file and remembers where its lines began.
type document struct {
	text   []byte
	starts []start
}

type start struct {
	offset int // in text
	at     collect.Origin
}

func readDocument(ctx context.Context, f *collect.File) (*document, *collect.Lines, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return nil, nil, err
	}
	d := &document{}
	for lines.Next() {
		l := lines.Line()
		d.starts = append(d.starts, start{len(d.text), l.At(f)})
		d.text = append(append(d.text, l.Text...), '\n')
		if len(d.text) > maxBytes || len(d.starts) > 10*maxRows {
			lines.Close()
			return nil, nil, &collect.Error{File: f.Name, Line: l.Number, Offset: l.Offset,
				Err:    fmt.Errorf("%w: the document is longer than %d bytes or %d lines", collect.ErrLimit, maxBytes, 10*maxRows),
				Advice: "check that the file is the answer to one request about SETROPTS"}
		}
	}
	if err := lines.Err(); err != nil {
		lines.Close()
		return nil, nil, err
	}
	return d, lines, nil
}

// at returns the line that holds an offset of the text.
func (d *document) at(offset int64) collect.Origin {
	lo, hi := 0, len(d.starts)
	for hi-lo > 1 {
		mid := (lo + hi) / 2
		if int64(d.starts[mid].offset) <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	if lo < len(d.starts) {
		return d.starts[lo].at
	}
	return collect.Origin{}
}
