package compose

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf16"
)

// CPYTOIMPF is the dialect of CPYAUDJRNE followed by CPYTOIMPF with its defaults:
// every column of QASYSKJ5 in its order, no column names, character fields in
// quotes with their trailing blanks.
//
// The heading has 42 columns and the entry 16, of which the length of the filter
// data may in truth be part of the filter data. The names are not written.
func CPYTOIMPF() SKDialect {
	return SKDialect{QuoteText: true, KeepBlanks: true, Columns: fullColumns}
}

// DisplayJournal is the dialect of a SELECT from QSYS2.DISPLAY_JOURNAL saved by an
// SQL client: the entry data is one column of hexadecimal digits. REMOTE_ADDRESS
// and REMOTE_PORT are of the heading, and nothing for SK.
func DisplayJournal() SKDialect {
	return SKDialect{Header: true, Columns: []SKColumn{
		text("ENTRY_TIMESTAMP", 26, func(b []byte, r *SKRow) []byte { return r.Time.AppendFormat(b, serviceTime) }),
		number("SEQUENCE_NUMBER", func(r *SKRow) int64 { return int64(r.Sequence) }),
		str("JOURNAL_CODE", 1, func(*SKRow) string { return "T" }),
		str("JOURNAL_ENTRY_TYPE", 2, func(*SKRow) string { return "SK" }),
		str("ENTRY_DATA", 2*(outfileLength-609), func(r *SKRow) string { return strings.ToUpper(hex.EncodeToString(r.Outfile()[609:])) }),
		str("USER_NAME", 10, func(*SKRow) string { return "*NONE" }),
		str("JOB_NAME", 10, func(r *SKRow) string { return r.Job }),
		str("REMOTE_ADDRESS", 46, func(*SKRow) string { return "" }),
		str("REMOTE_PORT", 5, func(*SKRow) string { return "" }),
		str("SYSTEM_NAME", 8, func(r *SKRow) string { return r.System }),
		str("RECEIVER_NAME", 10, func(r *SKRow) string { return r.Receiver }),
	}}
}

// UTF16 returns text as UTF-16, little endian, behind a byte order mark, as
// spreadsheet programs write it.
func UTF16(text []byte) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(string(text))) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

var fullColumns = []SKColumn{
	outfileColumns[0], outfileColumns[1], outfileColumns[2], outfileColumns[3], outfileColumns[4],
	outfileColumns[5], outfileColumns[6], outfileColumns[7], outfileColumns[8], outfileColumns[9],
	blank("SKPGMDEV", 10), zero("SKPGMASP"), blank("SKOBJ", 10), blank("SKLIB", 10), blank("SKMBR", 10),
	str("SKCTRR", 20, func(*SKRow) string { return "00000000000000000000" }),
	str("SKFLAG", 1, func(*SKRow) string { return "0" }),
	str("SKCCID", 20, func(*SKRow) string { return "00000000000000000000" }),
	str("SKUSPF", 10, func(*SKRow) string { return "*NONE" }),
	str("SKSYNM", 8, func(r *SKRow) string { return r.System }),
	blank("SKJID", 10),
	flag("SKRCST"), flag("SKTGR"), flag("SKINCDAT"), flag("SKIGNAPY"), flag("SKMINESD"), flag("SKOBJIND"),
	blank("SKSYSSEQ", 20),
	str("SKRCV", 10, func(r *SKRow) string { return r.Receiver }),
	str("SKRCVLIB", 10, func(r *SKRow) string { return r.ReceiverLibrary }),
	blank("SKRCVDEV", 10), zero("SKRCVASP"), zero("SKARM"), blank("SKTHD", 8),
	str("SKTHDX", 16, func(*SKRow) string { return "00000000000000A1" }),
	flag("SKADF"), zero("SKRPORT"), blank("SKRADR1", 46), blank("SKLUW", 39), blank("SKXID", 140), blank("SKRES", 20), blank("SKNVI", 50),

	str("SKTYPE", 1, func(r *SKRow) string { return string(rune(r.Type)) }),
	str("SKLIP4", 15, func(r *SKRow) string { return legacyAddress(r.LocalAddr) }),
	text("SKLPRT", 5, func(b []byte, r *SKRow) []byte { return appendPort(b, r.LocalPort) }),
	str("SKRIP4", 15, func(r *SKRow) string { return legacyAddress(r.RemoteAddr) }),
	text("SKRPRT", 5, func(b []byte, r *SKRow) []byte { return appendPort(b, r.RemotePort) }),
	number("SKSOCK", func(r *SKRow) int64 { return int64(r.Socket) }),
	str("SKFLTD", 10, func(r *SKRow) string { return r.Filter }),
	zero("SKFLTL"), blank("SKFLTT", 512),
	str("SKADFM", 10, func(r *SKRow) string { return r.family("*IPV4", "*IPV6") }),
	str("SKLIPA", 46, func(r *SKRow) string { return r.LocalAddr }),
	str("SKRADR", 46, func(r *SKRow) string { return r.RemoteAddr }),
	str("SKMAC", 32, func(r *SKRow) string { return r.MAC }),
	str("SKHOST", 255, func(r *SKRow) string { return r.Host }),
	str("SKSVER", 10, func(r *SKRow) string { return r.SecureVersion }),
	str("SKSPRP", 100, func(r *SKRow) string { return r.SecureProperties }),
}

func blank(name string, width int) SKColumn {
	return str(name, width, func(*SKRow) string { return "" })
}

func flag(name string) SKColumn { return str(name, 1, func(*SKRow) string { return "0" }) }

func zero(name string) SKColumn { return number(name, func(*SKRow) int64 { return 0 }) }

// outfileLength4 is the length of the QASYSKJ4 record: the heading of 223 bytes
// and the entry data without the fields of release 7.3.
const outfileLength4 = 1183

// Outfile4 returns the row as a raw QASYSKJ4 (*TYPE4) record: 1183 bytes, EBCDIC,
// no separator. What is behind position 121 of the heading is not public and left
// blank. The layout has no place for secure version and properties.
func (r *SKRow) Outfile4() []byte {
	b := bytes.Repeat([]byte{ebcdicBlank}, outfileLength4)
	put := func(position int, text string, width int) {
		copy(b[position-1:], appendField(make([]byte, 0, width), text, width))
	}
	put(1, fmt.Sprintf("%05d", outfileLength4), 5)
	put(6, fmt.Sprintf("%010d", r.Sequence), 10)
	put(16, "T", 1)
	put(17, "SK", 2)
	put(19, r.Time.Format(outfileTime), 26)
	put(45, r.Job, 10)
	put(55, r.User, 10)
	put(65, fmt.Sprintf("%06d", r.Number), 6)
	put(71, r.Program, 10)
	put(111, "0000000000", 10)
	put(121, "0", 1)
	put(224, string(rune(r.Type)), 1)
	put(225, legacyAddress(r.LocalAddr), 15)
	put(240, string(appendPort(nil, r.LocalPort)), 5)
	put(245, legacyAddress(r.RemoteAddr), 15)
	put(260, string(appendPort(nil, r.RemotePort)), 5)
	binary.BigEndian.PutUint32(b[265-1:], uint32(r.Socket))
	put(269, r.Filter, 10)
	binary.BigEndian.PutUint16(b[279-1:], 0)
	binary.BigEndian.PutUint16(b[281-1:], 0)
	put(795, r.family("*IPV4", "*IPV6"), 10)
	put(805, r.LocalAddr, 46)
	put(851, r.RemoteAddr, 46)
	put(897, r.MAC, 32)
	put(929, r.Host, 255)
	return b
}
