package attls

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func policy(t testing.TB, text string, opts collect.Options) part {
	t.Helper()
	return read(t, Policy(), opts, collect.BytesFile("p", []byte(text)))
}

func TestComposed(t *testing.T) {
	p := policy(t, composed, collect.Options{Release: "3.1"})
	p.want(t, "attls/*/rule/web~0In/", map[string]string{
		"Priority": "500", "Direction": "Inbound", "Jobname": "ZOWE*", "Userid": "ZWESVUSR",
		"LocalPortRange":  `["49152-65535","7554","8000-8010"]`,
		"LocalAddr":       `["192.0.2.64/26","192.0.2.7","2001:db8::/120"]`,
		"RemoteAddr":      `["10.0.0.0/8"]`,
		"RemotePortRange": `["All"]`,
		"TTLSEnabled":     "true", "Trace": "6", "SyslogFacility": "Auth",
		"HandshakeRole": "ServerWithClientAuth", "ClientAuthType": "SAFCheck",
		"Keyring": "/etc/keys/web.kdb", "KeyringPw": "true", "KeyringStashFile": "none",
		// The connection action turns TLSv1.3 off, so its suites drop out.
		"tls/versions": `["TLSv1.2"]`,
		"tls/suites":   `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384","TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384","TLS_RSA_WITH_AES_256_CBC_SHA","TLS_RSA_WITH_AES_128_CBC_SHA"]`,
		// Codes of groups are decimal.
		"ClientECurves":        `["secp384r1","x25519","secp256r1"]`,
		"ClientKeyShareGroups": `["secp384r1"]`,
		"CertificateLabel":     "WEB", "ServerCertificateLabel": "[]",
		"GSK_V3_SESSION_TIMEOUT": "3600",
		"GSK_LDAP_SERVER":        `["ldap1.bank.example:389","ldap2.bank.example"]`,
		"GSK_LDAP_USER":          "cn=crl", "GSK_LDAP_USER_PW": "true",
		"OcspAiaEnable": "true", "HttpCdpEnable": "false", "revocation": `["ldap","ocsp"]`,
		"IpTimeCondition": "[]", "order": "1", "shadowed_by": "[]",
	})
	p.want(t, "attls/*/rule/plain#1/", map[string]string{
		"TTLSEnabled": "false", "tls/versions": "[]", "tls/suites": "[]", "HandshakeRole": "none",
		"Priority": "1", "Trace": "2", "RemotePortRange": `["1414"]`, "order": "2", "lint": "[]", "lint/text": "[]",
	})
	for k := range p.facts {
		if strings.HasPrefix(string(k), "attls/*/rule/plain#1/") && strings.HasSuffix(string(k), "Keyring") {
			t.Errorf("%s of a rule in clear", k)
		}
	}
	c := p.header.Counts
	if c.Ignored["comment"] != 2 || c.Ignored["unknown keyword"] != 1 || c.Duplicate != 0 {
		t.Errorf("counts %+v", c)
	}
}

// minimal is a rule whose environment states nothing but what it must.
const minimal = `TTLSRule R
{
  LocalPortRange 443
  Direction Inbound
  TTLSGroupActionRef G
  TTLSEnvironmentActionRef E
}
TTLSGroupAction G
{
  TTLSEnabled On
}
TTLSEnvironmentAction E
{
  HandshakeRole Server
  TTLSKeyringParms
  {
    Keyring web
  }
%s}
`

// Defaults as sections 4 and 6 of the reference give them.
func TestDefaults(t *testing.T) {
	old := `["rsa_pkcs1_sha512","ecdsa_secp521r1_sha512","rsa_pkcs1_sha384","ecdsa_secp384r1_sha384","rsa_pkcs1_sha256","ecdsa_secp256r1_sha256",` +
		`"dsa_sha256","rsa_sha224","ecdsa_sha224","dsa_sha224","rsa_pkcs1_sha1","ecdsa_sha1","dsa_sha1"]`
	everywhere := map[string]string{
		"CtraceClearText": "false", "Trace": "2", "FIPS140": "Off", "SecondaryMap": "false", "SyslogFacility": "Daemon",
		"SuiteBProfile": "Off", "ApplicationControlled": "false", "MiddleBoxCompatMode": "false", "HandshakeTimeout": "10", "ResetCipherTimer": "0",
		"Renegotiation": "Default", "RenegotiationIndicator": "Optional", "RenegotiationCertCheck": "false",
		"CertificateLabel": "none", "ServerCertificateLabel": "[]", "ClientAuthType": "Required", "TruncatedHMAC": "Off", "CertValidationMode": "Any",
		"ClientMaxSSLFragment": "Off", "ServerMaxSSLFragment": "Off", "ClientHandshakeSNI": "Off", "ServerHandshakeSNI": "Off",
		"ClientExtendedMasterSecret": "On", "ServerExtendedMasterSecret": "On", "3DesKeyCheck": "false",
		"ClientEDHGroupSize": "Legacy", "ServerEDHGroupSize": "Legacy", "PeerMinCertVersion": "Any", "ServerScsv": "false",
		"GSK_V3_SESSION_TIMEOUT": "86400", "GSK_V3_SIDCACHE_SIZE": "512",
		"HttpCdpEnable": "false", "HttpCdpProxyServerPort": "80", "HttpCdpResponseTimeout": "15", "HttpCdpMaxResponseSize": "204800", "HttpCdpCacheSize": "32", "HttpCdpCacheEntryMaxsize": "0",
		"OcspAiaEnable": "false", "OcspUrlPriority": "true", "OcspRequestSigalg": `["rsa_pkcs1_sha256"]`, "OcspProxyServerPort": "80", "OcspRetrieveViaGet": "false",
		"OcspClientCacheSize": "256", "OcspCliCacheEntryMaxsize": "0", "OcspNonceGenEnable": "false", "OcspNonceCheckEnable": "false", "OcspNonceSize": "8",
		"OcspResponseTimeout": "15", "OcspMaxResponseSize": "20480", "OcspServerStapling": "Off", "revocation": "[]", "SignaturePairsCert": "[]",
		"KeyringPw": "false", "KeyringStashFile": "none", "Envfile": "none",
	}
	since24 := map[string]string{
		"GSK_SESSION_TICKET_CLIENT_ENABLE": "true", "GSK_SESSION_TICKET_CLIENT_MAXSIZE": "8192", "GSK_SESSION_TICKET_SERVER_ENABLE": "true",
		"GSK_SESSION_TICKET_SERVER_ALGORITHM": "AESCBC128", "GSK_SESSION_TICKET_SERVER_COUNT": "2", "GSK_SESSION_TICKET_SERVER_KEY_REFRESH": "300",
		"GSK_SESSION_TICKET_SERVER_TIMEOUT": "300", "ServerKeyShareGroups": `["secp256r1","secp384r1","secp521r1","x25519","x448"]`,
		"PeerMinRsaKeySize": "1024", "PeerMinDHKeySize": "1024", "PeerMinDsaKeySize": "1024", "PeerMinECCKeySize": "192",
	}
	upTo31 := map[string]string{
		"tls/versions": `["TLSv1.0","TLSv1.1"]`, "SignaturePairs": old,
		"ClientECurves": `["secp224r1","secp256r1","secp384r1","secp521r1","secp192r1"]`,
	}
	kex := map[string]string{"ServerKexECurves": `["secp256r1","secp384r1","secp521r1","secp224r1","secp192r1"]`}
	cbc := map[string]string{"tls/suites": `["TLS_RSA_WITH_AES_256_CBC_SHA","TLS_DHE_DSS_WITH_AES_256_CBC_SHA","TLS_DHE_RSA_WITH_AES_256_CBC_SHA",` +
		`"TLS_RSA_WITH_AES_128_CBC_SHA","TLS_DHE_DSS_WITH_AES_128_CBC_SHA","TLS_DHE_RSA_WITH_AES_128_CBC_SHA"]`}
	key := map[string]string{"ClientKeyShareGroups": `["secp256r1"]`}
	gcm := map[string]string{
		"tls/versions": `["TLSv1.2"]`,
		"tls/suites": `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384","TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",` +
			`"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256","TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"]`,
		"SignaturePairs": `["rsa_pkcs1_sha512","ecdsa_secp521r1_sha512","rsa_pkcs1_sha384","ecdsa_secp384r1_sha384","rsa_pkcs1_sha256","ecdsa_secp256r1_sha256"]`,
	}
	unknowns := map[string][]string{
		"2.1": {"tls/versions", "tls/suites"}, "2.2": {"tls/suites"}, "2.3": {"tls/suites"}, "3.2": {"ClientECurves", "ClientKeyShareGroups"},
	}
	for rel, facts := range map[string][]map[string]string{
		"2.1": {everywhere}, "2.2": {everywhere, upTo31}, "2.3": {everywhere, upTo31},
		"2.4": {everywhere, since24, upTo31, cbc, key}, "2.5": {everywhere, since24, upTo31, cbc, key, kex},
		"3.1": {everywhere, since24, upTo31, cbc, key, kex}, "3.2": {everywhere, since24, gcm, kex},
	} {
		p := policy(t, fmt.Sprintf(minimal, ""), collect.Options{Release: rel})
		for _, f := range facts {
			p.want(t, "attls/*/rule/R/", f)
		}
		for _, k := range unknowns[rel] {
			if v := p.get(t, "attls/*/rule/R/"+k); !v.IsUnknown() {
				t.Errorf("z/OS %s: %s is %s", rel, k, v)
			}
		}
		for k, v := range p.facts {
			// Every default of the table is tried above; what is not must be
			// something without one.
			if d := p.facts["attls/*/rule/R/defaulted"]; v.IsUnknown() && d.Has(k.Segments()[4]) && len(unknowns[rel]) == 0 {
				t.Errorf("z/OS %s: %s is %s", rel, k, v)
			}
		}
	}
	p := policy(t, fmt.Sprintf(minimal, ""), collect.Options{Release: "3.1"})
	tried := map[string]bool{}
	for _, f := range []map[string]string{everywhere, since24, upTo31, cbc, key, kex} {
		for k := range f {
			tried[k] = true
		}
	}
	for _, param := range parameters {
		if len(param.defaults) > 0 && param.key != "" && !tried[param.key] {
			t.Errorf("the default of %s is not tried", param.name)
		}
	}
	u := p.get(t, "attls/*/rule/R/upgrade/3.2")
	if !u.Has(`tls/versions: ["TLSv1.0","TLSv1.1"] -> ["TLSv1.2"]`) || len(u.Items()) != 5 {
		t.Errorf("upgrade to 3.2: %q", u.Items())
	}
	p = policy(t, fmt.Sprintf(minimal, ""), collect.Options{Release: "3.9"})
	if v := p.get(t, "attls/*/rule/R/tls/versions"); !v.IsUnknown() || !strings.Contains(v.Raw(), "3.9") {
		t.Errorf("a release that is not in the table: %s", v)
	}
}

func TestOverlays(t *testing.T) {
	for name, c := range map[string]struct {
		environment, rest string
		want              map[string]string
	}{
		"TLSv1.3 adds curves and signatures": {"TTLSEnvironmentAdvancedParms\n{\nTLSv1.3 On\n}\n", "", map[string]string{
			"tls/versions":  `["TLSv1.0","TLSv1.1","TLSv1.3"]`,
			"ClientECurves": `["secp224r1","secp256r1","secp384r1","secp521r1","secp192r1","x25519"]`,
			"SignaturePairs": `["rsa_pkcs1_sha512","ecdsa_secp521r1_sha512","rsa_pkcs1_sha384","ecdsa_secp384r1_sha384","rsa_pkcs1_sha256","ecdsa_secp256r1_sha256",` +
				`"dsa_sha256","rsa_sha224","ecdsa_sha224","dsa_sha224","rsa_pkcs1_sha1","ecdsa_sha1","dsa_sha1","rsa_pss_rsae_sha512","rsa_pss_rsae_sha384","rsa_pss_rsae_sha256"]`,
			"lint": `["L05 TLSv1.3 is on, but no cipher suite of it is in the list"]`,
		}},
		"the last of block and reference counts": {"TTLSCipherParms\n{\nV3CipherSuites 35\n}\nTTLSCipherParmsRef c\n", "TTLSCipherParms c\n{\nV3CipherSuites4Char 002F\n}\n", map[string]string{
			"tls/suites": `["TLS_RSA_WITH_AES_128_CBC_SHA"]`,
			"lint/text":  `["L10 TTLSEnvironmentAction E: TTLSCipherParms is given more than once, the last one counts"]`,
		}},
		"the last of repeated parameters counts": {"TTLSEnvironmentAdvancedParms\n{\nHandshakeTimeout 5\nHandshakeTimeout 7\n}\n", "", map[string]string{
			"HandshakeTimeout": "7", "lint/text": `["L10 TTLSEnvironmentAdvancedParms: HandshakeTimeout is given more than once, the last one counts"]`,
		}},
		"duplicate suites keep their first place": {"TTLSCipherParms\n{\nV3CipherSuites 352F\nV3CipherSuites TLS_RSA_WITH_AES_256_CBC_SHA\nV3CipherSuites4Char C0FF00FE\nV3CipherSuites C02\n}\n", "", map[string]string{
			// C0FF and 00FE are registered nowhere.
			"tls/suites": `["TLS_RSA_WITH_AES_256_CBC_SHA","TLS_RSA_WITH_AES_128_CBC_SHA","0xC0FF","0x00FE"]`,
			"lint/text":  `["L06 TTLSCipherParms: a cipher suite is neither a known constant nor codes of 2 digits"]`,
		}},
		"Suite B": {"SuiteBProfile 192\n", "", map[string]string{"tls/versions": `["TLSv1.2"]`}},
		"misplaced and misspelt": {"ClientAuthType Full\nTTLSEnvironmentAdvancedParm\n{\nTLSv1 Off\n}\nHandshakRole Client\n", "", map[string]string{
			"ClientAuthType": "Required", "HandshakeRole": "Server", "tls/versions": `["TLSv1.0","TLSv1.1"]`,
			"lint/text": `["L06 TTLSEnvironmentAction E: unknown block TTLSEnvironmentAdvancedParm: was TTLSEnvironmentAdvancedParms meant?",` +
				`"L06 TTLSEnvironmentAction E: unknown keyword HandshakRole: was HandshakeRole meant?",` +
				`"L15 TTLSEnvironmentAction E: ClientAuthType does not belong here and is ignored"]`,
		}},
		"a label is cut at its blank": {"TTLSEnvironmentAdvancedParms\n{\nCertificateLabel Zowe Server # label\n}\n", "", map[string]string{
			"CertificateLabel": "Zowe",
			"lint/text":        `["L14 TTLSEnvironmentAdvancedParms: the value of CertificateLabel is followed by other words, which may not count"]`,
		}},
		"braces on the line": {"TTLSEnvironmentAdvancedParms {\nTLSv1 Off } \n TTLSGskAdvancedParms { TTLSGskHttpCdpParms { HttpCdpEnable On } }\n", "", map[string]string{
			"tls/versions": `["TLSv1.1"]`, "revocation": `["http-cdp"]`,
		}},
		"a definition that is never used": {"", "TTLSEnvironmentAction spare\n{\nHandshakRole Server\n}\n", map[string]string{
			"../../lint": `["L06 TTLSEnvironmentAction spare: unknown keyword HandshakRole: was HandshakeRole meant?","L08 TTLSEnvironmentAction spare is never used"]`,
		}},
		"a definition that only an unused one refers to": {"", "TTLSEnvironmentAction spare\n{\nTTLSCipherParmsRef other\n}\nTTLSCipherParms other\n{\nV3CipherSuites4Char C030\n}\n", map[string]string{
			"../../lint": `["L08 TTLSCipherParms other is never used","L08 TTLSEnvironmentAction spare is never used"]`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			p := policy(t, fmt.Sprintf(minimal, c.environment)+c.rest, collect.Options{Release: "3.1"})
			for key, form := range c.want {
				if rest, ok := strings.CutPrefix(key, "../../"); ok {
					p.want(t, "attls/*/", map[string]string{rest: form})
				} else {
					p.want(t, "attls/*/rule/R/", map[string]string{key: form})
				}
			}
		})
	}
}

// What cannot be told is unknown, and says why.
func TestUnknown(t *testing.T) {
	for name, c := range map[string]struct {
		environment, rest string
		keys              []string
		why               string
		known             []string
	}{
		"dangling block": {"TTLSCipherParmsRef gone\n", "", []string{"tls/suites"}, "TTLSCipherParms gone is not defined", []string{"tls/versions"}},
		"dangling ocsp":  {"TTLSGskAdvancedParmsRef gone\n", "", []string{"OcspAiaEnable", "GSK_LDAP_SERVER", "revocation"}, "TTLSGskAdvancedParms gone is not defined", []string{"tls/suites"}},
		"two definitions": {"TTLSCipherParmsRef c\n", "TTLSCipherParms c\n{\nV3CipherSuites 35\n}\nTTLSCipherParms c\n{\nV3CipherSuites 2F\n}\n",
			[]string{"tls/suites"}, "defined 2 times with different contents", []string{"tls/versions"}},
		"neither On nor Off": {"TTLSEnvironmentAdvancedParms\n{\nTLSv1 Yes\n}\n", "", []string{"tls/versions", "tls/suites"}, "none of On, Off", nil},
		"out of range":       {"TTLSEnvironmentAdvancedParms\n{\nHandshakeTimeout 601\n}\n", "", []string{"HandshakeTimeout"}, "0 to 600", nil},
		"placeholder":        {"TTLSEnvironmentAdvancedParms\n{\nCertificateLabel $LABEL\n}\n", "", []string{"CertificateLabel"}, "placeholder", nil},
		"two rules": {"", "TTLSRule R\n{\nDirection Outbound\n}\n", []string{"Direction", "tls/versions", "TTLSEnabled", "order"},
			"TTLSRule R is defined 2 times", nil},
		"suite B suites": {"SuiteBProfile 128\n", "", []string{"tls/suites"}, "SuiteBProfile 128", nil},
	} {
		t.Run(name, func(t *testing.T) {
			p := policy(t, fmt.Sprintf(minimal, c.environment)+c.rest, collect.Options{Release: "3.1"})
			for _, k := range c.keys {
				if v := p.get(t, "attls/*/rule/R/"+k); !v.IsUnknown() || !strings.Contains(v.Raw(), c.why) {
					t.Errorf("%s is %s, want unknown with %q", k, v, c.why)
				}
			}
			for _, k := range c.known {
				if v := p.get(t, "attls/*/rule/R/"+k); v.IsUnknown() {
					t.Errorf("%s is %s", k, v)
				}
			}
		})
	}
}

// Definitions that repeat each other word for word contradict nothing.
func TestRepeatedDefinition(t *testing.T) {
	text := fmt.Sprintf(minimal, "")
	p := policy(t, text+text, collect.Options{Release: "3.1"})
	p.want(t, "attls/*/rule/R/", map[string]string{"HandshakeRole": "Server"})
	if c := p.header.Counts; c.Duplicate != int64(strings.Count(text, "\n")) || c.Read != 2*c.Duplicate {
		t.Errorf("counts %+v", c)
	}
	if !p.get(t, "attls/*/lint").Has("L09 TTLSRule R is defined 2 times") {
		t.Error("not reported")
	}
}

// A published sample of IBM lacks a closing brace.
func TestMissingBrace(t *testing.T) {
	text := strings.Replace(fmt.Sprintf(minimal, ""), "TTLSEnabled On\n}", "TTLSEnabled On", 1)
	p := policy(t, text, collect.Options{Release: "3.1"})
	p.want(t, "attls/*/rule/R/", map[string]string{"TTLSEnabled": "true", "HandshakeRole": "Server"})
	p.want(t, "attls/*/", map[string]string{"lint": `["L31 TTLSGroupAction G lacks a closing brace"]`})
	if c := p.header.CoverageOf("attls/*/rule/R/TTLSEnabled"); c.State != collect.Partial || !strings.Contains(c.Reason, "no closing brace") {
		t.Errorf("coverage %+v", c)
	}
}

// Where a brace is not one any more, what belongs to which block is a guess:
// nothing of the file is whole. The Policy Agent would install none of it.
func TestBracesThatDoNotFit(t *testing.T) {
	for what, change := range map[string][2]string{
		"an opening brace is damaged": {"HandshakeRole Server", "TTLSKeyringParms\n `{\n Keyring web\n }\n HandshakeRole Server"},
		"a brace too many":            {"TTLSEnabled On\n}", "TTLSEnabled On\n}\n}"},
		"a block without a name":      {"TTLSEnabled On\n}", "TTLSEnabled On\n}\n{\n}"},
		"too deep":                    {"TTLSEnabled On\n}", "TTLSEnabled On\n}\nX" + strings.Repeat("\n{\nX", 200) + strings.Repeat("\n}", 200)},
	} {
		text := strings.Replace(fmt.Sprintf(minimal, ""), change[0], change[1], 1)
		if text == fmt.Sprintf(minimal, "") {
			t.Fatalf("%s: nothing changed", what)
		}
		p := policy(t, text, collect.Options{Release: "3.1", AssertComplete: true})
		if c := p.header.CoverageOf("attls/*/rule/R/TTLSEnabled"); c.State != collect.Partial || !strings.Contains(c.Reason, "not certain") {
			t.Errorf("%s: coverage %+v", what, c)
		}
	}
}

// Statements can come in any order, be spaced and spelt differently.
func TestLayouts(t *testing.T) {
	blocks := strings.SplitAfter(composed, "\n}\n")
	want := policy(t, composed, collect.Options{Release: "3.1"}).header.Content
	rng := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		rng.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
		text := strings.Join(blocks, "# between\n\n")
		text = strings.NewReplacer("  ", "\t ", "HandShakeRole", "handshakerole", "TTLSKeyRingParms", "TTLSKEYRINGPARMS").Replace(text)
		if got := policy(t, text, collect.Options{Release: "3.1"}).header.Content; got != want {
			t.Fatalf("another digest for\n%s", text)
		}
	}
}

func TestChain(t *testing.T) {
	mainFile := "LogLevel 15\nTcpImage PROD /etc/pagent/prod.image FLUSH PURGE 600\nTcpImage TEST //'SYS1.TCPPARMS(TEST)'\nCommonTTLSConfig /etc/pagent/common.policy\n"
	common := "TTLSGroupAction G\n{\nTTLSEnabled On\n}\n"
	own := strings.Replace(fmt.Sprintf(minimal, ""), "TTLSGroupAction G\n{\n  TTLSEnabled On\n}\n", "", 1)
	files := func(names ...string) (out []*collect.File) {
		all := map[string]string{"pagent.conf": mainFile, "common.policy": common, "prod.image": "TTLSConfig /etc/pagent/old\nTTLSConfig '/etc/pagent/prod.policy' NOPURGE\n",
			"prod.policy": own, "test": "TTLSConfig\n" + "# uses the common policy\n"}
		for _, n := range names {
			out = append(out, collect.BytesFile("dir/"+n, []byte(all[n])))
		}
		return out
	}
	opts := collect.Options{Release: "3.1", AssertComplete: true}
	p := read(t, Policy(), opts, files("prod.policy", "pagent.conf", "prod.image", "common.policy", "test")...)
	p.want(t, "attls/", map[string]string{"PROD/rules/count": "1", "PROD/rule/R/TTLSEnabled": "true", "TEST/rules/count": "0"})
	for _, prefix := range []collect.Key{"attls", "attls/PROD/rule", "attls/TEST/rule"} {
		if c := p.header.CoverageOf(prefix); c.State != collect.Complete {
			t.Errorf("%s: %+v", prefix, c)
		}
	}
	p = read(t, Policy(), opts, files("prod.policy", "pagent.conf", "prod.image", "test")...)
	if v := p.get(t, "attls/PROD/rule/R/TTLSEnabled"); !v.IsUnknown() || !strings.Contains(v.Raw(), "/etc/pagent/common.policy") {
		t.Errorf("without the common file: %s", v)
	}
	if v := p.get(t, "attls/PROD/rules/count"); !v.IsUnknown() {
		t.Errorf("count of a partial stack: %s", v)
	}
	if c := p.header.CoverageOf("attls/PROD/rule/R"); c.State != collect.Partial || !strings.Contains(c.Reason, "was not collected") {
		t.Errorf("%+v", c)
	}
	// A stack that the configuration names.
	p = policy(t, fmt.Sprintf(minimal, ""), collect.Options{Release: "3.1", Stack: "TCPIP"})
	p.want(t, "attls/TCPIP/", map[string]string{"rules/count": "1", "rule/R/tls/versions": `["TLSv1.0","TLSv1.1"]`})
}

func TestBadRelease(t *testing.T) {
	_, err := collect.Run(t.Context(), Policy(), []*collect.File{collect.BytesFile("p", []byte(composed))}, &collect.Options{Release: "three"})
	if err == nil || collect.HintOf(err) == "" {
		t.Errorf("error %v", err)
	}
	_, err = collect.Run(t.Context(), Policy(), []*collect.File{collect.BytesFile("p", []byte("LogLevel 3\n"))}, &collect.Options{})
	if !errors.Is(err, collect.ErrNotRecognised) {
		t.Errorf("error %v", err)
	}
}

// A text that stops at any byte never says less than the whole one while it
// claims to be complete, and never anything else about a rule it can still
// resolve.
func TestCutAnywhere(t *testing.T) {
	whole := policy(t, composed, collect.Options{Release: "3.1"})
	for n := range len(composed) {
		parts, err := collect.Run(t.Context(), Policy(), []*collect.File{collect.BytesFile("p", []byte(composed[:n]))}, &collect.Options{Release: "3.1", AssertComplete: composed[n-min(n, 1)] != '\n'})
		if err != nil {
			continue
		}
		p := load(t, parts[0])
		for k, v := range p.facts {
			class, w := collect.Keys().Class(k), whole.facts[k]
			if class != collect.Setting || v.IsUnknown() {
				continue
			}
			if v.Compare(w) != 0 {
				t.Fatalf("cut at %d: %s is %s, not %s", n, k, v, w)
			}
		}
		for _, c := range p.header.Coverage {
			if c.State == collect.Complete {
				t.Fatalf("cut at %d: %+v", n, c)
			}
		}
	}
}
