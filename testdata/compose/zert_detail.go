package compose

import (
	"encoding/binary"
	"net/netip"
	"time"
)

// Bits of the common section of SMF 119 subtype 11.
const (
	DetailBypass = 0x40 // SMF119SC_SAFlags: AT-TLS left out encryption within the host
	DetailReset  = 0x20 // reset by enforcement, z/OS 3.2
	DetailServer = 0x10 // the local socket is the server, z/OS 3.2
	DetailClient = 0x08
)

// ZERTDetail is an SMF 119 subtype 11 record ("zERT connection detail"). Without
// sections it is what a connection without recognised protection looks like: the
// common section has the event, the protocols and the flags in another order than
// that of subtype 12.
type ZERTDetail struct {
	Header   SMFHeader // Type 119 and Subtype 11 are filled in
	Ident    TCPIPIdent
	Triplets int // 7 up to z/OS V2R4, 8 from V2R5; zero means 7

	EventType                  byte // 1 initiation, 2 change, 3 termination, 4 short, 7 enforcement
	SecProtos, Flags, SecFlags byte
	IPProto                    byte // zero means 6, TCP
	Jobname, JobID, UserID     string
	Start, End                 time.Time // written in UTC; the zero time as all zeros
	RIP, LIP                   netip.Addr
	RPort, LPort               uint16
	ConnID                     uint32
	InBytes, OutBytes          uint64
	InSegDG, OutSegDG          uint64

	Filter *ZERTFilter
	TLS    *ZERTDetailTLS // these three set their bit in SecProtos
	SSH    *ZERTDetailSSH
	IPSec  *ZERTDetailIPSec
	DNs    []DN
}

// Record returns the record with its descriptor word: 276 bytes with seven
// triplets and no section, 444 with TLS, 560 with SSH, 512 with IPSec; 100 more
// with the IP filter, 8 more with eight triplets.
func (z ZERTDetail) Record() []byte {
	z.Header.Type, z.Header.Subtype = 119, 11
	if z.Triplets == 0 {
		z.Triplets = 7
	}
	if z.IPProto == 0 {
		z.IPProto = 6
	}
	if z.RIP.Is6() || z.LIP.Is6() {
		z.Flags |= FlagIPv6
	}
	for bit, on := range map[byte]bool{ProtoTLS: z.TLS != nil, ProtoSSH: z.SSH != nil, ProtoIPSec: z.IPSec != nil} {
		if on {
			z.SecProtos |= bit
		}
	}
	b := []byte{z.EventType, z.SecProtos, z.Flags, z.SecFlags, z.IPProto, 0, 0, 0}
	b = appendField(b, z.Jobname, 8)
	b = appendField(b, z.JobID, 8)
	b = appendField(b, z.UserID, 8)
	b = appendUTC(appendUTC(b, z.Start), z.End)
	b = appendAddress(appendAddress(b, z.RIP), z.LIP)
	b = appendShorts(b, z.RPort, z.LPort)
	b = binary.BigEndian.AppendUint32(b, z.ConnID)
	for _, n := range []uint64{z.InBytes, z.OutBytes, z.InSegDG, z.OutSegDG, 0} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	sections := make([]section, z.Triplets)
	sections[0], sections[1] = one(z.Ident.bytes()), one(b)
	if z.Filter != nil {
		sections[2] = one(z.Filter.bytes())
	}
	if z.TLS != nil {
		sections[3] = one(z.TLS.bytes())
	}
	if z.SSH != nil {
		sections[4] = one(z.SSH.bytes())
	}
	if z.IPSec != nil {
		sections[5] = one(z.IPSec.bytes())
	}
	if len(z.DNs) > 0 {
		sections[6] = dnSection(z.DNs, DNTotal)
	}
	return SMFRecord(z.Header, selfDefining(sections))
}

func appendUTC(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, 0, 0, 0, 0, 0, 0, 0, 0)
	}
	t = t.UTC()
	date := PackedDate(t)
	return append(binary.BigEndian.AppendUint32(b, Hundredths(t)), date[:]...)
}
