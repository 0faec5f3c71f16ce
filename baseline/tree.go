package baseline

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/irondrift/irondrift/collect"
)

// Head names the state of a ledger: how many records it has, and the root of
// the Merkle tree over them (RFC 6962, section 2.1, SHA-256). Whoever keeps a
// head can show later that a record was changed or taken away.
type Head struct {
	Size int64
	Hash [32]byte
}

// headMark begins a printed head.
const headMark = "irondrift-head"

// String returns the head in the form that reports print and [ParseHead] reads:
// irondrift-head 42 sha256:...
func (h Head) String() string {
	return fmt.Sprintf("%s %d %s", headMark, h.Size, digestName(h.Hash[:]))
}

// ParseHead reads a printed head.
func ParseHead(s string) (Head, error) {
	bad := func(why string) (Head, error) {
		return Head{}, &collect.Error{Offset: -1, Err: fmt.Errorf("head %q: %s", s, why),
			Advice: "give it as the report prints it: irondrift-head 42 sha256:..."}
	}
	f := strings.Fields(s)
	if len(f) != 3 || f[0] != headMark {
		return bad("is not of the form irondrift-head SIZE DIGEST")
	}
	n, err := strconv.ParseInt(f[1], 10, 64)
	if err != nil || n < 0 {
		return bad("the size is not a number of records")
	}
	sum, err := parseDigest(f[2])
	if err != nil {
		return bad(err.Error())
	}
	return Head{Size: n, Hash: sum}, nil
}

// digestName writes a SHA-256 as "sha256:" and 64 lower-case digits.
func digestName(sum []byte) string { return "sha256:" + hex.EncodeToString(sum) }

func parseDigest(s string) (sum [32]byte, err error) {
	digits, ok := strings.CutPrefix(s, "sha256:")
	if !ok || len(digits) != 64 || strings.ToLower(digits) != digits {
		return sum, errors.New("the digest is not sha256: and 64 lower-case hexadecimal digits")
	}
	if _, err := hex.Decode(sum[:], []byte(digits)); err != nil {
		return sum, errors.New("the digest is not sha256: and 64 lower-case hexadecimal digits")
	}
	return sum, nil
}

// tree is a Merkle tree that grows at its end. It keeps the roots of the
// complete subtrees only, the largest first: one for each bit of its size. That
// is enough to add records and to tell the root, and little enough to stand in
// every record, so that each record vouches for all before it.
type tree struct {
	size  int64
	peaks []tlog.Hash
}

// add appends a record. The receiver's peaks are not changed.
func (t tree) add(record []byte) tree {
	peaks := append(make([]tlog.Hash, 0, len(t.peaks)+1), t.peaks...)
	h := tlog.RecordHash(record)
	for n := t.size; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(peaks[len(peaks)-1], h)
		peaks = peaks[:len(peaks)-1]
	}
	return tree{size: t.size + 1, peaks: append(peaks, h)}
}

// head returns size and root. The root of no records is the hash of nothing.
func (t tree) head() Head {
	if len(t.peaks) == 0 {
		return Head{Hash: emptyRoot}
	}
	root := t.peaks[len(t.peaks)-1]
	for i := len(t.peaks) - 2; i >= 0; i-- {
		root = tlog.NodeHash(t.peaks[i], root)
	}
	return Head{Size: t.size, Hash: root}
}
