package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/irondrift/irondrift"

// stages is the line along which data flows. Each stage imports only what lies
// to its left.
var stages = []string{"collect", "baseline", "rules", "reports", "cmd"}

// homes says in which folders a third-party package may be imported. Tests may
// use more, see testHomes.
var homes = map[string][]string{
	"golang.org/x/text":                        {"collect", "testdata"},
	"github.com/klauspost/compress":            {"collect"},
	"gopkg.in/yaml.v3":                         {"collect", "baseline", "cmd"},
	"github.com/r3labs/diff/v3":                {"baseline"},
	"golang.org/x/mod":                         {"baseline"},
	"github.com/open-policy-agent/opa":         {"rules"},
	"github.com/jedib0t/go-pretty/v6":          {"reports", "cmd"},
	"github.com/CycloneDX/cyclonedx-go":        {"reports"},
	"cel.dev/cel-go":                           {"cmd"},
	"github.com/spf13/cobra":                   {"cmd"},
	"golang.org/x/term":                        {"cmd"},
	"golang.org/x/sync":                        {"collect", "baseline", "rules", "cmd"},
	"github.com/rogpeppe/go-internal":          {"cmd"},
	"github.com/santhosh-tekuri/jsonschema/v6": {"reports", "rules"},
	"github.com/google/go-cmp":                 {"collect", "baseline", "rules", "reports", "cmd"},
}

// testOnly are packages that only tests may import.
var testOnly = []string{"github.com/rogpeppe/go-internal", "github.com/santhosh-tekuri/jsonschema/v6", "github.com/google/go-cmp"}

func TestLayout(t *testing.T) {
	root := repoRoot(t)
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"cmd", "collect", "baseline", "rules", "reports", "testdata", "docs"}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) && !ignoredFolder(e.Name()) {
			t.Errorf("folder %s: the top-level folders are %s", e.Name(), strings.Join(allowed, ", "))
		}
	}
	packages := map[string]bool{} // folder -> has a package comment
	eachGoFile(t, root, func(file string, f *ast.File) {
		dir := filepath.ToSlash(filepath.Dir(file))
		if !strings.HasSuffix(file, "_test.go") {
			packages[dir] = packages[dir] || f.Doc != nil && len(f.Doc.Text()) > 40
		}
		for _, imp := range f.Imports {
			path, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			checkImport(t, file, path)
		}
	})
	for dir, documented := range packages {
		if !documented {
			t.Errorf("package %s has no package comment", dir)
		}
	}
}

func checkImport(t *testing.T, file, path string) {
	stage, _, _ := strings.Cut(filepath.ToSlash(file), "/")
	test := strings.HasSuffix(file, "_test.go")
	if own, ok := strings.CutPrefix(path, module+"/"); ok {
		to, _, _ := strings.Cut(own, "/")
		from, target := slices.Index(stages, stage), slices.Index(stages, to)
		switch {
		case to == "testdata":
			// Tests, the generator and the demo use the example site.
			if !test && stage != "testdata" && stage != "cmd" {
				t.Errorf("%s imports %s: only tests and cmd may", file, path)
			}
		case stage == "testdata":
			t.Errorf("%s imports %s: the example site is composed without the parsers", file, path)
		case target > from:
			t.Errorf("%s imports %s: data flows %s", file, path, strings.Join(stages, " -> "))
		}
		return
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return // standard library
	}
	for prefix, where := range homes {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			if !slices.Contains(where, stage) {
				t.Errorf("%s imports %s: its home is %s", file, path, strings.Join(where, ", "))
			}
			if slices.Contains(testOnly, prefix) && !test {
				t.Errorf("%s imports %s: only tests may", file, path)
			}
			return
		}
	}
	t.Errorf("%s imports %s, which has no home in this test", file, path)
}

func eachGoFile(t *testing.T, root string, visit func(string, *ast.File)) {
	t.Helper()
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || ignoredFolder(d.Name())) {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		visit(rel, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ignoredFolder names folders that git ignores.
func ignoredFolder(name string) bool { return name == "irondrift-demo" || name == "dist" }

// repoRoot is the folder that holds go.mod.
func repoRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = parent
	}
}
