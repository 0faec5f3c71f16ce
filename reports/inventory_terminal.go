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
	var allowed []string
	for i := range p.Inventory.Assets {
		a := &p.Inventory.Assets[i]
		if systems := systemsWith(a, rules.DeclaredNotSeen, rules.DeclaredOnly); a.Algorithm.Class == rules.ClassInsecure && len(systems) > 0 {
			allowed = append(allowed, a.Name+" ("+someOf(systems)+")")
		}
	}
	list("still allowed", allowed, text.FgYellow)
	if weak := p.seenWith(rules.ClassWeak); len(weak) > 0 {
		t.field("weak", plural(int64(len(weak)), "asset", "assets")+" seen, in the full report")
	}
	var odd []string
	for i := range p.Inventory.Assets {
		a := &p.Inventory.Assets[i]
		if systems := systemsWith(a, rules.SeenNotDeclared); len(systems) > 0 {
			odd = append(odd, a.Name+" ("+someOf(systems)+")")
		}
	}
	list("not declared", odd)
	t.field("review", visible(reviewSummary(p.Inventory.Systems)))
	t.field("since review", visible(shorten(p.sinceSummary(), 300)))
	if n := len(p.Inventory.Limits); n > 0 {
		t.field("cannot show", plural(int64(n), "limit", "limits")+" of the evidence, in the full report")
	}
	var gaps []string
	for i := range p.Inventory.Systems {
		if s := &p.Inventory.Systems[i]; s.Gap != "" {
			gaps = append(gaps, s.ID+" ("+s.Gap+")")
		}
	}
	if len(gaps) > 0 {
		t.field("not whole", visible(shorten(strings.Join(gaps, ", "), 300)), text.FgYellow)
	}
}

// sinceSummary says in one line what came since the last review of each system,
// and of which that is not known: those without a review, or without evidence from
// before it.
func (p *page) sinceSummary() string {
	var parts, unknown []string
	for i := range p.Inventory.Systems {
		s := &p.Inventory.Systems[i]
		if s.ReviewNight == "" {
			unknown = append(unknown, s.ID)
			continue
		}
		assets, places, _ := p.newSince(s.ID)
		names := make([]string, len(assets))
		for i, a := range assets {
			names[i] = a.Name
		}
		text := "nothing new"
		if len(names) > 0 {
			text = someOf(names)
		}
		if places > 0 {
			text += fmt.Sprintf(", others at %s", plural(places, "new place", "new places"))
		}
		parts = append(parts, s.ID+": "+text)
	}
	if len(unknown) > 0 {
		parts = append(parts, "not known for "+someOf(unknown))
	}
	return strings.Join(parts, "; ")
}

// reviewSummary says in one line which systems had no review in time.
func reviewSummary(systems []rules.InventorySystem) string {
	var overdue, none []string
	for i := range systems {
		switch s := &systems[i]; {
		case s.Review == nil:
			none = append(none, s.ID)
		case s.ReviewAge > reviewDays:
			overdue = append(overdue, fmt.Sprintf("%s (%d days ago)", s.ID, s.ReviewAge))
		}
	}
	parts := []string{fmt.Sprintf("%d of %s reviewed in the last twelve months", len(systems)-len(overdue)-len(none), plural(int64(len(systems)), "system", "systems"))}
	for _, x := range []struct {
		what string
		list []string
	}{{"overdue: ", overdue}, {"none stated: ", none}} {
		if len(x.list) > 0 {
			parts = append(parts, x.what+someOf(x.list))
		}
	}
	return strings.Join(parts, "; ")
}
