package baseline

import (
	"slices"
	"time"
)

// Run records that evidence was compared and judged.
type Run struct {
	Version string      `json:"version"` // of the program
	Systems []RunSystem `json:"systems"`
	Packs   []RunPack   `json:"packs,omitempty"`

	Record int64     `json:"-"`
	At     time.Time `json:"-"`
}

// RunSystem says what a run found on one system.
type RunSystem struct {
	System string `json:"system"`
	Night  string `json:"night"`
	// Sources were compared with their baselines.
	Sources      []string         `json:"sources"`
	Changes      map[Op]int64     `json:"changes,omitempty"`
	NotCollected int64            `json:"not_collected,omitempty"` // keys
	Results      map[string]int64 `json:"results,omitempty"`       // findings by result
	// LastData are the earlier nights whose evidence was the last on something
	// that the night of the run had no data on.
	LastData []string `json:"last_data,omitempty"`
}

// RunPack identifies a rule pack that a run judged with.
type RunPack struct {
	Name     string `json:"name"`
	Revision string `json:"revision,omitempty"`
	Digest   string `json:"digest"`
}

// PutRun records a run.
func (s *Store) PutRun(r Run) (Run, error) {
	rec, err := s.append(kindRun, func() (any, error) { return r, nil })
	if err != nil {
		return Run{}, err
	}
	r.Record, r.At = rec.Number, rec.at()
	return r, nil
}

// Runs returns every run, oldest first.
func (s *Store) Runs() []Run {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.fold.runs)
}
