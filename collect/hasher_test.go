package collect

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"
)

// Whatever the size of a part and of its lines, the digest is that of the whole.
func TestHasher(t *testing.T) {
	text := bytes.Repeat([]byte("zvm/user/MAINT/class: [\"A\"]\n"), 20_000)
	for _, size := range []int{0, 1, hashedPiece - 1, hashedPiece, hashedPiece + 1, 3*hashedPiece + 7, len(text)} {
		for _, line := range []int{1 + size/3, 29, hashedPiece, 2 * hashedPiece} {
			h := newHasher()
			for rest := text[:size]; len(rest) > 0; {
				n := min(line, len(rest))
				h.add(rest[:n])
				rest = rest[n:]
			}
			if got, want := h.end(), fmt.Sprintf("sha256:%x", sha256.Sum256(text[:size])); got != want {
				t.Errorf("%d bytes in lines of %d: %s, want %s", size, line, got, want)
			}
		}
	}
}
