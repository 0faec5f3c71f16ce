package reports

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/irondrift/irondrift/rules"
)

// The inventory has a table of its own, in the same form as the other CSV. Its
// kind says what a row is:
//
//	protocol, suite, algorithm, group, key, certificate
//	         one for each asset and service: what is used where, for what
//	review   one for each system: when its inventory was reviewed
//	limit    one for each thing that the evidence cannot show
//
// Sessions and connections are those of the service, whatever they used. The
// column since_review says of an asset at a service whether it was there at the
// last review, and of a review how much came later.
var inventoryColumns = []string{
	"report_id", "generated_utc", "kind", "function", "name", "class", "reason", "strength_bits", "post_quantum", "protocols", "roles",
	"certificate_issuer", "certificate_serial", "certificate_not_after", "certificate_key",
	"system", "platform", "status_on_system", "service", "service_kind", "job", "role", "ports",
	"use", "records", "sessions", "connections", "first_seen", "last_seen",
	"purpose", "owner", "planned_action", "action_due", "last_review", "reviewed_by", "review_ticket",
	"evidence_ref", "file", "position", "cannot_show", "since_review",
}

func writeInventoryCSV(w io.Writer, p *page, _ Options) error {
	return p.writeInventory(w, spreadsheetCell)
}

func writeRawInventoryCSV(w io.Writer, p *page, _ Options) error {
	return p.writeInventory(w, func(_, cell string) string { return cell })
}

func (p *page) writeInventory(w io.Writer, cell func(column, cell string) string) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(inventoryColumns); err != nil {
		return err
	}
	record := make([]string, len(inventoryColumns))
	systems := map[string]*rules.InventorySystem{}
	for i := range p.Inventory.Systems {
		systems[p.Inventory.Systems[i].ID] = &p.Inventory.Systems[i]
	}
	write := func(row csvRow) error {
		row["report_id"], row["generated_utc"] = p.ID, p.Generated.Format(time.RFC3339)
		if s := systems[row["system"]]; s != nil {
			row["platform"] = s.Platform
			if s.Review != nil {
				row["last_review"], row["reviewed_by"], row["review_ticket"] = s.Review.Date, s.Review.By, s.Review.Ticket
			}
		}
		for i, column := range inventoryColumns {
			record[i] = cell(column, visible(row[column]))
		}
		return out.Write(record)
	}
	for i := range p.Inventory.Assets {
		a := &p.Inventory.Assets[i]
		for j := range a.Uses {
			if err := write(p.inventoryRow(a, &a.Uses[j])); err != nil {
				return err
			}
		}
	}
	for i := range p.Inventory.Systems {
		s := &p.Inventory.Systems[i]
		if err := write(csvRow{"kind": "review", "system": s.ID, "name": reviewText(s), "cannot_show": s.Gap, "since_review": p.sinceReview(s)}); err != nil {
			return err
		}
	}
	for _, l := range p.Inventory.Limits {
		if err := write(csvRow{"kind": "limit", "system": l.System, "name": l.Source, "cannot_show": l.Text}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (p *page) inventoryRow(a *rules.InventoryAsset, u *rules.AssetUse) csvRow {
	s := &p.Inventory.Services[u.Service]
	on := onSystem(a, s.System)
	purpose, owner := purposeOf(s, on)
	row := csvRow{
		"kind": string(a.Kind), "function": a.Function, "name": a.Name, "class": a.Algorithm.Class, "reason": a.Algorithm.Reason,
		"post_quantum": a.Algorithm.PostQuantum, "protocols": strings.Join(a.Protocols, " "), "roles": strings.Join(a.Roles, "; "),
		"system": s.System, "status_on_system": string(on.Status), "service": string(s.Key), "service_kind": s.Kind,
		"job": s.Job, "role": s.Role, "ports": s.Ports, "use": useStatus(u),
		"sessions": known(s.Sessions), "connections": known(s.Connections), "first_seen": moment(u.First), "last_seen": moment(u.Last),
		"purpose": purpose, "owner": owner, "planned_action": on.Action, "action_due": on.Due,
		"evidence_ref": s.Evidence.Ref, "file": s.Evidence.File, "since_review": string(u.Since),
	}
	if a.Algorithm.Bits > 0 {
		row["strength_bits"] = strconv.Itoa(a.Algorithm.Bits)
	}
	if u.Seen {
		row["records"] = strconv.FormatInt(u.Records, 10)
	}
	if s.Evidence.Line > 0 {
		row["position"] = strconv.FormatInt(s.Evidence.Line, 10)
	}
	if c := a.Certificate; c != nil {
		row["certificate_issuer"], row["certificate_serial"], row["certificate_not_after"], row["certificate_key"] = c.Issuer, c.Serial, c.NotAfter, c.Key
	}
	return row
}
