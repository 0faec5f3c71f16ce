package zvm

import (
	"bytes"
	"strings"
)

// passwordClass is what is kept of a directory password.
type passwordClass uint8

const (
	pwMissing passwordClass = iota // no operand
	pwNolog
	pwNopass
	pwAutoonly
	pwLbyonly
	pwMasked
	pwVendor
	pwEqualsUserid
	pwWeak
	pwOther
)

var passwordClassNames = [...]string{
	"missing", "nolog", "nopass", "autoonly", "lbyonly", "masked", "vendor-default", "equals-userid", "weak", "other",
}

func (c passwordClass) String() string { return passwordClassNames[c] }

// guarded reports whether nobody can log on with a password of this userid.
func (c passwordClass) guarded() bool { return c == pwNolog || c == pwAutoonly || c == pwLbyonly }

// suppliedPasswords are the words that IBM's and others' distributions came
// with, as far as they are published.
var suppliedPasswords = []string{"WD5JU8QP", "CPCMS", "AMDAHL"}

// vendorWords are the supplied passwords and the site's own, folded.
type vendorWords map[string]bool

func newVendorWords(site []string) vendorWords {
	m := vendorWords{}
	for _, list := range [][]string{suppliedPasswords, site} {
		for _, s := range list {
			if s = strings.ToUpper(strings.TrimSpace(s)); s != "" {
				m[s] = true
			}
		}
	}
	return m
}

// classify says what kind of password a folded operand is. The order matters:
// a user called XXXX whose password reads XXXX is masked, because the mask is
// what REVIEW prints whatever the password is.
func (v vendorWords) classify(password []byte, userid string) passwordClass {
	switch string(password) {
	case "":
		return pwMissing
	case "NOLOG":
		return pwNolog
	case "NOPASS":
		return pwNopass
	case "AUTOONLY":
		return pwAutoonly
	case "LBYONLY":
		return pwLbyonly
	}
	if password[0] == '<' {
		for c := pwMasked; c <= pwOther; c++ {
			if written(c.String(), password) {
				return c
			}
		}
	}
	switch {
	case isMask(password):
		return pwMasked
	case v[string(password)]:
		return pwVendor
	case string(password) == userid:
		return pwEqualsUserid
	case len(password) < 8 || allDigits(password) || reversed(password, userid):
		return pwWeak
	}
	return pwOther
}

// written reports whether a folded operand is a class as a scrubbed directory
// has it in the place of a password: <VENDOR-DEFAULT>.
func written(class string, operand []byte) bool {
	n := len(operand)
	return n == len(class)+2 && operand[0] == '<' && operand[n-1] == '>' && strings.EqualFold(class, string(operand[1:n-1]))
}

// isMask reports whether b is what DirMaint REVIEW, or the author of a paste,
// prints instead of a password.
func isMask(b []byte) bool {
	if len(b) == 0 || b[0] != 'X' && b[0] != '*' {
		return false
	}
	for _, c := range b {
		if c != b[0] {
			return false
		}
	}
	return true
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func reversed(b []byte, s string) bool {
	if len(b) != len(s) {
		return false
	}
	for i, c := range b {
		if s[len(s)-1-i] != c {
			return false
		}
	}
	return true
}

// diskPassword is what is kept of a minidisk password.
type diskPassword uint8

const (
	dpNone diskPassword = iota
	dpDefault
	dpPublic
	dpMasked
	dpOther
)

var diskPasswordNames = [...]string{"none", "default", "public", "masked", "other"}

// classifyDisk says what kind of minidisk password a folded operand is. ALL
// needs no password at all. A default is one of the words that installation
// tapes and manuals used, the owner's name, or R, W or M with the beginning of
// that name.
func (v vendorWords) classifyDisk(password []byte, owners ...string) diskPassword {
	switch string(password) {
	case "":
		return dpNone
	case "ALL":
		return dpPublic
	case "READ", "WRITE", "MULT", "MULTI", "MULTIPLE", "RPASS", "WPASS":
		return dpDefault
	}
	if password[0] == '<' {
		for c := dpDefault; c <= dpOther; c++ {
			if written(diskPasswordNames[c], password) {
				return c
			}
		}
	}
	switch {
	case isMask(password):
		return dpMasked
	case v[string(password)]:
		return dpDefault
	}
	for _, owner := range owners {
		if isOwnerPassword(password, owner) {
			return dpDefault
		}
	}
	return dpOther
}

func isOwnerPassword(password []byte, owner string) bool {
	if owner == "" {
		return false
	}
	if string(password) == owner {
		return true
	}
	c := password[0]
	return (c == 'R' || c == 'W' || c == 'M') && len(password) > 1 && bytes.HasPrefix([]byte(owner), password[1:])
}
