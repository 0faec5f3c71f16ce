// Command generate rewrites the example site's extracts.
//
// Run it from the root of the repository:
//
//	go run ./testdata/generate
//
// It writes what bank.Compose composes to testdata/site/extracts and leaves the
// rest of testdata/site alone. The files are committed, and a test fails when
// they differ from what bank.Compose gives; so run this after every change to
// package bank or compose and commit both together.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/irondrift/irondrift/testdata/bank"
)

const site = "testdata/site"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	if _, err := os.Stat(site); err != nil {
		return fmt.Errorf("%w (run this from the root of the repository)", err)
	}
	if err := os.RemoveAll(filepath.Join(site, "extracts")); err != nil {
		return err
	}
	return bank.Compose(func(name string, data []byte) error {
		path := filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		fmt.Printf("%9d %s\n", len(data), name)
		return os.WriteFile(path, data, 0o644)
	})
}
