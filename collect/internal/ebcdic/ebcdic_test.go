package ebcdic

import "testing"

// The same bytes in the code pages of several countries; 0xC1, 0xF1 and 0x4B mean
// the same in all.
func TestPages(t *testing.T) {
	in := []byte{0xC1, 0xF1, 0x4B, 0x4A, 0x4F, 0x5A, 0x5B, 0x7B, 0x7C, 0xB5, 0x9F, 0xC0, 0xD0}
	for name, want := range map[string]string{
		"037":  "A1.¢|!$#@§¤{}",
		"1140": "A1.¢|!$#@§€{}",
		"500":  "A1.[!]$#@§¤{}",
		"1148": "A1.[!]$#@§€{}",
		"273":  "A1.Ä!Ü$#§@¤äü",
		"1141": "A1.Ä!Ü$#§@€äü",
	} {
		p, err := Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.String(in); got != want || p.Name != name {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if _, err := Lookup("290"); err == nil {
		t.Error("code page 290 is not built in")
	}
}
