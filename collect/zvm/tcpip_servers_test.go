package zvm

import (
	"bytes"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
)

// The files are composed from the words of the reference (5.4); the operands about
// TLS of SMTP and RSCS are not confirmed by a published file.
var (
	smtpConfig = text("; SMTP CONFIG", "PORT 25", "POSTMASTER TCPMAINT", "NETDATA", "TLS REQUIRED", "TLSLABEL SMTPCERT", "RETRYAGE 3 D", "SECURE")
	uftdConfig = text("; UFTD CONFIG", "PORT 608", "NSLOOKUP YES", "MAXFILEBYTES *")
	rscsConfig = text("* RSCS CONFIG", "LOCAL PRODA * RSCS", "LINKDEFINE PRODB AST TYPE TCPNJE QUEUE SIZE", "PARM PRODB ITO=0 HOST=10.1.1.2 LPASS=ZQXJVPW1 TLS=REQUIRED",
		"PARM PRODB TLSLABEL=NJECERT", "LINKDEFINE PRODC TYPE TCPNJE", "PARM PRODC HOST=10.1.1.3", "LINKDEFINE PRT1 TYPE LPR", "AUTH * OPERATOR * CP")
)

func TestServerFiles(t *testing.T) {
	c := tcpipFiles(t, whole, []string{"SMTP.CONFIG", "UFTD.CONFIG", "RSCS.CONFIG"}, smtpConfig, uftdConfig, rscsConfig)
	c.want(t, map[string]string{
		"zvm/smtp/secure": "required", "zvm/smtp/tlslabel": "SMTPCERT", "zvm/smtp/statement/postmaster": `["TCPMAINT"]`,
		"zvm/smtp/statement/secure": `[""]`, "zvm/uft/nslookup": "yes", "zvm/uft/statement/maxfilebytes": `["*"]`,
		"zvm/rscs/link/PRODB/type": "tcpnje", "zvm/rscs/link/PRODB/tls": "required", "zvm/rscs/link/PRODB/tlslabel": "NJECERT",
		"zvm/rscs/link/PRODC/type": "tcpnje", "zvm/rscs/link/PRODC/tls": "none", "zvm/rscs/link/PRT1/type": "lpr",
		"zvm/rscs/link/PRT1/tls": "absent", "zvm/rscs/secure": "no",
	})
	if strings.Contains(c.everything(t), "ZQXJV") {
		t.Error("a password of a link left the file")
	}
	c = tcpipFiles(t, whole, []string{"RSCS.CONFIG"}, bytes.ReplaceAll(rscsConfig, []byte("HOST=10.1.1.3"), []byte("TLS=YES")))
	c.want(t, map[string]string{"zvm/rscs/secure": "required"})
	c = tcpipFiles(t, whole, []string{"SMTP.CONFIG"}, bytes.ReplaceAll(smtpConfig, []byte("TLS REQUIRED"), nil))
	c.want(t, map[string]string{"zvm/smtp/secure": "?" + notInStatement})
	// Cut behind the first link: nothing is concluded about the others.
	c = tcpipFiles(t, collect.Options{}, []string{"RSCS.CONFIG"}, rscsConfig[:bytes.Index(rscsConfig, []byte("LINKDEFINE PRODC"))-10])
	if got := c.facts["zvm/rscs/secure"]; !strings.HasPrefix(got, "?") {
		t.Errorf("a cut file says that links are secure: %s", got)
	}
}

// Several stacks in one run: lists are joined, the weaker of two positions holds,
// and other differences are unknown.
func TestStacks(t *testing.T) {
	one := text("OBEY TCPMAINT ENDOBEY", "CHECKSUM", "SSLSERVERID *", "FOREIGNIPCONLIMIT 100", "PORT", " 23 TCP INTCLIEN", " 25 TCP SMTP SECURE A",
		"INTERNALCLIENTPARMS SECURECONNECTION REQUIRED ENDINTERNALCLIENTPARMS", "ASSORTEDPARMS RESTRICTLOWPORTS NOFWD ENDASSORTEDPARMS")
	two := text("OBEY MAINT ENDOBEY", "SSLSERVERID *", "FOREIGNIPCONLIMIT 50", "PORT", " 23 TCP INTCLIEN", " 25 TCP SMTP", " 21 TCP FTPSERVE",
		"INTERNALCLIENTPARMS SECURECONNECTION ALLOWED ENDINTERNALCLIENTPARMS", "ASSORTEDPARMS NOFWD ENDASSORTEDPARMS")
	want := map[string]string{
		"zvm/tcpip/obey": `["MAINT","TCPMAINT"]`, "zvm/tcpip/port/count": "3", "zvm/tcpip/port/25/tcp/secure": `["A","no"]`,
		"zvm/tcpip/ports_without_tls": `["21/tcp","23/tcp","25/tcp"]`, "zvm/tcpip/telnet/secureconnection": "allowed",
		"zvm/tcpip/checksum": "no", "zvm/tcpip/forwarding": "no", "zvm/tcpip/sslserverid": "*", "zvm/tls/enabled": "yes",
		"zvm/tcpip/foreignipconlimit": "?the stacks differ: 100, 50",
	}
	names := []string{"TCPIP1.TCPIP", "TCPIP2.TCPIP"}
	c := tcpipFiles(t, whole, names, one, two)
	c.want(t, want)
	if c.Header.WarningCount == 0 {
		t.Error("no warning says that the stacks differ")
	}
	tcpipFiles(t, whole, names, two, one).want(t, want)
	if got := c.facts["zvm/tcpip/restrictlowports"]; !strings.HasPrefix(got, "?the stacks differ: ") {
		t.Errorf("one stack says yes, the other nothing: %s", got)
	}
	// One of them may have been cut: nothing about both is sure.
	c = tcpipFiles(t, collect.Options{}, names, one, two)
	if s := c.Header.CoverageOf("zvm/tcpip/obey").State; s != collect.Partial {
		t.Errorf("two files that prove no end are %s", s)
	}
}

func TestServerFilesConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Suite{
		Source: TCPIP(),
		Inputs: map[string][]byte{
			"smtp": smtpConfig, "uft": uftdConfig, "rscs": rscsConfig, "rscs captured": capture(rscsConfig),
			"rscs lower": bytes.ToLower(rscsConfig),
		},
		SameAs:   map[string]string{"rscs lower": "rscs"},
		Canaries: canaries,
		Cuts:     200,
	})
}
