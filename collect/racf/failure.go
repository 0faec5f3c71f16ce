package racf

import (
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// failure is a message that says why there is no listing.
type failure struct {
	id string
	at collect.Origin
}

// refusals are the messages that come instead of a listing. Their own text is
// not repeated: it may show what somebody typed.
var refusals = []struct{ id, means, advice string }{
	{"ICH14006I", "RACF is not active", "activate RACF, or collect from a system that shares its database"},
	{"ICH14061I", "RACF runs in read-only mode and took no other keyword than LIST", "let the job issue SETROPTS LIST alone"},
	{"IKJ56712I", "TSO did not accept a keyword", "let the job issue SETROPTS LIST without other keywords"},
	{"IKJ56703A", "TSO asked to re-enter an operand", "let the job issue SETROPTS LIST without other keywords"},
	{"IKJ56702I", "TSO did not accept an operand", "let the job issue SETROPTS LIST without other keywords"},
	{"IKJ56701I", "TSO missed an operand", "let the job issue SETROPTS LIST without other keywords"},
	{"IKJ56500I", "TSO does not know the command", "check that the job runs IKJEFT01 on z/OS, or RAC on z/VM"},
	{"IRR52021I", "the user may not view the segments", "give the collecting user AUDITOR or ROAUDIT"},
	{"ICH408I", "the user lacks authority", "give the collecting user AUDITOR or ROAUDIT"},
	{"IKJ56425I", "the user could not log on", "look at the status of the collecting user"},
}

// refusal returns the id of the message when a line holds one of them.
func refusal(text string) string {
	text = strings.TrimLeft(text, " 01+-")
	for _, r := range refusals {
		if strings.HasPrefix(text, r.id) {
			return r.id
		}
	}
	return ""
}

func (f *failure) error(file *collect.File) error {
	for _, r := range refusals {
		if r.id == f.id {
			return &collect.Error{File: file.Name, Line: f.at.Pos, Offset: f.at.Offset,
				Err: fmt.Errorf("%w with %s: %s", ErrCommandFailed, r.id, r.means), Advice: r.advice}
		}
	}
	return &collect.Error{File: file.Name, Line: f.at.Pos, Offset: f.at.Offset,
		Err: fmt.Errorf("%w: %s", ErrCommandFailed, f.id), Advice: "run the command by hand with the collecting user, and correct what it says"}
}
