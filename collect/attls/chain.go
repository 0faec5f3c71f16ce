package attls

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// The chain of files: the main file names an image file for each stack, that
// one the policy file of the stack; a common policy comes before the stack's
// own. A file is known again by the last part of its path.

// anyStack stands for the stack when no file names one.
const anyStack = "*"

// assemble finds out which files make the policy of which stack, and what the
// part speaks for beside the stacks themselves.
func assemble(files []*policyFile, opts *collect.Options) (stacks []*stack, prefix collect.Coverage) {
	images, places := imagesOf(files)
	if len(images) == 0 {
		name := opts.Stack
		if name == "" {
			name = anyStack
		}
		s := &stack{name: name}
		var why []string
		for _, path := range namedPolicies(files) {
			if match(files, path) == nil {
				why = append(why, "the file "+path+" that it names was not collected")
			}
		}
		build(s, files, why)
		return []*stack{s}, collect.Coverage{Prefix: collect.NewKey("attls", name), State: s.state, Reason: s.why}
	}
	prefix = collect.Coverage{Prefix: "attls", State: collect.Complete}
	taken := map[*policyFile]bool{}
	plans := make([][]*policyFile, len(images))
	missing := make([][]string, len(images))
	for i, im := range images {
		plans[i], missing[i] = planOf(files, im)
		for _, f := range plans[i] {
			taken[f] = true
		}
		taken[places[i]] = true
		prefix = weaker(prefix, places[i])
	}
	// An extract that was renamed on the way: if only one stack lacks a file and
	// only one file is left over, they belong together.
	var rest []*policyFile
	for _, f := range files {
		if !taken[f] && holdsPolicy(f) {
			rest = append(rest, f)
		}
	}
	for i := range images {
		if len(images) == 1 && len(rest) == 1 && len(missing[i]) == 1 {
			plans[i], missing[i], rest = append(plans[i], rest...), nil, nil
		}
		s := &stack{name: images[i].stack}
		build(s, plans[i], missing[i])
		stacks = append(stacks, s)
	}
	for _, f := range rest {
		f.problem(place{file: f.base()}, "no TcpImage and TTLSConfig statement names this file, so it was passed over")
		prefix = collect.Coverage{Prefix: "attls", State: collect.Partial, Reason: "the file " + f.base() + " belongs to no stack"}
	}
	if prefix.State == collect.Complete {
		prefix.Reason = ""
	}
	return stacks, prefix
}

// weaker lowers a coverage to what a file allows.
func weaker(c collect.Coverage, f *policyFile) collect.Coverage {
	if c.State == collect.Complete || f.state == collect.Partial && c.State != collect.Partial {
		c.State, c.Reason = f.state, f.why
	}
	return c
}

func (f *policyFile) base() string { return filepath.Base(f.file.Name) }

// image is a TcpImage statement.
type image struct {
	stack string
	path  string // "" when the main file is the image file
	main  *policyFile
}

func imagesOf(files []*policyFile) (images []image, where []*policyFile) {
	for _, f := range files {
		for _, n := range f.top {
			low := strings.ToLower(n.keyword)
			if low != "tcpimage" && low != "pepinstance" || n.name() == "" {
				continue
			}
			im := image{stack: n.name(), main: f}
			if len(n.words) > 1 && !option(n.words[1]) {
				im.path = n.words[1]
			}
			if i := slices.IndexFunc(images, func(o image) bool { return o.stack == im.stack }); i >= 0 {
				images[i] = im
				continue
			}
			images, where = append(images, im), append(where, f)
		}
	}
	return images, where
}

// option reports whether a word behind a path position is an option.
func option(w string) bool {
	switch strings.ToUpper(w) {
	case "FLUSH", "NOFLUSH", "PURGE", "NOPURGE":
		return true
	}
	return w[0] >= '0' && w[0] <= '9'
}

// configPath returns the path of the last statement of a name in a file.
func configPath(f *policyFile, name string) (path string, found bool) {
	for _, n := range f.top {
		if strings.EqualFold(n.keyword, name) {
			path, found = "", true
			if n.name() != "" && !option(n.name()) {
				path = n.name()
			}
		}
	}
	return path, found
}

// planOf returns the files that make the policy of a stack, the common one
// first, and what is missing.
func planOf(files []*policyFile, im image) (plan []*policyFile, missing []string) {
	lacks := func(path string) {
		missing = append(missing, fmt.Sprintf("the file %s of stack %s was not collected", path, im.stack))
	}
	if path, ok := configPath(im.main, "CommonTTLSConfig"); ok && path != "" {
		if f := match(files, path); f != nil {
			plan = append(plan, f)
		} else {
			lacks(path)
		}
	}
	imageFile := im.main
	if im.path != "" {
		if imageFile = match(files, im.path); imageFile == nil {
			lacks(im.path)
			return plan, missing
		}
	}
	path, ok := configPath(imageFile, "TTLSConfig")
	switch {
	case !ok:
		// Without the statement the stack has no AT-TLS policy, whatever the
		// common file holds.
		return []*policyFile{imageFile}, nil
	case path != "":
		if f := match(files, path); f == nil {
			lacks(path)
		} else if !slices.Contains(plan, f) {
			plan = append(plan, f)
		}
	}
	if !slices.Contains(plan, imageFile) {
		plan = append(plan, imageFile)
	}
	return plan, missing
}

// namedPolicies returns the paths of the policy files that any file names.
func namedPolicies(files []*policyFile) []string {
	var out []string
	for _, f := range files {
		for _, name := range []string{"CommonTTLSConfig", "TTLSConfig"} {
			if path, ok := configPath(f, name); ok && path != "" {
				out = append(out, path)
			}
		}
	}
	return out
}

func holdsPolicy(f *policyFile) bool {
	return slices.ContainsFunc(f.top, func(n *node) bool { return n.kind != nil })
}

// match returns the file that a path names: /etc/pagent.d/tls.policy or
// //'SYS1.TCPPARMS(TTLS)'.
func match(files []*policyFile, path string) *policyFile {
	want := lastPart(path)
	for _, f := range files {
		if strings.EqualFold(f.base(), want) {
			return f
		}
	}
	stem := func(s string) string { return strings.TrimSuffix(s, filepath.Ext(s)) }
	for _, f := range files {
		if strings.EqualFold(stem(f.base()), stem(want)) {
			return f
		}
	}
	return nil
}

func lastPart(path string) string {
	path = strings.Trim(strings.TrimPrefix(path, "//"), "'")
	if i := strings.LastIndexByte(path, '('); i >= 0 && strings.HasSuffix(path, ")") {
		return path[i+1 : len(path)-1]
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

// build resolves the statements of files into the rules of a stack.
func build(s *stack, files []*policyFile, missing []string) {
	s.state = collect.Complete
	var tops []*node
	for _, f := range files {
		tops = append(tops, f.top...)
		if s.state == collect.Complete || f.state == collect.Partial && s.state != collect.Partial {
			s.state, s.why = f.state, f.why
		}
		for _, p := range f.problems {
			addLint(&s.lint, "L31 %s", p.text)
		}
		if s.at.file == "" {
			s.at = place{collect.Origin{File: f.file.Index(), Pos: 1}, f.base()}
		}
	}
	if len(missing) > 0 {
		s.state, s.why = collect.Partial, strings.Join(missing, "; ")
	}
	reason := ""
	if s.state == collect.Partial {
		reason = s.why
	}
	d := define(tops, reason)
	for _, n := range tops {
		switch {
		case n.kind != nil && !n.block:
			addLint(&s.lint, "L31 %s has no block", describe(n))
			s.state, s.why = collect.Partial, describe(n)+" has no block"
		case n.kind != nil && n.name() == "":
			addLint(&s.lint, "L31 a %s at the top has no name", n.kind.name)
		case n.kind != nil && n.kind.name != stRule && len(n.name()) > maxName:
			addLint(&s.lint, "L14 the name of %s is longer than %d characters, which the Policy Agent refuses", describe(n), maxName)
		case n.kind == nil && (n.block || len(n.words) == 1):
			if hint := suggest(n, statementNames()); strings.HasSuffix(hint, "meant?") {
				addLint(&s.lint, "L06 unknown statement%s", hint)
			}
		}
	}
	rules, lint := d.rules()
	s.rules = rules
	s.lint = append(append(s.lint, lint...), d.unused()...)
	findShadows(s.rules)
}
