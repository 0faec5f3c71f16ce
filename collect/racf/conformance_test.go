package racf_test

import (
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
	"github.com/irondrift/irondrift/collect/racf"
)

func TestConformance(t *testing.T) {
	auditor, basic := options(true).List(layout()), options(false).List(layout())
	sourcetest.Run(t, sourcetest.Suite{
		Source: racf.Setropts(),
		Inputs: map[string][]byte{
			"sample a":  sample(t, "setropts-list-a.xml"),
			"sample b":  sample(t, "setropts-list-b.xml"),
			"extract a": sample(t, "setropts-extract-a.json"),
			"auditor":   auditor,
			"basic":     basic,
			"capture":   captured(auditor),
			"batch":     batch(auditor),
			"spool":     spool(auditor),
			"xml":       inXML(auditor),
			"narrow":    options(true).List(narrow()),
			"ebcdic":    inEBCDIC(auditor),
			"pairs":     captured(inPairs(t, auditor)),
			"open":      inPairs(t, auditor),
			"racseq":    inRACSEQ(t, auditor),
			"binary":    inBinary(t, auditor),
			"cards":     cards(options(false).List(layout())),
		},
		SameAs: map[string]string{
			"capture": "auditor", "batch": "auditor", "spool": "auditor", "xml": "auditor", "narrow": "auditor", "ebcdic": "auditor",
			"cards": "basic", "racseq": "binary", "pairs": "binary",
		},
		Damaged: map[string]sourcetest.Damage{
			"refused":        {Data: []byte("READY\n SETROPTS LIST\nICH14006I RACF IS NOT ACTIVE\nREADY\nEND\n"), Is: racf.ErrCommandFailed},
			"ascii binary":   {Data: []byte("RXTR\x00\x00\x1d\xf2    \x00\x01BASE    Y\x00\x48"), Is: collect.ErrDamaged},
			"refused sear":   {Data: []byte(`{"errors":["sear: unable to extract 'racf-options'"],"return_codes":{"saf_return_code":4}}`), Is: racf.ErrCommandFailed},
			"cut binary":     {Data: inBinary(t, auditor)[:20], Is: collect.ErrDamaged},
			"other JSON":     {Data: []byte(`{"items": [1, 2, 3]}` + "\n"), Is: collect.ErrNotRecognised},
			"blank listing":  {Data: []byte("\n   \n"), Is: collect.ErrEmpty},
			"cut JSON":       {Data: []byte(`{"profile": {"base": {"base:active_cl`), Is: collect.ErrDamaged},
			"other XML":      {Data: []byte("<?xml version=\"1.0\"?>\n<note><to>you</to></note>\n"), Is: collect.ErrNotRecognised},
			"XML of refusal": {Data: []byte(`<?xml version="1.0" encoding="IBM-1047"?><securityresult><systemsettings><command><safreturncode>8</safreturncode><returncode>8</returncode></command></systemsettings></securityresult>`), Is: racf.ErrCommandFailed},
		},
	})
}

func TestConformanceVM(t *testing.T) {
	listing := options(true).List(layout())
	console := append(append([]byte("rac setropts list\n"), listing...), "Ready; T=0.02/0.03 02:05:11\n"...)
	sourcetest.Run(t, sourcetest.Suite{
		Source: racf.SetroptsVM(),
		Inputs: map[string][]byte{"console": console, "console in EBCDIC": inEBCDIC(console)},
		SameAs: map[string]string{"console in EBCDIC": "console"},
	})
}
