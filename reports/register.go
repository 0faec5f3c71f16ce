package reports

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// Artefact is one row of the evidence register: a file that was read, and the
// part it went into. Assessors cite Ref in their workpapers.
type Artefact struct {
	Ref      string
	System   string
	Source   string
	File     string
	Size     int64 // bytes, -1 when not known
	Digest   string
	Scrubbed string // digest of the file with secrets replaced, when it can hold any
	Content  string // content digest of the part
	Period   collect.Period
	Records  int64 // records of the part, 0 when not known
	// Cited counts how often findings and changes rest on it.
	Cited int64
}

type artefactID struct{ system, source, file, digest, content string }

func (a *Artefact) id() artefactID {
	return artefactID{a.System, a.Source, a.File, a.Digest, a.Content}
}

func artefactOf(e *rules.Evidence) artefactID {
	return artefactID{e.System, e.Source, e.File, e.Digest, e.Content}
}

// Register lists every file that a part was read from and every file that a
// finding, pass or change cites, sorted by system, source and file. Where all
// evidence from one file carries one reference the row has that reference;
// otherwise the reference is made of the digests, so that the same file has the
// same reference in every report.
func (r *Report) Register() []Artefact {
	rows := map[artefactID]*Artefact{}
	given := map[artefactID]string{}
	for i := range r.Systems {
		for j := range r.Systems[i].Parts {
			h := &r.Systems[i].Parts[j]
			for _, f := range h.Files {
				a := &Artefact{
					System: r.Systems[i].ID, Source: h.Source, File: f.Name, Size: f.Size, Digest: f.Digest,
					Scrubbed: f.Scrubbed, Content: h.Content, Period: h.Period, Records: h.Counts.Read,
				}
				rows[a.id()] = a
			}
		}
	}
	cite := func(list []rules.Evidence) {
		for i := range list {
			e := &list[i]
			id := artefactOf(e)
			a := rows[id]
			if a == nil {
				a = &Artefact{
					System: e.System, Source: e.Source, File: e.File, Size: -1, Digest: e.Digest,
					Content: e.Content, Period: e.Period,
				}
				rows[id] = a
			}
			a.Cited++
			switch ref, seen := given[id]; {
			case !seen:
				given[id] = e.Ref
			case ref != e.Ref:
				given[id] = "" // references are finer than files
			}
		}
	}
	for i := range r.Assessment.Findings {
		cite(r.Assessment.Findings[i].Evidence)
	}
	for i := range r.Assessment.Passes {
		cite(r.Assessment.Passes[i].Evidence)
	}
	for i := range r.Changes {
		cite(r.Changes[i].Evidence)
	}

	list := make([]Artefact, 0, len(rows))
	taken := map[string]int{} // how many files share a given reference
	for id := range rows {
		if ref := given[id]; ref != "" {
			taken[ref]++
		}
	}
	for id, a := range rows {
		if ref := given[id]; ref != "" && taken[ref] == 1 {
			a.Ref = ref
		} else {
			a.Ref = artefactRef(id)
		}
		list = append(list, *a)
	}
	slices.SortFunc(list, func(a, b Artefact) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Source, b.Source), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Digest, b.Digest), cmp.Compare(a.Content, b.Content))
	})
	return list
}

func artefactRef(id artefactID) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %q", id.system, id.source, id.file, id.digest, id.content)
	return fmt.Sprintf("EV-%X", h.Sum(nil)[:5])
}

// ref returns the reference of the register row that evidence points to.
func (p *page) ref(e *rules.Evidence) string { return p.refs[artefactOf(e)] }

// refsOf returns the register references of evidence, each once, sorted.
func (p *page) refsOf(lists ...[]rules.Evidence) []string {
	var refs []string
	for _, list := range lists {
		for i := range list {
			refs = append(refs, p.ref(&list[i]))
		}
	}
	slices.Sort(refs)
	return slices.Compact(refs)
}
