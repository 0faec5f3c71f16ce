package collect

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// A name that no platform accepts ends the reading with its place, rather than
// filling every report.
func TestKeyTooLong(t *testing.T) {
	f := &File{info: FileInfo{Name: "ttls.policy"}}
	r := newRecorder("", Info{Name: "attls-policy", Platform: "zos"}, []*File{f}, &Options{})
	long := Key("attls/*/rule/" + strings.Repeat("A", 1<<20) + "/Direction")
	err := r.Put(long, Text("Inbound"), Origin{Pos: 17, Offset: 300})
	if !errors.Is(err, ErrLimit) || !strings.HasPrefix(err.Error(), "ttls.policy: line 17: limit exceeded") || len(err.Error()) > 200 || HintOf(err) == "" {
		t.Errorf("%.300v", err)
	}
	if err := r.Put("attls/*/rule/"+Key(strings.Repeat("A", 200))+"/Direction", Text("Inbound"), Origin{Pos: 18}); err != nil {
		t.Error(err)
	}
	r.Warn(f, 1, 0, "unknown word %s", strings.Repeat("é", 5000))
	if w := r.header.Warnings[0].Text; len(w) > maxWarning+10 || !utf8.ValidString(w) || !strings.HasSuffix(w, " (cut)") {
		t.Errorf("warning of %d bytes: %.40s", len(w), w)
	}
}
