package attls

import (
	"fmt"
	"slices"
	"strings"
)

// suite is a registered cipher suite and the protocol versions that can use it.
type suite struct{ name, first, last string }

var (
	suiteByCode = map[string]suite{}
	suiteByName = map[string]string{} // IANA name -> code

	groupByCode     = map[string]string{}
	groupByName     = map[string]string{} // lower case, also IBM's spelling -> code
	signatureByCode = map[string]string{}
	signatureByName = map[string]string{}
)

func init() {
	for _, row := range table(suitesCSV) {
		suiteByCode[row[0]] = suite{row[1], row[2], row[3]}
		suiteByName[row[1]] = row[0]
	}
	for _, row := range table(codesCSV) {
		codes, names := groupByCode, groupByName
		if row[0] == "signature" {
			codes, names = signatureByCode, signatureByName
		}
		codes[row[1]] = row[2]
		for _, n := range row[2:] {
			if n != "" {
				names[strings.ToLower(n)] = row[1]
			}
		}
	}
	// IBM's text names suite 1302 with the hash of 1301.
	suiteByName["TLS_AES_256_GCM_SHA256"] = "1302"
}

// suiteName returns the name of a code of four digits: 0xNNNN when it is not
// registered.
func suiteName(code string) string {
	if s, ok := suiteByCode[code]; ok {
		return s.name
	}
	return "0x" + code
}

// groupName names a group. AT-TLS writes group numbers in decimal.
func groupName(code string) string {
	if n := groupByCode[code]; n != "" {
		return n
	}
	return code
}

// signatureName names a pair of hash and signature. AT-TLS writes them in
// hexadecimal.
func signatureName(code string) string {
	if n := signatureByCode[code]; n != "" {
		return n
	}
	return "0x" + code
}

// splitCodes cuts a run of codes, such as C02FC030, into upper-case codes.
func splitCodes(text string, digits int, valid func(byte) bool) ([]string, bool) {
	if len(text) == 0 || len(text)%digits != 0 {
		return nil, false
	}
	text = strings.ToUpper(text)
	var out []string
	for i := 0; i < len(text); i += digits {
		code := text[i : i+digits]
		for j := range digits {
			if !valid(code[j]) {
				return nil, false
			}
		}
		out = append(out, code)
	}
	return out, true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || c >= 'A' && c <= 'F' }

// suiteCodes reads one value of a cipher list: a constant, or codes that run
// together, of two digits in V3CipherSuites and of four in V3CipherSuites4Char.
func suiteCodes(text string, four bool) ([]string, error) {
	if code, ok := suiteByName[strings.ToUpper(text)]; ok {
		return []string{code}, nil
	}
	digits := 2
	if four {
		digits = 4
	}
	codes, ok := splitCodes(text, digits, isHex)
	if !ok {
		return nil, fmt.Errorf("a cipher suite is neither a known constant nor codes of %d digits", digits)
	}
	if !four {
		for i, c := range codes {
			codes[i] = "00" + c
		}
	}
	return codes, nil
}

// groupCodes reads one value of a list of groups; Any stands for itself.
func groupCodes(text string) ([]string, error) {
	if strings.EqualFold(text, anyGroup) {
		return []string{anyGroup}, nil
	}
	if code, ok := groupByName[strings.ToLower(text)]; ok {
		return []string{code}, nil
	}
	if codes, ok := splitCodes(text, 4, isDigit); ok {
		return codes, nil
	}
	return nil, fmt.Errorf("a group is neither a known name nor codes of 4 decimal digits")
}

const anyGroup = "Any"

// signatureCodes reads one value of a list of signature pairs.
func signatureCodes(text string) ([]string, error) {
	if code, ok := signatureByName[strings.ToLower(text)]; ok {
		return []string{code}, nil
	}
	if codes, ok := splitCodes(text, 4, isHex); ok {
		return codes, nil
	}
	return nil, fmt.Errorf("a signature pair is neither a known name nor codes of 4 digits")
}

// versionOrder ranks protocol versions.
var versionOrder = []string{"SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"}

// usable reports whether a suite can be negotiated with one of the versions. A
// code that is not registered stays, because nothing is known about it.
func usable(code string, enabled []string) bool {
	s, ok := suiteByCode[code]
	if !ok {
		return true
	}
	first, last := slices.Index(versionOrder, s.first), slices.Index(versionOrder, s.last)
	return slices.ContainsFunc(enabled, func(v string) bool {
		i := slices.Index(versionOrder, v)
		return i >= first && i <= last
	})
}
