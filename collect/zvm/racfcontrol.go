package zvm

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// RACFControl returns the source zvm-racf: two files of RACF for z/VM that
// SETROPTS LIST tells nothing of.
//
//   - SMF CONTROL, a record of the RACF server: where audit records go, and with
//     SEVER whether RACF is cut off from CP when they cannot be written. The
//     layout is known from one line only, so it is read keyword by keyword.
//   - The SYSSEC macro, as it stands in HCPRWA ASSEMBLE or in the local
//     modification of it: for each category of resources what CP does with each
//     answer of RACF (RACF Security Server Macros and Interfaces, "SYSSEC
//     Macro"). DEFER leaves the decision to CP, which means to the directory.
//     Operands that the file does not state have the defaults of the release and
//     are unknown.
//
// The view is configured: SMF CONTROL waits for a restart of the server, HCPRWA
// for a build of CP and an IPL.
func RACFControl() collect.Source { return racfControlSource{} }

type racfControlSource struct{}

var _ collect.Source = racfControlSource{}

const (
	racfAudit  collect.Key = "zvm/racf/audit"
	racfSyssec collect.Key = "zvm/racf/syssec"
)

func (racfControlSource) Info() collect.Info {
	return collect.Info{
		Name:     "zvm-racf",
		Platform: "zvm",
		Title:    "RACF for z/VM: SMF CONTROL and the SYSSEC macro of HCPRWA",
		View:     collect.Configured,
		Prefixes: []collect.Key{racfAudit, racfSyssec},
	}
}

// syssecCategories and syssecAnswers are the two halves of an operand of SYSSEC,
// such as DISKU=DEFER.
var (
	syssecCategories = map[string]string{"DEFLT": "default", "DISK": "disk", "RDR": "reader", "NODE": "node", "CMD": "command", "LAN": "lan"}
	syssecAnswers    = map[string]string{"P": "permitted", "F": "failed", "W": "warning", "U": "undefined", "M": "messages"}
	syssecOperand    = regexp.MustCompile(`^(DEFLT|DISK|RDR|NODE|CMD|LAN)([PFWUM])=(ALLOW|DEFER|FAIL|ON|OFF)$`)
)

// isSMFControl reports whether words are the record of SMF CONTROL.
func isSMFControl(w []string) bool {
	has := func(word string) bool { return slices.Contains(w, word) }
	return has("CURRENT") && has("PRIMARY") && has("SECONDARY")
}

// syssecStart returns the operands on a line that begins the macro; ok is false
// on any other.
func syssecStart(w []string) (operands []string, ok bool) {
	for i, word := range w {
		if word == "SYSSEC" && i <= 1 && i+1 < len(w) {
			return w[i+1:], true
		}
	}
	return nil, false
}

func (racfControlSource) Recognise(head *collect.Head) collect.Confidence {
	for line := range bytes.Lines(head.Text) {
		w := strings.Fields(strings.ToUpper(string(line)))
		if operands, ok := syssecStart(w); ok && len(syssecOperands(operands[0])) > 0 {
			return collect.Certain
		}
		if isSMFControl(w) {
			return collect.Certain
		}
	}
	return collect.No
}

// racfControl is what the files say.
type racfControl struct {
	rec    *collect.Recorder
	smf    *sheet
	syssec *sheet
	ends   [2][]ending
}

func (racfControlSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	c := &racfControl{rec: out.Part("")}
	for _, f := range files {
		if err := c.read(ctx, f, opts); err != nil {
			return err
		}
	}
	if c.smf != nil {
		end := worst(c.ends[0])
		if end.state == collect.Complete && !c.smf.stated(racfAudit.Join("sever")) {
			c.smf.set(racfAudit.Join("sever"), collect.Unknown("SMF CONTROL holds no word SEVER"), collect.Origin{})
		}
		if err := c.smf.record(c.rec, end, racfAudit); err != nil {
			return err
		}
	}
	if c.syssec == nil {
		return nil
	}
	end := worst(c.ends[1])
	prefixes := []collect.Key{racfSyssec}
	for _, category := range sortedKeys(syssecCategories) {
		prefixes = append(prefixes, racfSyssec.Join(syssecCategories[category]))
		for _, answer := range sortedKeys(syssecAnswers) {
			key := racfSyssec.Join(syssecCategories[category], syssecAnswers[answer])
			if end.state == collect.Complete && !c.syssec.stated(key) {
				c.syssec.set(key, collect.Unknown(notInStatement), collect.Origin{})
			}
		}
	}
	return c.syssec.record(c.rec, end, prefixes...)
}

func (c *racfControl) read(ctx context.Context, f *collect.File, opts *collect.Options) error {
	lines, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	defer lines.Close()
	var smf, syssec, more bool
	for lines.Next() {
		l := lines.Line()
		c.rec.Read(1)
		text := strings.TrimRight(strings.ToUpper(strings.ReplaceAll(string(l.Text), "\x00", " ")), " \t")
		if more && len(text) > 71 {
			text = text[:71] // column 72 marks a continuation
		}
		w := strings.Fields(text)
		operands, starts := syssecStart(w)
		switch {
		case len(w) == 0:
			c.rec.Ignored("blank", 1)
			continue
		case w[0][0] == '*' || strings.HasPrefix(w[0], ".*"):
			c.rec.Ignored("comment", 1)
			continue
		case isSMFControl(w):
			smf = true
			c.control(w, l.At(f))
		case starts || more:
			if more {
				operands = w
			}
			syssec = true
			more = c.macro(f, operands[0], l.At(f))
		default:
			c.rec.Ignored("other records", 1)
			continue
		}
		c.rec.Used(1)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if !smf && !syssec {
		if err := lines.Err(); err != nil {
			return err
		}
		return &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrNotRecognised,
			Advice: "it holds neither the record of SMF CONTROL nor the macro SYSSEC; give SMF CONTROL of the RACF server or HCPRWA ASSEMBLE"}
	}
	end := ending{}
	if end.state, end.reason = lines.End(opts); more && end.state != collect.Partial {
		end = ending{collect.Partial, "the macro SYSSEC goes on behind the end of the file"}
	}
	if smf {
		c.ends[0] = append(c.ends[0], end)
	}
	if syssec {
		c.ends[1] = append(c.ends[1], end)
	}
	return nil
}

// control reads the record of SMF CONTROL.
func (c *racfControl) control(w []string, at collect.Origin) {
	if c.smf == nil {
		c.smf = newSheet()
	}
	for _, name := range [...]string{"PRIMARY", "SECONDARY"} {
		if i := slices.Index(w, name); i+1 < len(w) && isDeviceNumber(w[i+1]) {
			c.smf.set(racfAudit.Join(strings.ToLower(name)), collect.Text(deviceText(w[i+1])), at)
		}
	}
	v := collect.Unknown("SMF CONTROL says neither YES nor NO behind SEVER")
	i := slices.Index(w, "SEVER")
	switch {
	case i < 0:
		return
	case i+1 < len(w) && (w[i+1] == "YES" || w[i+1] == "NO"):
		v = collect.Text(strings.ToLower(w[i+1]))
	}
	c.smf.set(racfAudit.Join("sever"), v, at)
}

// isDeviceNumber reports whether s can be the number of a virtual device.
func isDeviceNumber(s string) bool {
	return len(s) >= 3 && len(s) <= 4 && strings.Trim(s, "0123456789ABCDEF") == ""
}

// macro reads operands of SYSSEC; more reports that they go on.
func (c *racfControl) macro(f *collect.File, text string, at collect.Origin) (more bool) {
	if c.syssec == nil {
		c.syssec = newSheet()
	}
	for _, operand := range syssecOperands(text) {
		m := syssecOperand.FindStringSubmatch(operand)
		c.syssec.set(racfSyssec.Join(syssecCategories[m[1]], syssecAnswers[m[2]]), collect.Text(strings.ToLower(m[3])), at)
	}
	for _, operand := range strings.Split(strings.TrimSuffix(text, ","), ",") {
		if operand != "" && !syssecOperand.MatchString(operand) {
			name, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(operand)), "=")
			c.rec.Warn(f, at.Pos, at.Offset, "an operand of SYSSEC is not known: %s", namedWord(name))
		}
	}
	return strings.HasSuffix(text, ",")
}

// syssecOperands are the operands in text that are well formed.
func syssecOperands(text string) []string {
	var out []string
	for _, operand := range strings.Split(text, ",") {
		if syssecOperand.MatchString(operand) {
			out = append(out, operand)
		}
	}
	return out
}
