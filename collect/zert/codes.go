package zert

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect"
)

// codes.csv holds the code tables of SMF 119 subtypes 11 and 12. A row is
// confirmed when its name could be read in a published table. Unconfirmed names
// are recalled: facts keep the number of such a code, so that no rule ever rests
// on the name, and a warning says what it probably is.
//
//go:embed codes.csv
var codesCSV []byte

// tls_cipher_suites.csv is our catalogue of the IANA registry of TLS cipher
// suites; only number and name are used here.
//
//go:embed tls_cipher_suites.csv
var suitesCSV []byte

// codeName is the name of a code in one table.
type codeName struct {
	name      string
	confirmed bool
}

var codeTables = sync.OnceValue(func() map[string]map[uint16]codeName {
	tables := map[string]map[uint16]codeName{}
	for _, row := range mustRows(codesCSV) {
		code, err := strconv.ParseUint(row[1], 16, 16)
		if err != nil {
			panic("internal error: codes.csv: " + err.Error())
		}
		if tables[row[0]] == nil {
			tables[row[0]] = map[uint16]codeName{}
		}
		tables[row[0]][uint16(code)] = codeName{row[2], row[3] == "confirmed"}
	}
	return tables
})

var suiteNames = sync.OnceValue(func() map[uint16]string {
	names := map[uint16]string{}
	for _, row := range mustRows(suitesCSV) {
		code, err := strconv.ParseUint(row[0], 0, 16)
		if err != nil {
			panic("internal error: tls_cipher_suites.csv: " + err.Error())
		}
		names[uint16(code)] = row[1]
	}
	return names
})

// mustRows returns the rows of an embedded table without its column names.
func mustRows(b []byte) [][]string {
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		panic("internal error: embedded table: " + err.Error())
	}
	return rows[1:]
}

// unknown is the member that stands for sessions of which an attribute is not
// known. It is never none.
const unknown = "unknown"

// number writes a code that has no confirmed name.
func number(code uint64) string {
	if code < 0x100 {
		return fmt.Sprintf("code 0x%02X", code)
	}
	return fmt.Sprintf("code 0x%04X", code)
}

// namer makes text of attribute values and keeps the unconfirmed codes it met.
type namer struct {
	unconfirmed map[string]string // "ssh key exchange code 0x07" -> name
	site        map[siteCode]string
}

type siteCode struct {
	table string
	code  uint64
}

// siteCodes checks the site's names of codes and indexes them. What a published
// table names cannot be named otherwise: a suite or version would mean something
// else in this site's evidence than in everyone's.
func siteCodes(codes []collect.ZERTCode) (map[siteCode]string, error) {
	out := map[siteCode]string{}
	for i, c := range codes {
		table, known := codeTables()[c.Table]
		code, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(c.Code), "0x"), 16, 16)
		k := siteCode{c.Table, code}
		switch {
		case !known:
			return nil, fmt.Errorf("zert_codes[%d]: table %q is not one of %s", i, c.Table, strings.Join(slices.Sorted(maps.Keys(codeTables())), ", "))
		case err != nil:
			return nil, fmt.Errorf("zert_codes[%d]: code %q is not hexadecimal", i, c.Code)
		case strings.TrimSpace(c.Name) == "":
			return nil, fmt.Errorf("zert_codes[%d]: name is missing", i)
		case table[uint16(code)].confirmed:
			return nil, fmt.Errorf("zert_codes[%d]: code %s of %s is %s in published tables", i, c.Code, c.Table, table[uint16(code)].name)
		case out[k] != "" && out[k] != c.Name:
			return nil, fmt.Errorf("zert_codes[%d]: code %s of %s has two names", i, c.Code, c.Table)
		}
		out[k] = c.Name
	}
	return out, nil
}

// CheckCodes reports what is wrong with the site's names of codes.
func CheckCodes(codes []collect.ZERTCode) error {
	_, err := siteCodes(codes)
	return err
}

// code returns the confirmed name of a code, else its number.
func (n *namer) code(table string, code uint64) string {
	c, known := codeTables()[table][uint16(code)]
	if known && c.confirmed {
		return c.name
	}
	if name, ok := n.site[siteCode{table, code}]; ok {
		return name
	}
	text := number(code)
	if known {
		n.unconfirmed[table+" "+text] = c.name
	}
	return text
}

// suite returns the text of the six EBCDIC characters of a negotiated cipher
// suite: four hexadecimal digits and two blanks, or six digits for SSLv2.
func (n *namer) suite(raw uint64) string {
	var b [6]byte
	for i := range b {
		b[i] = byte(raw >> (8 * (5 - i)))
	}
	digits := 0
	var code uint64
	for digits < len(b) {
		d, ok := hexDigit(b[digits])
		if !ok {
			break
		}
		code = code<<4 | uint64(d)
		digits++
	}
	for _, c := range b[digits:] {
		if c != 0x40 && c != 0 {
			return fmt.Sprintf("code 0x%X", b)
		}
	}
	switch {
	case digits == 0 || digits == 6 && code == 0xFFFFFF: // nothing negotiated
		return unknown
	case digits == 4:
		if name, ok := suiteNames()[uint16(code)]; ok {
			return name
		}
		return fmt.Sprintf("0x%04X", code)
	case digits == 6:
		return fmt.Sprintf("0x%06X", code)
	}
	return fmt.Sprintf("code 0x%X", b)
}

// hexDigit returns the value of an EBCDIC hexadecimal digit of either case.
func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= 0xF0 && c <= 0xF9:
		return c - 0xF0, true
	case c >= 0xC1 && c <= 0xC6:
		return c - 0xC1 + 10, true
	case c >= 0x81 && c <= 0x86:
		return c - 0x81 + 10, true
	}
	return 0, false
}

// key returns a public key as type and length in bits: "RSA 2048". Value holds
// the type code in its upper and the length in its lower sixteen bits.
func (n *namer) key(table string, value uint64) string {
	kind, bits := n.code(table, value>>16), value&0xFFFF
	switch {
	case bits == 0 && (kind == unknown || kind == "none"):
		return kind
	case bits == 0:
		return kind + " " + unknown
	}
	return kind + " " + strconv.FormatUint(bits, 10)
}
