package bank

import "strings"

// Kinds of change.
const (
	Worse    = "worse"
	Better   = "better"
	Harmless = "harmless"
)

// Change is one thing that is different on the second night.
type Change struct {
	System string
	What   string // one sentence
	Kind   string // Worse, Better or Harmless
	// Key is the irondrift key, or the prefix of the keys, that must show the
	// change; empty when the comparison must show nothing for it.
	Key string
	// Also are prefixes of other keys that may change for the same reason, where
	// a collector keeps them. Nothing outside Key and Also may change.
	Also []string
}

// Covers reports whether the change accounts for a difference in key: whether
// key is Key or one of Also, or lies below one of them.
func (c Change) Covers(key string) bool {
	for _, prefix := range append([]string{c.Key}, c.Also...) {
		if prefix == "" {
			continue
		}
		if key == prefix || strings.HasPrefix(key, strings.TrimSuffix(prefix, "/")+"/") {
			return true
		}
	}
	return false
}

// Changes lists everything that the second night differs in, apart from
// metrics and noise such as times, counters and ephemeral ports.
var Changes = []Change{
	{System: "ZVMPROD1", Kind: Harmless,
		What: "The directory was renumbered in columns 73-80 and its comments were edited."},
	{System: "ZVMPROD1", Kind: Worse, Key: "zvm/user/LXMON01/class",
		What: "Linux guest LXMON01 was given privilege class B in addition to G.",
		Also: []string{"zvm/directory/class/B/", "zvm/directory/privileged/"}},
	{System: "ZVMPROD1", Kind: Worse, Key: "zvm/user/OSADMIN2/password_class",
		What: "IBM-supplied user OSADMIN2 went from LBYONLY to the vendor password of the installation media.",
		Also: []string{"zvm/directory/password/", "zvm/directory/ibm_users/"}},
	{System: "ZVMPROD1", Kind: Worse, Key: "zvm/user/LXBKU02/option",
		What: "Linux guest LXBKU02 gained OPTION LNKNOPAS and can link any minidisk without its password.",
		Also: []string{"zvm/directory/option/"}},
	{System: "ZVMPROD1", Kind: Harmless, Key: "zvm/user/LXFRD09/",
		What: "Linux guest LXFRD09 was added, defined like its eight siblings.",
		Also: []string{"zvm/directory/", "zvm/mdisk/LXFRD09/"}},
	{System: "ZVMPROD1", Kind: Better, Key: "zvm/user/HOLLISTR/",
		What: "User HOLLISTR, who left the bank, was removed.",
		Also: []string{"zvm/directory/", "zvm/mdisk/HOLLISTR/"}},
	{System: "ZVMPROD1", Kind: Better, Key: "zvm/user/OPSBATCH/password_class",
		What: "Shared user OPSBATCH went from a password of its own to LBYONLY with LOGONBY for three operators.",
		Also: []string{"zvm/user/OPSBATCH/logonby", "zvm/directory/password/", "zvm/directory/logonby/"}},

	{System: "ZVMPROD1", Kind: Worse, Key: "zvm/feature/clear_tdisk",
		What: "SYSTEM CONFIG no longer has temporary disks wiped (CLEAR_TDISK)."},
	{System: "ZVMPROD1", Kind: Worse, Key: "zvm/tcpip/obey",
		What: "Linux guest LXMON01 may give orders to the TCP/IP stack (OBEY)."},
	{System: "ZVMPROD1", Kind: Better, Key: "zvm/tcpip/telnet/secureconnection",
		What: "Telnet takes no session without TLS (SECURECONNECTION PREFERRED to REQUIRED)."},
	{System: "ZVMPROD1", Kind: Worse, Key: "zvm/vswitch/VSWPRD/isolation",
		What: "The isolation of VSWPRD was switched off by command; SYSTEM CONFIG still asks for it."},

	{System: "PRDA", Kind: Worse, Key: "racf/setropts/CLASSACT",
		What: "Class TERMINAL was made inactive; with it TERMINAL(READ) left the ATTRIBUTES line.",
		Also: []string{"racf/setropts/TERMINAL"}},
	{System: "PRDA", Kind: Worse, Key: "racf/setropts/REVOKE",
		What: "The number of wrong passwords before a user is revoked was raised from 3 to 12."},
	{System: "PRDA", Kind: Better, Key: "racf/setropts/HISTORY",
		What: "The password history was raised from 12 to 24 generations."},
	{System: "PRDB", Kind: Harmless,
		What: "SETROPTS LIST was printed with other line breaks and trailing blanks; no option changed."},

	{System: "PRDA", Kind: Worse, Key: "zert/PRDA/TCPIP/server/CICSCRD1/10.20.1.11:5443/tls/versions",
		What: "The card authorisation service CICSCRD1 fell from TLS 1.2 with AES-GCM to TLS 1.0 with 3DES in CBC mode.",
		Also: []string{"zert/PRDA/TCPIP/server/CICSCRD1/10.20.1.11:5443/"}},
	{System: "PRDA", Kind: Harmless, Key: "zert/PRDA/TCPIP/server/ARCHIVE1/10.20.1.13:8443/",
		What: "The archive service ARCHIVE1 was idle and not seen."},
	{System: "PRDA", Kind: Harmless, // peer_networks holds /24 networks; exact addresses are a metric
		What: "The TN3270 service TN3270A was used from other addresses of the same /24 network."},
	{System: "PRDB", Kind: Better, Key: "zert/PRDB/TCPIP/server/IZUSVR1/10.20.1.21:10443/tls/versions",
		What: "The z/OSMF service IZUSVR1 gained TLS 1.3 beside TLS 1.2.",
		Also: []string{"zert/PRDB/TCPIP/server/IZUSVR1/10.20.1.21:10443/tls/suites"}},

	{System: "PRDA", Kind: Better, Key: "zert/PRDA/TCPIP/server/CQMAGNTA/10.20.1.11:10111/protection",
		What: "The Query Monitor agent of PRDA went from RC4 of its own to AT-TLS: its ports and its way to the server are protected.",
		Also: []string{
			"zert/PRDA/TCPIP/server/CQMAGNTA/", "zert/PRDA/TCPIP/client/CQMAGNTA/", "zert/PRDA/TCPIP/client/CQMCAESV/10.20.1.11:10111/",
			"zert/PRDA/TCPIP/client/DBAKRAUS/", "zert/PRDA/TCPIP/server/CQMCAESV/",
		}},
	{System: "PRDA", Kind: Worse, Key: "attls/TCPIP/rule/CaeAgentInboundRule/Trace",
		What: "The AT-TLS policy of PRDA has rules for Query Monitor; the one for what comes in was left at Trace 255.",
		Also: []string{"attls/TCPIP/rule/CaeAgentInboundRule/", "attls/TCPIP/rule/CaeAgentOutboundRule/", "attls/TCPIP/rule/CQMISPF-OUT@Rule/", "attls/TCPIP/rules/count"}},
	{System: "PRDA", Kind: Worse, Key: "attls/TCPIP/rule/CaeAgentOutboundRule/",
		What: "The policy file of PRDA looks for revoked certificates, and the Policy Agent was not refreshed: what is in force does not.",
		Also: []string{"attls/TCPIP/rule/CQMISPF-OUT@Rule/"}},
	{System: "PRDB", Kind: Worse, Key: "attls/TCPIP/rule/CaeAgentInboundRule/",
		What: "PRDB has the same rules, and its agent was not started again: they demand TLS where zERT saw none.",
		Also: []string{"attls/TCPIP/rule/CaeAgentOutboundRule/", "attls/TCPIP/rule/CQMISPF-OUT@Rule/", "attls/TCPIP/rules/count"}},

	{System: "IBMIPRD1", Kind: Worse, Key: "ibmi/sk/accept/23/",
		What: "A clear-text Telnet listener on port 23 appeared and accepted connections.",
		Also: []string{"ibmi/netstat/listen/23/", "ibmi/netstat/accept/23/"}},
	{System: "IBMIPRD1", Kind: Worse, Key: "ibmi/netstat/listen/512/",
		What: "The REXEC server was started. Nobody connected, so the journal does not show it; port 512 is open."},
	{System: "IBMIPRD1", Kind: Harmless, Key: "ibmi/sk/accept/9471/peer_networks",
		What: "The reporting server, the only peer in 10.40.31.0/24, did not connect to the database host server.",
		Also: []string{"ibmi/sk/secure/9471/peer_networks"}},
	{System: "IBMIPRD1", Kind: Worse, Key: "ibmi/sysval/QMAXSIGN",
		What: "The number of sign-on attempts before a profile is disabled was raised from 5 to 15."},
	{System: "IBMIPRD1", Kind: Better, Key: "ibmi/sysval/QRETSVRSEC",
		What: "The system no longer keeps passwords that can be decrypted (QRETSVRSEC 1 to 0)."},
	{System: "IBMIPRD1", Kind: Worse, Key: "ibmi/user/DMARSH/special_authorities",
		What: "Programmer DMARSH gained special authority *ALLOBJ."},
	{System: "IBMIPRD1", Kind: Better, Key: "ibmi/user/BKOVACS/status",
		What: "Profile BKOVACS, not used for 133 days, was disabled."},
	{System: "IBMIPRD1", Kind: Harmless, Key: "ibmi/user/NHOLT/",
		What: "Teller NHOLT was added, with a password that must be changed."},
}

// Finding is a weakness that is there on both nights: what an auditor would raise
// before anything changed.
type Finding struct {
	System string
	What   string
	Key    string // the irondrift key that shows it
}

// Findings are the weaknesses planted in the first night.
var Findings = []Finding{
	{"ZVMPROD1", "Legacy guest VSEOLD1 holds OPTION LNKNOPAS.", "zvm/user/VSEOLD1/option"},
	{"ZVMPROD1", "The password of user PRTQUEUE is its user id.", "zvm/user/PRTQUEUE/password_class"},
	{"ZVMPROD1", "The minidisks of VSEOLD1 have the passwords READ WRITE MULTIPLE.", "zvm/directory/mdisk/default_password/"},
	{"PRDA", "Inactive users are revoked after 120 days, not 90.", "racf/setropts/INACTIVE"},
	{"PRDA", "FTP server FTPD1 is used without recognised protection inside the bank.", "zert/PRDA/TCPIP/server/FTPD1/10.20.1.11:21/protection"},
	{"PRDB", "The print gateway LPSERVE is used without recognised protection inside the bank.", "zert/PRDB/TCPIP/server/LPSERVE/10.20.1.21:515/protection"},
	{"PRDA", "The server of Query Monitor takes agents with RC4 of its own, which zERT shows as no recognised protection.", "zert/PRDA/TCPIP/server/CQMCAESV/10.20.1.11:10101/protection"},
	{"PRDB", "The agent of Query Monitor is used without recognised protection.", "zert/PRDB/TCPIP/server/CQMAGNTB/10.20.1.21:10111/protection"},
	{"IBMIPRD1", "The database host server accepts clear connections on port 8471.", "ibmi/sk/accept/8471/"},
	{"IBMIPRD1", "The sign-on server listens in clear text beside TLS, on port 8476.", "ibmi/netstat/listen/8476/"},
	{"IBMIPRD1", "The HTTP server still speaks TLS 1.0 with one branch network.", "ibmi/sk/secure/443/protocols"},
	{"IBMIPRD1", "System TLS still allows TLS 1.0.", "ibmi/sysval/QSSLPCL"},
	{"IBMIPRD1", "New objects are open to change by everybody (QCRTAUT *CHANGE).", "ibmi/sysval/QCRTAUT"},
	{"IBMIPRD1", "The password of profile TRAINEE1 is its name.", "ibmi/user/TRAINEE1/default_password"},
	{"IBMIPRD1", "The password of application profile PAYSRV never expires.", "ibmi/user/PAYSRV/password_expiry_interval"},
}

// VendorPassword is the password that IBM-supplied users had on the installation
// media of z/VM 6.3; on the second night user OSADMIN2 has it.
const VendorPassword = "WD5JU8QP"

// Canaries are passwords that stand in the directory on both nights, as user,
// minidisk and APPCPASS passwords, and nowhere else. A program that prints,
// stores or logs one of them leaks secrets.
var Canaries = []string{
	"CNRY1107", "CNRY2213", "CNRY3319", // users
	"CNRY4421", "CNRY5527", "CNRY6631", // read, write and multiple-write password of one minidisk
	"CNRY7743", // read password of another
	"CNRY8849", // APPCPASS
}
