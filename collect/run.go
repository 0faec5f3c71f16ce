package collect

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Output gives a source one recorder for each system it finds.
type Output struct {
	info      Info
	files     []*File
	opts      *Options
	recorders map[string]*Recorder
}

// Part returns the recorder of a system as the records name it. Sources whose
// extracts do not name the system pass "".
func (o *Output) Part(system string) *Recorder {
	r := o.recorders[system]
	if r == nil {
		r = newRecorder(system, o.info, o.files, o.opts)
		o.recorders[system] = r
	}
	return r
}

// Run lets src read files and returns one part for each system found, sorted by
// system. With opts.System it returns that system's part only.
func Run(ctx context.Context, src Source, files []*File, opts *Options) (parts []*Part, err error) {
	if len(files) == 0 {
		return nil, errors.New("no files to collect")
	}
	info := src.Info()
	for i, f := range files {
		f.index, f.opts, f.secret = i, opts, info.Secrets
	}
	out := &Output{info: info, files: files, opts: opts, recorders: map[string]*Recorder{}}
	defer func() {
		for _, r := range out.recorders {
			r.sorter.Close()
		}
	}()
	if err := src.Collect(ctx, files, opts, out); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.info.Size < 0 {
			return nil, fmt.Errorf("internal error: source %s did not read %s", info.Name, f.Name)
		}
	}
	chosen, err := out.choose()
	if err != nil {
		return nil, err
	}
	for _, named := range slices.Sorted(maps.Keys(chosen)) {
		id := chosen[named]
		p, err := out.recorders[named].finish(id.system, id.from)
		if err != nil {
			for _, q := range parts {
				q.Close()
			}
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

type identity struct{ system, from string }

// choose decides which recorders become parts, and under which name: the name
// in the records, else that of the capture header, else the asserted one. Two
// of them that disagree are an error unless the extract holds one system only
// and its records use another name for it.
func (o *Output) choose() (map[string]identity, error) {
	want := o.opts.System
	captured := ""
	for _, f := range o.files {
		if c := f.Capture(); c != nil && c.System != "" {
			if captured != "" && captured != c.System {
				return nil, &Error{File: f.Name, Offset: -1, Err: fmt.Errorf("its capture header says system %s, that of another file %s", c.System, captured),
					Advice: "collect the files of each system on their own"}
			}
			captured = c.System
		}
	}
	if want != "" && captured != "" && !o.opts.knows(captured) {
		return nil, &Error{File: o.files[0].Name, Offset: -1,
			Err:    fmt.Errorf("its capture header says system %s, but it was given as %s", captured, want),
			Advice: "correct the system name in the configuration or after --system, or the capture job"}
	}
	chosen := map[string]identity{}
	for named := range o.recorders {
		switch {
		case named == "" && captured != "":
			chosen[named] = identity{cmp.Or(want, captured), FromCapture}
		case named == "":
			from := o.opts.SystemFrom
			if want == "" {
				from = FromNowhere
			}
			chosen[named] = identity{want, from}
		case want == "" || o.opts.knows(named):
			chosen[named] = identity{cmp.Or(want, named), FromRecords}
		}
	}
	if len(chosen) > 0 {
		return chosen, nil
	}
	names := slices.Sorted(maps.Keys(o.recorders))
	if len(names) == 1 {
		r := o.recorders[names[0]]
		r.Warn(o.files[0], 0, 0, "the records name the system %s; it was given as %s", names[0], want)
		return map[string]identity{names[0]: {want, o.opts.SystemFrom}}, nil
	}
	if len(names) == 0 {
		return nil, &Error{File: o.files[0].Name, Offset: -1, Err: errors.New("holds no record of any system"), Advice: "check that the extract covers the night and was not emptied in transfer"}
	}
	return nil, &Error{File: o.files[0].Name, Offset: -1, Err: fmt.Errorf("holds systems %s, but not %s", strings.Join(names, ", "), want),
		Advice: "name one of them with --system"}
}

// knows reports whether name is the wanted system or another name of it.
func (o *Options) knows(name string) bool {
	same := func(s string) bool { return strings.EqualFold(s, name) }
	return same(o.System) || slices.ContainsFunc(o.Names, same)
}

// digest identifies everything in the options that can change a fact.
func (o *Options) digest() string {
	b, err := json.Marshal(o)
	if err != nil {
		panic("internal error: options: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Recognise returns the source that reads the file head best. It is an error
// when none or more than one is equally sure.
func Recognise(sources []Source, head *Head) (Source, error) {
	var best []Source
	confidence := Possible
	for _, s := range sources {
		switch c := s.Recognise(head); {
		case c > confidence:
			best, confidence = []Source{s}, c
		case c == confidence && c > No:
			best = append(best, s)
		}
	}
	if len(best) == 1 {
		return best[0], nil
	}
	var names []string
	for _, s := range best {
		names = append(names, s.Info().Name)
	}
	if len(best) > 1 {
		return nil, &Error{File: head.Name, Offset: -1, Err: fmt.Errorf("%w: could be %s", ErrNotRecognised, strings.Join(names, " or ")),
			Advice: "name the source: irondrift collect " + names[0] + " " + head.Name}
	}
	advice := "name the source, and check the file: it may be empty of records, cut at the start, or translated in transfer"
	switch {
	case head.Text == nil:
		advice = "it is binary and starts with no record of a known kind; SMF dumps must be transferred in binary with their record descriptor words"
	case LooksEBCDIC(head.Raw):
		advice = "it looks like EBCDIC: if it is text, name its code page with --code-page; if it is a dump, it went through a text transfer and must be transferred again in binary; a save file of IBM i can be read there only"
	}
	return nil, &Error{File: head.Name, Offset: 0, Err: ErrNotRecognised, Advice: advice}
}
