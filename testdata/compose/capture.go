package compose

import (
	"bytes"
	"fmt"
	"time"
)

// Capture puts irondrift's capture header and end mark around a text extract.
//
// The header is irondrift's own format. A capture job prints it because many
// extracts, SETROPTS LIST among them, name neither the system nor the time they
// come from, and because a file that stops early otherwise looks like a smaller
// but healthy one:
//
//	*> irondrift-capture 1
//	*> system: ZVMPROD1
//	*> time: 2026-11-18T02:05:00+01:00
//	*> user: AUDITJOB
//	*> command: SETROPTS LIST
//	*> begin
//	...the extract, untouched...
//	*> end lines: 123
//
// The time is RFC 3339 with its offset. The number after "lines:" counts the
// lines between begin and end. A body that does not end with a line end gets
// one, since the end mark has to start a line; nothing else is altered.
func Capture(system string, at time.Time, user, command string, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "*> irondrift-capture 1\n*> system: %s\n*> time: %s\n*> user: %s\n*> command: %s\n*> begin\n",
		system, at.Format(time.RFC3339), user, command)
	b.Write(body)
	lines := bytes.Count(body, []byte("\n"))
	if len(body) > 0 && body[len(body)-1] != '\n' {
		b.WriteByte('\n')
		lines++
	}
	fmt.Fprintf(&b, "*> end lines: %d\n", lines)
	return b.Bytes()
}
