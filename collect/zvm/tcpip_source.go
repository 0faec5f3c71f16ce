package zvm

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// TCPIP returns the source zvm-tcpip: the configuration files of TCP/IP for
// z/VM, together or some of them. Each is known by its content:
//
//   - PROFILE TCPIP: ports, who may give orders to the stack (OBEY), who is
//     started with it (AUTOLOG), telnet and SSL parameters. Several of them, one
//     for each stack, are joined: see [stack];
//   - DTCPARMS (USER, SYSTEM, IBM): how servers run; entries of several files
//     are taken in the order in which z/VM searches them;
//   - SRVRFTP CONFIG: the FTP server;
//   - TCPIP DATA: what clients and the resolver use;
//   - SMTP CONFIG, UFTD CONFIG: the mail server and the server of unsolicited file
//     transfer;
//   - RSCS CONFIG (the file may have another name): the links of RSCS.
//
// The view is configured: OBEYFILE and NETSTAT OBEY change a running stack. Only
// the files that are given are spoken for. The passwords of AUTOLOG are
// classified as those of the directory are (see [Directory]) and dropped.
func TCPIP() collect.Source { return tcpipSource{} }

type tcpipSource struct{}

var _ collect.Source = tcpipSource{}

func (tcpipSource) Info() collect.Info {
	return collect.Info{
		Name:     "zvm-tcpip",
		Platform: "zvm",
		Title:    "z/VM TCP/IP configuration (PROFILE TCPIP, DTCPARMS; SRVRFTP, SMTP, UFTD and RSCS CONFIG; TCPIP DATA)",
		View:     collect.Configured,
		Prefixes: []collect.Key{"zvm/dns", "zvm/ftp", "zvm/rscs", "zvm/server", "zvm/smtp", "zvm/tcpip", "zvm/tls", "zvm/uft"},
		Secrets:  true,
	}
}

// tcpipKind is one of the files.
type tcpipKind int

const (
	noTCPIP tcpipKind = iota
	profileFile
	dtcparmsFile
	ftpFile
	dataFile
	smtpFile
	uftFile
	rscsFile

	lastKind = rscsFile
)

var tcpipKindNames = [...]string{"none", "PROFILE TCPIP", "DTCPARMS", "SRVRFTP CONFIG", "TCPIP DATA", "SMTP CONFIG", "UFTD CONFIG", "RSCS CONFIG"}

func (k tcpipKind) String() string { return tcpipKindNames[k] }

// tcpipPrefixes is what each kind of file speaks for. What lies at several
// depths has a prefix at each, see [sheet.record].
var tcpipPrefixes = [...][]collect.Key{
	profileFile:  {"zvm/tcpip", "zvm/tcpip/autolog", "zvm/tcpip/home", "zvm/tcpip/port", "zvm/tcpip/statement", "zvm/tcpip/telnet", "zvm/tls/enabled"},
	dtcparmsFile: {"zvm/server", "zvm/tls", "zvm/ftp/esm_enable", "zvm/ftp/esm_racroute", "zvm/ftp/esm_validate", "zvm/ftp/anonymous"},
	ftpFile:      {"zvm/ftp", "zvm/ftp/statement"},
	dataFile:     {"zvm/tcpip/client", "zvm/tcpip/client/statement", "zvm/dns"},
	smtpFile:     {"zvm/smtp", "zvm/smtp/statement"},
	uftFile:      {"zvm/uft", "zvm/uft/statement"},
	rscsFile:     {"zvm/rscs", "zvm/rscs/link"},
}

// keywordFiles are the files of which every line is a keyword and its operands.
var keywordFiles = map[tcpipKind]map[string]bool{ftpFile: ftpStatements, dataFile: dataStatements, smtpFile: smtpStatements, uftFile: uftStatements, rscsFile: rscsStatements}

func (tcpipSource) Recognise(head *collect.Head) collect.Confidence {
	_, sure := tcpipKindOf(head.Text)
	return sure
}

// tcpipKindOf tells the kind of a file from the words that begin its lines.
func tcpipKindOf(text []byte) (tcpipKind, collect.Confidence) {
	var known [len(tcpipKindNames)]int
	var marked [len(tcpipKindNames)]bool
	nicks, tags, lines, ports := 0, 0, 0, 0
	for line := range bytes.Lines(text) {
		w := bytes.Fields(bytes.ToUpper(uncommented(line)))
		if len(w) == 0 || bytes.HasPrefix(w[0], []byte(".*")) || w[0][0] == '*' {
			continue
		}
		lines++
		first := string(w[0])
		switch {
		case bytes.HasPrefix(line, []byte("Ready;")) || bytes.HasPrefix(line, []byte("Ready(")):
			return noTCPIP, collect.No // what CMS answers on a console, where a LINK may hold a password
		case strings.HasPrefix(first, ":"):
			if strings.HasPrefix(first, ":NICK.") {
				nicks++
			}
			up := bytes.ToUpper(line)
			if bytes.Contains(up, []byte(":TYPE.SERVER")) || bytes.Contains(up, []byte(":TYPE.CLASS")) || bytes.Contains(up, []byte(":ESM_")) || bytes.Contains(up, []byte(":CLASS.")) {
				tags++
			}
		case isPortLine(w):
			ports++
		}
		for kind, words := range fileMarks {
			marked[kind] = marked[kind] || words[first]
		}
		if profileStatements[first] != nil || profileEnds[first] {
			known[profileFile]++
		}
		for kind, statements := range keywordFiles {
			if kind == dataFile {
				first = strings.ToUpper(dataName(first))
			}
			if statements[first] {
				known[kind]++
			}
			first = string(w[0])
		}
	}
	switch {
	case nicks > 0 && tags > 0:
		return dtcparmsFile, collect.Certain
	case lines == 0:
		return noTCPIP, collect.No
	}
	best := profileFile
	for k := ftpFile; k <= lastKind; k++ {
		if known[k] > known[best] && (fileMarks[k] == nil || marked[k]) {
			best = k
		}
	}
	n := known[best]
	if best == profileFile {
		n = min(lines, n+ports)
	}
	switch {
	case known[best] == 0:
		return noTCPIP, collect.No
	case best == profileFile && known[best] >= 2 && (ports > 0 || 4*n >= lines):
		return best, collect.Likely
	case best != profileFile && known[best] >= 2 && 3*n >= 2*lines:
		return best, collect.Certain
	case 3*n >= 2*lines:
		return best, collect.Likely
	case known[best] >= 2:
		return best, collect.Possible
	}
	return noTCPIP, collect.No
}

// uncommented cuts a line at its comment.
func uncommented(line []byte) []byte {
	if i := bytes.IndexByte(line, ';'); i >= 0 {
		return line[:i]
	}
	return line
}

// tcpip is what the files say.
type tcpip struct {
	rec    *collect.Recorder
	files  []*collect.File
	opts   *collect.Options
	vendor vendorWords
	sheets [len(tcpipKindNames)]*sheet
	ends   [len(tcpipKindNames)][]ending

	// The file being read.
	file    *collect.File
	kind    tcpipKind
	out     *sheet // of this kind
	unknown int64  // lines not known, of all files

	stacks []stack // of profiles before the one being read

	// What rules of several files need.
	ports      map[portKey]*port
	telnet     telnet
	ssl        string // SSLSERVERID, "" when not stated
	entries    []*dtcEntry
	ftpControl string
	ftpData    string
	anonymous  bool // SRVRFTP CONFIG
}

func (tcpipSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	c := &tcpip{rec: out.Part(""), files: files, opts: opts, vendor: newVendorWords(opts.Site.VendorPasswords), ports: map[portKey]*port{}}
	for _, f := range files {
		if err := c.read(ctx, f); err != nil {
			return err
		}
	}
	return c.finish()
}

// read reads one file of any kind.
func (c *tcpip) read(ctx context.Context, f *collect.File) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	head, err := f.Peek()
	if err != nil {
		return err
	}
	kind, _ := tcpipKindOf(head.Text)
	if kind == noTCPIP {
		if lines, err := f.Lines(ctx); err != nil {
			return err // not text
		} else {
			lines.Close()
		}
		return &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrNotRecognised,
			Advice: "it is none of PROFILE TCPIP, DTCPARMS, TCPIP DATA, and the CONFIG files of SRVRFTP, SMTP, UFTD and RSCS; give one of those"}
	}
	if c.sheets[kind] != nil && kind == profileFile {
		c.nextStack()
	} else if c.sheets[kind] != nil && kind != dtcparmsFile {
		return &collect.Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: a second %s", collect.ErrTwoValues, kind),
			Advice: "give the file that is in effect"}
	}
	if c.sheets[kind] == nil {
		c.sheets[kind] = newSheet()
	}
	c.file, c.kind, c.out = f, kind, c.sheets[kind]
	lines, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	defer lines.Close()
	var lacks string
	switch kind {
	case profileFile:
		lacks = c.readProfile(lines)
	case dtcparmsFile:
		c.readDTCPARMS(lines)
	case rscsFile:
		c.readRSCS(lines)
	default:
		c.readStatements(lines)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	end := ending{}
	if end.state, end.reason = lines.End(c.opts); lacks != "" && end.state != collect.Partial {
		end = ending{collect.Partial, lacks}
	}
	c.ends[kind] = append(c.ends[kind], end)
	return nil
}

// line accounts for a line and returns its words, without its comment.
func (c *tcpip) line(l collect.Line) [][]byte {
	c.rec.Read(1)
	words := bytes.Fields(bytes.ReplaceAll(uncommented(l.Text), []byte{0}, []byte{' '}))
	if len(words) > 0 {
		return words
	}
	if len(bytes.TrimSpace(l.Text)) > 0 {
		c.rec.Ignored("comment", 1)
	} else {
		c.rec.Ignored("blank", 1)
	}
	return nil
}

// notKnown counts a line that is not understood. Its words are not repeated:
// next to AUTOLOG they can be a password.
func (c *tcpip) notKnown(at collect.Origin, why string) {
	c.rec.Ignored("statement not known", 1)
	c.unknown++
	c.rec.Warn(c.file, at.Pos, at.Offset, "%s; the line is counted, and not shown because it might hold a password", why)
	c.file.Scrubbed([]byte("?\n"))
}

// scrubbed adds a line to the scrubbed form of the file.
func (c *tcpip) scrubbed(words ...string) {
	c.file.Scrubbed([]byte(strings.Join(words, " ") + "\n"))
}

// upper returns the words folded.
func upper(words [][]byte) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToUpper(string(w))
	}
	return out
}
