package rules

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// The packs are built in as files, so that what is judged with can be read.
// Without "all:" the manifest would be left out, silently.
//
//go:embed all:packs
var packFiles embed.FS

// Pack is a loaded and compiled rule pack. It does not change and may be used
// by several goroutines.
type Pack struct {
	Info      PackInfo
	Catalogue *Catalogue // of the requirements of Info.Standard
	checks    []*check
	fsys      fs.FS
	supplied  map[string]bool       // "zvm/MAINT": user ids that come with a platform
	accepted  map[string][]accepted // findings that the pack has a reason for, by platform
}

// check is one rule package, compiled.
type check struct {
	Check
	pack    *Pack
	meta    *metadata
	pat     pattern
	keys    []keyPattern
	facts   []factNeed
	zonesOf int // index in keys of peer_networks for the fact "zones", else -1
	query   rego.PreparedEvalQuery
	defines []string // of deny, warn, no_data, not_applicable, pass
	// incomplete asks why the list of entities may lack some; it is asked once
	// for a system. Nil when the check does not define it.
	incomplete *rego.PreparedEvalQuery
}

type factNeed struct {
	name     string
	capture  string // of a templated fact name/<capture>
	required bool
}

// Packs returns the built-in packs, sorted by name.
var Packs = sync.OnceValues(func() ([]*Pack, error) {
	entries, err := packFiles.ReadDir("packs")
	if err != nil {
		return nil, err
	}
	var out []*Pack
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		sub, err := fs.Sub(packFiles, "packs/"+e.Name())
		if err != nil {
			return nil, err
		}
		p, err := Load(sub)
		if err != nil {
			return nil, fmt.Errorf("built-in pack %s: %w", e.Name(), err)
		}
		out = append(out, p)
	}
	return out, nil
})

// Load reads, checks and compiles a pack. Every rule is compiled against the
// schema of its own input, with deterministic built-ins only.
func Load(fsys fs.FS) (*Pack, error) {
	b, err := readBundle(fsys)
	if err != nil {
		return nil, err
	}
	p := &Pack{fsys: fsys}
	name, _ := b.Manifest.Metadata["name"].(string)
	standard, _ := b.Manifest.Metadata["standard"].(string)
	if name == "" || standard == "" {
		return nil, errors.New(".manifest: metadata must hold name and standard")
	}
	p.Info = PackInfo{Name: name, Revision: b.Manifest.Revision, Standard: standard}
	if p.Info.Digest, err = digestFiles(fsys); err != nil {
		return nil, err
	}
	if p.Catalogue, err = readCatalogue(fsys, standard); err != nil {
		return nil, err
	}
	if p.supplied, err = suppliedNames(b); err != nil {
		return nil, err
	}
	if p.accepted, err = acceptedEntries(b); err != nil {
		return nil, err
	}
	store := inmem.NewFromObjectWithOpts(b.Data, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
	shared := map[string]*ast.Module{}
	var own []bundle.ModuleFile
	for _, m := range b.Modules {
		switch {
		case strings.HasSuffix(m.Path, "_test.rego"):
		case packageAnnotation(m.Parsed) != nil && packageAnnotation(m.Parsed).Custom["id"] != nil:
			own = append(own, m)
		default:
			shared[m.Path] = m.Parsed
		}
	}
	var problems []error
	seen := map[string]string{}
	for _, m := range own {
		c, err := p.compile(m, shared, store)
		if err == nil && seen[c.ID] != "" {
			err = fmt.Errorf("id %s is also that of %s", c.ID, seen[c.ID])
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", strings.TrimPrefix(m.Path, "/"), err))
			continue
		}
		seen[c.ID] = strings.TrimPrefix(m.Path, "/")
		p.checks = append(p.checks, c)
	}
	if len(problems) == 0 && len(p.checks) == 0 {
		problems = append(problems, errors.New("holds no check"))
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("rule pack %s: %w", name, errors.Join(problems...))
	}
	slices.SortFunc(p.checks, func(a, b *check) int { return compareNatural(a.ID, b.ID) })
	if err := p.checkAccepted(); err != nil {
		return nil, fmt.Errorf("rule pack %s: %w", name, err)
	}
	return p, nil
}

func readBundle(fsys fs.FS) (*bundle.Bundle, error) {
	loader, err := bundle.NewFSLoader(fsys)
	if err != nil {
		return nil, err
	}
	b, err := bundle.NewCustomReader(loader).
		WithProcessAnnotations(true). // without it there is no metadata
		WithSkipBundleVerification(true).
		WithRegoVersion(ast.RegoV1).
		WithCapabilities(capabilities()).
		Read()
	if err != nil {
		return nil, fmt.Errorf("not an OPA bundle: %w", err)
	}
	return &b, nil
}

// capabilities leaves out every built-in that could give two answers for one
// input: clocks, the network, randomness.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(slices.Clone(c.Builtins), func(b *ast.Builtin) bool { return b.Nondeterministic })
	c.AllowNet = []string{}
	return c
})

// suppliedNames reads the table of user ids that vendors ship, which the engine
// looks up for the fact "supplied": rules do not see names.
func suppliedNames(b *bundle.Bundle) (map[string]bool, error) {
	out := map[string]bool{}
	at, _ := b.Manifest.Metadata["tables"].(string)
	if at == "" {
		return out, nil
	}
	table := b.Data
	for _, s := range append(strings.Split(at, "/"), "supplied") {
		next, ok := table[s].(map[string]any)
		if !ok {
			return nil, fmt.Errorf(".manifest: tables: %s holds no object supplied", at)
		}
		table = next
	}
	for platform, v := range table {
		names, ok := texts(v)
		if !ok {
			return nil, fmt.Errorf("table supplied: %s is not a list of names", platform)
		}
		for _, n := range names {
			out[platform+"/"+n] = true
		}
	}
	return out, nil
}

func packageAnnotation(m *ast.Module) *ast.Annotations {
	for _, a := range m.Annotations {
		if a.Scope == "package" {
			return a
		}
	}
	return nil
}

func (p *Pack) compile(m bundle.ModuleFile, shared map[string]*ast.Module, store storage.Store) (*check, error) {
	a := packageAnnotation(m.Parsed)
	meta, err := decodeMetadata(a)
	if err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	c := &check{pack: p, meta: meta, zonesOf: -1}
	if c.pat, err = parsePattern(meta.Entity); err != nil {
		return nil, err
	}
	if err := c.declare(); err != nil {
		return nil, err
	}
	for standard, numbers := range meta.Requirements {
		if standard != p.Info.Standard {
			continue
		}
		for _, n := range numbers {
			if _, ok := p.Catalogue.Lookup(n); !ok {
				return nil, fmt.Errorf("requirement %q is not in the catalogue of %s", n, standard)
			}
		}
	}
	c.Check = Check{
		ID: meta.ID, Package: m.Parsed.Package.Path.String(), Pack: p.Info.Name, Title: a.Title,
		Description: strings.TrimSpace(a.Description), Severity: meta.Severity, Basis: meta.Basis, Cover: meta.Cover,
		Requirements: meta.Requirements, Platforms: meta.Platforms, Entity: meta.Entity,
		Facts: slices.Concat(meta.Facts.Required, meta.Facts.Optional), Parameters: meta.Parameters,
		Remediation: strings.TrimSpace(meta.Remediation), Limits: strings.TrimSpace(meta.Limits),
	}
	for _, k := range c.keys {
		if k.required {
			c.Required = append(c.Required, k.full)
		} else if !slices.Contains(c.Optional, k.full) {
			c.Optional = append(c.Optional, k.full)
		}
	}
	return c, c.prepare(m, shared, store)
}

// declare resolves the keys, facts and platforms of the metadata.
func (c *check) declare() error {
	for _, list := range []struct {
		names    []string
		required bool
	}{{c.meta.Keys.Required, true}, {c.meta.Keys.Optional, false}} {
		for _, name := range list.names {
			k, err := parseKeyPattern(&c.pat, name, list.required)
			if err != nil {
				return err
			}
			c.keys = append(c.keys, k)
		}
	}
	for _, name := range c.meta.Keys.List {
		k, err := parseKeyPattern(&c.pat, name, false)
		if err != nil {
			return err
		}
		if k.list = true; !k.absolute {
			return fmt.Errorf("key %q: a key that speaks about the list of entities is absolute", name)
		}
		c.keys = append(c.keys, k)
	}
	if len(c.keys) == 0 {
		return errors.New("reads no key")
	}
	for name, list := range c.meta.NoData {
		i := slices.IndexFunc(c.keys, func(k keyPattern) bool { return k.name == name && k.required })
		if i < 0 {
			return fmt.Errorf("no_data: %q is not a required key", name)
		}
		c.keys[i].noData = list
	}
	for name, list := range c.meta.Only {
		i := slices.IndexFunc(c.keys, func(k keyPattern) bool { return k.name == name })
		if i < 0 {
			return fmt.Errorf("only: %q is not a key that is read", name)
		}
		c.keys[i].only = map[string]bool{}
		for _, member := range list {
			c.keys[i].only[member] = true
		}
	}
	for _, name := range c.meta.Captures {
		if !c.pat.hasCapture(name) {
			return fmt.Errorf("capture %q is not in the entity %s", name, c.meta.Entity)
		}
	}
	for i, name := range slices.Concat(c.meta.Facts.Required, c.meta.Facts.Optional) {
		f := factNeed{name: name, required: i < len(c.meta.Facts.Required)}
		if head, tail, ok := strings.Cut(name, "/<"); ok {
			f.name, f.capture = head, strings.TrimSuffix(tail, ">")
			if !c.pat.hasCapture(f.capture) {
				return fmt.Errorf("fact %q: the entity %s has no such capture", name, c.meta.Entity)
			}
		}
		if need := engineFacts[f.name].needsCapture; need != "" && !c.pat.hasCapture(need) {
			return fmt.Errorf("fact %s needs an entity with <%s>", f.name, need)
		}
		if need := engineFacts[f.name].needsKey; need != "" {
			if c.zonesOf = slices.IndexFunc(c.keys, func(k keyPattern) bool { return k.name == need }); c.zonesOf < 0 {
				return fmt.Errorf("fact %s is computed from the key %s, which is not declared", f.name, need)
			}
		}
		c.facts = append(c.facts, f)
	}
	if c.meta.Platforms == nil {
		c.meta.Platforms = platformsOf[string(c.pat.prefix.Head(1))]
	}
	if len(c.meta.Platforms) == 0 {
		return fmt.Errorf("entity %q: first segment is not a namespace", c.meta.Entity)
	}
	return nil
}

// prepare compiles the module of a check together with the shared ones.
func (c *check) prepare(m bundle.ModuleFile, shared map[string]*ast.Module, store storage.Store) error {
	modules := map[string]*ast.Module{m.Path: m.Parsed}
	addUsed(modules, m.Parsed, shared)
	// The compiler rewrites modules in place; every check has its own copy.
	for name, mod := range modules {
		modules[name] = mod.Copy()
	}
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, c.inputSchema())
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithSchemas(schemas).WithStrict(true)
	if compiler.Compile(modules); compiler.Failed() {
		return compiler.Errors
	}
	var query []string
	for _, name := range []string{"deny", "warn", "no_data", "not_applicable", "pass"} {
		if definesRule(m.Parsed, name) {
			c.defines = append(c.defines, name)
			query = append(query, name+" = "+c.Package+"."+name)
		}
	}
	if len(query) == 0 {
		return errors.New("defines none of deny, warn, no_data, not_applicable, pass")
	}
	ask := func(query string) (rego.PreparedEvalQuery, error) {
		return rego.New(
			rego.Compiler(compiler), rego.Store(store), rego.Query(query),
			rego.StrictBuiltinErrors(true), // a failing built-in must not look like "nothing denied"
		).PrepareForEval(context.Background())
	}
	var err error
	if c.query, err = ask(strings.Join(query, "; ")); err != nil || !definesRule(m.Parsed, "incomplete") {
		return err
	}
	if len(c.meta.Keys.List) == 0 {
		return errors.New("incomplete is asked without an entity and sees the keys under list only, of which there is none")
	}
	list, err := ask("incomplete = " + c.Package + ".incomplete")
	c.incomplete = &list
	return err
}

// addUsed adds the shared modules that a module names, and those that these
// name. The others would only take time to compile.
func addUsed(modules map[string]*ast.Module, m *ast.Module, shared map[string]*ast.Module) {
	ast.WalkRefs(m, func(ref ast.Ref) bool {
		for name, s := range shared {
			if modules[name] == nil && (ref.HasPrefix(s.Package.Path) || s.Package.Path.HasPrefix(ref)) {
				modules[name] = s
				addUsed(modules, s, shared)
			}
		}
		return false
	})
}

// definesRule reports whether a module has a rule of a name.
func definesRule(m *ast.Module, name string) bool {
	return slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool {
		return r.Head.Name.String() == name || r.Head.Ref()[0].String() == name
	})
}

// digestFiles identifies a pack by the names and contents of all its files.
func digestFiles(fsys fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%s %d\n", name, len(b))
		h.Write(b)
		return nil
	})
	return "sha256:" + hex.EncodeToString(h.Sum(nil)), err
}

// Checks returns what every check of the pack declares, in natural order.
func (p *Pack) Checks() []Check {
	out := make([]Check, len(p.checks))
	for i, c := range p.checks {
		out[i] = c.Check
	}
	return out
}
