package collect

import (
	"context"
	"hash"
	"io"
	"sync"
)

// A source decodes one piece of a file while the digest of the piece before is
// taken: SHA-256 costs about as much as decoding, and it cannot be spread, since
// each block depends on the one before. Pieces go round in a small ring.

const (
	pieceSize = 256 << 10
	pieces    = 4
)

// digester reads a file and takes its digest in a goroutine of its own, if one is
// wanted.
type digester struct {
	f    *File
	r    io.Reader
	ctx  context.Context
	sum  hash.Hash // nil: no digest is wanted
	cur  []byte    // what was read and not handed on yet; already on its way to sum
	size int       // of a piece
	made int

	todo  chan []byte
	free  chan []byte
	done  chan struct{}
	close func()
}

func newDigester(ctx context.Context, f *File, r io.Reader, sum hash.Hash) *digester {
	if sum == nil {
		return &digester{f: f, r: r, ctx: ctx, close: func() {}}
	}
	d := &digester{f: f, r: r, ctx: ctx, sum: sum, size: pieceSize,
		todo: make(chan []byte, pieces), free: make(chan []byte, pieces), done: make(chan struct{})}
	if f.size >= 0 && f.size < pieceSize {
		d.size = int(f.size) + 1 // and the end is seen with it
	}
	d.close = sync.OnceFunc(func() {
		close(d.todo)
		<-d.done
	})
	go func() {
		defer close(d.done)
		for piece := range d.todo {
			sum.Write(piece)
			d.free <- piece[:cap(piece)]
		}
	}()
	return d
}

// Read implements [io.Reader].
func (d *digester) Read(b []byte) (int, error) {
	if err := d.ctx.Err(); err != nil {
		return 0, err
	}
	if d.sum == nil {
		return d.read(b)
	}
	var err error
	if len(d.cur) == 0 {
		if d.cur, err = d.next(); len(d.cur) == 0 {
			return 0, err
		}
	}
	n := copy(b, d.cur)
	d.cur = d.cur[n:]
	if len(d.cur) > 0 {
		err = nil // comes again: readers say io.EOF and errors twice
	}
	return n, err
}

// next reads a piece and sends it to be digested. All of the piece before was
// handed on, so it may be in use by the digest only.
func (d *digester) next() ([]byte, error) {
	var piece []byte
	if d.made < pieces {
		select {
		case piece = <-d.free:
		default:
			piece = make([]byte, d.size)
			d.made++
		}
	} else {
		piece = <-d.free
	}
	n, err := d.read(piece)
	if n > 0 {
		d.todo <- piece[:n]
	} else {
		d.free <- piece
	}
	return piece[:n], err
}

// read reads from the file and says how far it has come.
func (d *digester) read(b []byte) (int, error) {
	n, err := d.r.Read(b)
	if n > 0 {
		d.f.info.Size += int64(n)
		if d.f.opts != nil && d.f.opts.Progress != nil {
			d.f.opts.Progress(int64(n))
		}
	}
	if err != nil && err != io.EOF {
		err = d.f.wrap(err)
	}
	return n, err
}

// digested is the content of a file whose digest is taken while it is read.
type digested struct {
	io.ReadCloser
	d *digester
}

func (s *digested) Close() error {
	s.d.close()
	return s.ReadCloser.Close()
}
