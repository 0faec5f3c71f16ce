package ibmi

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// Users returns the source that reads user profiles: QSYS2.USER_INFO or
// USER_INFO_BASIC as delimited text with column names.
//
// The service lists only the profiles that the collecting user may see, and says
// nothing about the others. An extract therefore speaks for profiles that it
// does not hold only when it shows that its user sees all of them: that
// USER_DEFAULT_PASSWORD, which needs *ALLOBJ and *SECADM, has values.
func Users() collect.Source { return usersSource{} }

type usersSource struct{}

const (
	userPrefix  collect.Key = "ibmi/user"
	usersPrefix collect.Key = "ibmi/users"
)

func (usersSource) Info() collect.Info {
	return collect.Info{
		Name:     "ibmi-users",
		Platform: "ibmi",
		Title:    "IBM i user profiles",
		View:     collect.Active,
		Prefixes: []collect.Key{userPrefix, usersPrefix},
	}
}

// Recognise looks for the columns of USER_INFO.
func (usersSource) Recognise(head *collect.Head) collect.Confidence {
	h := userNames.header(string(firstLine(head.Text)), nil)
	switch {
	case !h.has("AUTHORIZATION_NAME"):
		return collect.No
	case h.has("STATUS") || h.has("SPECIAL_AUTHORITIES"):
		return collect.Certain
	case len(h.at) >= 3:
		return collect.Likely
	}
	return collect.No
}

// supplied are profiles that exist on every system and cannot be deleted.
var supplied = []string{"QDFTOWN", "QSECOFR", "QSPL", "QSYS"}

// users is what is kept of the profiles that were read.
type users struct {
	rec     *collect.Recorder
	opts    *collect.Options
	rows    map[string]userRow
	names   []string // in the order of the extract
	visible bool     // a default password indicator was seen
	totals  userTotals
	entries []collect.Entry // of the current row
}

// userRow is where a profile stands and a digest of what it says, to tell a row
// that comes twice from two rows that differ.
type userRow struct {
	at     collect.Origin
	digest [sha256.Size]byte
}

// Collect reads the files as one list of profiles.
func (usersSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	u := &users{rec: out.Part(""), opts: opts, rows: map[string]userRow{}}
	end := ending{state: collect.Complete}
	for _, f := range files {
		e, err := u.read(ctx, f, files)
		if err != nil {
			return err
		}
		end = end.worse(e)
	}
	return u.finish(end)
}

// read reads one file.
func (u *users) read(ctx context.Context, f *collect.File, files []*collect.File) (ending, error) {
	r, err := openSQL(ctx, f, u.opts, u.rec, userNames)
	if err != nil {
		return ending{}, err
	}
	fail := func(err error, advice string) (ending, error) {
		r.lines.Close()
		return ending{}, &collect.Error{File: f.Name, Offset: 0, Err: err, Advice: advice}
	}
	if !r.has("AUTHORIZATION_NAME") || len(r.at) < 2 {
		return fail(fmt.Errorf("%w: it has no column AUTHORIZATION_NAME beside others of QSYS2.USER_INFO", collect.ErrNotRecognised),
			"save the result of SELECT * FROM QSYS2.USER_INFO as CSV with column names")
	}
	if len(r.unknown) > 0 {
		u.rec.Warn(f, 0, 0, "columns that this version does not read: %s", shorten(strings.Join(r.unknown, ", ")))
	}
	now, dated := u.taken(f)
	rows := 0
	for r.next() {
		rows++
		name := r.value("AUTHORIZATION_NAME")
		if !plausibleName(name) {
			r.spoiled("no name of a profile")
			continue
		}
		entries := u.profile(name, r, now, dated)
		row := userRow{r.text.at, digestOf(entries)}
		if old, ok := u.rows[name]; ok {
			if old.digest != row.digest {
				r.lines.Close()
				return ending{}, &collect.Error{File: f.Name, Line: row.at.Pos, Offset: row.at.Offset,
					Err:    fmt.Errorf("%w: profile %s differs from the one at %s:%d", collect.ErrTwoValues, name, files[old.at.File].Name, old.at.Pos),
					Advice: "give one extract of one view: not USER_INFO and USER_INFO_BASIC, and not those of two systems"}
			}
			u.rec.Duplicate(1)
			continue
		}
		u.rec.Used(1)
		u.rows[name] = row
		u.names = append(u.names, name)
		u.totals.count(entries)
		if c, ok := r.cell("USER_DEFAULT_PASSWORD"); ok && !c.null() {
			u.visible = true
		}
		for _, e := range entries {
			if err := u.rec.Add(e); err != nil {
				r.lines.Close()
				return ending{}, err
			}
		}
		if !r.text.terminated {
			u.rec.Cover(collect.Coverage{Prefix: userPrefix.Join(name), State: collect.Partial, Reason: "the last line has no line end and may be cut"})
		}
	}
	end, err := r.finish(u.opts)
	if err == nil && rows == 0 {
		return fail(fmt.Errorf("%w: it holds column names but no profile", collect.ErrDamaged),
			"collect as a user with *ALLOBJ and *SECADM special authority: the service shows only profiles that its user may see")
	}
	return end, err
}

// taken returns the reading of the system's wall clock at the time of the
// extract: that of the capture header, else the asserted time.
func (u *users) taken(f *collect.File) (now time.Time, ok bool) {
	now, ok = f.Capture().At()
	if !ok {
		now, ok = u.opts.Captured, !u.opts.Captured.IsZero()
		if u.opts.Location != nil {
			now = now.In(u.opts.Location)
		}
	}
	return time.Date(now.Year(), now.Month(), now.Day(), now.Hour(), now.Minute(), now.Second(), 0, time.UTC), ok
}

// profile returns the entries of the current row, valid until the next one.
func (u *users) profile(name string, r *sqlReader, now time.Time, dated bool) []collect.Entry {
	base := userPrefix.Join(name)
	u.entries = u.entries[:0]
	put := func(key string, v collect.Value) {
		u.entries = append(u.entries, collect.Entry{Key: base + collect.Key("/"+key), Value: v, At: r.text.at})
	}
	var groups []string
	for i := range userFields {
		f := &userFields[i]
		v := f.value(r)
		put(f.key, v)
		switch {
		case f.key == "group_profile" && !v.IsUnknown() && v.Raw() != "*NONE":
			groups = append(groups, v.Raw())
		case f.key == "supplemental_groups":
			groups = append(groups, v.Items()...)
		}
	}
	if r.has("GROUP_PROFILE_NAME", "SUPPLEMENTAL_GROUP_LIST") {
		put("group_profiles", collect.Set(groups...))
	} else {
		put("group_profiles", collect.Unknown("the extract does not show all groups"))
	}
	for i := range userMetrics {
		f := &userMetrics[i]
		if c, ok := r.cell(f.column); ok && !c.null() {
			v := f.value(r)
			put(f.key, v)
			if v.IsUnknown() {
				u.rec.Warn(r.f, r.text.at.Pos, r.text.at.Offset, "%s of %s: %s", f.column, name, v.Raw())
			}
		}
	}
	put("idle_days", u.idle(r, now, dated))
	put("password_age_days", u.passwordAge(r, now, dated))
	return u.entries
}

const undated = "the time of the extract is not known: it has no capture header"

// idle returns how long ago the profile was used: its last sign-on or other use,
// whichever is later, else its creation.
func (u *users) idle(r *sqlReader, now time.Time, dated bool) collect.Value {
	var last time.Time
	known := false
	for _, column := range []string{"PREVIOUS_SIGNON", "LAST_USED_TIMESTAMP", "CREATION_TIMESTAMP"} {
		if known && column == "CREATION_TIMESTAMP" {
			break
		}
		text := r.value(column)
		if text == "" {
			continue
		}
		t, ok := wallClock(text)
		if !ok {
			return collect.Unknown(column + " is not a time in ISO form")
		}
		if !known || t.After(last) {
			last, known = t, true
		}
	}
	switch {
	case !r.has("PREVIOUS_SIGNON") && !r.has("LAST_USED_TIMESTAMP"):
		return collect.Unknown("the extract has neither PREVIOUS_SIGNON nor LAST_USED_TIMESTAMP")
	case !dated:
		return collect.Unknown(undated)
	case !known:
		return collect.Unknown("never used, and the extract does not say when the profile was created")
	}
	return age(last, now)
}

// passwordAge returns how long ago the password was changed.
func (u *users) passwordAge(r *sqlReader, now time.Time, dated bool) collect.Value {
	text := r.value("PASSWORD_CHANGE_DATE")
	t, ok := wallClock(text)
	switch {
	case !r.has("PASSWORD_CHANGE_DATE"):
		return collect.Unknown("the extract has no column PASSWORD_CHANGE_DATE")
	case text == "":
		return collect.Unknown("null in the extract")
	case !ok:
		return collect.Unknown("PASSWORD_CHANGE_DATE is not a time in ISO form")
	case !dated:
		return collect.Unknown(undated)
	}
	return age(t, now)
}

// digestOf identifies what a row says.
func digestOf(entries []collect.Entry) [sha256.Size]byte {
	h := sha256.New()
	var line []byte
	for _, e := range entries {
		line = append(collect.AppendLine(line[:0], e.Key, e.Value), '\n')
		h.Write(line)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// finish states the coverage and the totals.
func (u *users) finish(end ending) error {
	var missing []string
	for _, name := range supplied {
		if _, ok := u.rows[name]; !ok {
			missing = append(missing, name)
		}
	}
	switch {
	case len(missing) > 0:
		end = end.worse(ending{collect.Partial, "profiles that every system has are missing (" + strings.Join(missing, ", ") +
			"): the extract is a selection, or its user may not see them"})
	case !u.visible:
		end = end.worse(ending{collect.Open, "nothing shows that the collecting user sees every profile: USER_DEFAULT_PASSWORD is empty, so it lacks *ALLOBJ or *SECADM"})
	}
	c := collect.Coverage{Prefix: userPrefix, State: end.state, Reason: end.reason}
	if end.state == collect.Open && u.visible && len(u.names) > 0 && inOrder(u.names) {
		c.Through = userPrefix.Join(u.names[len(u.names)-1])
	}
	u.rec.Cover(c)
	u.rec.Cover(collect.Coverage{Prefix: usersPrefix, State: end.state, Reason: end.reason})
	at := collect.Origin{}
	if len(u.names) > 0 {
		at = u.rows[slices.Min(u.names)].at
	}
	return u.totals.write(u.rec, at, end)
}
