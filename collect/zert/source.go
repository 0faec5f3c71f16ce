package zert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/smf"
)

// SMF returns the source zert-smf, which reads SMF dumps.
func SMF() collect.Source { return smfSource{} }

type smfSource struct{}

func (smfSource) Info() collect.Info {
	return collect.Info{
		Name:     "zert-smf",
		Platform: "zos",
		Title:    "z/OS zERT records (SMF 119 subtypes 12 and 11)",
		View:     collect.Watched,
		Prefixes: []collect.Key{"zert"},
		Records:  true,
	}
}

// Recognise looks for an SMF framing; a dump with a summary record in its head
// is certain. A dump that was damaged in transfer is claimed too, because only
// this source can say what happened to it.
func (smfSource) Recognise(head *collect.Head) collect.Confidence {
	r := smf.NewReader(bytes.NewReader(head.Raw), maxRecord(nil))
	if _, err := r.Detect(); err != nil {
		var t *smf.Transfer
		if errors.As(err, &t) && t.SMF && len(head.Text) == 0 {
			return collect.Likely
		}
		return collect.No
	}
	for {
		rec, err := r.Next()
		if err != nil {
			return collect.Likely
		}
		if len(rec.Data) >= smf.Header && smf.Type(rec.Data) == recordType {
			return collect.Certain
		}
	}
}

func maxRecord(opts *collect.Options) int {
	if opts == nil || opts.Limits.Line == 0 {
		return 1 << 20
	}
	return opts.Limits.Line
}

func (smfSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	size := int64(0)
	for _, f := range files {
		if f.Size() < 0 {
			size = -1
			break
		}
		size += f.Size()
	}
	c, err := newCollection(opts)
	if err != nil {
		return err
	}
	ends := make([]fileEnd, len(files))
	for i, f := range files {
		if ends[i], err = c.file(ctx, f); err != nil {
			return err
		}
	}
	if len(c.systems) == 0 {
		for _, e := range ends {
			if e.err != nil {
				return e.err
			}
		}
		return &collect.Error{File: files[0].Name, Offset: -1, Err: fmt.Errorf("%w: holds no SMF record", collect.ErrEmpty),
			Advice: "look at the output of the dump job"}
	}
	c.carryAll()
	c.resolve()
	c.cache, c.repeat, c.byBytes, c.byKey = cache[session]{}, window{}, nil, nil
	if size < 0 || size > 64<<20 {
		// Cache and window are half of what is held. Collected now, they make
		// room for the facts; otherwise these would be laid down beside them.
		runtime.GC()
	}
	return c.emit(ctx, files, ends, out)
}

// fileEnd says how the reading of one file ended.
type fileEnd struct {
	state  collect.State
	reason string
	err    *collect.Error // what to return when no file holds anything sound
	lost   int64          // records that were cut or damaged
	pad    int64          // offset of padding, -1
}

// file reads one dump. Errors are those of reading and cancelling; what is wrong
// with the dump itself is in the fileEnd.
func (c *collection) file(ctx context.Context, f *collect.File) (fileEnd, error) {
	stream, err := f.Open(ctx)
	if err != nil {
		return fileEnd{}, err
	}
	defer stream.Close()
	end, err := c.dump(stream, f)
	if err != nil {
		return end, err
	}
	// Behind damage that ends the reading, the rest still belongs to the digest.
	_, err = io.Copy(io.Discard, stream)
	return end, err
}

// dump reads the stream of one dump, up to its end or to damage that hides the
// rest.
func (c *collection) dump(stream io.Reader, f *collect.File) (fileEnd, error) {
	d := newReading(stream, maxRecord(c.opts), c.seeds)
	d.touch = c.cache.touch
	end := fileEnd{pad: -1}
	framing, err := smf.NoRDW, error(nil)
	if c.opts.NoRDW {
		d.WithoutRDW()
	} else {
		framing, err = d.Detect()
	}
	var transfer *smf.Transfer
	switch {
	case errors.Is(err, io.EOF):
		end.err = &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrEmpty, Advice: "look at the output of the dump job, then transfer the dump again"}
	case errors.As(err, &transfer):
		kind := collect.ErrNotRecognised
		if transfer.SMF {
			kind = collect.ErrDamaged
		}
		end.err = &collect.Error{File: f.Name, Offset: 0, Err: fmt.Errorf("%w: %s", kind, transfer.Cause), Advice: transfer.Advice}
	case err != nil:
		return end, err
	}
	if end.err != nil {
		end.state, end.reason = collect.Partial, f.Describe(end.err)
		return end, nil
	}
	f.SetEncoding("smf " + framing.String())
	return end, c.records(d, f, &end)
}

// bounds follows the records that the dump program writes around a dump.
type bounds struct {
	open    bool // behind a header, before its trailer
	pairs   int
	outside bool // a record lay outside of a pair
}

func (b *bounds) record(rec []byte) {
	if len(rec) < smf.ShortHeader {
		return
	}
	switch smf.Type(rec) {
	case smf.TypeDumpHeader:
		b.outside = b.outside || b.open
		b.open = true
	case smf.TypeDumpTrailer:
		if b.open {
			b.pairs++
		}
		b.outside = b.outside || !b.open
		b.open = false
	default:
		b.outside = b.outside || !b.open
	}
}

// whole reports whether every record lay between a header and its trailer, and
// otherwise why that proves nothing.
func (b *bounds) whole() (bool, string) {
	switch {
	case b.open:
		return false, "the dump has a header (type 2) but no trailer record (type 3): nothing proves that it did not stop early"
	case b.outside || b.pairs == 0:
		return false, "the dump does not begin with a header (type 2) and end with a trailer record (type 3): nothing proves that it did not stop early"
	}
	return true, ""
}

// records takes the records of one dump and says how it ended.
func (c *collection) records(d *reading, f *collect.File, end *fileEnd) error {
	var first *smf.Damage
	err := d.each(func(it *item) error {
		if it.err != nil {
			end.lost++
			if first == nil {
				first = it.err.(*smf.Damage)
			}
			return nil
		}
		at := place{int32(f.Index()), it.Number, it.Offset}
		if it.plain {
			c.interval(&it.summary, it.Data, at)
			return nil
		}
		c.record(it.Data, at)
		return nil
	})
	if err != nil {
		return err
	}
	end.pad = d.Padding()
	whole, why := d.bounds.whole()
	switch {
	case first != nil:
		kind := collect.ErrDamaged
		if first.Limit {
			kind = collect.ErrLimit
		}
		end.err = &collect.Error{File: f.Name, Line: first.Number, Record: true, Offset: first.Offset,
			Err:    fmt.Errorf("%w: %s; likely cause: %s", kind, first.What, first.Cause),
			Advice: "transfer the dump again in binary mode with its record descriptor words, and compare the size with that of the data set"}
		end.state = collect.Partial
		end.reason = f.Describe(end.err)
		if end.lost > 1 {
			end.reason += fmt.Sprintf(" (and %d more places)", end.lost-1)
		}
	case whole:
		end.state = collect.Complete
	case end.pad >= 0:
		end.state = collect.Partial
		end.reason = fmt.Sprintf("%s: zeros fill the file from offset %d to its end and no trailer record stands before them", f.Name, end.pad)
	case c.opts.AssertComplete:
		end.state, end.reason = collect.Complete, "asserted by the configuration"
	default:
		end.state, end.reason = collect.Open, why
	}
	return nil
}
