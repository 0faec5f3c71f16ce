package baseline

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// statementFormat begins every statement, so that a signature under one can
// never be taken for a signature under something else.
const statementFormat = "irondrift-approval/1"

// What an approval covers.
const (
	Whole = "whole" // everything a part says
	Keys  = "keys"  // some keys, by compare-and-swap
)

// Statement is what an approver says. Its bytes stand in the ledger exactly as
// they were said, so they are what a signature is over.
type Statement struct {
	Format string `json:"format"`
	System string `json:"system"`
	Source string `json:"source"`
	What   string `json:"what"` // Whole or Keys

	// Night and Part (a content digest) say which evidence is approved.
	Night string `json:"night"`
	Part  string `json:"part"`
	// Base is the content digest of the baseline that it was compared with, and
	// Diff the digest of the changes, see [DiffStats]. Empty the first time.
	Base string `json:"base,omitempty"`
	Diff string `json:"diff,omitempty"`
	// Swaps is the object with one [Swap] for each key, Count their number; for
	// Whole, Count is the number of facts.
	Swaps string `json:"swaps,omitempty"`
	Count int64  `json:"count"`
	// Findings says how many findings the approved state contains, by result:
	// a baseline is what was accepted, not what complies.
	Findings map[string]int64 `json:"findings"`

	Reason string `json:"reason"`
	Ticket string `json:"ticket,omitempty"`
	By     string `json:"by"`
	ByFrom string `json:"by_from"` // how it is known who that is
	Time   string `json:"time"`    // RFC 3339, UTC
}

// Signature is a signature over the bytes of a statement.
type Signature struct {
	Format string `json:"format"` // sshsig
	By     string `json:"by"`
	Text   string `json:"text"` // as ssh-keygen -Y sign writes it
}

type proposalPayload struct {
	Statement  json.RawMessage `json:"statement"`
	Signatures []Signature     `json:"signatures"`
}

type approvalPayload struct {
	Statement json.RawMessage `json:"statement"`
	// Proposal is the record that proposed it, 0 when it was approved at once.
	Proposal int64 `json:"proposal,omitempty"`
	// Overlay is the object with every key in which the baseline now differs
	// from the part that was approved whole; empty right after that.
	Overlay string `json:"overlay,omitempty"`
	// Content is the content digest of the baseline after the approval.
	Content    string      `json:"content"`
	Facts      int64       `json:"facts"`
	Signatures []Signature `json:"signatures"`
}

// Approval is an approval that was applied.
type Approval struct {
	Statement
	Signed     []byte // the bytes of the statement, for the check of signatures
	Signatures []Signature
	Proposal   int64  // the record that proposed it, or 0
	Content    string // content digest of the baseline after it
	Record     int64
	At         time.Time // when it was recorded
	overlay    string
}

// Unsigned reports whether nobody signed the approval: then By is only what
// ByFrom says.
func (a *Approval) Unsigned() bool { return len(a.Signatures) == 0 }

// Proposal is an approval that waits to be applied.
type Proposal struct {
	Statement
	Signed     []byte
	Signatures []Signature
	Record     int64
	At         time.Time
	Applied    int64 // the record of the approval, or 0
}

func parseStatement(raw json.RawMessage) (Statement, error) {
	var st Statement
	if err := decodePayload(raw, &st); err != nil {
		return st, fmt.Errorf("statement: %w", err)
	}
	var err error
	switch {
	case st.Format != statementFormat:
		err = fmt.Errorf("format %q is not %q", st.Format, statementFormat)
	case st.System == "" || st.Source == "" || st.By == "" || st.Reason == "":
		err = errors.New("lacks system, source, reason or who approved")
	case st.What != Whole && st.What != Keys:
		err = fmt.Errorf("covers %q, which is neither %q nor %q", st.What, Whole, Keys)
	case (st.What == Keys) != (st.Swaps != ""):
		err = errors.New("names swaps for a whole part, or none for keys")
	}
	for _, d := range []string{st.Part, st.Base, st.Diff, st.Swaps} {
		if _, bad := parseDigest(d); bad != nil && d != "" && err == nil {
			err = bad
		}
	}
	if err != nil {
		return st, fmt.Errorf("statement: %w", err)
	}
	return st, nil
}

// baselineState is the baseline of one system and source.
type baselineState struct {
	part    StoredPart // the part that was approved whole
	overlay string
	content string
	facts   int64
	record  int64 // of the approval that made it
}

func (f *fold) propose(r *Record) (take func(), err error) {
	var p proposalPayload
	if err := decodePayload(r.Payload, &p); err != nil {
		return nil, err
	}
	st, err := parseStatement(p.Statement)
	if err != nil {
		return nil, err
	}
	q := Proposal{Statement: st, Signed: p.Statement, Signatures: p.Signatures, Record: r.Number, At: r.at()}
	return func() { f.proposals = append(f.proposals, q) }, nil
}

func (f *fold) approve(r *Record) (take func(), err error) {
	var p approvalPayload
	if err := decodePayload(r.Payload, &p); err != nil {
		return nil, err
	}
	st, err := parseStatement(p.Statement)
	if err != nil {
		return nil, err
	}
	for _, d := range []string{p.Overlay, p.Content} {
		if _, err := parseDigest(d); err != nil && d != "" {
			return nil, err
		}
	}
	applies := -1
	if p.Proposal != 0 {
		i := slices.IndexFunc(f.proposals, func(q Proposal) bool { return q.Record == p.Proposal })
		if i < 0 || string(f.proposals[i].Signed) != string(p.Statement) {
			return nil, fmt.Errorf("applies the proposal of record %d, which says something else", p.Proposal)
		}
		if f.proposals[i].Applied != 0 {
			return nil, fmt.Errorf("applies the proposal of record %d a second time", p.Proposal)
		}
		applies = i
	}
	at := scope{st.System, st.Source}
	next := baselineState{overlay: p.Overlay, content: p.Content, facts: p.Facts, record: r.Number}
	switch old := f.baselines[at]; {
	case st.What == Keys && old == nil:
		return nil, errors.New("approves keys of a part that was never approved whole")
	case st.What == Keys && p.Overlay == "":
		return nil, errors.New("approves keys, but leaves nothing changed")
	case st.What == Keys:
		next.part = old.part
	default:
		i := slices.IndexFunc(f.parts, func(q StoredPart) bool {
			return q.System == st.System && q.Source == st.Source && q.Night == st.Night && q.Content == st.Part
		})
		if i < 0 || p.Content != st.Part || p.Overlay != "" {
			return nil, errors.New("approves a part that is not in the ledger, or something else than it names")
		}
		next.part = f.parts[i]
	}
	return func() {
		if applies >= 0 {
			f.proposals[applies].Applied = r.Number
		}
		if f.baselines == nil {
			f.baselines = map[scope]*baselineState{}
		}
		f.baselines[at] = &next
		f.approvals = append(f.approvals, Approval{
			Statement: st, Signed: p.Statement, Signatures: p.Signatures, Proposal: p.Proposal,
			Content: p.Content, Record: r.Number, At: r.at(), overlay: p.Overlay,
		})
	}, nil
}

// Baselines returns the sources of a system that have a baseline, sorted.
func (s *Store) Baselines(system string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for at := range s.fold.baselines {
		if at.system == system {
			out = append(out, at.source)
		}
	}
	slices.Sort(out)
	return out
}

// History returns every approval of a system that was applied, oldest first.
func (s *Store) History(system string) []Approval {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Approval
	for _, a := range s.fold.approvals {
		if a.System == system {
			out = append(out, a)
		}
	}
	return out
}

// Proposals returns every proposal for a system, applied or not, oldest first.
func (s *Store) Proposals(system string) []Proposal {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Proposal
	for _, p := range s.fold.proposals {
		if p.System == system {
			out = append(out, p)
		}
	}
	return out
}
