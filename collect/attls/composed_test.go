package attls

import (
	"strconv"

	"golang.org/x/text/encoding/charmap"
)

// composed is a policy made up for tests, with every kind of statement: inline
// and by reference, in other spellings, comments and passwords.
const composed = `# a policy made up for tests
TTLSRule            web~In
{
  LocalPortGroupRef   webPorts     # two ranges
  LocalAddrGroupRef   here
  RemoteAddr          10.0.0.0/8
  Jobname             ZOWE*
  UserId              ZWESVUSR
  DIRECTION           inbound
  priority            500
  TTLSGroupActionRef  grp
  TTLSEnvironmentActionRef env
  TTLSConnectionActionRef con
}
PortGroup webPorts
{
  PortRangeRef  high
  PortRange
  {
    Port 7554
  }
  Port 8000:8010
}
PortRange high
{
  Port 49152 65535
}
IpAddrGroup here
{
  IpAddr
  {
    Addr 192.0.2.7
  }
  IpAddrSet
  {
    Prefix 192.0.2.64/26
  }
  IpAddrSet
  {
    Range 2001:db8::-2001:db8::ff
  }
}
TTLSGroupAction grp
{
  TTLSEnabled  ON
  Trace        6
  TTLSGroupAdvancedParms
  {
    SyslogFacility Auth
  }
}
TTLSEnvironmentAction env
{
  HandShakeRole  serverwithclientauth
  TTLSKeyRingParms
  {
    Keyring   /etc/keys/web.kdb
    KeyringPw canary-kdb
    # KeyringPw canary-kdb-old
  }
  TTLSCipherParmsRef     strong
  TTLSEnvironmentAdvancedParms
  {
    TLSV1    off
    TLSV1.1  Off
    TLSv1.2  On
    TLSv1.3  On
    ClientAuthType SAFCheck
  }
  TTLSGskAdvancedParms
  {
    GSK_V3_SESSION_TIMEOUT 3600
    TTLSGskLdapParms
    {
      GSK_LDAP_SERVER  ldap1.bank.example:389
      GSK_LDAP_SERVER  ldap2.bank.example
      GSK_LDAP_USER    cn=crl
      GSK_LDAP_USER_PW
canary-wrapped
      GSK_LDAP_USER_PW canary-ldap
    }
    TTLSGskOcspParmsRef ocsp
  }
}
TTLSGskOcspParms ocsp
{
  OcspAiaEnable On
}
TTLSCipherParms strong
{
  V3CipherSuites4Char TLS_AES_256_GCM_SHA384
  V3CipherSuites4Char C030C02C
  V3CipherSuites      352F
  V3CipherSuites4Char C02C
}
TTLSConnectionAction con {
  TTLSSignatureParms
  {
    ClientECurves secp384r1
    ClientECurves 00290023
  }
  TTLSConnectionAdvancedParms
  {
    CertificateLabel WEB
    TLSv1.3 Off
  } # end of the advanced parameters
}
TTLSRule plain#1
{
  RemotePortRange 1414
  Direction Outbound
  TTLSGroupActionRef off
}
TTLSGroupAction off
{
  TTLSEnabled Off
}
`

func itoa(n int) string { return strconv.Itoa(n) }

func toPage1047(b []byte) []byte {
	var out []byte
	for _, r := range string(b) {
		c, ok := charmap.CodePage1047.EncodeRune(r)
		if !ok {
			c = 0x6F
		}
		if r == '\n' {
			c = 0x15
		}
		out = append(out, c)
	}
	return out
}
