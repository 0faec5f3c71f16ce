package zvm

import (
	"regexp"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

var journalWord = regexp.MustCompile(`(?i)\b(LOGON|LINK)-(ON|OFF)\b`)

// journal reads QUERY JOURNAL: "Journal: LOGON-on LINK-off".
func (q *query) journal(text string, at collect.Origin) bool {
	found := journalWord.FindAllStringSubmatch(text, -1)
	for _, m := range found {
		q.say(collect.Key("zvm/journal/running").Join(strings.ToLower(m[1])), strings.ToLower(m[2]), at)
	}
	return len(found) > 0
}

var (
	encryptState     = regexp.MustCompile(`\b(ON|OFF|REQUIRED|ENABLED|DISABLED)\b`)
	encryptAlgorithm = regexp.MustCompile(`\bAES-?(128|192|256)\b`)
)

// encrypt reads QUERY ENCRYPT, whose layout is not published.
func (q *query) encrypt(text string, at collect.Origin) bool {
	up := strings.ToUpper(text)
	states := encryptState.FindAllString(up, -1)
	if len(states) > 0 {
		state := strings.ToLower(states[0])
		switch {
		case slices.Contains(states, "REQUIRED"):
			state = "required"
		case state == "enabled":
			state = "on"
		case state == "disabled":
			state = "off"
		}
		q.say("zvm/encrypt/paging/state", state, at)
	}
	m := encryptAlgorithm.FindStringSubmatch(up)
	if m != nil {
		q.say("zvm/encrypt/paging/algorithm", "AES"+m[1], at)
	}
	return len(states) > 0 || m != nil
}

var cpDiskStatus = regexp.MustCompile(`^R/[OW]$`)

// cpDisk reads a row of QUERY CPDISK: label, userid, virtual device, mode, status
// and where the disk lies. The mode stands in front of the status.
func (q *query) cpDisk(text string, at collect.Origin) bool {
	w := strings.Fields(strings.ToUpper(text))
	if len(w) > 4 && w[0] == "LABEL" && w[1] == "USERID" {
		return true // the heading
	}
	i := slices.IndexFunc(w, cpDiskStatus.MatchString)
	if i < 3 || len(w[i-1]) != 1 || !isName([]byte(w[i-3]), 8) {
		return false
	}
	q.say(collect.Key("zvm/cp_access").Join(w[i-1]), w[i-3]+" "+deviceText(w[i-2]), at)
	return true
}
