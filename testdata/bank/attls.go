package bank

import (
	"strings"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// The AT-TLS policies follow the statements of the z/OS IP Configuration
// Reference. They hold what the bank leaves to AT-TLS: terminals, file transfer
// and Db2. CICS, MQ, z/OSMF and the Java servers do TLS by themselves.
//
// On the second night the rules for Query Monitor are in the policy file of both
// partitions, as IBM's note on Query Monitor with AT-TLS has them: one for what
// comes in to an agent from the CAE server and from ISPF, one for the agent's
// way to the server, one for ISPF's way to the agent. The server itself is a
// Java program with TLS of its own and needs none. On PRDB the file is in place,
// and the agent has not been started again: what it declares is not what is seen.

// policyCommand prints the file that the TTLSConfig statement of the stack names.
const policyCommand = "cat /etc/pagent/TCPIP_ttls.policy"

// policyFile composes the AT-TLS policy of a z/OS partition.
func policyFile(system string, night int, taken time.Time) []byte {
	parts := []string{
		"# AT-TLS policy of " + system + ", stack TCPIP. Changes go through change control.\n",
		rulesOfAll,
	}
	if system == "PRDB" {
		parts = append(parts, ruleIMS)
	}
	if night > 0 {
		parts = append(parts, rulesCAE)
	}
	parts = append(parts, sharedActions)
	return compose.Capture(system, taken, "AUDITJOB", policyCommand, []byte(strings.Join(parts, "")))
}

const rulesOfAll = `
TTLSRule                      TN3270~In
{
  LocalPortGroupRef           terminals
  Jobname                     TN3270*
  Direction                   Inbound
  Priority                    500
  TTLSGroupActionRef          on
  TTLSEnvironmentActionRef    terminalServer
}
PortGroup                     terminals
{
  PortRange
  {
    Port                      992
  }
  PortRange
  {
    Port                      2992
  }
}
TTLSEnvironmentAction         terminalServer
{
  HandshakeRole               Server
  TTLSKeyringParms
  {
    Keyring                   TN3270/TNRING
  }
  TTLSCipherParms
  {
    V3CipherSuites4Char       TLS_AES_256_GCM_SHA384
    V3CipherSuites4Char       TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  }
  TTLSSignatureParmsRef       strong
  TTLSEnvironmentAdvancedParmsRef  modern
}

TTLSRule                      Db2~In
{
  LocalPortRange              5448
  Jobname                     DB2*
  Direction                   Inbound
  Priority                    400
  TTLSGroupActionRef          on
  TTLSEnvironmentActionRef    db2Server
}
TTLSEnvironmentAction         db2Server
{
  HandshakeRole               Server
  TTLSKeyringParms
  {
    Keyring                   DB2RING
  }
  TTLSCipherParmsRef          gcm12
  TTLSSignatureParmsRef       strong
  TTLSEnvironmentAdvancedParmsRef  tls12only
}

# FTP begins TLS by itself (TLSMECHANISM ATTLS); 990 is its port for TLS.
TTLSRule                      FTPS~In
{
  LocalPortRange              990
  Jobname                     FTPD1
  Direction                   Inbound
  Priority                    400
  TTLSGroupActionRef          on
  TTLSEnvironmentActionRef    ftpServer
}
TTLSEnvironmentAction         ftpServer
{
  HandshakeRole               Server
  TTLSKeyringParms
  {
    Keyring                   FTPD/FTPRING
  }
  TTLSCipherParms
  {
    V3CipherSuites4Char       TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  }
  TTLSSignatureParmsRef       strong
  TTLSEnvironmentAdvancedParms
  {
    SSLv3                     Off
    TLSv1                     Off
    TLSv1.1                   Off
    TLSv1.2                   On
    TLSv1.3                   Off
    ApplicationControlled     On
    SecondaryMap              On
    Renegotiation             Disabled
    RenegotiationIndicator    Server
    PeerMinRsaKeySize         2048
    PeerMinDHKeySize          2048
    PeerMinDsaKeySize         2048
    PeerMinECCKeySize         256
  }
}
`

const ruleIMS = `
TTLSRule                      IMSConnect~In
{
  LocalPortRange              9990
  Jobname                     IMSACONN
  Direction                   Inbound
  Priority                    400
  TTLSGroupActionRef          on
  TTLSEnvironmentActionRef    imsServer
}
TTLSEnvironmentAction         imsServer
{
  HandshakeRole               Server
  TTLSKeyringParms
  {
    Keyring                   IMSAUSR/IMSRING
  }
  TTLSCipherParms
  {
    V3CipherSuites4Char       TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  }
  TTLSSignatureParmsRef       strong
  TTLSEnvironmentAdvancedParmsRef  tls12only
}
`

const rulesCAE = `
# Db2 Query Monitor: SERVER_PORT of the agents becomes 10102, ATTLS_ENABLED is Y.
# In force on a partition once its agent has been started again.
TTLSRule                      CaeAgentInboundRule
{
  LocalAddr                   ALL
  LocalPortGroupRef           CQMCAE-IN@PortGroup
  Jobname                     CQMAGNT*
  Direction                   Inbound
  Priority                    300
  TTLSGroupActionRef          on
  TTLSEnvironmentActionRef    envCaeAgentInboundRule
}
PortGroup                     CQMCAE-IN@PortGroup
{
  PortRange
  {
    Port                      10111
  }
  PortRange
  {
    Port                      10112
  }
}
TTLSEnvironmentAction         envCaeAgentInboundRule
{
  HandshakeRole               Server
  Trace                       255        # while the agents are migrated
  TTLSKeyringParms
  {
    Keyring                   CQMAGNT/CAERING
  }
  TTLSCipherParms
  {
    V3CipherSuites4Char       TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  }
  TTLSSignatureParmsRef       strong
  TTLSEnvironmentAdvancedParmsRef  tls12only
}
TTLSRule                      CaeAgentOutboundRule
{
  RemotePortRange             10102
  Jobname                     CQMAGNT*
  Direction                   Outbound
  Priority                    300
  TTLSGroupActionRef          on
  TTLSEnvironmentActionRef    envCaeOutbound
}
TTLSRule                      CQMISPF-OUT@Rule
{
  RemotePortRange             10112
  Direction                   Outbound
  Priority                    300
  TTLSGroupActionRef          on
  TTLSEnvironmentActionRef    envCaeOutbound
}
TTLSEnvironmentAction         envCaeOutbound
{
  HandshakeRole               Client
  TTLSKeyringParms
  {
    Keyring                   *AUTH*/*
  }
  TTLSCipherParms
  {
    V3CipherSuites4Char       TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  }
  TTLSSignatureParmsRef       strong
  TTLSEnvironmentAdvancedParmsRef  tls12only
  TTLSGskAdvancedParms
  {
    TTLSGskHttpCdpParms
    {
      HttpCdpEnable           On
    }
  }
}
`

const sharedActions = `
TTLSGroupAction               on
{
  TTLSEnabled                 On
  Trace                       2
}
TTLSCipherParms               gcm12
{
  V3CipherSuites4Char         TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  V3CipherSuites4Char         TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
}
TTLSSignatureParms            strong
{
  ClientECurves               0023002400250029
  ServerKexECurves            0023002400250029
  SignaturePairs              060106030501050304010403080408050806
}
TTLSEnvironmentAdvancedParms  tls12only
{
  SSLv3                       Off
  TLSv1                       Off
  TLSv1.1                     Off
  TLSv1.2                     On
  TLSv1.3                     Off
  Renegotiation               Disabled
  RenegotiationIndicator      Both
  PeerMinRsaKeySize           2048
  PeerMinDHKeySize            2048
  PeerMinDsaKeySize           2048
  PeerMinECCKeySize           256
}
TTLSEnvironmentAdvancedParms  modern
{
  SSLv3                       Off
  TLSv1                       Off
  TLSv1.1                     Off
  TLSv1.2                     On
  TLSv1.3                     On
  Renegotiation               Disabled
  RenegotiationIndicator      Both
  PeerMinRsaKeySize           2048
  PeerMinDHKeySize            2048
  PeerMinDsaKeySize           2048
  PeerMinECCKeySize           256
}
`
