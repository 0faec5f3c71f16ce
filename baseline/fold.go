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
	take, err := f.next(b)
	if err != nil {
		return err
	}
	take()
	return nil
}

// next checks the bytes of the next record and returns what takes it into the
// fold. Until that is called nothing has changed, so that a record can be
// checked before it is written: one that cannot be read back would end the
// ledger for good.
func (f *fold) next(b []byte) (take func(), err error) {
	r, err := decodeRecord(b)
	if err != nil {
		return nil, err
	}
	if err := r.follows(f.tree, f.last); err != nil {
		return nil, err
	}
	if r.Number == 1 && r.Kind != kindCreated {
		return nil, fmt.Errorf("is of kind %q; a ledger begins with %q", r.Kind, kindCreated)
	}
	apply, err := f.apply(r)
	if err != nil {
		return nil, err
	}
	return func() {
		apply()
		f.tree, f.last = f.tree.add(b), recordDigest(b)
	}, nil
}

// apply checks the payload of a record and returns what takes it in.
func (f *fold) apply(r *Record) (take func(), err error) {
	switch r.Kind {
	case kindCreated:
		var p createdPayload
		if err := decodePayload(r.Payload, &p); err != nil {
			return nil, err
		}
		if r.Number != 1 {
			return nil, fmt.Errorf("is of kind %q, which only record 1 can be", r.Kind)
		}
		return func() { f.key = p.Key }, nil
	case kindParts:
		return f.store(r)
	case kindRun:
		var p Run
		if err := decodePayload(r.Payload, &p); err != nil {
			return nil, err
		}
		p.Record, p.At = r.Number, r.at()
		return func() { f.runs = append(f.runs, p) }, nil
	case kindProposal:
		return f.propose(r)
	case kindApproval:
		return f.approve(r)
	}
	return func() {}, nil // of a later version: kept, chained, not understood
}

func (f *fold) store(r *Record) (take func(), err error) {
	var p partsPayload
	if err := decodePayload(r.Payload, &p); err != nil {
		return nil, err
	}
	for _, q := range p.Parts {
		if err := q.check(); err != nil {
			return nil, err
		}
	}
	return func() {
		for _, q := range p.Parts {
			q.Record, q.Stored = r.Number, r.at()
			if f.bySystem == nil {
				f.bySystem = map[string][]int{}
			}
			f.bySystem[q.System] = append(f.bySystem[q.System], len(f.parts))
			f.parts = append(f.parts, q)
		}
	}, nil
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
