package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// The CSV formats are RFC 4180: comma, CRLF, quotes doubled, a header row,
// UTF-8. Every row stands under a requirement. Its kind says what it is:
//
//	requirement  one for each number: what the evidence says about it
//	result       one for each check, system and result: how many entities
//	finding      one for each finding of a check
//	change       one for each difference from the baseline
//
// A finding that speaks to three requirements has three rows, with the same
// finding_id.
var csvColumns = []string{
	"report_id", "generated_utc", "standard", "requirement", "title", "effective", "milestone", "status",
	"kind", "system", "platform", "check", "check_title", "basis", "cover", "severity",
	"result", "count", "finding_id", "entity", "message", "missing", "last_result", "last_night",
	"direction", "cause", "observed", "approved", "evidence_ref", "file", "position",
	"file_digest", "content_digest", "period_start", "period_end",
	"exception_reason", "exception_expires", "cannot_show", "assessor_note",
}

// writeSpreadsheetCSV writes cells that no spreadsheet takes for a formula, a
// date or a number: those that begin with = + - @ or an apostrophe get an
// apostrophe in front, and so does every requirement number, because 8.3.10
// would become a day in March.
func writeSpreadsheetCSV(w io.Writer, p *page, _ Options) error {
	return p.writeCSV(w, spreadsheetCell)
}

// writeRawCSV writes cells as they are.
func writeRawCSV(w io.Writer, p *page, _ Options) error {
	return p.writeCSV(w, func(_, cell string) string { return cell })
}

// maxCell is how many characters Excel keeps in a cell.
const maxCell = 32767

func spreadsheetCell(column, cell string) string {
	if cell == "" {
		return ""
	}
	if utf8.RuneCountInString(cell) > maxCell-1 {
		cell = string([]rune(cell)[:maxCell-20]) + " (cut)"
	}
	if column == "requirement" || strings.ContainsRune("=+-@'\uff1d\uff0b\uff0d\uff20", firstRune(cell)) {
		return "'" + cell
	}
	return cell
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " "))
	return r
}

// csvRow is a row by column name.
type csvRow map[string]string

func (p *page) writeCSV(w io.Writer, cell func(column, cell string) string) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(csvColumns); err != nil {
		return err
	}
	record := make([]string, len(csvColumns))
	generated := p.Generated.Format(time.RFC3339)
	write := func(row csvRow) error {
		row["report_id"], row["generated_utc"], row["standard"] = p.ID, generated, p.Standard
		for i, column := range csvColumns {
			record[i] = cell(column, visible(row[column]))
		}
		return out.Write(record)
	}
	changes := map[string][]*rules.JudgedChange{}
	for i := range p.Changes {
		if c := &p.Changes[i]; drift(c) {
			for _, n := range c.Requirements {
				changes[n] = append(changes[n], c)
			}
		}
	}
	for i := range p.Requirements {
		q := &p.Requirements[i]
		rows := []csvRow{{"kind": "requirement", "message": q.Why, "cannot_show": strings.Join(p.limitsOf(q), " ")}}
		for _, id := range q.Checks {
			rows = append(rows, p.csvResults(id)...)
		}
		for _, c := range changes[q.Number] {
			rows = append(rows, p.csvChange(c))
		}
		for _, row := range rows {
			row["requirement"], row["title"], row["effective"] = q.Number, q.Title, q.Effective
			row["milestone"], row["status"] = q.Milestone, string(q.Status)
			if err := write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// csvResults returns the rows of a check: counts, then findings.
func (p *page) csvResults(id string) []csvRow {
	c := p.check(id)
	base := func(kind, system string) csvRow {
		row := csvRow{
			"kind": kind, "system": system, "check": c.ID, "check_title": c.Title, "basis": string(c.Basis),
			"cover": c.Cover, "severity": c.Severity, "cannot_show": strings.TrimSpace(c.Limits),
		}
		if s := p.systems[system]; s != nil {
			row["platform"] = s.Platform
		}
		return row
	}
	var rows []csvRow
	for _, t := range p.tallies[id] {
		var n counts
		n.add(t)
		for _, r := range results {
			if n.of(r) > 0 {
				row := base("result", t.System)
				row["result"], row["count"] = string(r), strconv.FormatInt(n.of(r), 10)
				rows = append(rows, row)
			}
		}
	}
	for _, f := range p.findings[id] {
		row := base("finding", f.System)
		row["severity"], row["result"], row["count"] = p.severity(f), string(f.Result), "1"
		row["finding_id"], row["entity"] = f.ID, string(f.Entity)
		row["message"] = strings.Join(append(append([]string{}, f.Messages...), f.Reasons...), "; ")
		row["missing"] = joinKeys(f.Missing)
		if f.Allowed != nil {
			row["exception_reason"], row["exception_expires"] = f.Allowed.Reason, f.Allowed.Expires
			if f.Allowed.Mitigation != "" {
				row["exception_reason"] += "; mitigation: " + f.Allowed.Mitigation
			}
		}
		var observed []string
		for i := range f.Evidence {
			if e := &f.Evidence[i]; e.Value != "" {
				observed = append(observed, fmt.Sprintf("%s: %s", e.Key, e.Value))
			}
		}
		row["observed"] = strings.Join(observed, "; ")
		evidence := f.Evidence
		if b := f.Before; b != nil {
			row["last_result"], row["last_night"] = string(b.Result), b.Night
			row["message"] += "; " + strings.Join(append([]string{b.String()}, b.Messages...), "; ")
			evidence = slices.Concat(b.Evidence, evidence)
		}
		row.evidence(evidence)
		rows = append(rows, row)
	}
	return rows
}

func (p *page) csvChange(c *rules.JudgedChange) csvRow {
	row := csvRow{
		"kind": "change", "system": c.System, "check": strings.Join(c.Checks, " "), "severity": c.Severity,
		"result": string(c.Op), "count": "1", "entity": string(c.Key), "message": difference(&c.Change),
		"direction": string(c.Direction), "cause": string(c.Cause), "observed": c.New.String(), "approved": c.Old.String(),
	}
	if c.Why != "" {
		row["message"] += "; " + c.Why
	}
	if s := p.systems[c.System]; s != nil {
		row["platform"] = s.Platform
	}
	row.evidence(c.Evidence)
	return row
}

// evidence cites all facts by reference, and the first one in full.
func (row csvRow) evidence(list []rules.Evidence) {
	var refs []string
	for i := range list {
		refs = append(refs, list[i].Ref)
	}
	row["evidence_ref"] = strings.Join(refs, " ")
	if len(list) == 0 {
		return
	}
	e := &list[0]
	row["file"], row["file_digest"], row["content_digest"] = e.File, e.Digest, e.Content
	row["period_start"], row["period_end"] = e.Period.Start, e.Period.End
	if e.Line > 0 {
		row["position"] = strconv.FormatInt(e.Line, 10)
	}
}

func joinKeys(keys []collect.Key) string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = string(k)
	}
	return strings.Join(list, " ")
}
