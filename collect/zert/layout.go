package zert

import (
	"encoding/binary"
	"fmt"
)

// Offsets of SMF 119 subtype 12, "zERT Summary record" in z/OS Communications
// Server IP Programmer's Guide and Reference. Offsets in a record count its
// descriptor word; offsets in a section start at the section.
const (
	recordType     = 119
	subtypeProfile = 4
	subtypeStack   = 8
	subtypeDetail  = 11
	subtypeSummary = 12

	sdNumber   = 24 // SMF119SD_TRN, number of triplets
	sdTriplets = 28

	// Triplets of subtype 12.
	tripletIdent  = 0
	tripletCommon = 1
	tripletTLS    = 2 // then SSH and IPSec
	tripletDN     = 5

	// TCP/IP identification section, SMF119TI_*.
	tiSYSName   = 0
	tiSysplex   = 8
	tiStack     = 16
	tiReleaseID = 24
	tiReason    = 60
	identMin    = 24 // up to and with the stack

	// Common section, SMF119SS_SA*.
	saDuration  = 0
	saEventType = 8
	saFlags     = 9
	saSecProtos = 10
	saJobname   = 11
	saUserID    = 19
	saIPProto   = 27
	saSrvIP     = 28
	saCltIP     = 44
	saSrvPort   = 60 // first, then last
	saSessionID = 64
	saReserved  = 106
	saInit      = 108 // counters at the start of the interval
	saEnd       = 156 // the same eight at its end
	saCounters  = 204
	saFailed    = 204 // failed handshakes at start and end, since z/OS 3.2
	saFailedEnd = 212
	commonMin   = saSessionID // what a session record must reach
	eventMin    = saEventType + 1

	// Within a set of counters.
	lifeConnCnt = 0
	lifeIn      = 16
	lifeOut     = 24
)

// SMF119SS_SAEvent_Type.
const (
	eventInterval = 1
	eventEnabled  = 2
	eventDisabled = 3
)

// SMF119SS_SAFlags and SMF119SS_SASecProtos.
const (
	flagIPv6   = 0x80
	flagServer = 0x40
	flagClient = 0x20

	protoTLS   = 0x80
	protoSSH   = 0x40
	protoIPSec = 0x20
)

// SMF119TI_Reason of interval records.
const (
	reasonMore = 0xC0 // more records of this interval follow
	reasonLast = 0x80
)

// view is a summary record cut into its sections, which are slices of it.
type view struct {
	rec    []byte
	ident  []byte
	common []byte
	protos [3][]byte // TLS, SSH, IPSec; nil when absent
	names  int       // offset of the certificate names, 0 when there are none
	count  int       // how many names
}

// open locates the sections that every summary record has.
func (v *view) open(rec []byte) error {
	if len(rec) < sdTriplets {
		return fmt.Errorf("it has no self-defining section")
	}
	*v = view{rec: rec}
	var err error
	if v.ident, err = v.section(tripletIdent); err != nil {
		return err
	}
	if v.common, err = v.section(tripletCommon); err != nil {
		return err
	}
	if len(v.ident) < identMin {
		return fmt.Errorf("its TCP/IP identification section has %d bytes", len(v.ident))
	}
	if len(v.common) < eventMin || v.common[saEventType] == eventInterval && len(v.common) < commonMin {
		return fmt.Errorf("its common section has %d bytes", len(v.common))
	}
	for i := range v.protos {
		if at := sdTriplets + 8*(tripletTLS+i); at+8 <= len(rec) && rec[at+6]|rec[at+7] == 0 {
			continue // absent, as at least two of them are
		}
		if v.protos[i], err = v.section(tripletTLS + i); err != nil {
			return err
		}
	}
	return v.openNames(tripletDN)
}

// section returns the first occurrence of a section, as long as its triplet says
// and whatever our tables say; nil when it is absent.
func (v *view) section(i int) ([]byte, error) {
	at := sdTriplets + 8*i
	if i >= int(binary.BigEndian.Uint16(v.rec[sdNumber:])) || at+8 > len(v.rec) {
		return nil, nil
	}
	t := binary.BigEndian.Uint64(v.rec[at:])
	offset, length, number := t>>32, t>>16&0xFFFF, t&0xFFFF
	if number == 0 {
		return nil, nil
	}
	if offset < sdTriplets || offset+length*number > uint64(len(v.rec)) {
		return nil, fmt.Errorf("section %d (%d bytes at %d, %d times) does not lie in its %d bytes", i, length, offset, number, len(v.rec))
	}
	return v.rec[offset : offset+length : offset+length], nil
}

// openNames locates the certificate names. Whether the length in their triplet
// is that of one name, the longest or all is not documented, so it is not used.
func (v *view) openNames(triplet int) error {
	at := sdTriplets + 8*triplet
	if triplet >= int(binary.BigEndian.Uint16(v.rec[sdNumber:])) || at+8 > len(v.rec) {
		return nil
	}
	offset, number := uint64(binary.BigEndian.Uint32(v.rec[at:])), int(binary.BigEndian.Uint16(v.rec[at+6:]))
	if number == 0 {
		return nil
	}
	if offset < sdTriplets || offset >= uint64(len(v.rec)) {
		return fmt.Errorf("its certificate names at %d do not lie in its %d bytes", offset, len(v.rec))
	}
	v.names, v.count = int(offset), number
	return nil
}

// short returns the two-byte number at offset at of a section, 0 ("unknown" in
// every table) when the section does not reach that far.
func short(section []byte, at int) uint64 {
	if at+2 > len(section) {
		return 0
	}
	return uint64(binary.BigEndian.Uint16(section[at:]))
}

// octet is [short] for one byte.
func octet(section []byte, at int) uint64 {
	if at >= len(section) {
		return 0
	}
	return uint64(section[at])
}
