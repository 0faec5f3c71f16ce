package zvm

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// profileStatement is a statement of PROFILE TCPIP (TCP/IP Planning and
// Customization). A list goes on over lines until its end word or the next
// statement.
type profileStatement struct {
	line func(c *tcpip, words []string, at collect.Origin) bool // false: not understood
	end  string
	list bool
}

var profileStatements map[string]*profileStatement

// profileEnds are the words that close a block.
var profileEnds = map[string]bool{}

func init() {
	names := func(key collect.Key) func(*tcpip, []string, collect.Origin) bool {
		return func(c *tcpip, words []string, at collect.Origin) bool {
			for _, w := range words {
				c.out.add(key, w, at)
			}
			return true
		}
	}
	number := func(key collect.Key) *profileStatement {
		return &profileStatement{line: func(c *tcpip, words []string, at collect.Origin) bool {
			n, ok := number(words[0])
			if ok {
				c.out.set(key, collect.Text(strconv.FormatInt(n, 10)), at)
			}
			return ok
		}}
	}
	profileStatements = map[string]*profileStatement{
		"AUTOLOG":                {line: (*tcpip).autolog, end: "ENDAUTOLOG", list: true},
		"PORT":                   {line: (*tcpip).port, list: true},
		"INTERNALCLIENTPARMS":    {line: (*tcpip).internalClient, end: "ENDINTERNALCLIENTPARMS", list: true},
		"OBEY":                   {line: names("zvm/tcpip/obey"), end: "ENDOBEY", list: true},
		"PERMIT":                 {line: names("zvm/tcpip/permit"), end: "ENDPERMIT", list: true},
		"RESTRICT":               {line: names("zvm/tcpip/restrict"), end: "ENDRESTRICT", list: true},
		"INFORM":                 {line: names("zvm/tcpip/inform"), end: "ENDINFORM", list: true},
		"ASSORTEDPARMS":          {line: (*tcpip).assorted, end: "ENDASSORTEDPARMS", list: true},
		"HOME":                   {line: (*tcpip).home, list: true},
		"SSLSERVERID":            {line: (*tcpip).sslServer},
		"FOREIGNIPCONLIMIT":      number("zvm/tcpip/foreignipconlimit"),
		"PERSISTCONNECTIONLIMIT": number("zvm/tcpip/persistconnectionlimit"),
		"PENDINGCONNECTIONLIMIT": number("zvm/tcpip/pendingconnectionlimit"),
		"CHECKSUM":               {line: func(c *tcpip, _ []string, at collect.Origin) bool { return c.state("zvm/tcpip/checksum", "yes", at) }},
		"NOCHECKSUM":             {line: func(c *tcpip, _ []string, at collect.Origin) bool { return c.state("zvm/tcpip/checksum", "no", at) }},
	}
	// Statements kept as they stand. One with a word behind the slash is a block
	// that it ends; "*" marks those that list addresses, one entry to a line.
	for _, s := range strings.Fields(`ACBPOOLSIZE ADDRESSTRANSLATIONPOOLSIZE ARPAGE BLOCK/* BSDROUTINGPARMS/ENDBSDROUTINGPARMS CCBPOOLSIZE
		DATABUFFERPOOLSIZE DATABUFFERLIMITS DEVICE ENVELOPEPOOLSIZE EQUALCOSTMULTIPATH FILE FIXEDPAGESTORAGEPOOL GATEWAY/* ICMPERRORLIMIT
		IPROUTEPOOLSIZE KEEPALIVEOPTIONS/ENDKEEPALIVEOPTIONS LARGEENVELOPEPOOLSIZE LESSTRACE LINK MAXRESTART MONITORRECORDS MORETRACE
		NCBPOOLSIZE NOTRACE PACKETTRACESIZE PATHMTUAGE PRIMARYINTERFACE RCBPOOLSIZE ROUTERADV ROUTERADVPREFIX SCBPOOLSIZE SCREEN
		SKCBPOOLSIZE SMALLDATABUFFERPOOLSIZE SOMAXCONN SSLLIMITS START STOP SYSCONTACT SYSLOCATION TCBPOOLSIZE TIMESTAMP
		TINYDATABUFFERPOOLSIZE TN3270E/ENDTN3270E TRACE TRACEONLY/ENDTRACEONLY TRANSLATE/* UCBPOOLSIZE UNBLOCK/* VIPA VSWITCH`) {
		name, end, _ := strings.Cut(s, "/")
		key := collect.Key("zvm/tcpip/statement").Join(strings.ToLower(name))
		addresses := end == "*"
		def := &profileStatement{list: end != "", end: strings.TrimPrefix(end, "*")}
		def.line = func(c *tcpip, words []string, at collect.Origin) bool {
			if addresses && !isAddress(words[0]) && words[0] != "DEFAULTNET" && words[0] != "DEFAULTNET6" {
				return false
			}
			c.out.add(key, maskWords(strings.Join(words, " ")), at)
			return true
		}
		profileStatements[name] = def
	}
	for _, s := range profileStatements {
		if s.end != "" {
			profileEnds[s.end] = true
		}
	}
}

func (c *tcpip) state(key collect.Key, value string, at collect.Origin) bool {
	c.out.set(key, collect.Text(value), at)
	return true
}

// profileLine is a line of a block that is not closed yet.
type profileLine struct {
	words []string
	at    collect.Origin
}

// readProfile reads PROFILE TCPIP; it returns what the file lacks, or "".
//
// The lines of a block are held until its end word. A block that is never closed
// may have swallowed anything, so nothing of it is used. An end word without its
// statement is the end of a block whose name was lost: nobody knows that, say,
// OBEY names nobody.
func (c *tcpip) readProfile(lines *collect.Lines) (lacks string) {
	var cur *profileStatement
	var held []profileLine
	name := ""
	leave := func() {
		if cur != nil && cur.end != "" {
			lacks = name + " is not closed by " + cur.end
			for _, h := range held {
				c.notKnown(h.at, lacks)
			}
		}
		cur, held = nil, nil
	}
	for lines.Next() {
		l := lines.Line()
		fields := c.line(l)
		if fields == nil {
			continue
		}
		at := l.At(c.file)
		words := upper(fields)
		starts := false
		if s := profileStatements[words[0]]; s != nil && (cur == nil || name != "INTERNALCLIENTPARMS" || words[0] != "PORT") {
			leave()
			cur, name, words, starts = s, words[0], words[1:], true
		}
		if (cur == nil || name != "PORT") && isPortEntry(words) {
			c.notKnown(at, "an entry of PORT stands without its statement")
			lacks = cmp.Or(lacks, "entries of PORT stand without it")
			continue
		}
		if cur == nil && profileEnds[words[0]] {
			c.notKnown(at, "an end word stands without its statement")
			lacks = cmp.Or(lacks, words[0]+" stands without the statement that it ends")
			continue
		}
		if cur == nil {
			c.notKnown(at, "the statement is not known")
			continue
		}
		closed := -1
		if cur.end != "" {
			closed = slices.Index(words, cur.end)
		}
		if closed < 0 && len(words) > 0 && profileEnds[words[0]] {
			c.notKnown(at, "an end word stands without its statement")
			lacks = cmp.Or(lacks, words[0]+" stands without the statement that it ends")
			continue
		}
		if closed >= 0 && closed+1 < len(words) {
			c.rec.Warn(c.file, at.Pos, at.Offset, "words behind %s are not read", cur.end)
			c.unknown++
		}
		switch body := words; {
		case cur.end == "":
			c.profileLine(cur, name, body, at, starts)
			if !cur.list {
				cur = nil
			}
		case closed < 0:
			held = append(held, profileLine{body, at})
		default:
			for _, h := range append(held, profileLine{body[:closed], at}) {
				c.profileLine(cur, name, h.words, h.at, true)
			}
			cur, held = nil, nil
		}
	}
	leave()
	return lacks
}

// isPortEntry reports the words of an entry of PORT: a number or a range of
// numbers, the protocol and the userid.
func isPortEntry(words []string) bool {
	return len(words) >= 3 && words[0][0] >= '0' && words[0][0] <= '9' && (words[1] == "TCP" || words[1] == "UDP")
}

// profileLine reads one line of a statement. An empty one carries the name of
// the statement or its end word only.
func (c *tcpip) profileLine(s *profileStatement, name string, words []string, at collect.Origin, marked bool) {
	if len(words) == 0 && s.list && marked {
		c.rec.Used(1)
		return
	}
	if len(words) == 0 {
		words = []string{""}
	}
	if !s.line(c, words, at) {
		c.notKnown(at, "an operand of "+name+" is not known")
		return
	}
	c.rec.Used(1)
	if name != "AUTOLOG" {
		c.scrubbed(append([]string{name}, words...)...)
	}
}

func rest0(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// autolog reads an entry of AUTOLOG: a userid and perhaps a password; 0 means
// that none is needed. What stands behind them is not read: in which word a
// password would stand could not be told.
func (c *tcpip) autolog(words []string, at collect.Origin) bool {
	user := words[0]
	if !isName([]byte(user), 8) {
		return false
	}
	class := "none"
	if len(words) > 1 && words[1] != "0" {
		class = c.vendor.classify([]byte(words[1]), user).String()
	}
	c.scrubbed("AUTOLOG", user, class)
	c.out.set(collect.Key("zvm/tcpip/autolog").Join(user, "password_class"), collect.Text(class), at)
	if len(words) > 2 {
		c.unknown++
		c.rec.Warn(c.file, at.Pos, at.Offset, "more than a userid and a password on a line of AUTOLOG: the rest is not read")
	}
	return true
}

type portKey struct{ number, proto string }

// port is what PORT says about a port.
type port struct {
	users []string
	clear bool // an entry without SECURE
	at    collect.Origin
}

// isPortLine reports whether words look like an entry of PORT.
func isPortLine[T string | []byte](w []T) bool {
	if len(w) > 1 && string(w[0]) == "PORT" {
		w = w[1:]
	}
	return len(w) >= 3 && portNumber(string(w[0])) != "" && (string(w[1]) == "TCP" || string(w[1]) == "UDP")
}

// portNumber reads a port or a range of them; "" when s is neither.
func portNumber(s string) string {
	lo, hi, isRange := strings.Cut(s, "-")
	a, err := strconv.ParseUint(lo, 10, 16)
	if err != nil {
		return ""
	}
	if !isRange {
		return strconv.FormatUint(a, 10)
	}
	b, err := strconv.ParseUint(hi, 10, 16)
	if err != nil || b < a {
		return ""
	}
	return fmt.Sprintf("%d-%d", a, b)
}

// port reads an entry of PORT: number protocol user [NOAUTOLOG] [SECURE label].
func (c *tcpip) port(words []string, at collect.Origin) bool {
	number := portNumber(words[0])
	i := 1
	if len(words) > 3 && words[1] == "RANGE" {
		n, err1 := strconv.ParseUint(words[2], 10, 16)
		first, err2 := strconv.ParseUint(words[0], 10, 16)
		if err1 != nil || err2 != nil || n == 0 || first+n-1 > 65535 {
			return false
		}
		number = fmt.Sprintf("%d-%d", first, first+n-1)
		i = 3
	}
	if number == "" || len(words) < i+2 || words[i] != "TCP" && words[i] != "UDP" {
		return false
	}
	key := portKey{number, strings.ToLower(words[i])}
	p := c.ports[key]
	if p == nil {
		p = &port{at: at}
		c.ports[key] = p
	}
	base := collect.Key("zvm/tcpip/port").Join(key.number, key.proto)
	users, label, autolog, known := 0, "no", "yes", true
	for i++; i < len(words); i++ {
		switch w := words[i]; {
		case w == "NOAUTOLOG":
			autolog = "no"
		case w == "SECURE" && i+1 < len(words):
			i++
			label = words[i]
		case w == "NOSECURE" || isAddress(w):
		case users == 0 && (w == "*" || isName([]byte(w), 8)):
			users++
			p.users = append(p.users, w)
			c.out.add(base.Join("user"), w, at)
		default:
			known = false
		}
	}
	if users == 0 {
		return false
	}
	if label == "no" {
		p.clear = true
	}
	c.out.add(base.Join("secure"), label, at)
	if !c.out.stated(base.Join("autolog")) || autolog == "yes" {
		c.out.set(base.Join("autolog"), collect.Text(autolog), at)
	}
	return known
}

// isAddress reports whether s looks like an IP address.
func isAddress(s string) bool {
	return strings.Count(s, ".") == 3 && strings.Trim(s, "0123456789.") == "" || strings.Count(s, ":") >= 2
}

// telnet is what INTERNALCLIENTPARMS says of the telnet server.
type telnet struct {
	secure string
	ports  []string
}

// internalClient reads INTERNALCLIENTPARMS.
func (c *tcpip) internalClient(words []string, at collect.Origin) bool {
	const base collect.Key = "zvm/tcpip/telnet"
	known := true
	for i := 0; i < len(words); i++ {
		value := ""
		if i+1 < len(words) {
			value = words[i+1]
		}
		switch w := words[i]; {
		case w == "PORT" && portNumber(value) != "":
			c.telnet.ports = append(c.telnet.ports, portNumber(value))
			c.out.add(base.Join("port"), portNumber(value), at)
			i++
		case w == "SECURECONNECTION" && slices.Contains([]string{"NEVER", "ALLOWED", "PREFERRED", "REQUIRED"}, value):
			c.telnet.secure = strings.ToLower(value)
			c.state(base.Join("secureconnection"), strings.ToLower(value), at)
			i++
		case w == "CLIENTCERTCHECK" && slices.Contains([]string{"NONE", "PREFERRED", "REQUIRED", "FULL"}, value):
			c.state(base.Join("clientcertcheck"), strings.ToLower(value), at)
			i++
		case (w == "TLSLABEL" || w == "CONNECTEXIT") && value != "":
			c.state(base.Join(strings.ToLower(w)), value, at)
			i++
		case w == "ASYNCINPUT" || w == "NOSCEXIT" || w == "EOJTIMEOUT" || w == "SCANINTERVAL" || w == "TIMEMARK" || w == "INACTIVE" ||
			w == "CCSTERMNAME" || w == "LDEVRANGE" || w == "TN3270E" || w == "NOTN3270E" || w == "SCEXIT" || w == "LUEXIT" || w == "TN3270EEXIT" || w == "TRANSFORM":
			c.out.add(base.Join("other"), strings.Join(words[i:], " "), at)
			return known
		default:
			known = false
		}
	}
	return known
}

// assorted reads ASSORTEDPARMS, in which each word switches something.
func (c *tcpip) assorted(words []string, at collect.Origin) bool {
	for _, w := range words {
		switch w {
		case "":
		case "RESTRICTLOWPORTS":
			c.state("zvm/tcpip/restrictlowports", "yes", at)
		case "UNRESTRICTLOWPORTS":
			c.state("zvm/tcpip/restrictlowports", "no", at)
		case "NOFWD":
			c.state("zvm/tcpip/forwarding", "no", at)
		case "FORWARDING", "FWD":
			c.state("zvm/tcpip/forwarding", "yes", at)
		default:
			c.out.add("zvm/tcpip/assortedparms", w, at)
		}
	}
	return true
}

// home reads an entry of HOME: address [mask] link.
func (c *tcpip) home(words []string, at collect.Origin) bool {
	if len(words) < 2 || !isAddress(words[0]) {
		return false
	}
	link := words[len(words)-1]
	c.out.add(collect.Key("zvm/tcpip/home").Join(link), strings.Join(words[:len(words)-1], " "), at)
	return true
}

// sslServer reads SSLSERVERID {* | userid} [TIMEOUT n].
func (c *tcpip) sslServer(words []string, at collect.Origin) bool {
	if words[0] == "" {
		return false
	}
	c.ssl = words[0]
	return c.state("zvm/tcpip/sslserverid", words[0], at)
}
