package ibmi

import (
	"bytes"
	"fmt"

	"github.com/irondrift/irondrift/collect"
)

// exportAdvice is the way from a QAUDITSK file to an extract that can be read.
const exportAdvice = "on IBM i, write it as text with column names: " +
	"CPYTOIMPF FROMFILE(QTEMP/QAUDITSK) TOSTMF('/tmp/qauditsk.csv') STMFCCSID(1208) RCDDLM(*CRLF) RMVBLANK(*TRAILING) ADDCOLNAM(*SQL)"

// outfileLayout recognises a raw audit outfile by the journal code T and the
// entry type SK at their fixed positions, and returns the name of its layout
// ("" for anything else): QASYSKJ5 (*TYPE5) has them at positions 26 and 27,
// QASYSKJ4 (*TYPE4) at 16 and 17, behind zoned decimal or character digits.
func outfileLayout(raw []byte) string {
	for _, l := range []struct {
		name string
		at   int
	}{{"QASYSKJ5", 25}, {"QASYSKJ4", 15}} {
		if len(raw) < l.at+3 {
			continue
		}
		mark := raw[l.at : l.at+3]
		switch {
		case bytes.Equal(mark, []byte{0xE3, 0xE2, 0xD2}) && digits(raw[:5], 0xF0):
			return l.name
		case string(mark) == "TSK" && digits(raw[:5], '0'):
			return l.name + ", translated to ASCII"
		}
	}
	return ""
}

func digits(b []byte, zero byte) bool {
	for _, c := range b {
		if c-zero > 9 {
			return false
		}
	}
	return true
}

// refuse returns the error for files that are known not to be text with column
// names, nil for others.
func refuse(f *collect.File, head *collect.Head) error {
	fail := func(err error, advice string) error {
		return &collect.Error{File: f.Name, Offset: 0, Err: err, Advice: advice}
	}
	layout := outfileLayout(head.Raw)
	switch {
	case len(layout) > len("QASYSKJ5"):
		return fail(fmt.Errorf("%w: it is a raw outfile (%s): its binary fields are lost", collect.ErrDamaged, layout), exportAdvice)
	case layout != "":
		return fail(fmt.Errorf("%w: it is a raw EBCDIC outfile (%s), which this version does not read", collect.ErrNotRecognised, layout), exportAdvice)
	case head.Text == nil:
		return fail(fmt.Errorf("%w: it holds binary data, not text", collect.ErrNotRecognised), exportAdvice)
	}
	if line := firstLine(head.Text); len(line) > 0 && (line[0] == '[' || line[0] == '{') {
		return fail(fmt.Errorf("%w: it looks like JSON", collect.ErrNotRecognised), "save the result as CSV with column names")
	}
	return nil
}
