package bank

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// What "pasearch -t" shows of PRDA follows the listing of Communications Server
// 3.1 in ../shared/samples/attls, with every default filled in. How it prints a
// group of ports is not in that sample and is composed: the ranges one by one,
// before the summary.
//
// The listing agrees with the policy file but for one thing. After the rules for
// Query Monitor were installed somebody switched on in the file that revoked
// certificates are looked for (HttpCdpEnable), and did not refresh the Policy
// Agent: what is in force does not look.

const pasearchCommand = "pasearch -t"

type listedRule struct {
	name          string
	priority      int
	local, remote []int // ports; none for any
	job           string
	direction     string
	environment   listedEnvironment
}

type listedEnvironment struct {
	name, role, trace, keyring string
	advanced                   map[string]string // what is not the default
	suites                     []string
}

// advancedDefaults are the TTLSEnvironmentAdvancedParms of 3.1 in their order.
var advancedDefaults = [][2]string{
	{"SSLv2", "Off"}, {"SSLv3", "Off"}, {"TLSv1", "On"}, {"TLSv1.1", "On"}, {"TLSv1.2", "Off"}, {"TLSv1.3", "Off"},
	{"MiddleBoxCompatMode", "Off"}, {"ApplicationControlled", "Off"}, {"HandshakeTimeout", "10"}, {"ClientAuthType", "Required"},
	{"ResetCipherTimer", "0"}, {"TruncatedHMAC", "Off"}, {"CertValidationMode", "Any"}, {"ServerMaxSSLFragment", "Off"},
	{"ClientMaxSSLFragment", "Off"}, {"ServerHandshakeSNI", "Off"}, {"ClientHandshakeSNI", "Off"},
	{"ClientExtendedMasterSecret", "On"}, {"ServerExtendedMasterSecret", "On"}, {"Renegotiation", "Default"},
	{"RenegotiationIndicator", "Optional"}, {"RenegotiationCertCheck", "Off"}, {"3DesKeyCheck", "Off"},
	{"ClientEDHGroupSize", "Legacy"}, {"ServerEDHGroupSize", "Legacy"}, {"PeerMinCertVersion", "Any"},
	{"PeerMinDHKeySize", "1024"}, {"PeerMinDsaKeySize", "1024"}, {"PeerMinECCKeySize", "192"}, {"PeerMinRsaKeySize", "1024"},
	{"ServerScsv", "Off"},
}

// tls12Only and modern are the TTLSEnvironmentAdvancedParms of these names in
// the file, ftp those of ftpServer.
var (
	tls12Only = map[string]string{
		"TLSv1": "Off", "TLSv1.1": "Off", "TLSv1.2": "On", "Renegotiation": "Disabled", "RenegotiationIndicator": "Both",
		"PeerMinRsaKeySize": "2048", "PeerMinDHKeySize": "2048", "PeerMinDsaKeySize": "2048", "PeerMinECCKeySize": "256",
	}
	modern = overlaid(tls12Only, map[string]string{"TLSv1.3": "On"})
	ftp    = overlaid(tls12Only, map[string]string{"ApplicationControlled": "On", "SecondaryMap": "On", "RenegotiationIndicator": "Server"})
)

func overlaid(below, above map[string]string) map[string]string {
	out := maps.Clone(below)
	maps.Copy(out, above)
	return out
}

const (
	aes256GCM13 = "1302  TLS_AES_256_GCM_SHA384"
	aes256GCM   = "C030  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
	aes128GCM   = "C02F  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
)

var (
	terminalServer = listedEnvironment{"terminalServer", "Server", "", "TN3270/TNRING", modern, []string{aes256GCM13, aes256GCM}}
	db2Server      = listedEnvironment{"db2Server", "Server", "", "DB2RING", tls12Only, []string{aes256GCM, aes128GCM}}
	ftpServer      = listedEnvironment{"ftpServer", "Server", "", "FTPD/FTPRING", ftp, []string{aes256GCM}}
	caeInbound     = listedEnvironment{"envCaeAgentInboundRule", "Server", "255", "CQMAGNT/CAERING", tls12Only, []string{aes256GCM}}
	caeOutbound    = listedEnvironment{"envCaeOutbound", "Client", "", "*AUTH*/*", tls12Only, []string{aes256GCM}}
)

// policyListing composes what pasearch shows of PRDA. The policy was installed
// in the night of 9 November, and again with the rules for Query Monitor.
func policyListing(night int, taken time.Time) []byte {
	first := time.Date(2026, 11, 9, 22, 14, 7, 0, taken.Location())
	installed := first
	rules := []listedRule{
		{"TN3270~In", 500, []int{992, 2992}, nil, "TN3270*", "Inbound", terminalServer},
		{"Db2~In", 400, []int{5448}, nil, "DB2*", "Inbound", db2Server},
		{"FTPS~In", 400, []int{990}, nil, "FTPD1", "Inbound", ftpServer},
	}
	if night > 0 {
		installed = time.Date(2026, 11, 18, 21, 40, 52, 0, taken.Location())
		rules = append(rules,
			listedRule{"CQMISPF-OUT@Rule", 300, nil, []int{10112}, "", "Outbound", caeOutbound},
			listedRule{"CaeAgentInboundRule", 300, []int{10111, 10112}, nil, "CQMAGNT*", "Inbound", caeInbound},
			listedRule{"CaeAgentOutboundRule", 300, nil, []int{10102}, "CQMAGNT*", "Outbound", caeOutbound})
	}
	l := &listing{}
	l.line("")
	l.line("TCP/IP pasearch CS 3.1                    Image Name: TCPIP")
	l.line("  Date:                 %-16s  Time:  %s", taken.Format("01/02/2006"), taken.Format("15:04:05"))
	l.line("  TTLS Instance Id:     %d", installed.Unix())
	for _, r := range rules {
		stamp := first
		if r.priority == 300 {
			stamp = installed
		}
		l.rule(&r, stamp.Format(time.ANSIC))
	}
	return compose.Capture("PRDA", taken, "AUDITJOB", pasearchCommand, []byte(l.text.String()))
}

type listing struct{ text strings.Builder }

func (l *listing) line(format string, args ...any) { fmt.Fprintf(&l.text, format+"\n", args...) }

// pair prints a label and a value behind depth blanks, the value in a column.
func (l *listing) pair(depth, column int, label, value string) {
	l.line("%-*s %-16s", column-1, strings.Repeat(" ", depth)+label+":", value)
}

// ports prints a range of ports; n and n, for pasearch knows nothing shorter.
func (l *listing) ports(side string, from, to int) {
	l.line("   %-21s%-18d%-19s%d", side+"PortFrom:", from, side+"PortTo:", to)
}

// rule prints a rule and its actions.
func (l *listing) rule(r *listedRule, stamp string) {
	l.line("\npolicyRule:             %s", r.name)
	l.line("  Rule Type:            TTLS")
	l.line("  Version:              3                 Status:            Active")
	l.line("  Weight:               %-18dForLoadDist:       False", r.priority)
	l.line("  Priority:             %-18dSequence Actions:  Don't Care", r.priority)
	l.line("  No. Policy Action:    2")
	for _, a := range [][2]string{{"on", "Group"}, {r.environment.name, "Environment"}} {
		l.line("  policyAction:         %s\n   ActionType:          TTLS %s\n   Action Sequence:     0", a[0], a[1])
	}
	l.line("  Time Periods:\n   Day of Month Mask:")
	for _, p := range [][2]string{
		{"First to Last", strings.Repeat("1", 31)}, {"Last to First", strings.Repeat("1", 31)}, {"Month of Yr Mask", strings.Repeat("1", 12)},
		{"Day of Week Mask", "1111111  (Sunday - Saturday)"}, {"Start Date Time", "None"}, {"End Date Time", "None"},
	} {
		l.pair(3, 24, p[0], p[1])
	}
	l.line("   Fr TimeOfDay:        00:00             To TimeOfDay:      24:00")
	l.line("   Fr TimeOfDay UTC:    00:00             To TimeOfDay UTC:  00:00")
	l.line("   TimeZone:            Local")
	for _, side := range []struct {
		name  string
		ports []int
	}{{"Local", r.local}, {"Remote", r.remote}} {
		if len(side.ports) > 1 {
			for _, p := range side.ports {
				l.ports(side.name, p, p)
			}
		}
	}
	l.line("  TTLS Condition Summary:                 NegativeIndicator: Off")
	for _, side := range []string{"Local", "Remote"} {
		l.line("   %s Address:\n    FromAddr:           All\n    ToAddr:             All", side)
	}
	l.summary("Local", r.local)
	l.summary("Remote", r.remote)
	l.line("   JobName:             %-18sUserId:", r.job)
	l.pair(3, 24, "ServiceDirection", r.direction)
	l.stamps(2, stamp)
	l.group(stamp)
	l.environment(&r.environment, stamp)
}

// summary prints the lowest and the highest port; 0 for any.
func (l *listing) summary(side string, ports []int) {
	if len(ports) == 0 {
		ports = []int{0}
	}
	l.ports(side, slices.Min(ports), slices.Max(ports))
}

func (l *listing) stamps(depth int, stamp string) {
	for _, what := range []string{"created", "updated"} {
		l.line("%sPolicy %s: %s", strings.Repeat(" ", depth), what, stamp)
	}
}

// action prints the head of an action.
func (l *listing) action(name, scope string) {
	l.line("")
	l.pair(2, 32, "TTLS Action", name)
	for _, p := range [][2]string{{"Version", "3"}, {"Status", "Active"}, {"Scope", scope}} {
		l.pair(4, 32, p[0], p[1])
	}
}

func (l *listing) group(stamp string) {
	l.action("on", "Group")
	for _, p := range [][2]string{{"TTLSEnabled", "On"}, {"CtraceClearText", "Off"}, {"Trace", "2"}, {"FIPS140", "Off"}} {
		l.pair(4, 32, p[0], p[1])
	}
	l.line("    TTLSGroupAdvancedParms:")
	l.pair(5, 32, "SecondaryMap", "Off")
	l.pair(5, 32, "SyslogFacility", "Daemon")
	l.stamps(4, stamp)
}

func (l *listing) environment(e *listedEnvironment, stamp string) {
	l.action(e.name, "Environment")
	l.pair(4, 32, "HandshakeRole", e.role)
	if e.trace != "" {
		l.pair(4, 32, "Trace", e.trace)
	}
	l.pair(4, 32, "SuiteBProfile", "Off")
	l.line("    TTLSKeyringParms:")
	l.pair(5, 32, "Keyring", e.keyring)
	l.line("    TTLSEnvironmentAdvancedParms:")
	for _, p := range advancedDefaults {
		if v := e.advanced[p[0]]; v != "" {
			p[1] = v
		}
		if p[0] == "ApplicationControlled" && e.advanced["SecondaryMap"] != "" {
			l.pair(5, 32, "SecondaryMap", e.advanced["SecondaryMap"])
		}
		l.pair(5, 32, p[0], p[1])
	}
	l.line("    TTLSSignatureParms:")
	curves := []string{"0023  secp256r1", "0024  secp384r1", "0025  secp521r1", "0029  X25519"}
	l.list(5, "ClientECurves", curves)
	l.list(5, "ClientKeyShareGroups", curves[:1])
	l.list(5, "ServerKeyShareGroups", append(curves[:4:4], "0030  X448"))
	l.list(5, "ServerKexECurves", curves)
	l.list(5, "SignaturePairs", []string{
		"0601  TLS_SIGALG_SHA512_WITH_RSA", "0603  TLS_SIGALG_SHA512_WITH_ECDSA", "0501  TLS_SIGALG_SHA384_WITH_RSA",
		"0503  TLS_SIGALG_SHA384_WITH_ECDSA", "0401  TLS_SIGALG_SHA256_WITH_RSA", "0403  TLS_SIGALG_SHA256_WITH_ECDSA",
		"0804  TLS_SIGALG_SHA256_WITH_RSASSA_PSS", "0805  TLS_SIGALG_SHA384_WITH_RSASSA_PSS", "0806  TLS_SIGALG_SHA512_WITH_RSASSA_PSS",
	})
	l.line("    TTLSCipherParms:")
	l.list(5, "v3CipherSuites", e.suites)
	l.line("    TTLSGskAdvancedParms:")
	for _, p := range [][2]string{
		{"GSK_V3_SESSION_TIMEOUT", "86400"}, {"GSK_V3_SIDCACHE_SIZE", "512"}, {"GSK_SESSION_TICKET_CLIENT_ENABLE", "On"},
		{"GSK_SESSION_TICKET_CLIENT_MAXSIZE", "8192"}, {"GSK_SESSION_TICKET_SERVER_ENABLE", "On"},
		{"GSK_SESSION_TICKET_SERVER_ALGORITHM", "AESCBC128"}, {"GSK_SESSION_TICKET_SERVER_COUNT", "2"},
		{"GSK_SESSION_TICKET_SERVER_KEY_REFRESH", "300"}, {"GSK_SESSION_TICKET_SERVER_TIMEOUT", "300"},
	} {
		l.pair(5, 48, p[0], p[1])
	}
	l.line("     TTLSGskHttpCdpParms:")
	for _, p := range [][2]string{
		{"HttpCdpEnable", "Off"}, {"HttpCdpProxyServerPort", "80"}, {"HttpCdpResponseTimeout", "15"},
		{"HttpCdpMaxResponseSize", "204800"}, {"HttpCdpCacheSize", "32"}, {"HttpCdpCacheEntryMaxsize", "0"},
	} {
		l.pair(6, 32, p[0], p[1])
	}
	l.line("     TTLSGskOcspParms:")
	for _, p := range [][2]string{
		{"OcspAiaEnable", "Off"}, {"OcspProxyServerPort", "80"}, {"OcspRetrieveViaGet", "Off"}, {"OcspUrlPriority", "On"},
	} {
		l.pair(6, 32, p[0], p[1])
	}
	l.list(6, "OcspRequestSigalg", []string{"0401  TLS_SIGALG_SHA256_WITH_RSA"})
	for _, p := range [][2]string{
		{"OcspClientCacheSize", "256"}, {"OcspCliCacheEntryMaxsize", "0"}, {"OcspNonceGenEnable", "Off"}, {"OcspNonceCheckEnable", "Off"},
		{"OcspNonceSize", "8"}, {"OcspResponseTimeout", "15"}, {"OcspMaxResponseSize", "20480"}, {"OcspServerStapling", "Off"},
	} {
		l.pair(6, 32, p[0], p[1])
	}
	l.pair(4, 32, "EnvironmentUserInstance", "1")
	l.stamps(4, stamp)
}

// list prints a label and its items.
func (l *listing) list(depth int, label string, items []string) {
	blanks := strings.Repeat(" ", depth)
	l.line("%s%s:", blanks, label)
	for _, item := range items {
		l.line("%s %s", blanks, item)
	}
}
