package rules

import "testing"

func TestBuiltinPack(t *testing.T) {
	packs, err := Packs()
	if err != nil {
		t.Fatal(err)
	}
	if len(packs) != 1 || packs[0].Info.Name != "pci-dss-4.0.1" || packs[0].Info.Revision == "" {
		t.Fatalf("packs: %+v", packs[0].Info)
	}
	if n := len(packs[0].Catalogue.All()); n != 260 {
		t.Errorf("the catalogue has %d requirements, want 260", n)
	}
}
