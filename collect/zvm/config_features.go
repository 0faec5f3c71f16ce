package zvm

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// switchedFeatures are the operands of FEATURES that ENABLE or DISABLE
// switches.
var switchedFeatures = []string{
	"AUTO_IPL", "AUTO_IPL_AFTER_RESTART", "AUTO_IPL_AFTER_SHUTDOWN_REIPL", "AUTO_WARM_IPL", "CLEAR_TDISK",
	"CPCHECKING", "CPTRAP", "DYNAMIC_IO", "IPL_MESSAGES", "LOGMSG_FROM_FILE", "NEW_DEVICES_INITIALIZED_WHEN_ADDED",
	"PAGING_ALIAS", "PAGING_HPF", "PCI", "SET_DEVICES", "SET_DYNAMIC_IO", "SET_PRIVCLASS", "STP_TIMESTAMPING",
	"STP_TIMEZONE", "THROTTLE_ALL", "UNRESPONSIVE_PROCESSOR_DETECTION", "VALIDATE_SHUTDOWN", "XRC_OPTIONAL", "XRC_TEST",
}

const featurePrefix collect.Key = "zvm/feature"

// features reads FEATURES: ENABLE and DISABLE with lists of names, and operands
// with values. They may come in any order and more than once; the last holds.
func (p *configPart) features() {
	state := ""
	for p.more() {
		switch w := p.word(); {
		case w == "ENABLE":
			state = "on"
		case w == "DISABLE":
			state = "off"
		case slices.Contains(switchedFeatures, w) && state != "":
			p.set(featurePrefix.Join(strings.ToLower(w)), collect.Text(state), p.at())
			if w == "CPCHECKING" {
				p.is("ABEND", "MESSAGE")
			}
		case w == "PROMPT" && state != "":
			for p.more() && strings.HasPrefix(p.peek(), "AFTER_") {
				p.set(featurePrefix.Join("prompt_"+strings.ToLower(p.word())), collect.Text(state), p.at())
			}
		case w == "RETRIEVE":
			for p.is("DEFAULT", "MAXIMUM") {
				p.putNumber(featurePrefix.Join("retrieve", strings.ToLower(p.passed())))
			}
		case w == "MAXUSERS":
			p.putNumberOr(featurePrefix.Join("maxusers"), "NOLIMIT")
		case w == "DISCONNECT_TIMEOUT":
			p.putNumberOr(featurePrefix.Join("disconnect_timeout"), "OFF")
		case w == "PASSWORDS_ON_CMDS":
			for p.is("AUTOLOG", "LINK", "LOGON", "XAUTOLOG") {
				p.putChoice(featurePrefix.Join("passwords_on_cmds", strings.ToLower(p.passed())), "YES", "NO")
			}
		case w == "VDISK":
			for p.is("SYSLIM", "USERLIM") {
				p.diskLimit(featurePrefix.Join("vdisk", strings.ToLower(p.passed())))
			}
		default:
			p.unknownOperand(w)
		}
	}
}

// diskLimit reads n [BLOCKS], n with a unit of bytes, or INFINITE.
func (p *configPart) diskLimit(key collect.Key) {
	w := p.peek()
	if w == "INFINITE" || w == "NOLIMIT" {
		p.i++
		p.set(key, collect.Text("infinite"), p.at())
		return
	}
	if _, ok := number(strings.TrimRight(w, "KMGT")); !ok {
		p.unexpected()
		return
	}
	p.i++
	at := p.at()
	switch {
	case p.is("BLOCKS", "BLKS", "BLK", "BLOCK"):
	case p.is("K", "M", "G", "T"):
		w += p.passed()
	case !p.more() && p.st.cut:
		return // the unit may have been cut off
	}
	p.set(key, collect.Text(w), at)
}

// journaling reads JOURNALING. LOGON and LINK begin groups of operands of the
// form: action AFTER n ATTEMPTS, and for LOCKOUT FOR m MINUTES.
func (p *configPart) journaling() {
	group := collect.Key("")
	for p.more() {
		switch w := p.word(); {
		case w == "FACILITY":
			p.putChoice("zvm/journal/facility", "ON", "OFF")
		case w == "SET_AND_QUERY" || w == "SET_AND_QUERY_JOURNAL":
			p.putChoice("zvm/journal/set_and_query", "ON", "OFF")
		case w == "LOGON" || w == "LINK":
			group = collect.Key("zvm/journal").Join(strings.ToLower(w))
		case group == "":
			p.unknownOperand(w)
		case w == "ACCOUNT" || w == "DISABLE" || w == "MESSAGE":
			p.attempts(group.Join(strings.ToLower(w)))
		case w == "LOCKOUT":
			p.attempts(group.Join("lockout", "attempts"))
			if p.is("FOR") {
				p.putNumber(group.Join("lockout", "minutes"))
				p.is("MINUTES", "MINUTE")
			}
		default:
			p.unknownOperand(w)
		}
	}
}

// attempts reads [TO userid] AFTER n ATTEMPTS, or OFF.
func (p *configPart) attempts(key collect.Key) {
	if p.is("TO") {
		p.word()
	}
	if p.is("OFF", "NONE") {
		p.set(key, collect.Text("none"), p.at())
		return
	}
	p.is("AFTER")
	p.putNumberOr(key)
	p.is("ATTEMPTS", "ATTEMPT")
	if p.is("TO") {
		p.word()
	}
}
