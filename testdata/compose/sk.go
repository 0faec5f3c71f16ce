package compose

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// SKRow is one SK (sockets connections) entry of the IBM i audit journal
// QSYS/QAUDJRN, layout of the model outfile QASYSKJ5 ("SK (Sockets Connections)
// journal entries" in IBM i Security reference).
type SKRow struct {
	Sequence                  uint64
	Time                      time.Time // wall clock of the system as it is in this value; no zone is written
	Job, User                 string    // of the listener or task, never of the person
	Number                    int       // job number
	Program, ProgramLibrary   string
	System                    string
	Receiver, ReceiverLibrary string

	// Type: A accept, C connect, S secure session, X secure session failed, I and
	// O datagram in and out, P port not available, D and U DHCP address assigned
	// and not assigned, F and R mail filtered and rejected.
	Type                  byte
	LocalAddr, RemoteAddr string // text; empty where the type has none
	LocalPort, RemotePort uint16
	Socket                int32
	Filter                string // F and R
	MAC, Host             string // D and U
	SecureVersion         string // S and X, such as TLSV1.2
	SecureProperties      string // S and X: suite, signature algorithm, curve, blank between
}

// SKColumn is one column of an exported SK file.
type SKColumn struct {
	Name   string
	width  int // of the character field in the outfile; 0 for a number
	append func([]byte, *SKRow) []byte
}

// SKDialect is how a tool writes the rows.
type SKDialect struct {
	Columns   []SKColumn
	Header    bool
	Delimiter byte   // zero means comma
	LineEnd   string // empty means LF
	// QuoteText puts every character field in double quotes, as CPYTOIMPF does;
	// otherwise only fields that need it are quoted.
	QuoteText bool
	// KeepBlanks pads every character field to its width, as CPYTOIMPF does by
	// default. Without it trailing blanks go, and a blank field in quotes still
	// comes out as one blank.
	KeepBlanks bool
}

// QAUDITSK is the dialect of CPYAUDJRNE followed by CPYTOIMPF with SQL column
// names: header row, comma, character fields quoted, numbers not, trailing
// blanks removed.
//
// Only SKTYPE, SKTSTP, SKLPRT and SKRADR are public names of SK columns, and SK
// plus the standard heading name gives those of the header. The others (SKLIPA,
// SKRPRT, SKSOCK, SKADFM, SKMAC, SKHOST, SKSVER, SKSPRP) are our choice. SKRADR
// is used for the peer of the connection, as the article that made it public does.
func QAUDITSK() SKDialect {
	return SKDialect{Header: true, QuoteText: true, Columns: outfileColumns}
}

// AuditJournalSK is the dialect of a SELECT from SYSTOOLS.AUDIT_JOURNAL_SK saved
// by an SQL client: header row, comma, quotes only where needed, NULL as nothing.
//
// The columns up to ENTRY_TYPE_DETAIL are common to all AUDIT_JOURNAL services.
// Those after it are not public for SK and are named as in the sibling service
// AUDIT_JOURNAL_IM, with SECURE_VERSION and SECURE_PROPERTIES of our own.
func AuditJournalSK() SKDialect {
	return SKDialect{Header: true, Columns: serviceColumns}
}

// Pick returns the dialect with only the named columns, in the order given.
func (d SKDialect) Pick(names ...string) SKDialect {
	var columns []SKColumn
	for _, name := range names {
		n := len(columns)
		for _, c := range d.Columns {
			if c.Name == name {
				columns = append(columns, c)
			}
		}
		if len(columns) == n {
			panic("compose: no SK column " + name)
		}
	}
	d.Columns = columns
	return d
}

// CSV returns rows as one file.
func (d SKDialect) CSV(rows []SKRow) []byte {
	var out []byte
	if d.Header {
		out = d.AppendHeader(out)
	}
	for i := range rows {
		out = d.AppendRow(out, &rows[i])
	}
	return out
}

// AppendHeader appends the row of column names.
func (d SKDialect) AppendHeader(dst []byte) []byte {
	for i, c := range d.Columns {
		if i > 0 {
			dst = append(dst, d.delimiter())
		}
		dst = d.appendText(dst, c.Name)
	}
	return d.appendLineEnd(dst)
}

// AppendRow appends one row.
func (d SKDialect) AppendRow(dst []byte, row *SKRow) []byte {
	var buffer [128]byte
	for i := range d.Columns {
		c := &d.Columns[i]
		if i > 0 {
			dst = append(dst, d.delimiter())
		}
		if c.width == 0 {
			dst = c.append(dst, row)
			continue
		}
		value := c.append(buffer[:0], row)
		if d.KeepBlanks {
			for len(value) < c.width {
				value = append(value, ' ')
			}
		} else if len(value) == 0 && d.QuoteText {
			value = append(value, ' ')
		}
		dst = d.appendText(dst, string(value))
	}
	return d.appendLineEnd(dst)
}

func (d SKDialect) appendText(dst []byte, text string) []byte {
	if !d.QuoteText && !strings.ContainsAny(text, "\"\r\n"+string(rune(d.delimiter()))) {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(text, `"`, `""`)...)
	return append(dst, '"')
}

func (d SKDialect) delimiter() byte {
	if d.Delimiter == 0 {
		return ','
	}
	return d.Delimiter
}

func (d SKDialect) appendLineEnd(dst []byte) []byte {
	if d.LineEnd == "" {
		return append(dst, '\n')
	}
	return append(dst, d.LineEnd...)
}

// outfileLength is the length of the QASYSKJ5 record with the fields of 7.3, see [SKRow.Outfile].
const outfileLength = 1679

var outfileColumns = []SKColumn{
	number("SKENTL", func(r *SKRow) int64 { return outfileLength }),
	text("SKSEQN", 20, func(b []byte, r *SKRow) []byte { return fmt.Appendf(b, "%020d", r.Sequence) }),
	str("SKCODE", 1, func(r *SKRow) string { return "T" }),
	str("SKENTT", 2, func(r *SKRow) string { return "SK" }),
	text("SKTSTP", 26, func(b []byte, r *SKRow) []byte { return r.Time.AppendFormat(b, outfileTime) }),
	str("SKJOB", 10, func(r *SKRow) string { return r.Job }),
	str("SKUSER", 10, func(r *SKRow) string { return r.User }),
	number("SKNBR", func(r *SKRow) int64 { return int64(r.Number) }),
	str("SKPGM", 10, func(r *SKRow) string { return r.Program }),
	str("SKPGMLIB", 10, func(r *SKRow) string { return r.ProgramLibrary }),
	str("SKUSPF", 10, func(r *SKRow) string { return "*NONE" }),
	str("SKSYNM", 8, func(r *SKRow) string { return r.System }),
	str("SKRCV", 10, func(r *SKRow) string { return r.Receiver }),
	str("SKRCVLIB", 10, func(r *SKRow) string { return r.ReceiverLibrary }),
	str("SKTYPE", 1, func(r *SKRow) string { return string(rune(r.Type)) }),
	str("SKLIPA", 46, func(r *SKRow) string { return r.LocalAddr }),
	text("SKLPRT", 5, func(b []byte, r *SKRow) []byte { return appendPort(b, r.LocalPort) }),
	str("SKRADR", 46, func(r *SKRow) string { return r.RemoteAddr }),
	text("SKRPRT", 5, func(b []byte, r *SKRow) []byte { return appendPort(b, r.RemotePort) }),
	number("SKSOCK", func(r *SKRow) int64 { return int64(r.Socket) }),
	str("SKADFM", 10, func(r *SKRow) string { return r.family("*IPV4", "*IPV6") }),
	str("SKMAC", 32, func(r *SKRow) string { return r.MAC }),
	str("SKHOST", 255, func(r *SKRow) string { return r.Host }),
	str("SKSVER", 10, func(r *SKRow) string { return r.SecureVersion }),
	str("SKSPRP", 100, func(r *SKRow) string { return r.SecureProperties }),
}

var serviceColumns = []SKColumn{
	text("ENTRY_TIMESTAMP", 26, func(b []byte, r *SKRow) []byte { return r.Time.AppendFormat(b, serviceTime) }),
	number("SEQUENCE_NUMBER", func(r *SKRow) int64 { return int64(r.Sequence) }),
	str("USER_NAME", 10, func(r *SKRow) string { return "*NONE" }),
	str("QUALIFIED_JOB_NAME", 28, func(r *SKRow) string { return fmt.Sprintf("%06d/%s/%s", r.Number, r.User, r.Job) }),
	str("PROGRAM_LIBRARY", 10, func(r *SKRow) string { return r.ProgramLibrary }),
	str("PROGRAM_NAME", 10, func(r *SKRow) string { return r.Program }),
	str("SYSTEM_NAME", 8, func(r *SKRow) string { return r.System }),
	str("RECEIVER_LIBRARY", 10, func(r *SKRow) string { return r.ReceiverLibrary }),
	str("RECEIVER_NAME", 10, func(r *SKRow) string { return r.Receiver }),
	str("ENTRY_TYPE", 1, func(r *SKRow) string { return string(rune(r.Type)) }),
	str("ENTRY_TYPE_DETAIL", 200, func(r *SKRow) string { return skTypes[r.Type] }),
	str("EVENT_LOCAL_ADDRESS_FAMILY", 4, func(r *SKRow) string { return r.family("IPV4", "IPV6") }),
	str("EVENT_LOCAL_ADDRESS", 45, func(r *SKRow) string { return r.LocalAddr }),
	text("EVENT_LOCAL_PORT", 0, func(b []byte, r *SKRow) []byte { return appendPort(b, r.LocalPort) }),
	str("EVENT_REMOTE_ADDRESS", 45, func(r *SKRow) string { return r.RemoteAddr }),
	text("EVENT_REMOTE_PORT", 0, func(b []byte, r *SKRow) []byte { return appendPort(b, r.RemotePort) }),
	str("SECURE_VERSION", 10, func(r *SKRow) string { return r.SecureVersion }),
	str("SECURE_PROPERTIES", 100, func(r *SKRow) string { return r.SecureProperties }),
}

// skTypes words the entry types after IBM's table; the exact text of
// ENTRY_TYPE_DETAIL is not public.
var skTypes = map[byte]string{
	'A': "Accept", 'C': "Connect", 'D': "DHCP address assigned", 'F': "Filtered mail",
	'I': "Inbound UDP", 'O': "Outbound UDP", 'P': "Port unavailable", 'R': "Reject mail",
	'S': "Successful secure connection", 'U': "DHCP address not assigned", 'X': "Failed secure connection",
}

const (
	outfileTime = "2006-01-02-15.04.05.000000"
	serviceTime = "2006-01-02 15:04:05.000000"
)

func str(name string, width int, value func(*SKRow) string) SKColumn {
	return SKColumn{name, width, func(b []byte, r *SKRow) []byte { return append(b, value(r)...) }}
}

func text(name string, width int, value func([]byte, *SKRow) []byte) SKColumn {
	return SKColumn{name, width, value}
}

func number(name string, value func(*SKRow) int64) SKColumn {
	return SKColumn{name, 0, func(b []byte, r *SKRow) []byte { return strconv.AppendInt(b, value(r), 10) }}
}

// appendPort writes nothing for port 0, which means "not available".
func appendPort(b []byte, port uint16) []byte {
	if port == 0 {
		return b
	}
	return strconv.AppendUint(b, uint64(port), 10)
}

func (r *SKRow) family(v4, v6 string) string {
	switch {
	case r.LocalAddr == "" && r.RemoteAddr == "":
		return ""
	case strings.Contains(r.LocalAddr+r.RemoteAddr, ":"):
		return v6
	}
	return v4
}
