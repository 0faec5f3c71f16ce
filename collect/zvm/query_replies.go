package zvm

import (
	"context"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// query gathers the replies of all files.
type query struct {
	*sheet
	seen    map[queryReply]bool
	ends    []ending
	system  string
	scratch bool // only to see whether lines are understood

	entity  collect.Key // the switch or LAN that lines speak of
	access  map[collect.Key]bool
	listing bool // lines list userids that may couple

	lines, used int64
	ignored     map[string]int64
	warnings    []queryWarning
}

type queryWarning struct {
	file *collect.File
	at   collect.Origin
	text string
}

// read reads one capture.
func (q *query) read(ctx context.Context, f *collect.File, opts *collect.Options) error {
	in, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	before := q.used
	cur := noReply
	for in.Next() {
		l := in.Line()
		q.lines++
		text, command := console(l.Text)
		if command {
			if len(strings.TrimSpace(string(l.Text))) == 0 {
				q.ignored["blank"]++
				continue
			}
			q.ignored["console"]++
			if !strings.Contains(string(l.Text), "MORE...") && !strings.Contains(string(l.Text), "HOLDING") && !strings.Contains(string(l.Text), "RUNNING") {
				cur = noReply // an echo or Ready: the reply is whole
			}
			continue
		}
		if r := replyOf(text); r != noReply {
			cur = r
		}
		if cur != noReply && q.line(cur, text, l.At(f)) {
			q.seen[cur] = true
			q.used++
			continue
		}
		q.ignored["not a known reply"]++
		if cur != noReply && len(q.warnings) < 20 {
			// Only where it is: on a console it may be a command with a password.
			q.warnings = append(q.warnings, queryWarning{f, l.At(f), "a line of the reply is not known"})
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if q.used == before {
		if err := in.Err(); err != nil {
			return err
		}
		return &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrNotRecognised,
			Advice: "it holds no reply of a QUERY command that this source knows; capture the console while the commands run"}
	}
	end := ending{}
	end.state, end.reason = in.End(opts)
	q.ends = append(q.ends, end)
	if cur != noReply && end.state == collect.Open {
		q.doubtReply(cur, end)
	}
	return nil
}

// doubtReply says that the last reply of a file may have been cut off: all of
// it, or the last switch or LAN it tells of.
func (q *query) doubtReply(r queryReply, end ending) {
	prefixes := queryPrefixes[r]
	if r == replyVSwitch || r == replyLAN {
		prefixes = []collect.Key{q.entity}
	}
	for _, p := range prefixes {
		q.doubts = append(q.doubts, collect.Coverage{Prefix: p, State: collect.Partial, Reason: "the reply may have been cut off: " + end.reason})
	}
}

// say states a value of the running system.
func (q *query) say(key collect.Key, value string, at collect.Origin) {
	q.set(key, collect.Text(value), at)
}

// foldASCII folds ASCII letters only, so that places in s stay where they are.
func foldASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - ('a' - 'A')
		}
	}
	return string(b)
}

// label returns the word behind "name:", folded to lower case.
func label(text, name string) (string, bool) {
	i := strings.Index(foldASCII(text), foldASCII(name)+":")
	if i < 0 || i > 0 && text[i-1] != ' ' {
		return "", false
	}
	w := strings.Fields(text[i+len(name)+1:])
	if len(w) == 0 || strings.HasSuffix(w[0], ":") {
		return "", false
	}
	return strings.ToLower(strings.TrimRight(w[0], ",;")), true
}

// line reads a line of a reply; false when it says nothing that is known.
func (q *query) line(r queryReply, text string, at collect.Origin) bool {
	switch r {
	case replyCPLevel:
		return q.cpLevel(text, at)
	case replyCMSLevel:
		w := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
		if len(w) < 6 {
			return false
		}
		q.say("zvm/cmslevel/level", w[2], at)
		q.say("zvm/cmslevel/service_level", w[5], at)
	case replyCPService:
		return q.cpService(text, at)
	case replyIdentity:
		w := strings.Fields(text)
		if len(w) < 3 || w[1] != "AT" {
			return false
		}
		q.system = w[2]
		q.say("zvm/system/id", w[2], at)
	case replyVMLAN:
		return q.vmlan(text, at)
	case replyVSwitch:
		return q.vswitch(text, at)
	case replyLAN:
		return q.lan(text, at)
	case replyJournal:
		return q.journal(text, at)
	case replyEncrypt:
		return q.encrypt(text, at)
	case replyCPDisk:
		return q.cpDisk(text, at)
	case replyService:
		return q.serviceLevel(text, at)
	case replyDirectory:
		q.say("zvm/directory/restricted_password_list", "absent", at)
	case replyTCPIP:
		w := strings.Fields(text)
		i := slices.IndexFunc(w, func(s string) bool { return strings.EqualFold(s, "Level") })
		if i < 0 || i+1 == len(w) {
			return strings.HasPrefix(text, "TCP/IP Server Name:")
		}
		q.say("zvm/tcpip/level", strings.TrimRight(w[i+1], ","), at)
	}
	return true
}
