package zert

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/maphash"

	"github.com/irondrift/irondrift/collect/internal/smf"
)

// Connection detail names both ends of one connection, and not which of them is
// the server, until z/OS 3.2. So a connection goes to its service in two steps:
// those that say it are gathered by service in collection.details, the others in
// collection.pending; when everything was read both find the service that the
// summary records speak of, see resolve.go.

// detailRecord takes one connection detail record.
func (c *collection) detailRecord(sys *system, rec []byte, when smf.Hundredths, at place) {
	sys.zert++
	v := &c.view
	filter, err := v.openDetail(rec)
	if err != nil {
		sys.broken.add(at, err.Error())
		return
	}
	if c.repeat.seen(maphash.Bytes(c.seeds[1], rec[4:])) {
		sys.repeated++
		return
	}
	one := seen{at, 1, when, when}
	event := v.common[scEventType]
	switch event {
	case detailBegun, detailChanged, detailEnded, detailShort, detailEnforcement, detailEnabled, detailDisabled:
	default:
		sys.odd[fmt.Sprintf("zERT connection detail event %d", event)]++
		return
	}
	sys.used++
	sys.period.add(when, when)
	n := c.stackOf(sys, v)
	st := c.stacks[n]
	st.note(v, &one)
	switch event {
	case detailEnabled, detailDisabled:
		st.discovery[event-detailEnabled].merge(&one)
		st.mark(when, [...]string{"zERT was enabled", "zERT was disabled"}[event-detailEnabled])
		return
	case detailEnforcement:
		st.monitoring[byPolicy].merge(&one)
	default:
		st.monitoring[byDetail].merge(&one)
	}
	c.connection(sys, st, v, filter, &one)
}

// connection adds the record of a connection to its service, or to what is
// pending.
func (c *collection) connection(sys *system, st *stack, v *view, filter []byte, one *seen) {
	b := v.common
	template, failed := c.detailTemplate(v, filter)
	d := detail{details: 1}
	switch b[scEventType] {
	case detailBegun, detailShort:
		d.begun = 1
	}
	switch b[scEventType] {
	case detailEnded, detailShort:
		if len(b) >= scOut+8 {
			d.in, d.out = binary.BigEndian.Uint64(b[scIn:]), binary.BigEndian.Uint64(b[scOut:])
		}
	}
	if failed && b[scEventType] != detailEnded && b[scEventType] != detailEnforcement {
		d.failed = 1
	}
	user := [8]byte(b[scUserID : scUserID+8])
	blank(user[:])
	k := connKey{
		sid: sys.sid, stack: st.key.stack, job: [8]byte(b[scJobname : scJobname+8]),
		localPort: binary.BigEndian.Uint16(b[scLPort:]), remotePort: binary.BigEndian.Uint16(b[scRPort:]),
		v6: b[scFlags]&flagIPv6 != 0, udp: b[scIPProto] == 17,
	}
	blank(k.job[:])
	k.job = c.jobs.of(k.job)
	k.local, k.remote = ipField(b[scLIP:], k.v6), ipField(b[scRIP:], k.v6)
	if role := roleOf(v); role != roleUnknown {
		c.detailService(k.service(role)).addConnection(k.remote, user, template, one, &d, c.members)
		return
	}
	p := pendingKey{k, user, template}
	if old := c.pending[p]; old != nil {
		old.seen.merge(one)
		old.detail.add(&d)
		return
	}
	if len(c.pending) >= maxPending {
		c.manyPending = true
		c.detailService(k.guess()).addConnection(k.remote, user, template, one, &d, c.members)
		return
	}
	c.pending[p] = &pending{*one, d}
}

// roleOf returns the role of the local end when the record says it: since z/OS
// 3.2 in a flag; else by the side of the handshake it was on.
func roleOf(v *view) uint8 {
	switch v.common[scFlags] & (detailServer | detailClient) {
	case detailServer:
		return roleServer
	case detailClient:
		return roleClient
	}
	if v.common[scSecProtos]&protoTLS != 0 {
		switch octet(v.protos[0], tlsHandshakeRole) {
		case 1:
			return roleClient
		case 2, 3:
			return roleServer
		}
	}
	if s := v.protos[1]; v.common[scSecProtos]&protoSSH != 0 && len(s) >= sshComponentName+8 {
		switch string(bytes.TrimRight(s[sshComponentName:sshComponentName+8], "\x40\x00")) {
		case "\xE2\xC6\xE3\xD7\xE2", "\xE2\xC3\xD7\xE2", "\xE2\xE2\xC8\xC4": // SFTPS, SCPS, SSHD
			return roleServer
		case "\xE2\xC6\xE3\xD7\xC3", "\xE2\xC3\xD7\xC3", "\xE2\xE2\xC8": // SFTPC, SCPC, SSH
			return roleClient
		}
	}
	return roleUnknown
}

// addConnection adds what one record, or several of the same kind, say.
func (s *service) addConnection(peer [16]byte, user [8]byte, template uint32, t *seen, d *detail, limit int) {
	s.seen.merge(t)
	s.detail.add(d)
	s.addPeer(peer, t, limit)
	s.addNetwork(peer, t, limit)
	add(&s.users, user, t)
	add(&s.templates, template, t)
}

// detailTemplate returns the template of a connection detail record, and whether
// its handshake failed. Identifiers of one connection or tunnel are left out of
// what makes a template.
func (c *collection) detailTemplate(v *view, filter []byte) (n uint32, failed bool) {
	common, tls, ssh, ipsec := v.common, v.protos[0], v.protos[1], v.protos[2]
	tlsFailed := common[scSecProtos]&protoTLS != 0 && octet(tls, tlsHandshakeType) == 3
	sshFailed := common[scSecProtos]&protoSSH != 0 && octet(ssh, sshFailed)&0x80 != 0
	failed = tlsFailed || sshFailed

	b := append(c.moving[:0], subtypeDetail, common[scSecProtos], common[scFlags]&(detailBypass|detailReset), common[scSecFlags], 0)
	if common[scEventType] == detailEnforcement {
		b[4] = 1
	}
	section := func(s []byte, but ...[2]int) {
		b = append(b, byte(len(s)>>8), byte(len(s)))
		at := len(b)
		b = append(b, s...)
		for _, r := range but {
			clear(b[min(at+r[0], len(b)):min(at+r[1], len(b))])
		}
	}
	section(filter)
	section(tls, [2]int{tlsSessionID, tlsProviderName})
	section(ssh)
	section(ipsec, [2]int{ipsecTunnelID, 4}, [2]int{ipsecLifetimes, ipsecLifetimes + 12},
		[2]int{ipsecDataTunnel, ipsecDataTunnel + 4}, [2]int{ipsecDataLife, ipsecDataLife + 12})
	if v.names > 0 {
		b = append(append(b, byte(v.count>>8), byte(v.count)), v.rec[v.names:]...)
	}
	c.moving = b
	if n, ok := c.byBytes[string(b)]; ok {
		return n, failed
	}

	protos := common[scSecProtos]
	if tlsFailed {
		protos &^= protoTLS
	}
	if sshFailed {
		protos &^= protoSSH
	}
	var t template
	if protos != 0 || !failed {
		// A connection whose handshake failed was neither protected nor carried
		// data without protection.
		t.attributes = detailFields.attributes(nil, protos, tls, ssh, ipsec)
	}
	t.attributes = detailAttributes(t.attributes, v, filter)
	all := detailFields.validity(nil, tls, ssh, ipsec)
	all = c.detailNames(all, v, filter)
	all, err := c.distinguished(all, v)
	return c.addTemplate(t, all, err), failed
}

// detailAttributes appends what only connection detail says.
func detailAttributes(dst []attribute, v *view, filter []byte) []attribute {
	add := func(k kind, value uint64) { dst = append(dst, newAttribute(k, value)) }
	common, tls, ssh, ipsec := v.common, v.protos[0], v.protos[1], v.protos[2]
	fips := func(s []byte, source, at int) uint64 {
		if octet(s, source) != 2 || at >= len(s) { // observation cannot know
			return notKnown
		}
		return octet(s, at)
	}
	if common[scSecProtos]&protoTLS != 0 {
		add(tlsFIPS, fips(tls, detailFields.tls.source, tlsFIPSMode))
		add(tlsHandshake, octet(tls, tlsHandshakeType))
		add(tlsBypass, bit(common, scFlags, detailBypass))
	}
	if common[scSecProtos]&protoSSH != 0 {
		add(sshFIPS, fips(ssh, detailFields.ssh.source, sshFIPSMode))
	}
	if common[scSecProtos]&protoIPSec != 0 {
		add(ipsecFIPS, bit(ipsec, ipsecTunFlags, 0x40))
		add(ipsecTunnelType, octet(ipsec, ipsecTunType))
	}
	switch {
	case len(filter) > fltInAct:
		add(filterOut, octet(filter, fltOutAct))
		add(filterIn, octet(filter, fltInAct))
	case common[scSecFlags]&secFiltered != 0:
		add(filterOut, notKnown)
		add(filterIn, notKnown)
	}
	if common[scEventType] == detailEnforcement {
		add(enforcement, 1)
	}
	if common[scFlags]&detailReset != 0 {
		add(enforcement, 2)
	}
	return dst
}

// detailNames appends the texts that only connection detail has.
func (c *collection) detailNames(dst []name, v *view, filter []byte) []name {
	text := func(k nameKind, s []byte, at, size int) {
		if at+size <= len(s) {
			if t := c.page.String(s[at : at+size]); t != "" {
				dst = append(dst, name{k, t})
			}
		}
	}
	rule := func(k nameKind, at int) {
		if at+fltRule > len(filter) {
			return
		}
		t := c.page.String(filter[at : at+40])
		if ext := c.page.String(filter[at+40 : at+fltRule]); ext != "" {
			t += "." + ext
		}
		if t != "" {
			dst = append(dst, name{k, t})
		}
	}
	text(tlsProvider, v.protos[0], tlsProviderName, 16)
	ssh := v.protos[1]
	text(sshProvider, ssh, sshProviderName, 16)
	text(sshComponent, ssh, sshComponentName, 8)
	for i, k := range [...]nameKind{sshServerFingerprint, sshClientFingerprint} {
		length, at := int(short(ssh, sshFPLengths+2*i)), sshFP+64*i
		if length >= 1 && length <= 64 && at+length <= len(ssh) {
			dst = append(dst, name{k, hex.EncodeToString(ssh[at : at+length])})
		}
	}
	text(ipsecRule, v.protos[2], ipsecRuleName, 48)
	rule(filterRuleOut, fltOutRule)
	rule(filterRuleIn, fltInRule)
	return dst
}
