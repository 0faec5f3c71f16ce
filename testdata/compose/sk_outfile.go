package compose

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

// Outfile returns the row as a raw QASYSKJ5 record: 1679 bytes, EBCDIC, no
// separator. Positions in IBM's table are 1-based; put uses them unchanged.
//
// Three lengths are not public: the last field (secure properties) is taken as
// 100 bytes, which makes the record 1679; the thread id as 16 characters, without
// which the header would not end at 609; and filter data as a two-byte length and
// then text. Zoned header numbers that do not apply are zeros.
func (r *SKRow) Outfile() []byte {
	b := bytes.Repeat([]byte{ebcdicBlank}, outfileLength)
	put := func(position int, text string, width int) {
		copy(b[position-1:], appendField(make([]byte, 0, width), text, width))
	}
	put(1, fmt.Sprintf("%05d", outfileLength), 5)
	put(6, fmt.Sprintf("%020d", r.Sequence), 20)
	put(26, "T", 1)
	put(27, "SK", 2)
	put(29, r.Time.Format(outfileTime), 26)
	put(55, r.Job, 10)
	put(65, r.User, 10)
	put(75, fmt.Sprintf("%06d", r.Number), 6)
	put(81, r.Program, 10)
	put(91, r.ProgramLibrary, 10)
	put(111, "00000", 5)
	put(187, "*NONE", 10)
	put(197, r.System, 8)
	put(241, r.Receiver, 10)
	put(251, r.ReceiverLibrary, 10)
	put(271, "00000", 5)
	put(276, "00000", 5)
	put(305, "0", 1) // header address family: none
	put(306, "00000", 5)
	binary.BigEndian.PutUint32(b[606-1:], outfileLength-609)

	put(610, string(rune(r.Type)), 1)
	put(611, legacyAddress(r.LocalAddr), 15)
	put(626, string(appendPort(nil, r.LocalPort)), 5)
	put(631, legacyAddress(r.RemoteAddr), 15)
	put(646, string(appendPort(nil, r.RemotePort)), 5)
	binary.BigEndian.PutUint32(b[651-1:], uint32(r.Socket))
	put(655, r.Filter, 10)
	binary.BigEndian.PutUint16(b[665-1:], 0)
	binary.BigEndian.PutUint16(b[667-1:], 0)
	put(1181, r.family("*IPV4", "*IPV6"), 10)
	put(1191, r.LocalAddr, 46)
	put(1237, r.RemoteAddr, 46)
	put(1283, r.MAC, 32)
	put(1315, r.Host, 255)
	put(1570, r.SecureVersion, 10)
	put(1580, r.SecureProperties, 100)
	return b
}

// legacyAddress is the content of a 15-character address field, which can hold
// IPv4 only.
func legacyAddress(address string) string {
	if strings.Contains(address, ":") {
		return ""
	}
	return address
}
