package zvm

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Statements of SRVRFTP CONFIG, TCPIP DATA, SMTP CONFIG and UFTD CONFIG: a keyword
// and its operands on one line. Those of the last two are from memory of TCP/IP
// Planning and Customization; fileMarks are words that no other file begins a line
// with, without which a file is not taken for one of them.
var (
	ftpStatements = wordSet(`ANONYMOU ANONYMOUS AUTOTRANS CCNEEDED DONTREDIRECT FTAUDIT FTCHKCMD FTCHKDIR FTPKEEPALIVE INACTIVE LISTFORMAT
		LOADDBCSTABLE MAXFILESIZE NOTRACE PASSIVEPORTRANGE PORT PORTCOMMANDIP RACF SECURECONTROL SECUREDATA SITE SYSTEMGREETING TIMESTAMP
		TLSLABEL TRACE UMASK`)
	dataStatements = wordSet(`ATSIGN DOMAINLOOKUP DOMAINORIGIN DOMAINSEARCH HOSTNAME LOADDBCSTABLES NSINTERADDR NSPORTADDR RESOLVERTIMEOUT
		RESOLVERUDPRETRIES RESOLVEVIA SECURETELNETCLIENT SMTPSERVERID TCPIPUSERID TRACE UFTSERVERID USERDATA VMFILETYPE VMFILETYPEDEFAULT`)
	smtpStatements = wordSet(`8BITMIME BADSPOOLFILEID DEBUG FINISHOPEN FORWARDMAIL GATEWAY INACTIVE IPMAILERADDRESS IPMAILERNAME LOCALCLASS LOCALFORMAT LOG
		MAILER MAILHOPCOUNT MAXMAILBYTES NETDATA NOLOG OUTBOUNDOPENLIMIT PORT POSTMASTER RCPTRESPONSEDELAY RESOLVERRETRYINT RESTRICT RETRYAGE
		RETRYINT REWRITE822HEADER RSCSDOMAIN RSCSFORMAT SECURE SITES SMSGAUTHLIST SOURCEROUTES SUPPRESSNOTIFICATION TEMPERRORRETRIES TLS
		TLSLABEL TRACE VERIFYBATSMTPSENDER VERIFYCLIENT WARNINGAGE`)
	uftStatements = wordSet(`IDENTIFY MAXFILEBYTES MBX NSLOOKUP PORT TRACE TRANSLATE UFTCMDS`)
	fileMarks     = map[tcpipKind]map[string]bool{
		smtpFile: wordSet("BADSPOOLFILEID IPMAILERADDRESS IPMAILERNAME MAILHOPCOUNT POSTMASTER RCPTRESPONSEDELAY RETRYAGE REWRITE822HEADER SMSGAUTHLIST"),
		uftFile:  wordSet("NSLOOKUP"),
		rscsFile: wordSet("LINKDEFINE LINKDEF"),
	}
)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// dataName is the keyword of a line of TCPIP DATA without the name of a system
// in front ("SYSA:NSINTERADDR"); a name that stands apart is passed over.
func dataName(word string) string { return word[strings.LastIndexByte(word, ':')+1:] }

var secureWords = []string{"NEVER", "ALLOWED", "PREFERRED", "REQUIRED"}

// readStatements reads a file of keywords.
func (c *tcpip) readStatements(lines *collect.Lines) {
	for lines.Next() {
		l := lines.Line()
		words := c.line(l)
		if words == nil {
			continue
		}
		at := l.At(c.file)
		w := upper(words)
		for c.kind == dataFile && len(w) > 1 && strings.HasSuffix(w[0], ":") {
			w = w[1:] // for one system
		}
		if c.kind == dataFile {
			w[0] = dataName(w[0])
		}
		known := keywordFiles[c.kind][w[0]]
		switch {
		case !known:
		case c.kind == ftpFile:
			known = c.ftpStatement(w[0], w[1:], at)
		case c.kind == dataFile:
			known = c.dataStatement(w[0], w[1:], at)
		case c.kind == smtpFile:
			known = c.smtpStatement(w[0], w[1:], at)
		default:
			known = c.uftStatement(w[0], w[1:], at)
		}
		if !known {
			c.notKnown(at, "the statement is not known")
			continue
		}
		c.rec.Used(1)
		c.scrubbed(strings.Fields(maskWords(strings.Join(w, " ")))...)
	}
}

func (c *tcpip) ftpStatement(name string, operands []string, at collect.Origin) bool {
	value := rest0(operands)
	switch name {
	case "SECURECONTROL", "SECUREDATA":
		if !slices.Contains(secureWords, value) {
			return false
		}
		if name == "SECUREDATA" {
			c.ftpData = value
		} else {
			c.ftpControl = value
		}
		return c.state(collect.Key("zvm/ftp").Join(strings.ToLower(name)), strings.ToLower(value), at)
	case "ANONYMOU", "ANONYMOUS":
		c.anonymous = true
		return c.state("zvm/ftp/srvrftp/anonymou", "yes", at)
	case "INACTIVE", "PORT":
		n, ok := number(value)
		if ok {
			c.out.set(collect.Key("zvm/ftp").Join(strings.ToLower(name)), collect.Number(n), at)
		}
		return ok
	}
	c.out.add(collect.Key("zvm/ftp/statement").Join(strings.ToLower(name)), maskWords(strings.Join(operands, " ")), at)
	return true
}

func (c *tcpip) dataStatement(name string, operands []string, at collect.Origin) bool {
	value := rest0(operands)
	switch name {
	case "SECURETELNETCLIENT":
		if value != "YES" && value != "NO" {
			return false
		}
		return c.state("zvm/tcpip/client/securetelnet", strings.ToLower(value), at)
	case "DOMAINLOOKUP":
		return value != "" && c.state("zvm/dns/domainlookup", strings.ToLower(value), at)
	case "DOMAINORIGIN":
		return value != "" && c.state("zvm/dns/domainorigin", strings.ToLower(value), at)
	case "NSINTERADDR", "DOMAINSEARCH":
		for _, w := range operands {
			c.out.append(collect.Key("zvm/dns").Join(strings.ToLower(name)), strings.ToLower(w), at)
		}
		return value != ""
	}
	c.out.add(collect.Key("zvm/tcpip/client/statement").Join(strings.ToLower(name)), maskWords(strings.Join(operands, " ")), at)
	return true
}

// smtpStatement reads a statement of SMTP CONFIG. SECURE is not about encryption:
// it makes the server a gateway for named users.
func (c *tcpip) smtpStatement(name string, operands []string, at collect.Origin) bool {
	switch value := rest0(operands); name {
	case "TLS":
		return slices.Contains(secureWords, value) && c.state("zvm/smtp/secure", strings.ToLower(value), at)
	case "TLSLABEL":
		return value != "" && c.state("zvm/smtp/tlslabel", value, at)
	}
	c.out.add(collect.Key("zvm/smtp/statement").Join(strings.ToLower(name)), maskWords(strings.Join(operands, " ")), at)
	return true
}

func (c *tcpip) uftStatement(name string, operands []string, at collect.Origin) bool {
	if value := rest0(operands); name == "NSLOOKUP" {
		return (value == "YES" || value == "NO") && c.state("zvm/uft/nslookup", strings.ToLower(value), at)
	}
	c.out.add(collect.Key("zvm/uft/statement").Join(strings.ToLower(name)), maskWords(strings.Join(operands, " ")), at)
	return true
}
