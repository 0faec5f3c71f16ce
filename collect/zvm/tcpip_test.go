package zvm

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
	"github.com/irondrift/irondrift/testdata/compose"
)

// profileTCPIP is composed from the statements of the reference around the
// published fragment of a class-room system (samples, SOURCES.md).
var profileTCPIP = strings.Split(strings.TrimSpace(`
; PROFILE TCPIP of PRODA
ACBPOOLSIZE 1000
ASSORTEDPARMS
  RESTRICTLOWPORTS   ; as it should be
  NOFWD IGNOREREDIRECT
ENDASSORTEDPARMS
FOREIGNIPCONLIMIT 100
CHECKSUM
SSLSERVERID * TIMEOUT 60
OBEY
  OPERATOR TCPMAINT
  MAINT ENDOBEY
INFORM OPERATOR ENDINFORM
AUTOLOG
  FTPSERVE 0        ; FTP server
  PORTMAP  ZQXJVPW1 ; NFS
  SMTP     SMTP
  MPROUTE
ENDAUTOLOG
PORT
  20  TCP FTPSERVE NOAUTOLOG
  21  TCP FTPSERVE
  23  TCP INTCLIEN
  25  TCP SMTP SECURE SMTPCERT
  53  UDP NAMESRV
  992 TCP INTCLIEN SECURE TELCERT
  6000-6010 TCP *  NOAUTOLOG
INTERNALCLIENTPARMS
  PORT 23
  SECURECONNECTION REQUIRED CLIENTCERTCHECK FULL
  TLSLABEL TELCERT CONNECTEXIT SCEXIT1
  ASYNCINPUT
ENDINTERNALCLIENTPARMS
DEVICE DEV@0800  OSD 0800   NONROUTER
LINK ETH0 QDIOETHERNET DEV@0800   MTU 1800 IP
; (End DEVICE and LINK statements)
HOME
172.24.200.222 255.255.255.0 ETH0
GATEWAY
DEFAULTNET                      172.24.200.1    ETH0             1800
START DEV@0800
`), "\n")

var systemDTCPARMS = strings.Split(strings.TrimSpace(`
.**********************************************************************
.* SYSTEM DTCPARMS created by DTCIPWIZ EXEC on 19 Sep 2013
.**********************************************************************
:nick.TCPIP    :type.server
               :class.stack
               :attach.0800-0802
:nick.FTPSERVE :type.server :class.ftp
  :ESM_Enable.YES :ESM_Racroute.yes
  :ESM_Validate.RPIVAL
:nick.SSL00001 :type.server :class.ssl
  :Admin_ID_list.TCPMAINT GSKADMIN
  :stack.TCPIP
:nick.ssl :type.class :command.VMSSL
  :parms.KEYFILE /etc/gskadm/Database.kdb
     PROTOCOL TLSV1_2 TLSV1_3 FIPS
     EXEMPT RC4_128_MD5 3DES_168_SHA
  :vmlink.TCPMAINT 592 PW= ZQXJVPW2
`), "\n")

var srvrftp = text("; SRVRFTP CONFIG", "ANONYMOU", "INACTIVE 300", "PORT 21", "SECURECONTROL ALLOWED", "SECUREDATA REQUIRED", "SYSTEMGREETING ON")
var tcpipData = text("; TCPIP DATA", "TCPIPUSERID TCPIP", "HOSTNAME PRODA", "DOMAINORIGIN bank.example", "NSINTERADDR 10.1.1.2", "NSINTERADDR 10.1.1.1",
	"DOMAINLOOKUP DNS", "SECURETELNETCLIENT YES")

func tcpipFiles(t testing.TB, opts collect.Options, names []string, inputs ...[]byte) *collected {
	t.Helper()
	parts, err := collectWith(t, TCPIP(), opts, names, inputs...)
	if err != nil {
		t.Fatalf("%v (%s)", err, collect.HintOf(err))
	}
	return parts[""]
}

func TestTCPIPValues(t *testing.T) {
	c := tcpipFiles(t, whole, []string{"PROFILE.TCPIP", "SYSTEM.DTCPARMS", "SRVRFTP.CONFIG", "TCPIP.DATA"},
		text(profileTCPIP...), text(systemDTCPARMS...), srvrftp, tcpipData)
	c.want(t, map[string]string{
		"zvm/tcpip/obey":                            `["MAINT","OPERATOR","TCPMAINT"]`,
		"zvm/tcpip/inform":                          `["OPERATOR"]`,
		"zvm/tcpip/permit":                          "[]",
		"zvm/tcpip/autolog":                         `["FTPSERVE","MPROUTE","PORTMAP","SMTP"]`,
		"zvm/tcpip/autolog/FTPSERVE/password_class": "none",
		"zvm/tcpip/autolog/MPROUTE/password_class":  "none",
		"zvm/tcpip/autolog/MPROUTE/password_coded":  "no",
		"zvm/tcpip/autolog/PORTMAP/password_class":  "other",
		"zvm/tcpip/autolog/PORTMAP/password_coded":  "yes",
		"zvm/tcpip/autolog/SMTP/password_class":     "equals-userid",
		"zvm/tcpip/port/count":                      "7",
		"zvm/tcpip/port/20/tcp/autolog":             "no",
		"zvm/tcpip/port/21/tcp/autolog":             "yes",
		"zvm/tcpip/port/21/tcp/user":                `["FTPSERVE"]`,
		"zvm/tcpip/port/21/tcp/secure":              `["no"]`,
		"zvm/tcpip/port/25/tcp/secure":              `["SMTPCERT"]`,
		"zvm/tcpip/port/6000-6010/tcp/user":         `["*"]`,
		"zvm/tcpip/ports_without_tls":               `["20/tcp","21/tcp","53/udp","6000-6010/tcp"]`,
		"zvm/tcpip/telnet/port":                     `["23"]`,
		"zvm/tcpip/telnet/secureconnection":         "required",
		"zvm/tcpip/telnet/clientcertcheck":          "full",
		"zvm/tcpip/telnet/tlslabel":                 "TELCERT",
		"zvm/tcpip/telnet/connectexit":              "SCEXIT1",
		"zvm/tcpip/telnet/other":                    `["ASYNCINPUT"]`,
		"zvm/tcpip/restrictlowports":                "yes",
		"zvm/tcpip/forwarding":                      "no",
		"zvm/tcpip/assortedparms":                   `["IGNOREREDIRECT"]`,
		"zvm/tcpip/foreignipconlimit":               `"100"`,
		"zvm/tcpip/persistconnectionlimit":          "none",
		"zvm/tcpip/checksum":                        "yes",
		"zvm/tcpip/home/ETH0":                       `["172.24.200.222 255.255.255.0"]`,
		"zvm/tcpip/statement/gateway":               `["DEFAULTNET 172.24.200.1 ETH0 1800"]`,
		"zvm/tcpip/statement/device":                `["DEV@0800 OSD 0800 NONROUTER"]`,
		"zvm/tcpip/sslserverid":                     `*`,
		"zvm/tls/enabled":                           "yes",
		"zvm/tls/server/count":                      "1",
		"zvm/tls/admin_id_list":                     `["GSKADMIN","TCPMAINT"]`,
		"zvm/tls/SSL00001/protocol/tlsv1_2":         "on",
		"zvm/tls/SSL00001/protocol/tlsv1_3":         "on",
		"zvm/tls/SSL00001/protocol/tlsv1_1":         "off",
		"zvm/tls/SSL00001/protocol/sslv3":           "off",
		"zvm/tls/SSL00001/mode":                     "FIPS-140-2",
		"zvm/tls/SSL00001/keyfile":                  "/etc/gskadm/Database.kdb",
		"zvm/tls/SSL00001/exempt":                   `["3DES_168_SHA","RC4_128_MD5"]`,
		"zvm/tls/SSL00001/enable":                   "[]",
		"zvm/tls/SSL00001/fallbackscsv":             "?" + notInStatement,
		"zvm/server/FTPSERVE/esm_enable":            "yes",
		"zvm/server/FTPSERVE/esm_validate":          "RPIVAL",
		"zvm/server/TCPIP/tag/attach":               "0800-0802",
		"zvm/server/SSL/tag/vmlink":                 "TCPMAINT 592 PW= <masked>",
		"zvm/ftp/esm_enable":                        "yes",
		"zvm/ftp/esm_racroute":                      "yes",
		"zvm/ftp/esm_validate":                      "RPIVAL",
		"zvm/ftp/anonymous":                         "yes",
		"zvm/ftp/securecontrol":                     "allowed",
		"zvm/ftp/securedata":                        "required",
		"zvm/ftp/inactive":                          "300",
		"zvm/tcpip/client/securetelnet":             "yes",
		"zvm/dns/domainlookup":                      "dns",
		"zvm/dns/nsinteraddr":                       `["10.1.1.2","10.1.1.1"]`,
		"zvm/dns/domainorigin":                      "bank.example",
		"zvm/tcpip/client/statement/hostname":       `["PRODA"]`,
		"zvm/tcpip/unknown_statements":              "0",
	})
	if out := c.everything(t); strings.Contains(out, "ZQXJV") {
		t.Error("a password left the files")
	}
}

// The listing of the published sample.
func TestTCPIPSample(t *testing.T) {
	c := tcpipFiles(t, whole, []string{"SYSTEM.DTCPARMS"}, text(systemDTCPARMS[:6]...))
	c.want(t, map[string]string{"zvm/server/TCPIP/tag/class": "stack", "zvm/server/TCPIP/tag/attach": "0800-0802",
		"zvm/tls/server/count": "0", "zvm/tcpip/obey": "absent"})
}

func TestTCPIPWithoutOthers(t *testing.T) {
	c := tcpipFiles(t, whole, []string{"SRVRFTP.CONFIG"}, bytes.ReplaceAll(srvrftp, []byte("ANONYMOU"), []byte("; none")))
	c.want(t, map[string]string{"zvm/ftp/anonymous": "?DTCPARMS was not given, and it may allow it", "zvm/ftp/srvrftp/anonymou": "no"})
	c = tcpipFiles(t, whole, []string{"PROFILE.TCPIP"}, text("OBEY MAINT ENDOBEY", "PORT", " 23 TCP INTCLIEN"))
	c.want(t, map[string]string{
		"zvm/tcpip/restrictlowports": "?" + notInStatement, "zvm/tcpip/telnet/secureconnection": "?" + notInStatement,
		"zvm/tls/enabled": "no", "zvm/tcpip/ports_without_tls": `["23/tcp"]`,
	})
	if s := c.Header.CoverageOf("zvm/tcpip/client/securetelnet"); s.State != collect.Uncovered || s.Reason != "TCPIP DATA was not given" {
		t.Errorf("TCPIP DATA was not given, but its keys are %+v", s)
	}
}

// The first DTCPARMS file in search order holds, entry by entry.
func TestDTCPARMSOrder(t *testing.T) {
	ibm := text(":nick.FTPSERVE :type.server :class.ftp :ESM_Enable.NO", ":nick.REXECD :type.server :class.rexec :ESM_Enable.NO")
	sys := text(":nick.FTPSERVE :type.server :class.ftp :ESM_Enable.YES")
	for _, names := range [][]string{{"IBM DTCPARMS", "SYSTEM DTCPARMS"}} {
		c := tcpipFiles(t, whole, names, ibm, sys)
		c.want(t, map[string]string{"zvm/server/FTPSERVE/esm_enable": "yes", "zvm/server/REXECD/esm_enable": "no", "zvm/ftp/esm_enable": "yes"})
	}
}

// Lines that lost their statement, and blocks that are never closed, say nothing.
func TestTCPIPBrokenLines(t *testing.T) {
	for name, in := range map[string][]byte{
		"misspelt":   text("START DEV1", "AUTOLG", "  FTPSERVE ZQXJVPW1", "ENDAUTOLOG", "OBEY MAINT ENDOBEY", "PORT", "21 TCP FTPSERVE"),
		"not closed": text("OBEY MAINT", "AUTOLG", "  FTPSERVE ZQXJVPW1", "ENDAUTOLOG", "PORT", "21 TCP FTPSERVE"),
		"three":      text("AUTOLOG", "  FTPSERVE 0 PORTMAP ZQXJVPW1", "ENDAUTOLOG", "OBEY MAINT ENDOBEY"),
		"home":       text("HOME", "FTPSERVE ZQXJVPW1", "10.1.1.1 ETH0", "OBEY MAINT ENDOBEY", "PORT", "ZQXJVPW1 ZQXJVPW2"),
	} {
		c := tcpipFiles(t, whole, []string{"x"}, in)
		if out := c.everything(t); strings.Contains(out, "ZQXJV") {
			t.Errorf("%s: a password left the file", name)
		}
		if c.Header.WarningCount == 0 {
			t.Errorf("%s: no warning", name)
		}
		if _, listed := c.facts["zvm/tcpip/obey"]; name == "not closed" && listed {
			t.Errorf("a list that is not closed is used: %s", c.facts["zvm/tcpip/obey"])
		}
	}
}

// A block whose name was lost, with its end word left: nobody says then that
// nobody may give orders, or that nothing is started.
func TestTCPIPEndWordAlone(t *testing.T) {
	for name, in := range map[string][]byte{
		"alone":        text("START DEV1", "OB\x05Y", "MAINT", "ENDOBEY", "PORT", "21 TCP FTPSERVE"),
		"behind block": text("PORT", "21 TCP FTPSERVE", "OBY", "MAINT", "ENDOBEY"),
	} {
		c := tcpipFiles(t, whole, []string{"x"}, in)
		if form, listed := c.facts["zvm/tcpip/obey"]; listed {
			t.Errorf("%s: OBEY is %s", name, form)
		}
		if cov := c.Header.CoverageOf("zvm/tcpip/obey"); cov.State != collect.Partial || !strings.Contains(cov.Reason, "ENDOBEY stands without") {
			t.Errorf("%s: coverage %+v", name, cov)
		}
	}
}

// Ports behind a PORT that is no longer one: nobody says that no port is open.
func TestTCPIPPortsAlone(t *testing.T) {
	for name, in := range map[string][]byte{
		"alone":       text("OBEY MAINT ENDOBEY", "PORV", "23 TCP INTCLIEN", "111 UDP PORTMAP"),
		"behind list": text("OBEY MAINT ENDOBEY", "GATEWAY", "10.1.0.0/16 = ETH0 1500", "PRT", "23 TCP INTCLIEN"),
	} {
		c := tcpipFiles(t, whole, []string{"x"}, in)
		if cov := c.Header.CoverageOf("zvm/tcpip/ports_without_tls"); cov.State != collect.Partial || !strings.Contains(cov.Reason, "PORT stand without it") {
			t.Errorf("%s: coverage %+v", name, cov)
		}
		if form := c.facts["zvm/tcpip/ports_without_tls"]; !strings.HasPrefix(form, "?") {
			t.Errorf("%s: ports without TLS are %s", name, form)
		}
	}
}

func TestTCPIPConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Suite{
		Source: TCPIP(),
		Inputs: map[string][]byte{
			"profile": text(profileTCPIP...), "profile F80": compose.DirectoryF80(profileTCPIP, nil), "profile captured": capture(text(profileTCPIP...)),
			"profile loose": looseProfile(profileTCPIP), "dtcparms": text(systemDTCPARMS...), "dtcparms captured": capture(text(systemDTCPARMS...)),
			"ftp": srvrftp, "data": tcpipData, "data captured": capture(tcpipData),
		},
		SameAs:   map[string]string{"profile F80": "profile", "profile loose": "profile"},
		Canaries: canaries,
		Cuts:     400,
		Damaged: map[string]sourcetest.Damage{
			"directory":     {Data: text("USER A NOLOG 1M 1M G", " MDISK 191 3390 1 5 V1 MR"), Is: collect.ErrNotRecognised},
			"system config": {Data: text("System_Identifier * * ZVM1", "Features ,", "Enable ,", "Set_Privclass"), Is: collect.ErrNotRecognised},
			"binary":        {Data: bytes.Repeat([]byte{0xC8, 0xC3, 0, 0, 0, 1, 0xD7, 0}, 512), Is: collect.ErrDamaged},
		},
	})
}

func looseProfile(lines []string) []byte {
	var b bytes.Buffer
	for _, l := range lines {
		if strings.HasPrefix(l, ";") {
			continue
		}
		b.WriteString("\r\n   ; a remark\r\n   " + strings.ToLower(l) + "  ; more\r\n")
	}
	return b.Bytes()
}

func FuzzTCPIP(f *testing.F) {
	for _, in := range [][]byte{
		text(profileTCPIP...), text(systemDTCPARMS...), srvrftp, tcpipData, looseProfile(profileTCPIP),
		text("PORT 1-2 TCP", "PORT RANGE", "21 RANGE 5 TCP A/B~C SECURE", "AUTOLOG", "OBEY \xff", ":nick.A :type.class :parms.PROTOCOL +", "SSLSERVERID"),
		text(":nick. :type.server", ":nick.S :class.ssl :type.server", ":parms.PROTOCOL - MODE", " ENABLE", ":nick.S :type.class :class.S"),
	} {
		f.Add(in, uint16(len(in)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, cut uint16) { fuzzSource(t, TCPIP(), in, int(cut)) })
}

func BenchmarkTCPIP(b *testing.B) {
	var in bytes.Buffer
	in.WriteString("OBEY MAINT ENDOBEY\nPORT\n")
	for i := range 60000 {
		in.WriteString(strings.Replace(" N TCP SERVER SECURE LABEL ; one of many\n", "N", strconv.Itoa(i), 1))
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		parts, err := collect.Run(context.Background(), TCPIP(), []*collect.File{collect.BytesFile("PROFILE.TCPIP", in.Bytes())}, &collect.Options{})
		if err != nil {
			b.Fatal(err)
		}
		parts[0].Close()
	}
}
