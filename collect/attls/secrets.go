package attls

import "strings"

// masker hides passwords as lines are read, before anything else sees them:
// those of key databases (KeyringPw) and of LDAP servers (GSK_LDAP_USER_PW), and
// whatever follows a word that looks as if it named one, in comments too.
type masker struct {
	pending      bool // the line before ended in such a word
	scrubPending bool
}

// masked stands for a password.
const masked = "(masked)"

// mask replaces what follows a password keyword. It may change words.
func (m *masker) mask(words []string) []string {
	if m.pending {
		m.pending = false
		low := strings.ToLower(words[0])
		if words[0] != "{" && words[0] != "}" && statementByName[low] == nil && !known(low) {
			// The password of a line that was wrapped.
			return []string{masked}
		}
	}
	for i, w := range words {
		// Names of rules and labels may hold such a word and are not keywords.
		p := parameterByName[strings.ToLower(w)]
		if i > 0 && (p == nil || p.form != formSecret) || i == 0 && !namesSecret(w) {
			continue
		}
		if i+1 == len(words) || words[i+1] == "{" || words[i+1] == "}" {
			m.pending = true
			return words
		}
		return append(words[:i+1], masked)
	}
	return words
}

// scrub returns a line with every secret replaced, for the digest of the
// scrubbed file.
func (m *masker) scrub(text string) string {
	words := strings.Fields(text)
	if m.scrubPending && len(words) > 0 {
		m.scrubPending = false
		low := strings.ToLower(words[0])
		if words[0] != "{" && words[0] != "}" && statementByName[low] == nil && !known(low) {
			return masked
		}
	}
	for i, w := range words {
		if !namesSecret(w) {
			continue
		}
		if i+1 == len(words) {
			m.scrubPending = true
			break
		}
		at := strings.Index(text, w) + len(w)
		return text[:at] + " " + masked
	}
	return text
}

// namesSecret reports whether a word looks like the name of a password.
func namesSecret(word string) bool {
	low := strings.ToLower(strings.TrimLeft(strings.TrimRight(word, ":="), "#"))
	if p := parameterByName[low]; p != nil {
		return p.form == formSecret
	}
	for _, part := range []string{"passw", "passphrase", "pswd", "psswd", "secret"} {
		if strings.Contains(low, part) {
			return true
		}
	}
	return strings.HasSuffix(low, "pw") || strings.HasSuffix(low, "pwd") || strings.HasSuffix(low, "pass")
}

// scrubLabel hides the value of a line of a listing whose label names a
// password.
func scrubLabel(text string) string {
	label, _, ok := cutLabel(text)
	if !ok || !namesSecret(label) {
		return text
	}
	return text[:strings.IndexByte(text, ':')+1] + " " + masked
}
