package zert

import (
	"fmt"
	"strconv"
	"sync"
)

// Suite is what the IANA registry and our catalogue say about a TLS cipher
// suite. The words are those of the columns of tls_cipher_suites.csv, which
// states in its column reasons why a suite has its class.
type Suite struct {
	Code           uint16
	Name           string
	KeyExchange    string // ECDHE, RSA ...; any: TLS 1.3 negotiates it by itself; "" for a signal
	Authentication string // RSA, ECDSA ...; any
	Encryption     string // AES, CHACHA20, 3DES ...
	Bits           int    // of the encryption key
	Mode           string // GCM, CBC ...; NONE
	Cipher         string // encryption, bits and mode as people say them: AES-256-GCM
	MAC            string // SHA256 ...; AEAD when the mode authenticates
	Hash           string // of the handshake; "" where the version decides
	MaxTLS         string // last version that can use it: TLS1.2, TLS1.3 ...
	Class          string // recommended, secure, weak, insecure, signal
	Reasons        string
}

// LookupSuite returns the suite with the given IANA name.
func LookupSuite(name string) (Suite, bool) {
	s, ok := suites()[name]
	return s, ok
}

var suites = sync.OnceValue(func() map[string]Suite {
	out := map[string]Suite{}
	for _, row := range mustRows(suitesCSV) {
		code, err := strconv.ParseUint(row[0], 0, 16)
		bits, err2 := strconv.Atoi(row[5])
		if err != nil || err2 != nil && row[5] != "" {
			panic(fmt.Sprintf("internal error: tls_cipher_suites.csv: %s: %v %v", row[1], err, err2))
		}
		out[row[1]] = Suite{
			Code: uint16(code), Name: row[1], KeyExchange: row[2], Authentication: row[3], Encryption: row[4], Bits: bits,
			Cipher: cipherText(row[4], row[5], row[9]), MAC: row[6], Class: row[8], Mode: row[9], Hash: row[12], MaxTLS: row[13], Reasons: row[18],
		}
	}
	return out
})
