package testdata

import (
	"bytes"
	"io/fs"
	"testing"

	"github.com/irondrift/irondrift/testdata/bank"
)

// The committed extracts are what package bank composes: no more, no less.
func TestExtractsAreWhatBankComposes(t *testing.T) {
	composed := map[string][]byte{}
	err := bank.Compose(func(name string, data []byte) error {
		if composed[name] != nil {
			t.Errorf("%s is composed twice", name)
		}
		composed[name] = data
		committed, err := Site.ReadFile("site/" + name)
		switch {
		case err != nil:
			t.Errorf("%v; run: go run ./testdata/generate", err)
		case !bytes.Equal(committed, data):
			t.Errorf("%s differs from what bank.Compose gives; run: go run ./testdata/generate", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	total := 0
	err = fs.WalkDir(Site, "site/extracts", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		total += int(info.Size())
		if composed[path[len("site/"):]] == nil {
			t.Errorf("%s is committed but not composed", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > 6_000_000 {
		t.Errorf("the extracts are %d bytes; keep the repository small, below 6 MB", total)
	}
}
