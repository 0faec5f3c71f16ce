package compose

import "strings"

// setroptsPrinter knows the wording that many lines of a SETROPTS LIST share.
type setroptsPrinter struct {
	layout Layout
	text   strings.Builder
}

func (p *setroptsPrinter) line(text string) {
	if p.layout.NoIndent {
		text = strings.TrimLeft(text, " ")
	}
	p.text.WriteString(text)
	p.text.WriteByte('\n')
}

// classes prints one class list behind its label, which includes the separator;
// the blanks after the equals sign differ from list to list.
func (p *setroptsPrinter) classes(label string, names []string) {
	if len(names) == 0 {
		names = []string{"NONE"}
	}
	end := ""
	if p.layout.TrailingBlank {
		end = " "
	}
	indent := strings.Repeat(" ", len(label))
	line := label + names[0]
	for _, name := range names[1:] {
		if len(line) > p.layout.Width-9 {
			p.line(line + end)
			line = indent + name
			continue
		}
		line += " " + name
	}
	p.line(line + end)
}

func (p *setroptsPrinter) effect(what string, on bool) { p.line(what + " IS " + not(on) + "IN EFFECT") }

func (p *setroptsPrinter) active(what string, on bool) { p.line(what + " IS " + activeWord(on)) }

// option prints a setting that is off, or on with FAILURES or WARNING on a line
// of its own.
func (p *setroptsPrinter) option(what, keyword, value string) {
	if value == "" {
		p.line(what + " IS NOT IN EFFECT")
		return
	}
	p.line(what + " IS IN EFFECT. CURRENT OPTIONS:")
	p.line(`  "` + keyword + " " + fail(value) + `" OPTION IS IN EFFECT`)
}

// fail turns the stored word FAILURES into the printed FAIL.
func fail(value string) string {
	if value == "FAILURES" {
		return "FAIL"
	}
	return value
}

func rvary(value string) string {
	if value == "INSTLN" {
		return "INSTALLATION DEFINED"
	}
	return "DEFAULT"
}

func activeWord(on bool) string {
	if on {
		return "ACTIVE"
	}
	return "INACTIVE"
}

func not(on bool) string {
	if on {
		return ""
	}
	return "NOT "
}

func no(on bool) string {
	if on {
		return ""
	}
	return "NO"
}

func orElse(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
