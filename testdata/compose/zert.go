package compose

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"time"
)

// Bits and values of the common section of SMF 119 subtype 12 and of the TCP/IP
// identification section.
const (
	EventSummary             = 1 // SMF119SS_SAEvent_Type
	EventAggregationEnabled  = 2
	EventAggregationDisabled = 3

	FlagIPv6   = 0x80 // SMF119SS_SAFlags; set by the composer from the addresses
	FlagServer = 0x40 // the local socket is the server
	FlagClient = 0x20 // the local socket is the client

	ProtoNone  = 0x00 // SMF119SS_SASecProtos: exactly one of these in subtype 12
	ProtoTLS   = 0x80
	ProtoSSH   = 0x40
	ProtoIPSec = 0x20

	ReasonEvent    = 0x08 // SMF119TI_Reason
	ReasonMore     = 0xC0 // interval record, more of the set follow
	ReasonLast     = 0x80 // interval record, last of the set
	ReasonEndMore  = 0x60 // end of statistics, more follow
	ReasonEndFinal = 0x20 // end of statistics, last
)

// TCPIPIdent is the TCP/IP identification section that every SMF 119 record
// starts with: 64 bytes, SMF119TI_*.
type TCPIPIdent struct {
	SYSName     string // offset 0, 8 bytes
	SysplexName string // 8
	Stack       string // 16
	ReleaseID   string // 24
	Comp        string // 32; empty means STACK, the value of subtypes 11 and 12
	ASName      string // 40
	UserID      string // 48
	ASID        uint16 // 58
	Reason      byte   // 60
}

func (t TCPIPIdent) bytes() []byte {
	if t.Comp == "" {
		t.Comp = "STACK"
	}
	b := make([]byte, 0, 64)
	for _, name := range []string{t.SYSName, t.SysplexName, t.Stack, t.ReleaseID, t.Comp, t.ASName, t.UserID} {
		b = appendField(b, name, 8)
	}
	b = append(b, 0, 0)
	b = binary.BigEndian.AppendUint16(b, t.ASID)
	return append(b, t.Reason, 0, 0, 0)
}

// ZERTCounters are the eight counters of a summary record. They are cumulative
// for the life of the session, not for the interval.
type ZERTCounters struct {
	LifeConnCnt, LifePartialConnCnt, LifeShortConnCnt, ActiveConnCnt uint32
	LifeInBytes, LifeOutBytes, LifeInSegDG, LifeOutSegDG             uint64
}

func (c ZERTCounters) append(b []byte) []byte {
	for _, n := range []uint32{c.LifeConnCnt, c.LifePartialConnCnt, c.LifeShortConnCnt, c.ActiveConnCnt} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	for _, n := range []uint64{c.LifeInBytes, c.LifeOutBytes, c.LifeInSegDG, c.LifeOutSegDG} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return b
}

// ZERTSummary is an SMF 119 subtype 12 record ("zERT Summary record", z/OS
// Communications Server: IP Programmer's Guide and Reference). Fields carry the
// names of the layout without the prefix SMF119SS_SA.
//
// The record is header (24 bytes), self-defining section with six triplets (52),
// then the sections that are present, without gaps: identification (64), common
// (204), at most one of TLS, SSH and IPSec, and the certificate names.
// SecProtos follows from which of the three is set. An absent section has a
// triplet of three zeros.
type ZERTSummary struct {
	Header SMFHeader // Type 119 and Subtype 12 are filled in
	Ident  TCPIPIdent

	IntervalDuration         time.Duration // offset 0: microseconds in bits 0-51
	EventType                byte          // 8; zero means EventSummary
	Flags                    byte          // 9; FlagIPv6 is filled in
	Jobname                  string        // 11, 8 bytes
	UserID                   string        // 19, 8 bytes
	IPProto                  byte          // 27; zero means 6, TCP
	SrvIP, CltIP             netip.Addr    // 28, 44; IPv4 in the first four of sixteen bytes
	SrvPortStart, SrvPortEnd uint16        // 60, 62; end zero means the same as start
	SessionID                string        // 64, 42 bytes, "p-value"
	Init, End                ZERTCounters  // 108, 156
	FailedHandshakes         *[2]uint32    // 204, 208: z/OS 3.2, makes the section 212 bytes

	TLS   *ZERTTLS
	SSH   *ZERTSSH
	IPSec *ZERTIPSec
	DNs   []DN

	// DNTriplet says what the length in the triplet of the name section means,
	// which no public document states.
	DNTriplet DNLength
}

// Record returns the record with its descriptor word: 344 bytes without a
// protocol section, 380 with TLS, 390 with SSH, 418 with IPSec, plus names.
func (z ZERTSummary) Record() []byte {
	z.Header.Type, z.Header.Subtype = 119, 12
	sections := []section{one(z.Ident.bytes()), one(z.common()), {}, {}, {}, dnSection(z.DNs, z.DNTriplet)}
	switch {
	case z.TLS != nil:
		sections[2] = one(z.TLS.bytes())
	case z.SSH != nil:
		sections[3] = one(z.SSH.bytes())
	case z.IPSec != nil:
		sections[4] = one(z.IPSec.bytes())
	}
	return SMFRecord(z.Header, selfDefining(sections))
}

func (z ZERTSummary) common() []byte {
	if z.EventType == 0 {
		z.EventType = EventSummary
	}
	if z.IPProto == 0 {
		z.IPProto = 6
	}
	if z.SrvPortEnd == 0 {
		z.SrvPortEnd = z.SrvPortStart
	}
	if z.SrvIP.Is6() || z.CltIP.Is6() {
		z.Flags |= FlagIPv6
	}
	protos := byte(ProtoNone)
	switch {
	case z.TLS != nil:
		protos = ProtoTLS
	case z.SSH != nil:
		protos = ProtoSSH
	case z.IPSec != nil:
		protos = ProtoIPSec
	}
	b := make([]byte, 0, 212)
	b = binary.BigEndian.AppendUint64(b, uint64(z.IntervalDuration.Microseconds())<<12)
	b = append(b, z.EventType, z.Flags, protos)
	b = appendField(b, z.Jobname, 8)
	b = appendField(b, z.UserID, 8)
	b = append(b, z.IPProto)
	b = appendAddress(b, z.SrvIP)
	b = appendAddress(b, z.CltIP)
	b = binary.BigEndian.AppendUint16(b, z.SrvPortStart)
	b = binary.BigEndian.AppendUint16(b, z.SrvPortEnd)
	b = appendField(b, z.SessionID, 42)
	b = append(b, 0, 0)
	b = z.Init.append(b)
	b = z.End.append(b)
	if z.FailedHandshakes != nil {
		b = binary.BigEndian.AppendUint32(b, z.FailedHandshakes[0])
		b = binary.BigEndian.AppendUint32(b, z.FailedHandshakes[1])
	}
	return b
}

// appendAddress appends sixteen bytes. Subtypes 11 and 12 keep an IPv4 address
// in the first four, unlike most other subtypes of 119, which map it into IPv6.
// The zero Addr is sixteen zeros.
func appendAddress(b []byte, a netip.Addr) []byte {
	var field [16]byte
	copy(field[:], a.AsSlice())
	return append(b, field[:]...)
}

// section is what one triplet describes.
type section struct {
	data   []byte
	length int // in the triplet
	number int
}

func one(data []byte) section { return section{data: data, length: len(data), number: 1} }

// selfDefining returns the triplets and the sections behind them, to be put
// after a 24-byte header. Offsets in triplets count from the descriptor word.
func selfDefining(sections []section) []byte {
	b := binary.BigEndian.AppendUint16(nil, uint16(len(sections)))
	b = append(b, 0, 0)
	at := 28 + 8*len(sections)
	for _, s := range sections {
		if s.number == 0 {
			b = append(b, 0, 0, 0, 0, 0, 0, 0, 0)
			continue
		}
		b = binary.BigEndian.AppendUint32(b, uint32(at))
		b = binary.BigEndian.AppendUint16(b, uint16(s.length))
		b = binary.BigEndian.AppendUint16(b, uint16(s.number))
		at += len(s.data)
	}
	for _, s := range sections {
		b = append(b, s.data...)
	}
	return b
}

// DN is one entry of the certificate name section.
type DN struct {
	Type uint16 // 5 TLS server subject, 6 TLS server issuer, 7 and 8 client; 1-4 IPSec, 9-12 SSH
	Text string // up to 1024 characters
}

// DNLength is a reading of the length in the triplet of the name section.
type DNLength int

const (
	DNTotal   DNLength = iota // the length of all entries together; what we assume
	DNLongest                 // the length of the longest entry
	DNFirst                   // the length of the first entry
)

func dnSection(dns []DN, length DNLength) section {
	s := section{number: len(dns)}
	longest, first := 0, 0
	for i, dn := range dns {
		if len(dn.Text) > 1024 {
			panic(fmt.Sprintf("compose: a distinguished name of %d characters", len(dn.Text)))
		}
		n := 4 + len(dn.Text)
		s.data = binary.BigEndian.AppendUint16(s.data, uint16(n))
		s.data = binary.BigEndian.AppendUint16(s.data, dn.Type)
		s.data = appendEBCDIC(s.data, dn.Text)
		longest = max(longest, n)
		if i == 0 {
			first = n
		}
	}
	switch length {
	case DNTotal:
		s.length = len(s.data)
	case DNLongest:
		s.length = longest
	case DNFirst:
		s.length = first
	}
	return s
}
