package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// Artefact is one row of the evidence register: a part and the files it was
// read from. Assessors cite Ref in their workpapers; the reference of a single
// fact is Ref, "#" and the line or record.
type Artefact struct {
	Ref     string
	System  string
	Source  string
	Content string // content digest of the part
	Period  collect.Period
	Records int64 // 0 when not known
	Files   []ArtefactFile
	// Cited counts how often findings and changes rest on it.
	Cited int64
}

// ArtefactFile is a file of the register.
type ArtefactFile struct {
	Name     string `json:"name"`
	Size     int64  `json:"size"` // bytes, -1 when not known
	Digest   string `json:"digest"`
	Scrubbed string `json:"scrubbed"` // digest with secrets replaced, when it can hold any
}

type artefactID struct{ system, source, content string }

func (a *Artefact) id() artefactID { return artefactID{a.System, a.Source, a.Content} }

func artefactOf(e *rules.Evidence) artefactID {
	return artefactID{e.System, e.Source, e.Content}
}

// Register lists every part that was read and every part that a finding, pass
// or change cites, sorted by system and source.
func (r *Report) Register() []Artefact {
	rows := map[artefactID]*Artefact{}
	for i := range r.Systems {
		for j := range r.Systems[i].Parts {
			h := &r.Systems[i].Parts[j]
			a := &Artefact{System: r.Systems[i].ID, Source: h.Source, Content: h.Content, Period: h.Period, Records: h.Counts.Read}
			for _, f := range h.Files {
				a.Files = append(a.Files, ArtefactFile{f.Name, f.Size, f.Digest, f.Scrubbed})
			}
			rows[a.id()] = a
		}
	}
	cite := func(list []rules.Evidence) {
		for i := range list {
			e := &list[i]
			id := artefactOf(e)
			a := rows[id]
			if a == nil {
				a = &Artefact{System: e.System, Source: e.Source, Content: e.Content, Period: e.Period}
				rows[id] = a
			}
			a.Cited++
			if a.Ref == "" {
				a.Ref = partRef(e.Ref)
			}
			named := func(f ArtefactFile) bool { return f.Name == e.File && f.Digest == e.Digest }
			if e.File != "" && !slices.ContainsFunc(a.Files, named) {
				a.Files = append(a.Files, ArtefactFile{Name: e.File, Size: -1, Digest: e.Digest})
			}
		}
	}
	for i := range r.Assessment.Findings {
		cite(r.Assessment.Findings[i].Evidence)
		if b := r.Assessment.Findings[i].Before; b != nil {
			cite(b.Evidence)
		}
	}
	for i := range r.Assessment.Passes {
		cite(r.Assessment.Passes[i].Evidence)
	}
	for i := range r.Changes {
		cite(r.Changes[i].Evidence)
	}

	list := make([]Artefact, 0, len(rows))
	for _, a := range rows {
		if a.Ref == "" { // nothing cites it
			a.Ref = fmt.Sprintf("%s-%s-%.8s", a.System, a.Source, strings.TrimPrefix(a.Content, "sha256:"))
		}
		slices.SortFunc(a.Files, func(a, b ArtefactFile) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Digest, b.Digest))
		})
		list = append(list, *a)
	}
	slices.SortFunc(list, func(a, b Artefact) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Content, b.Content))
	})
	return list
}

// partRef cuts the place off the reference of a fact: "PRDA-setropts-0b7e6d5c#57"
// names a line of PRDA-setropts-0b7e6d5c. A "#" may also be part of a name.
func partRef(ref string) string {
	i := strings.LastIndexByte(ref, '#')
	if i < 0 || strings.Trim(ref[i+1:], "0123456789:") != "" {
		return ref
	}
	return ref[:i]
}

// ref returns the reference of the register row that evidence points to.
func (p *page) ref(e *rules.Evidence) string { return p.refs[artefactOf(e)] }

// refsOf returns the register references of evidence, each once, sorted.
func (p *page) refsOf(lists ...[]rules.Evidence) []string {
	var refs []string
	last := ""
	for _, list := range lists {
		for i := range list {
			if ref := p.ref(&list[i]); ref != last {
				refs = append(refs, ref)
				last = ref
			}
		}
	}
	slices.Sort(refs)
	return slices.Compact(refs)
}
