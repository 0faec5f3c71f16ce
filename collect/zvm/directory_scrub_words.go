package zvm

import (
	"strconv"
	"strings"
)

// How each statement is written again from what was kept of it. What is written
// must be read back as the same; FuzzScrub holds both sides together.

// entry returns the words of an entry statement.
func (s *scrubber) entry(def *definition) []string {
	r := s.r
	words := []string{def.name}
	switch e := r.cur; {
	case def.kind == stLoad:
		for range r.w.n() - 1 {
			words = append(words, "-")
		}
	case e == nil: // it has no usable name
		if r.w.n() > 1 {
			words = append(words, "<not-well-formed>")
		}
	case def.kind == stDirectory:
		words = append(words, s.lastWide("object")...)
	case def.kind == stGlobalDefs:
	case def.kind == stUser || def.kind == stIdentity:
		words = append(append(words, e.name), s.userOperands(e)...)
	default:
		words = append(words, e.name)
	}
	return words
}

// userOperands returns the operands of USER behind the userid.
func (s *scrubber) userOperands(e *entry) []string {
	var words []string
	switch {
	case e.password == pwMissing:
		return nil
	case e.password <= pwLbyonly:
		words = append(words, strings.ToUpper(e.password.String()))
	default:
		s.out.Passwords++
		words = append(words, "<"+e.password.String()+">")
	}
	for _, size := range [...]ref{e.storage, e.maximum} {
		switch size {
		case 0:
			return words
		case unusable:
			return append(words, "?")
		}
		words = append(words, s.r.texts.text(size))
	}
	switch {
	case e.classes.bad:
		words = append(words, "?")
	case e.classes.star:
		words = append(words, "*")
	case e.classes.stated:
		words = append(words, strings.Join(letters(e.classes.mask), ""))
	}
	return words
}

// lastWide returns the operands of the DIRECTORY or GLOBALOPTS read last.
func (s *scrubber) lastWide(key string) []string {
	if m := s.r.wide[key]; s.wide() > s.was.wide && len(m) > 0 {
		return operandsOf(m[len(m)-1].Text)
	}
	return nil
}

// operands returns the words of a statement from what was kept of it.
func (s *scrubber) operands(def *definition) []string {
	r := s.r
	words := []string{def.name}
	text := func(i int) string { return r.texts.text(s.kept[i].text) }
	switch def.kind {
	case stInclude:
		if r.did == wasUsed {
			words = append(words, r.cur.include)
		}
	case stPool:
		if r.did == wasUsed {
			words = append(words, "LOW", strconv.Itoa(int(r.cur.pool.low)), "HIGH", strconv.Itoa(int(r.cur.pool.high)))
			if s.was.include == "" && r.cur.include != "" {
				words = append(words, "PROFILE", r.cur.include)
			}
		}
	case stBuild:
		if len(s.kept) > 0 {
			member, name, _ := strings.Cut(text(0), " ")
			words = append(words, "ON", member, "USING", "SUBCONFIG", name)
		}
	case stGlobalOpts:
		words = append(words, s.lastWide("globalopts")...)
	case stPosixGroup:
		if n := len(r.groups); n > s.was.groups {
			words = append(words, r.groups[n-1].name, strconv.FormatInt(r.groups[n-1].gid, 10))
		}
	case stPosixGList:
		if len(s.kept) > 0 {
			words = append(words, "GNAMES")
		}
		for i := range s.kept {
			words = append(words, text(i))
		}
	case stPosixInfo:
		for i := range s.kept {
			words = append(words, posixKeys[s.kept[i].aux], text(i))
		}
	case stAppcPass:
		s.out.Passwords++
		words = append(words, masked)
	case stLink:
		if len(s.kept) > 0 {
			link := linkWords(text(0), s.kept[0].vdev)
			if _, ok := hex(r.w.up(3)); r.w.n() > 3 && !ok {
				link = append(link[:2], "?") // it defines no device
			}
			words = append(words, link...)
		}
	case stNICDef:
		words = append(words, s.nicWords()...)
	case stOther, stDiskOption:
		if len(s.kept) > 0 {
			words = operandsOf(text(0))
		}
		if len(words) == 2 && words[0] == "LOADDEV" && words[1] == masked {
			words[1] = "MASKED" // only a word is read as an operand, and masked again
		}
	default:
		for i := range s.kept {
			words = append(words, operandsOf(text(i))...)
		}
		if s.namesTooMany(def) && r.did == wasUsed {
			words = append(words, "...")
		}
	}
	return words
}

// namesTooMany reports whether the statement read last names more userids than CP
// takes. That stays visible.
func (s *scrubber) namesTooMany(def *definition) bool {
	return (def.kind == stLogonBy || def.kind == stAutolog) && s.r.w.n()-1 > def.operands
}

// linkWords returns the operands of LINK: from "OWNER.0190 RR" and its own
// device number.
func linkWords(text string, ours uint16) []string {
	target, mode, _ := strings.Cut(text, " ")
	dot := strings.LastIndexByte(target, '.')
	owner, theirs := target[:dot], target[dot+1:]
	words := []string{owner, theirs}
	switch vdev := string(appendVdev(nil, ours)); mode {
	case "default":
		if vdev != theirs {
			words = append(words, vdev)
		}
	case "unknown":
		words = append(words, vdev, "?")
	default:
		words = append(words, vdev, mode)
	}
	return words
}

// nicWords returns the operands of NICDEF: the device number, and each keyword
// with its values.
func (s *scrubber) nicWords() []string {
	if len(s.kept) == 0 {
		return nil
	}
	words := []string{string(appendVdev(nil, s.kept[0].vdev))}
	for i := 1; i < len(s.kept); i++ {
		piece := operandsOf(s.r.texts.text(s.kept[i].text))
		words = append(words, piece...)
		want := 2
		switch piece[0] {
		case "LAN":
			want = 3
		case "PROMISCUOUS", "NOPROMISCUOUS", "VLAN":
			want = 1
		}
		for n := len(piece); n < want; n++ {
			words = append(words, "<not-the-name-of-anything>")
		}
	}
	return words
}

// diskWords returns the words of MDISK.
func (s *scrubber) diskWords(d *disk, passwords [3]diskPassword, cut bool) []string {
	words := []string{"MDISK", string(appendVdev(nil, d.vdev))}
	if d.form == formUnusable {
		return append(words, "?")
	}
	words = append(words, operandsOf(string(s.r.texts.appendExtent(nil, d)))...)
	switch {
	case d.badMode && !cut:
		return append(words, "?")
	case d.badMode: // the mode may only be cut off
		return words
	}
	words = append(words, modes[d.mode].name)
	for _, p := range passwords {
		switch p {
		case dpNone:
		case dpPublic:
			words = append(words, "ALL")
		default:
			words = append(words, "<"+diskPasswordNames[p]+">")
		}
	}
	return words
}

func (s *scrubber) countDisk(passwords [3]diskPassword) {
	for _, p := range passwords {
		if p != dpNone && p != dpPublic {
			s.out.Passwords++
		}
	}
}
