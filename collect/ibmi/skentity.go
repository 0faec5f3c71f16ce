package ibmi

// entity is what was seen of one kind on one port of one system.
type entity struct {
	seen  sighting
	peers peers

	// Of entries S and X.
	protocols, suites, signatures, groups, properties texts
	protections                                       texts
	noProtocol, noSuite                               int64 // entries that do not name one
	noProtection                                      int64 // entries whose text does not tell the protection
	// last is the secure text of the last entry and seenAs where it counted, so
	// that the usual case, the same text again, needs no look-up.
	last   *secureText
	seenAs []*sighting

	jobs, users texts
	letters     texts // of kind other
}

// maxTexts is how many different protocols, suites and the like are kept for a
// port; a healthy system has a handful.
const maxTexts = 256

// texts are sightings by text.
type texts struct {
	seen map[string]*sighting
	over bool // there are more than were kept
	// The text that came last, which is the usual next one.
	last   string
	lastAt *sighting
}

// see counts text and returns its sighting, nil when there is no room for it.
func (t *texts) see(text string, at *place, limit int) *sighting {
	if t.lastAt != nil && t.last == text {
		t.lastAt.again(at)
		return t.lastAt
	}
	s := t.seen[text]
	if s != nil {
		s.again(at)
	} else {
		s = t.add(text, newSighting(at), limit)
	}
	t.last, t.lastAt = text, s
	return s
}

func (t *texts) add(text string, s sighting, limit int) *sighting {
	if len(t.seen) >= limit {
		t.over = true
		return nil
	}
	if t.seen == nil {
		t.seen = map[string]*sighting{}
	}
	t.seen[text] = &s
	return &s
}

func (t *texts) merge(o *texts, limit int) {
	for text, s := range o.seen {
		if mine := t.seen[text]; mine != nil {
			mine.merge(*s)
		} else {
			t.add(text, *s, limit)
		}
	}
	t.over = t.over || o.over
}

func (e *entity) count() int64 { return int64(e.seen.count) }

// seeSecure counts what an entry S or X says.
func (e *entity) seeSecure(t *secureText, at *place) {
	if t.protocol == "" {
		e.noProtocol++
	}
	if t.suite == "" && t.protection != "ipsec" {
		e.noSuite++
	}
	if t.protection == "" {
		e.noProtection++
	}
	if t == e.last {
		for _, s := range e.seenAs {
			s.again(at)
		}
		return
	}
	e.last, e.seenAs = t, e.seenAs[:0]
	for _, x := range []struct {
		to   *texts
		text string
	}{
		{&e.protocols, t.protocol}, {&e.suites, t.suite}, {&e.signatures, t.signature},
		{&e.groups, t.group}, {&e.properties, t.properties}, {&e.protections, t.protection},
	} {
		if x.text == "" {
			continue
		}
		if s := x.to.see(x.text, at, maxTexts); s != nil {
			e.seenAs = append(e.seenAs, s)
		}
	}
}

func (e *entity) merge(o *entity, members int) {
	e.seen.merge(o.seen)
	e.peers.merge(&o.peers, members)
	e.protocols.merge(&o.protocols, maxTexts)
	e.suites.merge(&o.suites, maxTexts)
	e.signatures.merge(&o.signatures, maxTexts)
	e.groups.merge(&o.groups, maxTexts)
	e.properties.merge(&o.properties, maxTexts)
	e.protections.merge(&o.protections, maxTexts)
	e.noProtocol += o.noProtocol
	e.noSuite += o.noSuite
	e.noProtection += o.noProtection
	e.jobs.merge(&o.jobs, members)
	e.users.merge(&o.users, members)
	e.letters.merge(&o.letters, maxTexts)
}
