package ibmi

import "strings"

// secureText is what the secure version and secure properties of an entry S or X
// say, in the names used everywhere in irondrift.
type secureText struct {
	protocol   string // SSLv3, TLSv1.0 ... TLSv1.3, or the text as it is; "" when not given
	protection string // tls, ipsec, or "" when the text does not tell
	suite      string // IANA name
	signature  string // as the system writes it: ECDSA_SHA512
	group      string // IANA name: secp521r1
	properties string // of anything but TLS, as it is
}

// readSecure interprets the two fields. For TLS the properties are the cipher
// suite, the signature algorithm and the named group, with blanks between.
// Entries of VPN connections exist, but their texts are not published: they are
// kept as they are.
func readSecure(version, properties string) secureText {
	var t secureText
	t.protocol, t.protection = protocolName(version)
	words := strings.Fields(properties)
	if t.protection == "" && t.protocol == "" && len(words) > 0 && tlsSuite(words[0]) {
		t.protection = "tls" // nothing but TLS has such a suite
	}
	if t.protection != "tls" {
		t.properties = strings.Join(words, " ")
		if t.protection == "" && ipsecText(t.properties) {
			t.protection = "ipsec"
		}
		return t
	}
	for i, w := range words {
		switch {
		case i == 0:
			t.suite = suiteName(w)
		case t.group == "" && groupText(w):
			t.group = groupName(w)
		case t.signature == "":
			t.signature = strings.ToUpper(w)
		}
	}
	return t
}

// protocolName returns the name of a protocol version and the protection it
// gives. TLSV1.2, TLSV12 and TLS1.2 are all seen.
func protocolName(text string) (name, protection string) {
	text = strings.TrimSpace(text)
	compact := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(text))
	family, version := "", ""
	for _, f := range []string{"DTLS", "TLS", "SSL"} {
		if rest, ok := strings.CutPrefix(compact, f); ok {
			family, version = f, strings.TrimPrefix(rest, "V")
			break
		}
	}
	switch {
	case family == "SSL" && (version == "2" || version == "20"):
		return "SSLv2", "tls"
	case family == "SSL" && (version == "3" || version == "30"):
		return "SSLv3", "tls"
	case (family == "TLS" || family == "DTLS") && (version == "1" || version == "10"):
		return family + "v1.0", "tls"
	case (family == "TLS" || family == "DTLS") && len(version) == 2 && version[0] == '1':
		return family + "v1." + version[1:], "tls"
	case family != "":
		return text, "tls"
	case ipsecText(compact):
		return text, "ipsec"
	}
	return text, ""
}

func ipsecText(text string) bool {
	text = strings.ToUpper(text)
	return strings.HasPrefix(text, "IKE") || strings.HasPrefix(text, "IPSEC") || strings.HasPrefix(text, "ESP") || strings.HasPrefix(text, "AH")
}

// tlsSuite reports whether a word is the name of a cipher suite.
func tlsSuite(word string) bool {
	w := strings.TrimPrefix(strings.ToUpper(word), "*")
	for _, prefix := range []string{"TLS_", "SSL_", "ECDHE_", "DHE_", "RSA_", "AES_", "CHACHA20_"} {
		if strings.HasPrefix(w, prefix) {
			return true
		}
	}
	return false
}

// bulkCiphers are the words with which the second half of a suite name begins.
var bulkCiphers = []string{"_AES_", "_3DES_", "_RC4_", "_DES_", "_RC2_", "_CHACHA20_", "_NULL_"}

// suiteName returns the IANA name of a cipher suite. IBM i prints IANA names,
// TLS 1.3 suites also without TLS_, and system values leave WITH out.
func suiteName(word string) string {
	w := strings.TrimPrefix(strings.ToUpper(word), "*")
	if rest, ok := strings.CutPrefix(w, "SSL_"); ok {
		w = rest
	}
	w = "TLS_" + strings.TrimPrefix(w, "TLS_")
	if !strings.Contains(w, "_WITH_") && !startsWithCipher(w) {
		for _, c := range bulkCiphers {
			if i := strings.Index(w, c); i > 0 {
				w = w[:i] + "_WITH" + w[i:]
				break
			}
		}
	}
	return strings.Replace(w, "_ANON_", "_anon_", 1)
}

// startsWithCipher: a TLS 1.3 suite, which names no key exchange.
func startsWithCipher(w string) bool {
	for _, c := range bulkCiphers {
		if strings.HasPrefix(w, "TLS"+c) {
			return true
		}
	}
	return false
}

func groupText(word string) bool {
	w := strings.ToUpper(word)
	for _, prefix := range []string{"SEC", "X25519", "X448", "FFDHE", "BRAINPOOL", "MLKEM"} {
		if strings.HasPrefix(w, prefix) {
			return true
		}
	}
	return false
}

// groupName writes a named group as IANA does: lower case, but for the hybrid
// groups, whose names mix cases and are left as they are.
func groupName(word string) string {
	if strings.Contains(strings.ToUpper(word), "MLKEM") {
		return word
	}
	return strings.ToLower(word)
}
