package zvm

import (
	"bytes"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestCutBehindABlank cuts a directory where every word is whole and more words
// should follow: what they would say is not known, and is not the default.
func TestCutBehindABlank(t *testing.T) {
	const before = "USER FIRST LBYONLY 32M 64M G\nUSER LAST LBYONLY 32M 64M BG\n"
	tests := []struct {
		cut  string
		want map[string]string
	}{
		{"USER LAST LBYONLY ", map[string]string{
			"zvm/user/LAST/storage":     "?the operand in its place is not a storage size",
			"zvm/user/LAST/max_storage": "?the operand in its place is not a storage size",
			"zvm/user/LAST/profile":     "?the extract may have been cut off before its INCLUDE",
		}},
		{before, map[string]string{
			"zvm/user/FIRST/profile": "none",
			"zvm/user/LAST/profile":  "?the extract may have been cut off before its INCLUDE",
			"zvm/user/LAST/class":    `["B","G"]`,
		}},
		{before + " LINK MAINT 191 291 ", map[string]string{"zvm/user/LAST/link": "[]", "zvm/user/LAST/unknown_statements": "absent"}},
		{before + " NICDEF 600 TYPE ", map[string]string{"zvm/user/LAST/nicdef/0600": "absent"}},
		{before + " MDISK ", map[string]string{"zvm/user/LAST/unknown_statements": "absent"}},
		{before + " LOGONBY OPE", map[string]string{"zvm/user/LAST/logonby": "[]", "zvm/user/LAST/unknown_statements": "absent"}},
		{"DIRECTORY 0123 ", map[string]string{"zvm/directory/object": "absent"}},
	}
	for _, tt := range tests {
		t.Run(tt.cut, func(t *testing.T) {
			input := []byte(tt.cut)
			if bytes.HasPrefix(input, []byte("DIRECTORY")) {
				input = append([]byte(before), input...)
			}
			mustRun(t, collect.Options{}, input).want(t, tt.want)
		})
	}
}
