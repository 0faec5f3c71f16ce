package racf

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// readJSON reads an extract as the sear library returns it: an object with
// profile, base, and traits named base:words_in_lower_case. The library gives
// the passwords of both RVARY functions one name, so that one of them
// overwrites the other; both are unknown then.
func readJSON(ctx context.Context, f *collect.File, opts *collect.Options, out *collect.Recorder) (*answers, error) {
	doc, lines, err := readDocument(ctx, f)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	r := &jsonReader{x: newExtract(out, f), doc: doc, d: json.NewDecoder(bytes.NewReader(doc.text))}
	r.d.UseNumber()
	broken := r.document()
	if r.err != nil {
		return nil, r.err
	}
	if len(r.x.a.got) == 0 {
		return nil, r.nothing(f, broken)
	}
	r.rvary()
	end, why := lines.End(opts)
	reason := ""
	if broken != nil {
		at := doc.at(r.d.InputOffset())
		reason = fmt.Sprintf("the JSON is cut or damaged at line %d", at.Pos)
		out.Warn(f, at.Pos, at.Offset, "%s: %s", reason, clip(broken.Error()))
	}
	r.x.end(broken == nil, reason, lines.Capture(), end, why)
	return r.x.a, nil
}

type jsonReader struct {
	x      *extract
	doc    *document
	d      *json.Decoder
	failed bool // return codes or errors say that the request failed
	err    error
}

var errShape = errors.New("it is not shaped like an extract of RACF options")

// document reads the outer object: profile, return_codes and, of a request that
// failed, errors. It returns the error of JSON that is cut or damaged.
func (r *jsonReader) document() error {
	err := r.object(func(name string) error {
		switch name {
		case "profile":
			return r.object(func(segment string) error {
				if segment != "base" {
					return r.skip()
				}
				return r.object(r.trait)
			})
		case "return_codes":
			return r.object(func(string) error {
				t, err := r.d.Token()
				if n, ok := t.(json.Number); ok && n != "0" {
					r.failed = true
				}
				return err
			})
		case "errors":
			r.failed = true
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the closing bracket")
	}
	return nil
}

func (r *jsonReader) object(member func(name string) error) error {
	if t, err := r.d.Token(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return errShape
	}
	for r.d.More() {
		t, err := r.d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		if err := member(name); err != nil {
			return err
		}
	}
	_, err := r.d.Token()
	return err
}

func (r *jsonReader) skip() error {
	var v json.RawMessage
	return r.d.Decode(&v)
}

// trait reads one field. A list that is cut is not recorded.
func (r *jsonReader) trait(name string) error {
	at := r.doc.at(r.d.InputOffset())
	name = strings.TrimPrefix(name, "base:")
	f := fieldBySear[name]
	if f == nil {
		f = fieldByName[strings.ToUpper(name)]
	}
	if f != nil && f.kind == classes && r.peekArray() {
		return r.list(f, at)
	}
	var v any
	if err := r.d.Decode(&v); err != nil {
		return err
	}
	if err := r.endOfValue(v); err != nil {
		return err
	}
	r.x.out.Read(1)
	if f == nil || f.sear == "" {
		if name == "profile_modelling" {
			name = "MODEL"
		}
		r.x.field(strings.ToUpper(name), at)
		return nil
	}
	data := ""
	switch v := v.(type) {
	case string:
		data = v
	case json.Number:
		data = v.String()
	case bool:
		data = fmt.Sprint(v)
	case nil:
	default:
		data = "?" // a form that nothing accepts
	}
	if f.kind == classes {
		return r.keep(f, r.x.classes(f, members(strings.Fields(data), at)), at)
	}
	if err := r.x.scalar(f, data, at); err != nil {
		r.err = err
		return err
	}
	return nil
}

// endOfValue makes sure that a number was not cut: behind a whole one stands a
// comma or a bracket.
func (r *jsonReader) endOfValue(v any) error {
	if _, isNumber := v.(json.Number); !isNumber {
		return nil
	}
	rest := bytes.TrimLeft(r.doc.text[r.d.InputOffset():], " \t\r\n")
	if len(rest) == 0 {
		return io.ErrUnexpectedEOF
	}
	return nil
}

func (r *jsonReader) peekArray() bool {
	rest := bytes.TrimLeft(r.doc.text[r.d.InputOffset():], " \t\r\n:")
	return len(rest) > 0 && rest[0] == '['
}

// list reads the classes of a field one by one, so that each has its line.
func (r *jsonReader) list(f *field, at collect.Origin) error {
	if _, err := r.d.Token(); err != nil {
		return err
	}
	var found []collect.Member
	for r.d.More() {
		t, err := r.d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		found = append(found, collect.Member{Text: strings.TrimSpace(name), At: r.doc.at(r.d.InputOffset() - 1)})
	}
	if _, err := r.d.Token(); err != nil {
		return err
	}
	r.x.out.Read(1)
	return r.keep(f, r.x.classes(f, found), at)
}

func (r *jsonReader) keep(f *field, n answer, at collect.Origin) error {
	n.at = at
	if err := r.x.put(f, n); err != nil {
		r.err = err
		return err
	}
	return nil
}

// rvary takes back the RVARY password that stands for both.
func (r *jsonReader) rvary() {
	const why = "the extract gives the passwords of both RVARY functions one name, so one of them is lost"
	if _, ok := r.x.a.got["RVARSWPW"]; ok {
		return
	}
	if g, ok := r.x.a.got["RVARSTPW"]; ok {
		g.value = collect.Unknown(why)
		r.x.a.got["RVARSTPW"], r.x.a.got["RVARSWPW"] = g, g
	}
}

// nothing is the error for JSON without options.
func (r *jsonReader) nothing(f *collect.File, broken error) error {
	switch {
	case r.failed:
		return &collect.Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: the extract request was refused", ErrCommandFailed),
			Advice: "give the collecting user READ to FACILITY IRR.RADMIN.SETROPTS.LIST and the authority to list SETROPTS"}
	case broken != nil && !errors.Is(broken, errShape):
		at := r.doc.at(r.d.InputOffset())
		return &collect.Error{File: f.Name, Line: at.Pos, Offset: at.Offset, Err: fmt.Errorf("%w: %s", collect.ErrDamaged, clip(broken.Error())),
			Advice: "the file was cut or changed in transfer: transfer it again as text"}
	}
	return &collect.Error{File: f.Name, Offset: 0, Err: fmt.Errorf("%w: the JSON holds no RACF options", collect.ErrNotRecognised),
		Advice: "give the result of an extract of racf-options, with its object profile"}
}

func members(names []string, at collect.Origin) []collect.Member {
	out := make([]collect.Member, len(names))
	for i, name := range names {
		out[i] = collect.Member{Text: name, At: at}
	}
	return out
}
