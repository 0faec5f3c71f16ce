package zvm

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// Directory returns the source zvm-directory: the user directory of z/VM in
// source form, as one file or as several.
//
// It is given as EBCDIC records of 80 bytes or as text; columns 73 to 80 are
// never read. Passwords are classified and dropped:
//
//	nolog, nopass, autoonly, lbyonly  the operand is that word
//	masked          all X or all *: DirMaint REVIEW prints it so
//	vendor-default  a published password of a distribution, or in the site's list
//	equals-userid   the userid
//	weak            shorter than eight, digits only, or the userid reversed
//	other           any other
//
// The classes of the second half are also read as they stand in a scrubbed
// directory, <vendor-default>; see [ScrubDirectory].
func Directory() collect.Source { return directorySource{} }

type directorySource struct {
	scrub *scrubber // nil unless the files are also written again
}

var _ collect.Source = directorySource{}

// The prefixes the source speaks for.
const (
	userPrefix      collect.Key = "zvm/user"
	profilePrefix   collect.Key = "zvm/profile"
	directoryPrefix collect.Key = "zvm/directory"
)

func (directorySource) Info() collect.Info {
	return collect.Info{
		Name:     "zvm-directory",
		Platform: "zvm",
		Title:    "z/VM user directory (source form)",
		View:     collect.Configured,
		Prefixes: []collect.Key{userPrefix, profilePrefix, directoryPrefix},
		Secrets:  true,
	}
}

// Recognise looks for an entry statement with its operand, and for how many of
// the statements around it are known. Other z/VM files share words with the
// directory (LINK and AUTOLOG stand in PROFILE TCPIP too) but not its entries.
func (directorySource) Recognise(head *collect.Head) collect.Confidence {
	var w words
	known, unknown, entries := 0, 0, 0
	firstIsEntry := false
	for line := range bytes.Lines(head.Text) {
		text, _ := columns(bytes.TrimRight(line, "\r\n"))
		text = trim(text)
		if len(text) == 0 || text[0] == '*' {
			continue
		}
		w.set(text)
		def := statementNames[string(w.up(0))]
		switch {
		case def == nil:
			unknown++
			continue
		case def.beginsEntry() && isEntry(def, &w):
			entries++
			firstIsEntry = firstIsEntry || known+unknown == 0
		}
		known++
	}
	switch {
	case entries == 0 || known <= unknown:
		return collect.No
	case firstIsEntry && known >= 9*unknown && known >= 3:
		return collect.Certain
	case known >= 3*unknown:
		return collect.Likely
	}
	return collect.Possible
}

func isEntry(def *definition, w *words) bool {
	switch def.kind {
	case stDirectory:
		_, ok := hex(w.up(1))
		return ok || w.is(1, "SSI", 3)
	case stGlobalDefs:
		return w.n() == 1
	case stUser, stIdentity:
		return isName(w.up(1), 8) && w.n() > 2
	}
	return isName(w.up(1), 8)
}

func (s directorySource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	r := &reader{
		opts: opts, rec: out.Part(""), vendor: newVendorWords(opts.Site.VendorPasswords), texts: newTexts(),
		builders: map[string][]string{}, wide: map[string][]collect.Member{},
		firstGroup: map[*entry]collect.Key{}, scrubber: s.scrub,
	}
	for _, f := range files {
		if err := r.read(ctx, f); err != nil {
			return err
		}
	}
	r.settleLate()
	if s.scrub != nil {
		s.scrub.finish()
	}
	d := &directory{reader: r, files: files, derived: newDerived()}
	if err := d.index(); err != nil {
		return err
	}
	d.account()
	d.cover()
	return d.record(ctx)
}

// directory is all entries, linked to each other.
type directory struct {
	*reader
	files      []*collect.File
	users      []*entry // USER and IDENTITY, sorted by name, each name once
	profiles   map[string]*entry
	subconfigs map[string]*entry
	duplicates int64 // lines
	disputed   map[*entry]bool
	derived    *derived
	classes    map[uint32]collect.Value
	passwords  map[[3]diskPassword]collect.Value
	whyUnknown string // why derived values cannot be given; "" when they can

	// The entity being recorded: the first error, and scratch.
	err     error
	key     []byte
	base    int // length of the prefix of the entity in key
	members []collect.Member
	vdevs   []uint16
	owned   []ownedDisk
	scratch []byte
}

// index sorts the users and finds entries that are there twice. The same entry
// twice is a duplicate, two entries of one name that differ are an error, unless
// one of them may just have been cut off.
func (d *directory) index() error {
	d.profiles, d.subconfigs, d.disputed = map[string]*entry{}, map[string]*entry{}, map[*entry]bool{}
	d.classes, d.passwords = map[uint32]collect.Value{}, map[[3]diskPassword]collect.Value{}
	d.users = make([]*entry, 0, len(d.entries))
	for _, e := range d.entries {
		switch e.kind {
		case stUser, stIdentity:
			d.users = append(d.users, e)
		case stProfile, stSubconfig:
			byName := d.profiles
			if e.kind == stSubconfig {
				byName = d.subconfigs
			}
			kept, err := d.better(byName[e.name], e)
			if err != nil {
				return err
			}
			byName[e.name] = kept
		}
	}
	slices.SortStableFunc(d.users, func(a, b *entry) int { return compareAsKeys(a.name, b.name) })
	unique := d.users[:0]
	for _, e := range d.users {
		if n := len(unique); n > 0 && unique[n-1].name == e.name {
			kept, err := d.better(unique[n-1], e)
			if err != nil {
				return err
			}
			unique[n-1] = kept
			continue
		}
		unique = append(unique, e)
	}
	d.users = unique
	for i, u := range d.users {
		u.index = uint32(i)
	}
	return nil
}

// compareAsKeys orders names as their keys sort, in which a slash follows them.
func compareAsKeys(a, b string) int {
	switch n := min(len(a), len(b)); {
	case len(a) == len(b) || a[:n] != b[:n]:
		return cmp.Compare(a, b)
	case len(a) < len(b):
		return cmp.Or(cmp.Compare('/', b[n]), -1)
	default:
		return cmp.Or(cmp.Compare(a[n], '/'), 1)
	}
}

// better chooses between two entries of one name.
func (d *directory) better(a, b *entry) (*entry, error) {
	switch {
	case a == nil:
		return b, nil
	case a.same(b):
		d.duplicates += int64(b.used)
		b.used = 0
		a.cut = a.cut && b.cut
		return a, nil
	case b.cut || a.cut:
		if a.cut {
			a, b = b, a
		}
		d.duplicates += int64(b.used)
		b.used = 0
		d.disputed[a] = true
		return a, nil
	}
	return nil, &collect.Error{
		File: d.files[b.at().File].Name, Line: b.at().Pos, Offset: b.at().Offset,
		Err:    &twoEntries{a, d.files[a.at().File].Name},
		Advice: "the files hold two entries of this name that differ: give one directory only, without older copies of its entries",
	}
}
