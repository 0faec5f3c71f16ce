package racf_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/racf"
)

// FuzzSetropts checks, for any bytes, that nothing panics, that every line or
// field is accounted for, that every key is covered, that a password in brackets
// stays inside, and that a cut anywhere neither shortens a class list nor
// changes a value that is said to be read whole.
func FuzzSetropts(f *testing.F) {
	listing := options(true).List(layout())
	short := []byte("ATTRIBUTES = INITSTATS WHEN(PROGRAM -- BASIC)\nSTATISTICS = NONE\nACTIVE CLASSES = DATASET USER\n                 APPL\nGENERIC PROFILE CLASSES =  A B\n" +
		"PROTECT-ALL IS ACTIVE, CURRENT OPTIONS:\n  PROTECT-ALL FAIL OPTION IS IN EFFECT\nAFTER 5 CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,\n A USERID WILL BE REVOKED.\n" +
		"INSTALLATION PASSWORD SYNTAX RULES:\n RULE 1  LENGTH(8) xxxxxxxx\n LEGEND:\n A-ALPHA\nSECONDARY LANGUAGE DEFAULT : ENU\n")
	for _, seed := range [][]byte{
		listing, short, batch(short), spool(short), inXML(short), captured(short), inEBCDIC(short), options(false).List(narrow()),
		inPairs(f, listing), inRACSEQ(f, listing), inBinary(f, listing),
		[]byte(`{"profile":{"base":{"base:raclist":["APPL","DSNR"],"base:jes_batch":true,"base:password_history":8,"base:prefix":null}},"return_codes":{"saf_return_code":0}}`),
		[]byte("READY\nSETROPTS LIST\nICH14006I RACF INACTIVE\n"),
	} {
		f.Add(seed, len(seed)/2)
		f.Add(seed, len(seed)-1)
	}
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		full, err := tryRead(t, racf.Setropts(), collect.Options{}, string(data))
		if err != nil {
			return
		}
		check(t, full)
		if n < 0 || n >= len(data) || full.Header.Counts.Ignored["earlier listing"] > 0 || control(data) ||
			strings.Contains(full.Header.CoverageOf("racf/setropts").Reason, " states ") {
			return // a count that is wrong in the whole file may be right for a part of it
		}
		cut, err := tryRead(t, racf.Setropts(), collect.Options{}, string(data[:n]))
		if err != nil {
			return
		}
		check(t, cut)
		for name, v := range cut.values {
			w := full.values[name]
			c := cut.Header.CoverageOf(collect.Key("racf/setropts").Join(name))
			if name == "_visibility" || v.IsUnknown() || w.IsUnknown() || w.IsAbsent() || c.State == collect.Partial {
				continue
			}
			if w.Compare(v) != 0 {
				t.Errorf("%s is %s (%s) when cut at %d, and %s", name, v, c.State, n, w)
			}
		}
		if cut.Header.CoverageOf("racf/setropts").State == collect.Complete && len(cut.values) < len(full.values) {
			t.Errorf("%d keys under complete coverage when cut at %d, and %d", len(cut.values), n, len(full.values))
		}
	})
}

// control reports whether a line begins with a carriage control character. Where
// only a later line proves that column 1 is one, a cut can hide it.
func control(data []byte) bool {
	for line := range bytes.Lines(data) {
		if bytes.ContainsAny(line[:1], "01+-") {
			return true
		}
	}
	return false
}

func check(t *testing.T, p part) {
	t.Helper()
	sum := p.Header.Counts.Used + p.Header.Counts.Duplicate
	for _, n := range p.Header.Counts.Ignored {
		sum += n
	}
	if sum != p.Header.Counts.Read {
		t.Errorf("read %d, accounted for %d: %+v", p.Header.Counts.Read, sum, p.Header.Counts)
	}
	for name := range p.values {
		if p.Header.CoverageOf(collect.Key("racf/setropts").Join(name)).State == "" {
			t.Errorf("%s is not covered", name)
		}
	}
}
