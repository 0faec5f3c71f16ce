package zvm

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// finish states what the files leave out and what several of them say together,
// and records the part.
func (c *tcpip) finish() error {
	var ftp []*dtcEntry
	servers := -1
	if c.sheets[dtcparmsFile] != nil {
		ftp, servers = c.recordServers()
	}
	for kind, s := range c.sheets {
		if s == nil {
			continue
		}
		end := worst(c.ends[kind])
		c.out = s
		start := collect.Origin{}
		switch tcpipKind(kind) {
		case profileFile:
			if len(c.stacks) == 0 {
				c.finishProfile(end, start)
				break
			}
			s = c.joinStacks(start)
		case dtcparmsFile:
			c.finishServers(ftp, servers, end, start)
			c.doubtLastEntry(end)
		case ftpFile:
			c.finishFTP(end, start)
		case dataFile:
			c.finishData(end, start)
		case smtpFile:
			c.fill(end, start, "", "zvm/smtp/secure")
		case uftFile:
			c.fill(end, start, "", "zvm/uft/nslookup")
		case rscsFile:
			c.finishRSCS(end, start)
		}
		if err := s.record(c.rec, end, tcpipPrefixes[kind]...); err != nil {
			return err
		}
	}
	c.coverMissing()
	return nil
}

// doubtLastEntry says that the last entry of DTCPARMS, which has no end of its
// own, may have been cut off, and with a class the servers that rely on it.
func (c *tcpip) doubtLastEntry(end ending) {
	if len(c.entries) == 0 {
		return
	}
	last := c.entries[len(c.entries)-1]
	tls := collect.Key("zvm/tls").Join(last.name)
	if isClass(last) {
		tls = "zvm/tls"
	}
	for _, prefix := range [...]collect.Key{collect.Key("zvm/server").Join(last.name), tls} {
		c.out.doubts = append(c.out.doubts, collect.Coverage{
			Prefix: prefix, State: collect.Partial, Reason: "the last entry may have been cut off: " + end.reason,
		})
	}
}

// coverMissing says of what the files that were not given would tell that it is
// not known, where it lies below a prefix of one that was given.
func (c *tcpip) coverMissing() {
	for kind := profileFile; kind <= lastKind; kind++ {
		if c.sheets[kind] != nil {
			continue
		}
		for _, prefix := range tcpipPrefixes[kind] {
			if slices.ContainsFunc(c.sheets[:], func(s *sheet) bool { return s != nil && s.stated(prefix) }) {
				continue // said to be unknown, and why
			}
			for other := profileFile; other <= lastKind; other++ {
				if c.sheets[other] != nil && slices.ContainsFunc(tcpipPrefixes[other], func(p collect.Key) bool { return prefix.Under(p) && prefix != p }) {
					c.rec.Cover(collect.Coverage{Prefix: prefix, State: collect.Uncovered, Reason: kind.String() + " was not given"})
				}
			}
		}
	}
}

// given returns how far the files of a kind can be relied on; partial when none
// was given.
func (c *tcpip) given(kind tcpipKind) ending {
	if c.sheets[kind] == nil {
		return ending{collect.Partial, kind.String() + " was not given"}
	}
	return worst(c.ends[kind])
}

// derive states a value computed from a file; unknown when the file is partial.
// What may follow the end of an open file could change it. A key below which
// others lie keeps the coverage of the file: theirs would go with its own.
func (c *tcpip) derive(key collect.Key, v collect.Value, end ending, at collect.Origin) {
	above := slices.ContainsFunc(tcpipPrefixes[:], func(list []collect.Key) bool { return slices.Contains(list, key) })
	switch {
	case end.state == collect.Partial:
		v = collect.Unknown(end.reason)
	case end.state == collect.Open && !above:
		c.out.doubts = append(c.out.doubts, collect.Coverage{Prefix: key, State: collect.Partial, Reason: "more may follow: " + end.reason})
	}
	c.out.set(key, v, at)
}

// fill gives scalars that a complete file does not state their value: unknown
// where a default decides, a word where the absence itself is the setting.
func (c *tcpip) fill(end ending, at collect.Origin, absent string, keys ...collect.Key) {
	if end.state != collect.Complete {
		return
	}
	v := collect.Unknown(notInStatement)
	if absent != "" {
		v = collect.Text(absent)
	}
	for _, key := range keys {
		if !c.out.stated(key) {
			c.out.set(key, v, at)
		}
	}
}

func (c *tcpip) finishProfile(end ending, at collect.Origin) {
	const base collect.Key = "zvm/tcpip"
	c.fill(end, at, "none", base.Join("foreignipconlimit"), base.Join("persistconnectionlimit"), base.Join("pendingconnectionlimit"),
		base.Join("sslserverid"), base.Join("telnet", "connectexit"), base.Join("telnet", "tlslabel"))
	c.fill(end, at, "no", base.Join("checksum"))
	c.fill(end, at, "", base.Join("restrictlowports"), base.Join("forwarding"), base.Join("telnet", "secureconnection"),
		base.Join("telnet", "clientcertcheck"))
	if end.state == collect.Complete {
		for _, name := range [...]string{"obey", "permit", "restrict", "inform", "assortedparms"} {
			c.out.none(base.Join(name))
		}
	}
	var users, clear []string
	for _, key := range c.out.order {
		if s := key.Segments(); len(s) == 5 && key.Under(base.Join("autolog")) && s[4] == "password_class" {
			users = append(users, s[3])
		}
	}
	for _, user := range users {
		coded := "yes"
		if c.out.text(base.Join("autolog", user, "password_class")) == "none" {
			coded = "no"
		}
		c.out.set(base.Join("autolog", user, "password_coded"), collect.Text(coded), c.out.facts[base.Join("autolog", user, "password_class")].at)
	}
	for key, p := range c.ports {
		if p.clear && !c.ownTLS(key, p) {
			clear = append(clear, key.number+"/"+key.proto)
		}
	}
	c.derive(base.Join("autolog"), collect.Set(users...), end, at)
	c.derive(base.Join("port", "count"), collect.Number(int64(len(c.ports))), end, at)
	c.derive(base.Join("ports_without_tls"), collect.Set(clear...), end, at)
	c.derive(base.Join("unknown_statements"), collect.Number(c.unknown), end, at)
	switch {
	case c.ssl != "":
		c.out.set("zvm/tls/enabled", collect.Text("yes"), c.out.facts[base.Join("sslserverid")].at)
	case end.state == collect.Complete:
		c.out.set("zvm/tls/enabled", collect.Text("no"), at)
	default:
		c.out.set("zvm/tls/enabled", collect.Unknown("no SSLSERVERID in what was read: "+end.reason), at)
	}
}

// ownTLS reports whether the server of a port requires TLS itself, as the files
// that were given say: telnet by INTERNALCLIENTPARMS, FTP by SRVRFTP CONFIG.
func (c *tcpip) ownTLS(key portKey, p *port) bool {
	if key.proto != "tcp" {
		return false
	}
	only := func(user string) bool {
		return len(p.users) > 0 && !slices.ContainsFunc(p.users, func(u string) bool { return u != user })
	}
	switch {
	case only("INTCLIEN"):
		return c.telnet.secure == "required"
	case only("FTPSERVE"):
		return c.ftpControl == "REQUIRED" && c.ftpData == "REQUIRED"
	}
	return false
}

func (c *tcpip) finishServers(ftp []*dtcEntry, tls int, end ending, at collect.Origin) {
	c.derive("zvm/tls/server/count", collect.Number(int64(tls)), end, at)
	if end.state == collect.Complete && !c.out.stated("zvm/tls/admin_id_list") {
		c.out.set("zvm/tls/admin_id_list", collect.Unknown(notInStatement), at)
	}
	entries := c.effectiveEntries()
	for _, name := range [...]string{"esm_enable", "esm_racroute", "esm_validate"} {
		c.derive(collect.Key("zvm/ftp").Join(name), c.ofServers(entries, ftp, name), end, at)
	}
	if c.sheets[ftpFile] == nil {
		// Without SRVRFTP CONFIG the answer can only be yes.
		c.anonymousFTP(ftp, at)
	}
}

// ofServers joins what the FTP servers state.
func (c *tcpip) ofServers(entries map[string]*dtcEntry, servers []*dtcEntry, name string) collect.Value {
	var values []string
	for _, e := range servers {
		t, ok := c.tag(entries, e, name)
		if !ok {
			return collect.Unknown("not stated for " + e.name + " in the DTCPARMS files given")
		}
		values = append(values, esmWord(t.value))
	}
	slices.Sort(values)
	switch values = slices.Compact(values); len(values) {
	case 0:
		return collect.Unknown("the DTCPARMS files given have no entry of an FTP server")
	case 1:
		return collect.Text(values[0])
	}
	return collect.Unknown("the FTP servers differ: " + strings.Join(values, ", "))
}

func (c *tcpip) finishFTP(end ending, at collect.Origin) {
	c.fill(end, at, "", "zvm/ftp/securecontrol", "zvm/ftp/securedata", "zvm/ftp/inactive")
	c.fill(end, at, "no", "zvm/ftp/srvrftp/anonymou")
	entries := c.effectiveEntries()
	var ftp []*dtcEntry
	for _, e := range c.entries {
		if entries[e.name] == e && (strings.EqualFold(e.tags["class"].value, "ftp") || e.name == "FTPSERVE") {
			ftp = append(ftp, e)
		}
	}
	c.anonymousFTP(ftp, at)
}

// anonymousFTP states whether FTP lets in users without a password: yes when one
// file allows it, no when both are whole and none does.
func (c *tcpip) anonymousFTP(ftp []*dtcEntry, at collect.Origin) {
	const key collect.Key = "zvm/ftp/anonymous"
	entries := c.effectiveEntries()
	yes := c.anonymous
	for _, e := range ftp {
		for _, name := range [...]string{"anonymous", "anonymou"} {
			if t, ok := c.tag(entries, e, name); ok && !strings.EqualFold(t.value, "no") {
				yes = true
			}
		}
		if t, ok := c.tag(entries, e, "parms"); ok && strings.Contains(" "+strings.ToUpper(t.value), " ANONYMOU") {
			yes = true
		}
	}
	if yes {
		c.out.set(key, collect.Text("yes"), at)
		return
	}
	for _, kind := range [...]tcpipKind{ftpFile, dtcparmsFile} {
		if end := c.given(kind); end.state != collect.Complete {
			c.out.set(key, collect.Unknown(end.reason+", and it may allow it"), at)
			return
		}
	}
	c.out.set(key, collect.Text("no"), at)
}

func (c *tcpip) finishData(end ending, at collect.Origin) {
	c.fill(end, at, "", "zvm/tcpip/client/securetelnet", "zvm/dns/domainlookup", "zvm/dns/domainorigin")
	if end.state == collect.Complete {
		c.out.none("zvm/dns/nsinteraddr")
		c.out.none("zvm/dns/domainsearch")
	}
}
