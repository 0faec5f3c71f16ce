package compose

import (
	"encoding/binary"
	"net/netip"
	"time"
)

// ZERTDetail is a minimal SMF 119 subtype 11 record ("zERT connection detail"):
// identification and common section only, the five or six other triplets absent.
// It is what a session without recognised protection looks like, and enough to
// prove that a reader of subtype 12 tells the two apart: the common section has
// the event, the protocols and the flags in another order.
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
}

// Record returns the record with its descriptor word: 276 bytes with seven
// triplets, 284 with eight.
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
