package ibmi

import (
	"bytes"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/irondrift/irondrift/collect/internal/csvsplit"
)

// defaultBlock is the size of the pieces in which a file is read.
const defaultBlock = 128 << 10

// A pipeline reads a file with several goroutines: one reads blocks and takes
// the digest, some make entries of them, and one for each partition counts the
// entries, in the order of the file. So what comes out does not depend on how
// many there are, nor on where the file is cut.
//
// A block ends where a row ends, as far as its quotes tell. Whoever splits it
// finds out whether that was right; if not, the pipeline stops there, and what
// follows is read as one stream.
type pipeline struct {
	tally *tally
	size  int // of a block
	cut   func([]byte) int
	parse func() func(*block) // makes a function for one goroutine

	order [partitions]chan *block
	free  chan *block
	stop  chan struct{}
	once  sync.Once
}

// stretch is what a pipeline did not read: where it begins, in lines and bytes
// of the file, and the bytes.
type stretch struct {
	line, offset int64
	rest         io.Reader
}

// run reads s as far as it can and returns what is left.
func (p *pipeline) run(s stretch) stretch {
	workers := min(max(runtime.GOMAXPROCS(0), 1), 8)
	blocks := 2*workers + partitions
	p.free, p.stop = make(chan *block, blocks), make(chan struct{})
	work := make(chan *block, blocks)
	for i := range p.order {
		p.order[i] = make(chan *block, blocks)
	}
	for range blocks {
		p.free <- &block{parsed: make(chan struct{}, partitions)}
	}
	var readers, counters sync.WaitGroup
	for range workers {
		readers.Go(func() {
			parse := p.parse()
			for b := range work {
				parse(b)
				for range partitions {
					b.parsed <- struct{}{}
				}
			}
		})
	}
	var rest io.Reader
	readers.Go(func() {
		rest = p.read(s, work)
		close(work)
		for i := range p.order {
			close(p.order[i])
		}
	})
	var ends [partitions]stretch
	for i := range partitions {
		counters.Go(func() { ends[i] = p.count(i, s) })
	}
	counters.Wait()
	p.once.Do(func() { close(p.stop) })
	readers.Wait()

	end := ends[0]
	left := []io.Reader{}
	if end.rest != nil {
		left = append(left, end.rest)
	}
	for b := range p.order[0] {
		left = append(left, bytes.NewReader(b.data))
	}
	end.rest = io.MultiReader(append(left, rest)...)
	return end
}

// read reads blocks until the end of the stream, or until a block cannot be cut
// or the pipeline stops. It returns what it has read and not sent, and what is
// behind that.
func (p *pipeline) read(s stretch, work chan<- *block) io.Reader {
	var carry []byte
	offset := s.offset
	for {
		var b *block
		select {
		case <-p.stop:
			return io.MultiReader(bytes.NewReader(carry), s.rest)
		case b = <-p.free:
		}
		if b.buffer == nil {
			b.buffer = make([]byte, p.size)
		}
		if len(carry) >= len(b.buffer) {
			return io.MultiReader(bytes.NewReader(carry), s.rest)
		}
		copy(b.buffer, carry)
		n, err := io.ReadFull(s.rest, b.buffer[len(carry):])
		data := b.buffer[:len(carry)+n]
		end := p.cut(data)
		carry = append(carry[:0], data[end:]...)
		if end > 0 {
			b.data, b.offset = data[:end], offset
			b.holders.Store(partitions)
			offset += int64(end)
			work <- b
			for i := range p.order {
				p.order[i] <- b
			}
		}
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return bytes.NewReader(carry)
		case err != nil:
			return io.MultiReader(bytes.NewReader(carry), failing{err})
		case end == 0:
			return io.MultiReader(bytes.NewReader(carry), s.rest)
		}
	}
}

// failing is a stream that ended with an error.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// count counts the entries of one partition. It returns where it ended, and the
// rest of the block in which a row did not end.
func (p *pipeline) count(partition int, s stretch) stretch {
	a := p.tally.parts[partition]
	line, offset := s.line, s.offset
	for b := range p.order[partition] {
		<-b.parsed
		a.takeBlock(b, partition, line)
		line, offset = line+b.lines, b.offset+int64(b.end)
		if b.end < len(b.data) {
			p.once.Do(func() { close(p.stop) })
			return stretch{line, offset, bytes.NewReader(b.data[b.end:])}
		}
		if b.holders.Add(-1) == 0 {
			p.free <- b
		}
	}
	return stretch{line: line, offset: offset}
}

// block is a piece of a file and the entries in it.
type block struct {
	buffer []byte
	data   []byte
	offset int64 // in the file
	// Set by whoever parses it: the entries in the order of the file and those
	// of each partition, the lines or records, and where the last of them ends.
	entries []entry
	by      [partitions][]uint32
	lines   int64
	end     int
	parsed  chan struct{} // once for each partition
	holders atomic.Int32  // partitions that still need it
}

// reset prepares for the entries of other data.
func (b *block) reset() {
	b.entries = b.entries[:0]
	for i := range b.by {
		b.by[i] = b.by[i][:0]
	}
}

// next returns an empty entry at the end.
func (b *block) next() *entry {
	b.entries = append(b.entries, entry{})
	return &b.entries[len(b.entries)-1]
}

// add gives the last entry to its partition.
func (b *block) add(e *entry) {
	to := &b.by[e.partition()]
	*to = append(*to, uint32(len(b.entries)-1))
}

// textParser returns a function that makes entries of the rows of a block. It
// stops at what may be a line of the capture header when there is one.
func textParser(p *parser, rows *csvsplit.Reader, captured bool) func(*block) {
	return func(b *block) {
		b.reset()
		rows.Part(b.data)
		for rows.Next() {
			rec := rows.Record()
			if captured && bytes.HasPrefix(rec.Raw(), capturePrefix) {
				b.lines, b.end = rec.Line-1, int(rec.Offset)
				return
			}
			e := b.next()
			p.record(rec, e)
			b.add(e)
		}
		b.lines, b.end = rows.Line(), int(rows.Offset())
	}
}

// recordParser returns a function that makes entries of the raw records of a
// block.
func recordParser(p *parser, o *outfile) func(*block) {
	return func(b *block) {
		b.reset()
		for at := 0; at+o.length <= len(b.data); at += o.length {
			e := b.next()
			e.line, e.offset = uint32(at/o.length)+1, uint32(at)
			p.rawRecord(o.layout, b.data[at:at+o.length], e)
			b.add(e)
		}
		b.lines, b.end = int64(len(b.data)/o.length), len(b.data)
	}
}
