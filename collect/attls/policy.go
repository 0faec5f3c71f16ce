package attls

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Policy returns the source attls-policy: Policy Agent files with AT-TLS
// statements. Give it the policy file, or all files of the chain: the main file
// (pagent.conf), the image file of each stack, and the policy files they name.
// With [collect.Options.Release] the defaults of that release fill in what the
// text does not say.
func Policy() collect.Source { return policySource{} }

type policySource struct{}

func (policySource) Info() collect.Info {
	return collect.Info{
		Name: "attls-policy", Platform: "zos", Title: "AT-TLS policy (Policy Agent files)",
		View: collect.Configured, Prefixes: []collect.Key{"attls"}, Secrets: true,
	}
}

func (policySource) Recognise(head *collect.Head) collect.Confidence {
	if head.Text == nil || bytes.Contains(head.Text, []byte("pasearch CS")) {
		return collect.No
	}
	blocks, config := 0, 0
	var words []string
	for line := range bytes.Lines(head.Text) {
		words = fields(string(line), words[:0])
		if len(words) < 2 {
			continue
		}
		low := strings.ToLower(words[0])
		switch {
		case strings.HasPrefix(low, "ttls") && statementByName[low] != nil:
			blocks++
		case configStatements[low]:
			config++
		}
	}
	switch {
	case blocks > 0:
		return collect.Certain
	case config > 0:
		return collect.Likely
	}
	return collect.No
}

func (policySource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	rel, err := releaseOf(opts)
	if err != nil {
		return err
	}
	var read []*policyFile
	statements := 0
	for _, f := range files {
		p, err := readPolicy(ctx, f, opts)
		if err != nil {
			return err
		}
		statements += p.statements
		read = append(read, p)
	}
	if statements == 0 {
		return &collect.Error{File: files[0].Name, Offset: 0,
			Err:    fmt.Errorf("%w: holds no AT-TLS statement", collect.ErrNotRecognised),
			Advice: "give the policy file that the TTLSConfig statement names, as text in code page 1047 or ASCII; pasearch output belongs to the source attls-pasearch"}
	}
	rec := out.Part("")
	stacks, prefix := assemble(read, opts)
	for _, s := range stacks {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.release = rel
		if err := emit(rec, s); err != nil {
			return err
		}
	}
	rec.Cover(prefix)
	for _, p := range read {
		account(rec, p)
	}
	return nil
}

// releaseOf reads the release that the configuration gives.
func releaseOf(opts *collect.Options) (release, error) {
	if opts.Release == "" {
		return 0, nil
	}
	rel, ok := parseRelease(opts.Release)
	if !ok {
		return 0, &collect.Error{Offset: -1, Err: errors.New("the z/OS release in the configuration is not a release"), Advice: "write it as 2.5 or 3.1"}
	}
	return rel, nil
}

// account hands the counts and oddities of a file to the recorder. Lines of a
// definition that repeats an earlier one word for word are duplicates.
func account(rec *collect.Recorder, p *policyFile) {
	duplicate := int64(0)
	seen := map[uint64]bool{}
	seed := maphash.MakeSeed()
	for _, n := range p.top {
		if n.kind == nil || !n.block || n.name() == "" {
			continue
		}
		id := maphash.String(seed, canonical(n))
		if seen[id] {
			duplicate += n.whole
		}
		seen[id] = true
	}
	rec.Read(p.read)
	rec.Used(p.used - duplicate)
	rec.Duplicate(duplicate)
	for reason, n := range p.ignored {
		rec.Ignored(reason, n)
	}
	for _, u := range p.unknowns() {
		more := ""
		if u.times > 1 {
			more = fmt.Sprintf(", here and in %d more places", u.times-1)
		}
		rec.Warn(p.file, u.at.origin.Pos, u.at.origin.Offset, "%s is not known and is passed over%s", u.what, more)
	}
	for _, o := range p.problems {
		rec.Warn(p.file, o.at.origin.Pos, o.at.origin.Offset, "%s", o.text)
	}
}
