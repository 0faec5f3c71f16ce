package zert

import "fmt"

// Offsets of SMF 119 subtype 11, "zERT connection detail record" in z/OS
// Communications Server IP Programmer's Guide and Reference. The protocol
// sections are in [detailFields].
const (
	// Triplets of subtype 11. Behind them newer releases have one more, whose
	// layout is not public.
	tripletFilter    = 2
	tripletDetailTLS = 3 // then SSH and IPSec
	tripletDetailDN  = 6

	// Common section, SMF119SC_SA*.
	scEventType = 0
	scSecProtos = 1
	scFlags     = 2
	scSecFlags  = 3
	scIPProto   = 4
	scJobname   = 8
	scUserID    = 24
	scRIP       = 48
	scLIP       = 64
	scRPort     = 80
	scLPort     = 82
	scIn        = 88
	scOut       = 96
	detailMin   = 84 // what the record of a connection must reach

	// IP filter section, SMF119SC_IPFlt_*.
	fltOutAct  = 0
	fltInAct   = 1
	fltOutRule = 4
	fltInRule  = 52
	fltRule    = 48 // name (40) and extension (8)

	// Fields that the summary record does not have.
	tlsHandshakeType = 3
	tlsHandshakeRole = 4
	tlsSessionID     = 7 // length, then 32 bytes
	tlsProviderName  = 40
	tlsFIPSMode      = 68
	sshFIPSMode      = 2
	sshFailed        = 4
	sshComponentName = 8
	sshProviderName  = 16
	sshFPLengths     = 56 // server, client
	sshFP            = 60 // 64 bytes each
	ipsecTunnelID    = 0
	ipsecRuleName    = 8
	ipsecLifetimes   = 100 // three fields of the IKE tunnel
	ipsecDataTunnel  = 208
	ipsecTunFlags    = 212
	ipsecTunType     = 213
	ipsecDataLife    = 224 // three fields of the data tunnel
)

// SMF119SC_SAEvent_Type.
const (
	detailBegun       = 1
	detailChanged     = 2
	detailEnded       = 3
	detailShort       = 4 // began and ended within ten seconds
	detailEnabled     = 5
	detailDisabled    = 6
	detailEnforcement = 7
)

// SMF119SC_SAFlags beside flagIPv6, and SMF119SC_SASecFlags. The roles and the
// reset came with z/OS 3.2.
const (
	detailBypass = 0x40 // AT-TLS did not encrypt a connection within the host
	detailReset  = 0x20
	detailServer = 0x10
	detailClient = 0x08

	secFiltered = 0x20
)

// openDetail locates the sections of a connection detail record.
func (v *view) openDetail(rec []byte) (filter []byte, err error) {
	if len(rec) < sdTriplets {
		return nil, fmt.Errorf("it has no self-defining section")
	}
	*v = view{rec: rec}
	if err := v.openIdent(); err != nil {
		return nil, err
	}
	if v.common, err = v.section(tripletCommon); err != nil {
		return nil, err
	}
	if len(v.common) == 0 {
		return nil, fmt.Errorf("it has no common section")
	}
	if e := v.common[scEventType]; e != detailEnabled && e != detailDisabled && len(v.common) < detailMin {
		return nil, fmt.Errorf("its common section has %d bytes", len(v.common))
	}
	if filter, err = v.section(tripletFilter); err != nil {
		return nil, err
	}
	for i := range v.protos {
		if v.protos[i], err = v.section(tripletDetailTLS + i); err != nil {
			return nil, err
		}
	}
	return filter, v.openNames(tripletDetailDN)
}

// openIdent locates the TCP/IP identification section, which all subtypes have.
func (v *view) openIdent() (err error) {
	if v.ident, err = v.section(tripletIdent); err != nil {
		return err
	}
	if len(v.ident) < identMin {
		return fmt.Errorf("its TCP/IP identification section has %d bytes", len(v.ident))
	}
	return nil
}
