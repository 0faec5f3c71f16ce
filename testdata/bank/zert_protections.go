package bank

import (
	"net/netip"

	"github.com/irondrift/irondrift/testdata/compose"
)

// protection is one set of cryptographic attributes.
//
// Only codes that the public part of IBM's tables confirms are used. The codes of
// AES and ChaCha20, of ECDHE, of the HMACs beyond SHA-1 and of ECDSA signatures
// are not public, so those fields hold 0, "unknown"; for TLS the cipher suite,
// which is a registered number, says it all.
type protection struct {
	name   string
	letter byte
	apply  func(*compose.ZERTSummary)
}

const (
	unknown   = 0
	none      = 1 // also a MAC inside an AEAD cipher
	tripleDES = 4
	hmacSHA1  = 4
	kexRSA    = 2
)

var (
	rsaCert = compose.ZERTCert{SignatureMethod: 7, EncMethod: 2, DigestAlg: 6, KeyType: 2, KeyLen: 2048}
	ecCert  = compose.ZERTCert{SignatureMethod: unknown, EncMethod: 4, DigestAlg: 6, KeyType: 5, KeyLen: 256}
)

var (
	clearText = protection{"none", 'N', func(*compose.ZERTSummary) {}}

	tls12      = tls("tls12", 0x0303, "C030", unknown, none, unknown, rsaCert)
	tls12ECDSA = tls("tls12 ecdsa", 0x0303, "C02C", unknown, none, unknown, ecCert)
	tls12AES   = tls("tls12 aes128", 0x0303, "C02F", unknown, none, unknown, rsaCert)
	tls12RSA   = tls("tls12 rsa", 0x0303, "009D", unknown, none, kexRSA, rsaCert)
	tls13      = tls("tls13", 0x0304, "1302", unknown, none, none, rsaCert)
	tls13AES   = tls("tls13 aes128", 0x0304, "1301", unknown, none, none, ecCert)
	tls10      = tls("tls10 3des", 0x0301, "000A", tripleDES, hmacSHA1, kexRSA, rsaCert)

	ssh = protection{"ssh", 'S', func(z *compose.ZERTSummary) {
		z.SSH = &compose.ZERTSSH{Source: compose.SourceProvider, ProtVer: 2, AuthMethod: 3, InEncAlg: unknown, InMsgAuth: none,
			KexMethod: 6, OutEncAlg: unknown, OutMsgAuth: none, SKeyType: 2, SKeyLen: 3072, CKeyType: 5, CKeyLen: 256}
	}}

	ipsec = protection{"ipsec", 'I', func(z *compose.ZERTSummary) {
		z.IPSec = &compose.ZERTIPSec{IKEMajVer: 2, IKETunLclEndpt: z.SrvIP, IKETunRmtEndpt: netip.MustParseAddr("198.51.100.10"),
			IKETunLclAuthMeth: 2, IKETunRmtAuthMeth: 2, IKETunAuthAlg: unknown, IKETunEncAlg: unknown, IKETunDHGroup: 20, IKETunPseudoRandFunc: 3,
			LclCert: rsaCert, RmtCert: rsaCert, PFSGroup: 20, EncapMode: 1, AuthProto: 50, AuthAlg: none, EncAlg: unknown}
	}}
)

func tls(name string, version uint16, suite string, cipher, mac, kex uint16, cert compose.ZERTCert) protection {
	return protection{name, 'T', func(z *compose.ZERTSummary) {
		z.TLS = &compose.ZERTTLS{Source: compose.SourceProvider, ProtVer: version, NegCipher: suite, CSEncAlg: cipher, CSMsgAuth: mac, CSKexAlg: kex, SCert: cert,
			CCert: compose.ZERTCert{SignatureMethod: none, EncMethod: none, DigestAlg: none, KeyType: none}}
		z.DNs = []compose.DN{
			{Type: 5, Text: "CN=" + z.Jobname + ".meridian.example,O=Meridian Savings Bank,C=US"},
			{Type: 6, Text: "CN=Meridian Issuing CA 2,O=Meridian Savings Bank,C=US"},
		}
	}}
}
