package reports

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/irondrift/irondrift/rules"
)

// inventory prints a few lines about the cryptographic inventory: how much there
// is, what is insecure, and how far it can be relied on. That nothing insecure
// was seen stands beside what could not be seen, or not at all.
func (t *terminal) inventory(p *page) {
	if len(p.Inventory.Systems) == 0 {
		return
	}
	t.w.WriteByte('\n')
	t.line(0, "Cryptography in use and declared (12.3.3)", text.Bold)
	var counts []string
	for _, kind := range rules.AssetKinds {
		if n := len(p.assetsOf(kind)); n > 0 {
			counts = append(counts, plural(int64(n), assetKindNames[kind][0], assetKindNames[kind][1]))
		}
	}
	if counts == nil {
		counts = []string{"nothing seen or declared in what was read"}
	}
	t.field("inventory", strings.Join(counts, ", "))
	list := func(label string, names []string, colors ...text.Color) {
		const most = 6
		if len(names) == 0 {
			return
		}
		s := strings.Join(names[:min(len(names), most)], ", ")
		if n := len(names) - most; n > 0 {
			s += fmt.Sprintf(" and %d more", n)
		}
		t.field(label, visible(s), colors...)
	}
	list("insecure", p.seenWith(rules.ClassInsecure), text.FgRed)
	list("not listed", p.seenWith(rules.ClassUnlisted), text.FgYellow)
	if weak := p.seenWith(rules.ClassWeak); len(weak) > 0 {
		t.field("weak", plural(int64(len(weak)), "asset", "assets")+" seen, in the full report")
	}
	var odd []string
	for i := range p.Inventory.Assets {
		if a := &p.Inventory.Assets[i]; len(systemsWith(a, rules.SeenNotDeclared)) > 0 {
			odd = append(odd, fmt.Sprintf("%s (%s)", a.Name, strings.Join(systemsWith(a, rules.SeenNotDeclared), ", ")))
		}
	}
	list("not declared", odd)
	limits := map[string]int64{}
	for _, l := range p.Inventory.Limits {
		limits[l.System]++
	}
	for i := range p.Inventory.Systems {
		s := &p.Inventory.Systems[i]
		line := s.ID + ": " + reviewText(s)
		var colors []text.Color
		if s.Review == nil || s.ReviewAge > reviewDays {
			colors = append(colors, text.FgYellow)
		}
		t.field(labelOnce(i, "review"), visible(line), colors...)
	}
	first := 0
	for i := range p.Inventory.Systems {
		s := &p.Inventory.Systems[i]
		if limits[s.ID] == 0 && s.Gap == "" {
			continue
		}
		line := s.ID + ": " + plural(limits[s.ID], "limit", "limits") + " of the evidence"
		if s.Gap != "" {
			line += "; the list may not be whole: " + s.Gap
		}
		t.field(labelOnce(first, "cannot show"), visible(shorten(line, 300)))
		first++
	}
}

// labelOnce is the label of the first of several lines.
func labelOnce(i int, label string) string {
	if i > 0 {
		return ""
	}
	return label
}
