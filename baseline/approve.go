package baseline

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/irondrift/irondrift/collect"
)

// ApproveRequest says what to approve. The values that are approved are always
// those of a stored part, compared with the baseline as it is now.
type ApproveRequest struct {
	Part StoredPart // the evidence, from [Store.Latest] or [Store.List]
	// Select chooses keys of the diff between baseline and Part; nil approves
	// the part whole. Patterns become a selection with [SelectPatterns], single
	// keys with [SelectKeys].
	Select func(collect.Key) bool
	// Forget also drops what was only not seen, keys and members; without it
	// they stay in the baseline.
	Forget bool
	// Partial allows a part to be approved whole although it is partial. What
	// it lacks will be not_collected from then on.
	Partial bool
	// Diff are the options of the diff that the approver saw, and Seen its
	// digest. With Seen the approval is void when the diff is another one now.
	Diff DiffOptions
	Seen string

	Findings map[string]int64 // of the approved state, by result
	Reason   string
	Ticket   string
	By       string // who approves
	ByFrom   string // how that is known: "login name on this host"
}

// SelectPatterns selects the keys that any of the patterns matches.
func SelectPatterns(patterns ...Pattern) func(collect.Key) bool {
	return func(k collect.Key) bool {
		return slices.ContainsFunc(patterns, func(p Pattern) bool { return p.Match(k) })
	}
}

// SelectKeys selects single keys.
func SelectKeys(keys ...collect.Key) func(collect.Key) bool {
	m := make(map[collect.Key]bool, len(keys))
	for _, k := range keys {
		m[k] = true
	}
	return func(k collect.Key) bool { return m[k] }
}

// ErrNothingSelected is in the tree of the error of [Store.Approve] and
// [Store.Propose] when the request selects no change of its part: none that it
// matches, or none that can be approved. Nothing was recorded.
var ErrNothingSelected = errors.New("no change that can be approved is selected")

// ErrStatement is in the tree of their error when what the approver says cannot
// be recorded. Nothing was recorded.
var ErrStatement = errors.New("the approval cannot be recorded")

// ErrNoBaseline is in the tree of their error when a request selects keys of a
// source that was never approved whole. Nothing was recorded.
var ErrNoBaseline = errors.New("has no baseline yet")

var errDiffMoved = &MovedError{Why: "the diff is no longer the one that was looked at"}

var errStale = errors.New("the baseline moved in between")

// still returns errStale unless the baseline that st is about is had.
func (f *fold) still(st Statement, had *baselineState) error {
	now := f.baselines[scope{st.System, st.Source}]
	if (now == nil) != (had == nil) || now != nil && now.record != had.record {
		return errStale
	}
	return nil
}

// Approve makes what the request names part of the baseline. It is recorded
// unsigned. The error matches [*MovedError] when a value is no longer what the
// approver saw.
func (s *Store) Approve(ctx context.Context, req ApproveRequest) (Approval, error) {
	for {
		st, had, raw, err := s.prepare(ctx, req)
		if err != nil {
			return Approval{}, err
		}
		a, err := s.applyStatement(ctx, st, had, raw, 0)
		if errors.Is(err, errStale) {
			continue // another approval was recorded meanwhile: look again
		}
		return a, err
	}
}

// Propose records an approval without applying it.
func (s *Store) Propose(ctx context.Context, req ApproveRequest) (Proposal, error) {
	for {
		st, had, raw, err := s.prepare(ctx, req)
		if err != nil {
			return Proposal{}, err
		}
		r, err := s.append(kindProposal, func() (any, error) {
			if err := s.fold.still(st, had); err != nil {
				return nil, err
			}
			return proposalPayload{Statement: raw, Signatures: []Signature{}}, nil
		})
		if errors.Is(err, errStale) {
			continue
		}
		if err != nil {
			return Proposal{}, err
		}
		return s.proposal(r.Number)
	}
}

func (s *Store) proposal(record int64) (Proposal, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.fold.proposals {
		if p.Record == record {
			return p, nil
		}
	}
	return Proposal{}, &collect.Error{Offset: -1, Err: fmt.Errorf("%s is not a proposal", recordName(record)), Advice: "irondrift baseline lists the proposals"}
}

// Apply applies the proposal of a record. It is void, for good, when another
// approval since has touched a value that it names, even if the value is the
// same again; the error then matches [*MovedError].
func (s *Store) Apply(ctx context.Context, record int64) (Approval, error) {
	for {
		if err := s.Refresh(); err != nil {
			return Approval{}, err
		}
		p, err := s.proposal(record)
		if err != nil {
			return Approval{}, err
		}
		if p.Applied != 0 {
			return Approval{}, &collect.Error{Offset: -1, Err: fmt.Errorf("the proposal of record %d was applied by record %d", record, p.Applied)}
		}
		// The state is read before the check, and the record is written only if
		// the state is still this one.
		state, had := s.state(scope{p.System, p.Source})
		if err := s.Moved(p); err != nil {
			return Approval{}, err
		}
		a, err := s.applyStatement(ctx, p.Statement, stateOrNil(state, had), json.RawMessage(p.Signed), record)
		if errors.Is(err, errStale) {
			continue
		}
		return a, err
	}
}

func stateOrNil(st baselineState, ok bool) *baselineState {
	if !ok {
		return nil
	}
	return &st
}

// Moved returns a [*MovedError] when the proposal p is void, because an approval
// since has touched what it names.
func (s *Store) Moved(p Proposal) error {
	for _, a := range s.History(p.System) {
		if a.Source != p.Source || a.Record < p.Record {
			continue
		}
		if p.What == Whole || a.What == Whole {
			return &MovedError{Why: fmt.Sprintf("the baseline of %s was changed by %s", p.Source, recordName(a.Record))}
		}
		key, found, err := s.sharedKey(p.Statement, a.Statement)
		if err != nil {
			return err
		}
		if found {
			return &MovedError{key, "was changed by " + recordName(a.Record)}
		}
	}
	return nil
}

// prepare checks a request and returns the statement it amounts to, its bytes
// and the baseline it was compared with, nil for none.
func (s *Store) prepare(ctx context.Context, req ApproveRequest) (Statement, *baselineState, json.RawMessage, error) {
	fail := func(err error) (Statement, *baselineState, json.RawMessage, error) { return Statement{}, nil, nil, err }
	if err := s.Refresh(); err != nil {
		return fail(err)
	}
	p := req.Part
	switch {
	case strings.TrimSpace(req.Reason) == "" || strings.TrimSpace(req.By) == "" || req.ByFrom == "":
		return fail(&collect.Error{Offset: -1, Err: fmt.Errorf("%w: it needs a reason and a name", ErrStatement), Advice: "give both: --reason TEXT --by NAME"})
	case !utf8.ValidString(req.Reason + req.Ticket + req.By + req.ByFrom):
		return fail(&collect.Error{Offset: -1, Err: fmt.Errorf("%w: reason, ticket or name are not UTF-8 text", ErrStatement),
			Advice: "set the terminal and the locale to UTF-8, or write them without special letters"})
	case req.Select == nil && p.State == collect.Partial && !req.Partial:
		return fail(&collect.Error{Offset: -1, Err: fmt.Errorf("the part of source %s of %s is partial", p.Source, p.Night),
			Advice: "collect a complete extract; a partial baseline would never show what it lacks as new"})
	}
	state, had := s.state(scope{p.System, p.Source})
	st := Statement{
		Format: statementFormat, System: p.System, Source: p.Source, What: Whole, Night: p.Night, Part: p.Content,
		Count: p.Facts, Findings: req.Findings, Reason: req.Reason, Ticket: req.Ticket, By: req.By, ByFrom: req.ByFrom,
		Time: s.now().UTC().Format(time.RFC3339),
	}
	if st.Findings == nil {
		st.Findings = map[string]int64{}
	}
	switch {
	case !had && req.Select == nil && req.Seen != "":
		return fail(errDiffMoved) // there is no diff to have been looked at
	case !had && req.Select != nil:
		return fail(&collect.Error{Offset: -1, Err: fmt.Errorf("source %s of system %s %w", p.Source, p.System, ErrNoBaseline),
			Advice: "approve the part whole first"})
	case had:
		if err := s.compare(ctx, req, state, &st); err != nil {
			return fail(err)
		}
	}
	raw, err := json.Marshal(st)
	return st, stateOrNil(state, had), raw, err
}

// compare fills in what the diff between the baseline and the part says.
func (s *Store) compare(ctx context.Context, req ApproveRequest, state baselineState, st *Statement) error {
	old, err := s.open(state)
	if err != nil {
		return err
	}
	part, err := s.OpenPart(req.Part)
	if err != nil {
		return err
	}
	var stats DiffStats
	if req.Select == nil {
		stats, err = Diff(ctx, old, part, req.Diff, func(Change) error { return nil })
	} else {
		st.What, st.Count = Keys, 0
		st.Swaps, err = s.putObject(func(w io.Writer) error {
			bw := bufio.NewWriter(w)
			stats, err = Diff(ctx, old, part, req.Diff, func(c Change) error {
				if c.Op == NotCollected || !req.Select(c.Key) {
					return nil
				}
				sw, ok := swapOf(c, req.Forget)
				if !ok {
					return nil
				}
				st.Count++
				line, err := json.Marshal(sw)
				if err != nil {
					return err
				}
				bw.Write(line)
				return bw.WriteByte('\n')
			})
			switch {
			case err != nil:
				return err
			case st.Count == 0:
				return &collect.Error{Offset: -1, Err: ErrNothingSelected,
					Advice: "look at the diff; what was not collected cannot be approved, and what was not seen stays in the baseline"}
			case req.Seen != "" && req.Seen != stats.Digest:
				return errDiffMoved
			}
			return bw.Flush()
		})
	}
	if err != nil {
		return err
	}
	if req.Seen != "" && req.Seen != stats.Digest {
		return errDiffMoved
	}
	st.Base, st.Diff = state.content, stats.Digest
	return nil
}

// applyStatement records an approval on top of the baseline had.
func (s *Store) applyStatement(ctx context.Context, st Statement, had *baselineState, raw json.RawMessage, proposal int64) (Approval, error) {
	payload := approvalPayload{Statement: raw, Proposal: proposal, Content: st.Part, Facts: st.Count, Signatures: []Signature{}}
	if st.What == Keys {
		if had == nil {
			return Approval{}, errors.New("internal error: keys are approved without a baseline")
		}
		next, err := s.overlay(ctx, *had, st.Swaps)
		if err != nil {
			return Approval{}, err
		}
		payload.Overlay, payload.Content, payload.Facts = next.overlay, next.content, next.facts
	}
	r, err := s.append(kindApproval, func() (any, error) {
		if err := s.fold.still(st, had); err != nil {
			return nil, err
		}
		return payload, nil
	})
	if err != nil {
		return Approval{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.fold.approvals, func(a Approval) bool { return a.Record == r.Number })
	return s.fold.approvals[i], nil
}
