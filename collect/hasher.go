package collect

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"sync"
)

// hasher takes the SHA-256 of what a recorder writes. Of a large part it does so
// in a goroutine of its own, a piece behind the writing; most parts are smaller
// than one piece and need none.
type hasher struct {
	sum   hash.Hash
	piece []byte
	todo  chan []byte // nil until the first piece is full
	free  chan []byte
	done  sync.WaitGroup
}

const hashedPiece = 64 << 10

func newHasher() *hasher { return &hasher{sum: sha256.New()} }

func (h *hasher) add(b []byte) {
	h.piece = append(h.piece, b...)
	if len(h.piece) < hashedPiece {
		return
	}
	if h.todo == nil {
		h.todo, h.free = make(chan []byte, 1), make(chan []byte, 2)
		h.free <- nil
		h.free <- nil
		h.done.Go(func() {
			for piece := range h.todo {
				h.sum.Write(piece)
				h.free <- piece[:0]
			}
		})
	}
	h.todo <- h.piece
	h.piece = <-h.free
}

// end returns the digest and ends the goroutine. Nothing can be added any more.
func (h *hasher) end() string {
	if h.todo != nil {
		close(h.todo)
		h.done.Wait()
	}
	h.sum.Write(h.piece)
	return "sha256:" + hex.EncodeToString(h.sum.Sum(nil))
}
