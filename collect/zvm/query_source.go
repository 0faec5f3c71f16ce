package zvm

import (
	"bytes"
	"context"
	"regexp"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Query returns the source zvm-query: console captures with the replies of CP
// and CMS commands. It knows QUERY CPLEVEL, CPSERVICE, CMSLEVEL, USERID,
// IDENTIFY, VMLAN, VSWITCH (also with ACCESS or DETAILS), LAN, JOURNAL and
// ENCRYPT, CPDISK, the level line of NETSTAT and of the TCP/IP server's start, the
// CP environment variables ZVM.SERVICE (z/VM 7.4), and of the log of DIRECTXA
// whether a list of restricted passwords was found.
//
// Its view is active: what the running system uses, which commands may have
// changed since SYSTEM CONFIG was read. Replies may stand in any order and in
// several files; only those that are there are spoken for. They are known by
// their own words and read label by label, not by column, because most layouts
// are not published. What a console adds is dropped: times in front of lines,
// Ready messages, RUNNING, MORE... and HOLDING. A reply that a Ready message or
// another reply follows is whole; the last one of a file may have been cut off.
func Query() collect.Source { return querySource{} }

type querySource struct{}

var _ collect.Source = querySource{}

// queryPrefixes is what each reply speaks for.
var queryPrefixes = map[queryReply][]collect.Key{
	replyCPLevel:   {"zvm/cplevel"},
	replyCPService: {"zvm/cpservice"},
	replyCMSLevel:  {"zvm/cmslevel"},
	replyIdentity:  {"zvm/system/id"},
	replyVMLAN:     {"zvm/vmlan"},
	replyVSwitch:   {"zvm/vswitch"},
	replyLAN:       {"zvm/lan"},
	replyJournal:   {"zvm/journal/running"},
	replyEncrypt:   {"zvm/encrypt"},
	replyTCPIP:     {"zvm/tcpip/level"},
	replyCPDisk:    {"zvm/cp_access"},
	replyService:   {"zvm/service/env"},
	replyDirectory: {"zvm/directory/restricted_password_list"},
}

func (querySource) Info() collect.Info {
	info := collect.Info{
		Name:     "zvm-query",
		Platform: "zvm",
		Title:    "z/VM console capture (replies of QUERY commands and NETSTAT)",
		View:     collect.Active,
	}
	for r := replyCPLevel; r <= lastReply; r++ {
		info.Prefixes = append(info.Prefixes, queryPrefixes[r]...)
	}
	return info
}

// queryReply is a kind of reply.
type queryReply int

const (
	noReply queryReply = iota
	replyCPLevel
	replyCPService
	replyCMSLevel
	replyIdentity
	replyVMLAN
	replyVSwitch
	replyLAN
	replyJournal
	replyEncrypt
	replyTCPIP
	replyCPDisk
	replyService
	replyDirectory

	lastReply = replyDirectory
)

// replyStarts are the first lines of replies.
var replyStarts = []struct {
	reply queryReply
	first *regexp.Regexp
}{
	{replyCPLevel, regexp.MustCompile(`(?i)^z/VM Version \d+ Release \d`)},
	{replyCMSLevel, regexp.MustCompile(`(?i)^CMS Level \S+, Service Level \S+`)},
	{replyIdentity, regexp.MustCompile(`^\S{1,8} +AT \S{1,8}( +VIA |$)`)},
	{replyVMLAN, regexp.MustCompile(`(?i)^VMLAN (maintenance|MAC|default|general)`)},
	{replyVSwitch, regexp.MustCompile(`(?i)^VSWITCH \S+ \S+ +Type: `)},
	{replyLAN, regexp.MustCompile(`(?i)^LAN \S+ \S+ +Type: `)},
	{replyJournal, regexp.MustCompile(`(?i)^Journal: +(LOGON|LINK)-`)},
	{replyEncrypt, regexp.MustCompile(`(?i)^(ENCRYPT(ED)? PAGING|PAGING ENCRYPTION)\b`)},
	{replyTCPIP, regexp.MustCompile(`(?i)^(VM TCP/IP Netstat Level|DTCTCP001I z/VM TCP/IP Level) `)},
	{replyCPService, regexp.MustCompile(`^(VM\d{5}[, ]*)+$`)},
	{replyCPDisk, regexp.MustCompile(`(?i)^Label +Userid +Vdev +Mode +Stat\b`)},
	{replyService, serviceVariable},
	{replyDirectory, regexp.MustCompile(`^HCPDIR750I\b`)},
}

// replyOf tells which reply a line begins.
func replyOf(text string) queryReply {
	for _, s := range replyStarts {
		if s.first.MatchString(text) {
			return s.reply
		}
	}
	return noReply
}

// echo is a command as the console repeats it.
var echo = regexp.MustCompile(`(?i)^(CP +)?(QUERY|Q|NETSTAT|IDENTIFY)\b`)

// console takes off what a console adds; command reports a line that is no part
// of a reply: blank, an echo, Ready, the status of the screen.
func console(line []byte) (text string, command bool) {
	s := strings.TrimRight(strings.ReplaceAll(string(line), "\x00", " "), " \t\r")
	if len(s) > 9 && s[2] == ':' && s[5] == ':' && s[8] == ' ' && allDigits([]byte(s[:2]+s[3:5]+s[6:8])) {
		s = s[9:]
	}
	t := strings.TrimSpace(s)
	switch {
	case t == "", strings.HasPrefix(t, "Ready;"), strings.HasPrefix(t, "Ready("), t == "MORE...", t == "HOLDING", t == "CP READ", t == "VM READ":
		return "", true
	case strings.HasPrefix(t, "RUNNING ") && len(strings.Fields(t)) == 2, echo.MatchString(t):
		return "", true
	}
	if i := strings.LastIndex(s, "  RUNNING   "); i > 0 {
		t = strings.TrimSpace(s[:i])
	}
	return t, false
}

func (querySource) Recognise(head *collect.Head) collect.Confidence {
	lines, replies, known := 0, 0, 0
	cur := noReply
	q := &query{scratch: true, sheet: newSheet(), seen: map[queryReply]bool{}}
	for line := range bytes.Lines(head.Text) {
		text, command := console(bytes.TrimRight(line, "\n"))
		if command {
			if text == "" && len(bytes.TrimSpace(line)) > 0 {
				cur = noReply
			}
			continue
		}
		lines++
		if r := replyOf(text); r != noReply {
			cur = r
			replies++
		}
		if cur != noReply && q.line(cur, text, collect.Origin{}) {
			known++
		}
	}
	switch {
	case replies == 0 || 2*known < lines:
		return collect.No
	case 5*known >= 4*lines:
		return collect.Certain
	}
	return collect.Likely
}

func (querySource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	q := &query{sheet: newSheet(), seen: map[queryReply]bool{}, ignored: map[string]int64{}}
	for _, f := range files {
		if err := q.read(ctx, f, opts); err != nil {
			return err
		}
	}
	return q.finish(out.Part(q.system))
}
