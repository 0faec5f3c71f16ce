package baseline

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// recordFormat is the version of the envelope around the payload of a record.
const recordFormat = 1

var emptyRoot = sha256.Sum256(nil)

// Kinds of ledger records. A kind that a program does not know is kept, chained
// and verified like any other.
const (
	kindCreated  = "store created"
	kindParts    = "parts stored"
	kindProposal = "approval proposed"
	kindApproval = "approved"
	kindRun      = "run"
)

// Record is one entry of the ledger. Its file holds one line of JSON in exactly
// one possible form: the members in this order, without blanks, and behind them
// "digest", the SHA-256 of everything in front of it. So a changed byte shows
// even in the last record, which no other record vouches for yet.
type Record struct {
	Format   int    `json:"format"`
	Number   int64  `json:"number"` // from 1, without holes
	Time     string `json:"time"`   // RFC 3339, UTC
	Previous string `json:"previous"`
	// Tree are the roots of the complete subtrees over all records before this
	// one, the largest first.
	Tree    []string        `json:"tree"`
	Kind    string          `json:"kind"`
	Payload json.RawMessage `json:"payload"`
}

const digestMember = `,"digest":"`

// encode returns the bytes of the record's file.
func (r *Record) encode() ([]byte, error) {
	if r.Tree == nil {
		r.Tree = []string{}
	}
	b, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	b = b[:len(b)-1]
	sum := sha256.Sum256(b)
	b = append(b, digestMember...)
	b = append(b, digestName(sum[:])...)
	return append(b, "\"}\n"...), nil
}

// decodeRecord reads the bytes of a record's file. It accepts nothing that
// encode would not write.
func decodeRecord(b []byte) (*Record, error) {
	i := bytes.LastIndex(b, []byte(digestMember))
	if i < 0 {
		return nil, errors.New("is cut off or not a ledger record: its digest is missing")
	}
	sum := sha256.Sum256(b[:i])
	if want := digestMember + digestName(sum[:]) + "\"}\n"; string(b[i:]) != want {
		return nil, errors.New("one or more bytes changed: its digest does not match")
	}
	body := append(append(make([]byte, 0, i+1), b[:i]...), '}')
	r := &Record{}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(r); err != nil {
		return nil, fmt.Errorf("is not a ledger record: %w", err)
	}
	if r.Format != recordFormat {
		return nil, fmt.Errorf("has format %d; this version reads %d", r.Format, recordFormat)
	}
	again, err := r.encode()
	if err != nil || !bytes.Equal(again, b) {
		return nil, errors.New("is not written the way a ledger record is")
	}
	if t, err := time.Parse(time.RFC3339, r.Time); err != nil || t.UTC().Format(time.RFC3339) != r.Time {
		return nil, fmt.Errorf("time %q is not RFC 3339 in UTC", r.Time)
	}
	return r, nil
}

// follows checks that r is the record that comes next in a ledger whose records
// make the tree t and whose last record has the digest previous.
func (r *Record) follows(t tree, previous string) error {
	switch {
	case r.Number != t.size+1:
		return fmt.Errorf("says that it is record %d", r.Number)
	case r.Previous != previous:
		return fmt.Errorf("the chain is broken: it follows a record with digest %s, but the one before has %s", r.Previous, previous)
	case len(r.Tree) != len(t.peaks):
		return errors.New("the tree is broken: it was written behind another number of records")
	}
	for i, p := range t.peaks {
		if r.Tree[i] != digestName(p[:]) {
			return errors.New("the tree is broken: it was written behind other records than those before it")
		}
	}
	return nil
}

// at returns the time of the record.
func (r *Record) at() time.Time {
	t, _ := time.Parse(time.RFC3339, r.Time) // checked by decodeRecord
	return t
}

func recordDigest(b []byte) string {
	sum := sha256.Sum256(b)
	return digestName(sum[:])
}
