package baseline

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// fold is what the ledger amounts to. It grows by a few hundred bytes with each
// part that is stored.
type fold struct {
	tree tree
	last string // digest of the last record

	key       string // digest of the secret key
	parts     []StoredPart
	bySystem  map[string][]int // indexes into parts
	approvals []Approval       // in the order of the ledger
	proposals []Proposal
	runs      []Run
	baselines map[scope]*baselineState
}

// scope is what a baseline belongs to.
type scope struct{ system, source string }

type createdPayload struct {
	Key string `json:"key"` // digest of the secret key of the store
}

type partsPayload struct {
	Parts []StoredPart `json:"parts"`
}

// read takes the bytes of the next record.
func (f *fold) read(b []byte) error {
	r, err := decodeRecord(b)
	if err != nil {
		return err
	}
	if err := r.follows(f.tree, f.last); err != nil {
		return err
	}
	if r.Number == 1 && r.Kind != kindCreated {
		return fmt.Errorf("is of kind %q; a ledger begins with %q", r.Kind, kindCreated)
	}
	if err := f.apply(r); err != nil {
		return err
	}
	f.tree, f.last = f.tree.add(b), recordDigest(b)
	return nil
}

func (f *fold) apply(r *Record) error {
	switch r.Kind {
	case kindCreated:
		var p createdPayload
		if err := decodePayload(r.Payload, &p); err != nil {
			return err
		}
		if r.Number != 1 {
			return fmt.Errorf("is of kind %q, which only record 1 can be", r.Kind)
		}
		f.key = p.Key
	case kindParts:
		var p partsPayload
		if err := decodePayload(r.Payload, &p); err != nil {
			return err
		}
		for _, q := range p.Parts {
			if err := q.check(); err != nil {
				return err
			}
			q.Record, q.Stored = r.Number, r.at()
			if f.bySystem == nil {
				f.bySystem = map[string][]int{}
			}
			f.bySystem[q.System] = append(f.bySystem[q.System], len(f.parts))
			f.parts = append(f.parts, q)
		}
	case kindRun:
		var p Run
		if err := decodePayload(r.Payload, &p); err != nil {
			return err
		}
		p.Record, p.At = r.Number, r.at()
		f.runs = append(f.runs, p)
	case kindProposal:
		return f.propose(r)
	case kindApproval:
		return f.approve(r)
	}
	return nil // of a later version: kept, chained, not understood
}

// find returns a stored part that is the same as p.
func (f *fold) find(p StoredPart) (StoredPart, bool) {
	for _, i := range f.bySystem[p.System] {
		if q := f.parts[i]; q.Night == p.Night && q.Header == p.Header {
			return q, true
		}
	}
	return StoredPart{}, false
}

// decodePayload reads a payload that must be written exactly as this program
// writes it.
func decodePayload(raw json.RawMessage, into any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("its payload cannot be read: %w", err)
	}
	again, err := json.Marshal(into)
	if err != nil || !bytes.Equal(again, raw) {
		return fmt.Errorf("its payload is not written the way this version writes it")
	}
	return nil
}
