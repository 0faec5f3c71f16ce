package rules

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect/zert"
)

// algorithms.csv classifies protocols and algorithms by the names that the
// sources give them, after NIST SP 800-52r2, SP 800-57 and SP 800-131A r2, the
// RFCs named in its reasons, and PCI DSS, whose floor is 112 bits. The classes
// of what a check judges are in the tables of the pack; a test holds the two
// together. Cipher suites have a catalogue of their own, see [zert.LookupSuite].
//
//go:embed algorithms.csv
var algorithmsCSV []byte

// The classes of algorithms.
const (
	ClassRecommended = "recommended" // what a new configuration should use
	ClassSecure      = "secure"      // no known weakness, at least 112 bits
	ClassWeak        = "weak"        // no forward secrecy, CBC, SHA-1 where it still stands
	ClassInsecure    = "insecure"    // broken, below 112 bits, or MUST NOT in an RFC
	ClassUnlisted    = "unlisted"    // a name that the catalogue does not have: never harmless
)

// Classes lists every class, the worst first.
var Classes = []string{ClassInsecure, ClassUnlisted, ClassWeak, ClassSecure, ClassRecommended}

// Words of [Algorithm.PostQuantum].
const (
	QuantumYes         = "yes"
	QuantumHybrid      = "hybrid"
	QuantumNo          = "no"
	QuantumUnknown     = "unknown"      // something else decides, which is not in the evidence
	QuantumNotAffected = "not affected" // symmetric: no known quantum attack that matters
)

// Algorithm is what the catalogue says about a protocol or algorithm.
type Algorithm struct {
	Class  string
	Reason string
	Bits   int // of classical strength, or of the key of a cipher; 0 when there is no such figure
	// PostQuantum says whether it withstands a quantum computer.
	PostQuantum string
	Primitive   string // as CycloneDX names it: ae, block-cipher, key-agree ...
}

var algorithms = sync.OnceValue(func() map[[2]string]Algorithm {
	rows, err := csv.NewReader(bytes.NewReader(algorithmsCSV)).ReadAll()
	if err != nil {
		panic("internal error: algorithms.csv: " + err.Error())
	}
	out := map[[2]string]Algorithm{}
	for _, r := range rows[1:] {
		a := Algorithm{Class: r[2], PostQuantum: r[4], Primitive: r[5], Reason: r[6]}
		if r[3] != "" {
			if a.Bits, err = strconv.Atoi(r[3]); err != nil {
				panic("internal error: algorithms.csv: " + err.Error())
			}
		}
		out[[2]string{r[0], r[1]}] = a
	}
	return out
})

// classify looks an asset up. What the catalogue does not have is judged by the
// words in its name, and unlisted when they say nothing: it never passes.
func classify(kind AssetKind, function, name string) Algorithm {
	what := function
	switch kind {
	case AssetSuite:
		return classifySuite(name)
	case AssetKey:
		return classifyKey(name)
	case AssetCertificate:
		return Algorithm{} // see its key
	case AssetProtocol, AssetGroup:
		what = string(kind)
	}
	if a, ok := algorithms()[[2]string{what, name}]; ok {
		return a
	}
	// The prefixes of GSSAPI key exchanges stand before a digest.
	if rest, ok := strings.CutPrefix(name, "gss-"); ok {
		if i := strings.LastIndexByte(rest, '-'); i > 0 {
			if a, ok := algorithms()[[2]string{what, "gss-" + rest[:i] + "-*"}]; ok {
				return a
			}
		}
	}
	if i := strings.IndexByte(name, '@'); i > 0 {
		if a, ok := algorithms()[[2]string{what, name[:i]}]; ok {
			return a
		}
	}
	return guess(name)
}

// tokens are words in names that are not in the catalogue.
var tokens = []struct{ class, words string }{
	{ClassInsecure, "none null des 3des rc2 rc4 arcfour blowfish cast idea md5 ripemd dss dsa ecb nistp192"},
	{ClassWeak, "sha1 cbc cfb ofb 96 kyber gost serpent seed sm2 camellia twofish brainpool"},
}

func guess(name string) Algorithm {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r < '0' || r > '9' && r < 'a' || r > 'z'
	})
	for _, t := range tokens {
		for _, token := range strings.Fields(t.words) {
			for _, w := range words {
				if w == token {
					return Algorithm{Class: t.class, Reason: "not in the catalogue; its name says " + token, PostQuantum: QuantumUnknown}
				}
			}
		}
	}
	return Algorithm{Class: ClassUnlisted, Reason: "not in the catalogue", PostQuantum: QuantumUnknown}
}

func classifySuite(name string) Algorithm {
	s, ok := zert.LookupSuite(name)
	if !ok {
		return Algorithm{Class: ClassUnlisted, Reason: "not in the IANA registry", PostQuantum: QuantumUnknown}
	}
	a := Algorithm{Class: s.Class, Reason: s.Reasons, Bits: s.Bits, PostQuantum: QuantumNo}
	// Suites of TLS 1.3 do not name the key exchange, and only its group tells.
	if s.KeyExchange == "any" {
		a.PostQuantum = QuantumUnknown
	}
	return a
}

// classifyKey reads type and size, as in RSA 2048. Strength is after SP 800-57
// part 1; PCI DSS wants 112 bits.
func classifyKey(name string) Algorithm {
	kind, size, _ := strings.Cut(name, " ")
	bits, err := strconv.Atoi(size)
	if err != nil || bits <= 0 {
		return Algorithm{Class: ClassUnlisted, Reason: "its type or size is not known", PostQuantum: QuantumUnknown}
	}
	a := Algorithm{PostQuantum: QuantumNo, Primitive: "signature"}
	switch strings.TrimSuffix(kind, "_CERT") {
	case "RSA", "DH":
		a.Bits = strengthOf(bits, []int{1024, 2048, 3072, 7680, 15360}, []int{80, 112, 128, 192, 256})
		a.Class = ClassSecure
	case "DSA":
		a.Bits, a.Class, a.Reason = strengthOf(bits, []int{1024, 2048, 3072}, []int{80, 112, 128}), ClassWeak, "DSA: FIPS 186-5 withdraws it"
	case "ECC", "ECDSA", "EC":
		a.Bits, a.Class = bits/2, ClassSecure
		if bits < 256 {
			a.Class, a.Reason = ClassWeak, "review: below 128 bits"
		}
	case "RSA1":
		a.Class, a.Reason = ClassInsecure, "key of SSH protocol version 1"
		return a
	default:
		return Algorithm{Class: ClassUnlisted, Reason: "a type of key that the catalogue does not have", PostQuantum: QuantumUnknown}
	}
	if a.Bits < 112 {
		a.Class, a.Reason = ClassInsecure, fmt.Sprintf("%d bits of strength, and PCI DSS wants 112", a.Bits)
	}
	return a
}

// strengthOf returns the strength of the largest listed size that is not above
// bits; 0 when there is none.
func strengthOf(bits int, sizes, strengths []int) int {
	strength := 0
	for i, s := range sizes {
		if bits >= s {
			strength = strengths[i]
		}
	}
	return strength
}

// suiteParts returns the algorithms that a cipher suite stands for.
func suiteParts(name string) []assetID {
	s, ok := zert.LookupSuite(name)
	if !ok || s.Encryption == "" {
		return nil
	}
	out := []assetID{{AssetAlgorithm, "encryption", s.Cipher}}
	if s.KeyExchange != "any" && s.KeyExchange != "" {
		out = append(out, assetID{AssetAlgorithm, "key exchange", s.KeyExchange})
	}
	switch s.MAC {
	case "AEAD", "NULL", "":
	case "OMAC", "IMIT":
		out = append(out, assetID{AssetAlgorithm, "integrity", s.MAC})
	default:
		out = append(out, assetID{AssetAlgorithm, "integrity", "HMAC-" + s.MAC})
	}
	if hash := hashName(s.Hash); hash != "" {
		out = append(out, assetID{AssetAlgorithm, "digest", hash})
	}
	return out
}

// hashName writes SHA256 as certificates have it: SHA-256.
func hashName(s string) string {
	switch s {
	case "SHA224", "SHA256", "SHA384", "SHA512":
		return "SHA-" + s[3:]
	}
	return s
}

// SuiteAlgorithms returns the algorithms that a cipher suite stands for, as
// pairs of function and name; none when the suite is not registered.
func SuiteAlgorithms(suite string) [][2]string {
	var out [][2]string
	for _, id := range suiteParts(suite) {
		out = append(out, [2]string{id.function, id.name})
	}
	return out
}
