package ebcdic

import "testing"

func TestPages(t *testing.T) {
	// Letters and digits are the same everywhere, brackets and currency are not.
	for name, want := range map[string]string{"1047": "AZ09[]¤", "037": "AZ09Ý¨¤", "1140": "AZ09Ý¨€"} {
		p, err := Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.String([]byte{0xC1, 0xE9, 0xF0, 0xF9, 0xAD, 0xBD, 0x9F, 0x40, 0x40, 0x00}); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if _, err := Lookup("273"); err == nil {
		t.Error("code page 273 is known")
	}
}

func TestLooks(t *testing.T) {
	for text, want := range map[string]bool{
		"\xE4\xE2\xC5\xD9\x40\xD4\xC1\xC9\xD5\xE3\x40\x40": true, // USER MAINT
		"USER MAINT NOLOG":            false,
		"@@@@ @@@":                    false,
		"\x00\x01\x02\x03":            false,
		"M\xC3\xBCller Stra\xC3\x9Fe": false,
	} {
		if Looks([]byte(text)) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
