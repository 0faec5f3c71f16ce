package collect

import (
	"slices"
	"strings"
)

// masked stands for what follows a word that names a secret.
const masked = "(masked)"

// withoutSecrets returns a command, as a capture header states it, without what
// may be a password in it. Our own jobs state commands that hold none; a site's
// job may log on in the same line (sshpass -p, db2 connect ... using, a URL with
// user and password, LOGON, LINK with a password), and the header is printed in
// reports. When in doubt the rest of the line goes: it is a remark, no evidence.
func withoutSecrets(command string) string {
	words := strings.Fields(command)
	has := func(name string, upTo int) bool {
		return slices.ContainsFunc(words[:upTo], func(w string) bool {
			w = w[strings.LastIndexByte(w, '/')+1:]
			return strings.EqualFold(w, name)
		})
	}
	for i, w := range words {
		name, rest := cutWord(w)
		switch {
		case namesSecret(name), name == "p" && has("sshpass", i), name == "u" && has("curl", i),
			name == "using" && has("user", i), name == "identified":
			if rest == "" {
				if i+1 == len(words) {
					return command
				}
				return strings.Join(append(slices.Clip(words[:i+1]), masked), " ")
			}
			return strings.Join(append(slices.Clip(words[:i]), w[:len(w)-len(rest)]+masked), " ")
		case strings.Contains(w, "://") && strings.Contains(w, "@"):
			scheme := strings.Index(w, "://") + len("://")
			words[i] = w[:scheme] + masked + w[strings.LastIndexByte(w, '@'):]
		case i == 0:
			keep, ok := logons[strings.ToLower(w)]
			if ok && len(words) > keep {
				return strings.Join(append(slices.Clip(words[:keep]), masked), " ")
			}
			if ok && len(words) > 1 {
				user, _, slash := strings.Cut(words[1], "/") // TSO: LOGON user/password
				if slash {
					return words[0] + " " + user + "/" + masked
				}
			}
		case strings.HasPrefix(w, "-p") && len(w) > 2 && has("sshpass", i):
			words[i] = "-p" + masked
		default:
			continue
		}
		command = strings.Join(words, " ")
	}
	return command
}

// logons are CP and TSO commands that may hold a password behind so many words.
var logons = map[string]int{"logon": 2, "login": 2, "autolog": 2, "xautolog": 2, "link": 5}

// cutWord returns the name that a word begins with, in lower case and without
// dashes, and what stands behind = ( or : in it.
func cutWord(w string) (name, rest string) {
	name = w
	if i := strings.IndexAny(w, "=(:"); i >= 0 {
		name, rest = w[:i], w[i+1:]
	}
	name = name[strings.LastIndexByte(name, '/')+1:]
	return strings.ToLower(strings.Trim(name, `-"'`)), rest
}

func namesSecret(name string) bool {
	for _, part := range []string{"passw", "passphrase", "pswd", "secret", "token", "credential"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return strings.HasSuffix(name, "pw") || strings.HasSuffix(name, "pwd") || strings.HasSuffix(name, "pass") && name != "sshpass"
}
