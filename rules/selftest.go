package rules

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestReport is the outcome of a pack's own Rego tests.
type TestReport struct {
	Pack   PackInfo
	Tests  []TestResult // sorted by package and name
	Failed int
	// Untested are the ids of checks without a single test in the package
	// named after theirs with "_test" behind it.
	Untested []string
}

// TestResult is the outcome of one test_... rule.
type TestResult struct {
	Package string // data.irondrift.pci.U11_test
	Name    string
	File    string
	Line    int
	Pass    bool
	Reason  string // why it did not pass
	Took    time.Duration
}

// TestPack loads a pack, as every use of it does, and runs the tests that it
// carries: the same ones that "opa test -b" runs.
func TestPack(ctx context.Context, fsys fs.FS) (*TestReport, error) {
	p, err := Load(fsys)
	if err != nil {
		return nil, err
	}
	b, err := readBundle(fsys)
	if err != nil {
		return nil, err
	}
	modules := map[string]*ast.Module{}
	for _, m := range b.Modules {
		modules[m.Path] = m.Parsed
	}
	store := inmem.NewFromObjectWithOpts(b.Data, inmem.OptRoundTripOnWrite(false))
	report := &TestReport{Pack: p.Info}
	err = storage.Txn(ctx, store, storage.TransactionParams{}, func(txn storage.Transaction) error {
		compiler := ast.NewCompiler().WithCapabilities(capabilities())
		runner := tester.NewRunner().SetCompiler(compiler).SetStore(store).SetModules(modules).RaiseBuiltinErrors(true)
		results, err := runner.RunTests(ctx, txn)
		if err != nil {
			return err
		}
		for r := range results {
			report.add(r)
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("test rule pack %s: %w", p.Info.Name, err)
	}
	slices.SortFunc(report.Tests, func(a, b TestResult) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Name, b.Name), a.Line-b.Line)
	})
	for _, c := range p.checks {
		if !slices.ContainsFunc(report.Tests, func(t TestResult) bool { return t.Package == c.Package+"_test" }) {
			report.Untested = append(report.Untested, c.ID)
		}
	}
	return report, nil
}

func (r *TestReport) add(t *tester.Result) {
	out := TestResult{Package: t.Package, Name: t.Name, Took: t.Duration, Pass: !t.Fail && t.Error == nil && !t.Skip}
	if t.Location != nil {
		out.File, out.Line = strings.TrimPrefix(t.Location.File, "/"), t.Location.Row
	}
	switch {
	case t.Error != nil:
		out.Reason = t.Error.Error()
	case t.Skip:
		out.Reason = "skipped"
	case t.Fail && t.FailedAt != nil:
		out.Reason = fmt.Sprintf("line %d is not true: %s", t.FailedAt.Location.Row, t.FailedAt.String())
	case t.Fail:
		out.Reason = "is not true"
	}
	if !out.Pass {
		r.Failed++
	}
	r.Tests = append(r.Tests, out)
}

// Test runs the tests of a loaded pack, see [TestPack].
func (p *Pack) Test(ctx context.Context) (*TestReport, error) { return TestPack(ctx, p.fsys) }
