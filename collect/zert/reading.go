package zert

import (
	"hash/maphash"
	"io"
	"runtime"
	"sync"

	"github.com/irondrift/irondrift/collect/internal/smf"
)

// A dump is read in three stages that work at the same time. One goroutine cuts
// the file into records, a buffer of them at a time; several take out of each
// record what needs no other, which is most of the work; the caller gets them in
// the order of the dump and adds them up. So the result does not depend on how
// many processors there are.

// reading is an SMF dump being read.
type reading struct {
	*smf.Reader
	touch  func([]item) uint64 // if not nil: called before each is called for items
	bounds bounds              // known when all was read
	seeds  [2]maphash.Seed

	cur     *batch
	made    int
	free    chan *batch
	work    chan *batch // to be taken apart, in any order
	ordered chan *batch
	stop    chan struct{}
	stopped bool
}

// batch are the records that begin in one buffer, and the last reading error.
type batch struct {
	buf   []byte
	items []item
	ready chan struct{} // holds one when the items were taken apart
}

// add makes an item; what the second stage fills in keeps its old value.
func (b *batch) add(rec smf.Record, err error) {
	n := len(b.items)
	if n == cap(b.items) {
		b.items = append(b.items, item{})
	}
	b.items = b.items[:n+1]
	b.items[n].Record, b.items[n].err = rec, err
}

// item is one record, or what [smf.Reader.Next] had to say instead.
type item struct {
	smf.Record
	err     error
	plain   bool    // summary is filled in
	summary summary // of a sound interval record
}

// batches bounds the buffers that are in use at the same time.
func batches() int { return 2*runtime.GOMAXPROCS(0) + 2 }

// newReading returns the reading of a dump whose framing is to be detected, and
// whose records may have max bytes.
func newReading(file io.Reader, max int, seeds [2]maphash.Seed) *reading {
	n := batches()
	r := &reading{Reader: smf.NewReader(file, max), seeds: seeds, stop: make(chan struct{}),
		free: make(chan *batch, n), work: make(chan *batch, n), ordered: make(chan *batch, n)}
	r.Keep(r.fresh)
	return r
}

// each calls take for every record, and for every damage between them, in the
// order of the dump, until the end, damage that hides the rest, or an error: of
// take, or of reading. What take is given is valid during the call.
func (r *reading) each(take func(*item) error) error {
	var wg sync.WaitGroup
	wg.Go(r.cut)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(r.takeApart)
	}
	err := r.inOrder(take)
	if err != nil {
		close(r.stop)
		for range r.ordered {
		}
	}
	wg.Wait()
	return err
}

func (r *reading) inOrder(take func(*item) error) error {
	for b := range r.ordered {
		<-b.ready
		if r.touch != nil {
			r.touch(b.items)
		}
		for i := range b.items {
			it := &b.items[i]
			if it.err != nil {
				if it.err == io.EOF {
					continue
				}
				if _, damaged := it.err.(*smf.Damage); !damaged {
					return it.err
				}
			}
			if err := take(it); err != nil {
				return err
			}
		}
		b.items = b.items[:0]
		r.free <- b
	}
	return nil
}

// cut is the first stage.
func (r *reading) cut() {
	defer close(r.ordered)
	defer close(r.work)
	for !r.stopped {
		rec, err := r.Next()
		if err == nil {
			r.bounds.record(rec.Data)
		}
		r.cur.add(rec, err)
		if damage, ok := err.(*smf.Damage); err != nil && (!ok || damage.Fatal) {
			r.send()
			return
		}
	}
}

// send hands the records of the current buffer on. The channels have room for
// all batches there are.
func (r *reading) send() {
	r.work <- r.cur
	r.ordered <- r.cur
}

// fresh hands on what was cut from the buffer before and returns the next one.
func (r *reading) fresh() []byte {
	if r.cur != nil {
		if len(r.cur.items) == 0 {
			return r.cur.buf
		}
		r.send()
	}
	r.cur = r.next()
	return r.cur.buf
}

// next returns an empty batch. It waits for one when all are in use.
func (r *reading) next() *batch {
	if r.made < cap(r.free) {
		r.made++
		return newBatch()
	}
	select {
	case b := <-r.free:
		return b
	case <-r.stop:
		r.stopped = true
		return newBatch() // which nobody sees
	}
}

func newBatch() *batch {
	return &batch{buf: make([]byte, smf.BufferSize), ready: make(chan struct{}, 1)}
}

// takeApart is the second stage.
func (r *reading) takeApart() {
	t := taker{seeds: r.seeds}
	for b := range r.work {
		for i := range b.items {
			it := &b.items[i]
			it.plain = it.err == nil && t.interval(it.Data, &it.summary)
		}
		b.ready <- struct{}{}
	}
}
