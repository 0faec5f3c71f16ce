package racf

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// readXML reads the result of IRRSMO00: the listing stands in the messages of a
// command, one line each. The declared encoding is that of the host; by now the
// text is UTF-8.
func readXML(ctx context.Context, f *collect.File, opts *collect.Options, out *collect.Recorder, vm bool) (*answers, error) {
	doc, lines, err := readDocument(ctx, f)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	g := &gather{out: out, f: f}
	x := xmlReader{g: g, doc: doc}
	broken := x.read()
	if x.err != nil {
		return nil, x.err
	}
	if !x.known {
		return nil, &collect.Error{File: f.Name, Offset: 0, Err: fmt.Errorf("%w: not a result of IRRSMO00", collect.ErrNotRecognised),
			Advice: "the file should begin with the element securityresult; what is here may be an error page of a gateway"}
	}
	if !g.begun {
		return nil, x.nothing(broken)
	}
	p := newListing(out, f, vm)
	g.read(p)
	if broken != nil {
		out.Warn(f, broken.Line, broken.Offset, "%v", broken.Err)
	}
	end, why := lines.End(opts)
	g.conclude(p, lines.Capture(), end, why)
	if broken != nil && p.a.state == collect.Partial {
		p.a.reason = "the XML is cut or damaged: " + p.a.reason
	}
	return p.a, p.err
}

type xmlReader struct {
	g      *gather
	doc    *document
	known  bool
	codes  []string // return codes that are not zero
	err    error
	inside []string
	text   strings.Builder
	start  int64
}

// read feeds the messages to the gatherer. It returns where and how the XML
// broke off, nil when it ended well.
func (x *xmlReader) read() *collect.Error {
	d := xml.NewDecoder(bytes.NewReader(x.doc.text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(x.inside) == 0 {
			return nil
		}
		if err != nil {
			at := x.doc.at(d.InputOffset())
			return &collect.Error{File: x.g.f.Name, Line: at.Pos, Offset: at.Offset, Err: fmt.Errorf("the XML stops being readable: %v", clip(err.Error()))}
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(x.inside) == 0 {
				x.known = t.Name.Local == "securityresult"
			}
			x.inside = append(x.inside, t.Name.Local)
			x.text.Reset()
			x.start = d.InputOffset()
			if len(x.inside) > 100 {
				at := x.doc.at(x.start)
				x.err = &collect.Error{File: x.g.f.Name, Line: at.Pos, Offset: at.Offset, Err: fmt.Errorf("%w: elements are nested too deep", collect.ErrDamaged),
					Advice: "check that the file is a result of IRRSMO00"}
				return nil
			}
		case xml.CharData:
			x.text.Write(t)
		case xml.EndElement:
			if x.err = x.end(t.Name.Local); x.err != nil {
				return nil
			}
			x.inside = x.inside[:len(x.inside)-1]
		}
	}
}

func (x *xmlReader) end(name string) error {
	text := x.text.String()
	x.text.Reset()
	switch name {
	case "message":
		at := x.doc.at(x.start)
		for line := range strings.SplitSeq(text, "\n") {
			if err := x.g.line(row{raw: line, at: at, terminated: true}); err != nil {
				return err
			}
		}
	case "command":
		x.g.over = x.g.begun
	case "safreturncode", "returncode", "reasoncode":
		if text = strings.TrimSpace(text); text != "" && strings.Trim(text, "0") != "" {
			if n, ok := count(text); ok {
				x.codes = append(x.codes, fmt.Sprintf("%s %d", name, n))
			}
		}
	}
	return nil
}

// nothing is the error for a result without a listing.
func (x *xmlReader) nothing(broken *collect.Error) error {
	switch {
	case x.g.failed != nil:
		return x.g.failed.error(x.g.f)
	case len(x.codes) > 0:
		return &collect.Error{File: x.g.f.Name, Offset: -1, Err: fmt.Errorf("%w: IRRSMO00 returned %s", ErrCommandFailed, strings.Join(x.codes, ", ")),
			Advice: "give the collecting user READ to IRR.IRRSMO00.PRECHECK and the authority to list SETROPTS, and look at the messages in the file"}
	case broken != nil:
		broken.Err = fmt.Errorf("%w: %v", collect.ErrDamaged, broken.Err)
		broken.Advice = "the transfer was cut or changed the text: transfer it again as text"
		return broken
	}
	return x.g.nothing()
}
