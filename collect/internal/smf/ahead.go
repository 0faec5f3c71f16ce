package smf

import "io"

// Ahead reads from another reader in a goroutine of its own, so that reading and
// digesting a file goes on while its records are decoded.
type Ahead struct {
	full  chan chunk
	empty chan []byte
	stop  chan struct{}
	cur   chunk
	off   int
}

type chunk struct {
	data []byte
	err  error
}

// NewAhead starts reading r, three buffers of size bytes ahead at most. The
// caller must call [Ahead.Stop] before it closes r.
func NewAhead(r io.Reader, size int) *Ahead {
	const buffers = 3
	a := &Ahead{full: make(chan chunk, buffers), empty: make(chan []byte, buffers), stop: make(chan struct{})}
	for range buffers {
		a.empty <- make([]byte, size)
	}
	go a.run(r)
	return a
}

func (a *Ahead) run(r io.Reader) {
	defer close(a.full)
	for {
		var buf []byte
		select {
		case buf = <-a.empty:
		case <-a.stop:
			return
		}
		n, err := r.Read(buf[:cap(buf)])
		select {
		case a.full <- chunk{buf[:n], err}:
		case <-a.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

// Read implements [io.Reader].
func (a *Ahead) Read(b []byte) (int, error) {
	for a.off == len(a.cur.data) {
		if a.cur.err != nil {
			return 0, a.cur.err
		}
		if a.cur.data != nil {
			a.empty <- a.cur.data
		}
		a.cur, a.off = <-a.full, 0
	}
	n := copy(b, a.cur.data[a.off:])
	a.off += n
	return n, nil
}

// Stop ends the reading and returns when r is no longer in use.
func (a *Ahead) Stop() {
	close(a.stop)
	for range a.full {
	}
}
