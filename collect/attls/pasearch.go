package attls

import (
	"bytes"
	"context"
	"fmt"

	"github.com/irondrift/irondrift/collect"
)

// Pasearch returns the source attls-pasearch: the report of the command
// pasearch -t, which shows the AT-TLS policy in force with every default filled
// in. Its keys are those of attls-policy.
func Pasearch() collect.Source { return pasearchSource{} }

type pasearchSource struct{}

func (pasearchSource) Info() collect.Info {
	return collect.Info{
		Name: "attls-pasearch", Platform: "zos", Title: "AT-TLS policy in force (pasearch -t)",
		View: collect.Active, Prefixes: []collect.Key{"attls"}, Secrets: true,
	}
}

func (pasearchSource) Recognise(head *collect.Head) collect.Confidence {
	switch {
	case bytes.Contains(head.Text, []byte("TCP/IP pasearch CS")):
		return collect.Certain
	case bytes.Contains(head.Text, []byte("policyRule:")) && bytes.Contains(head.Text, []byte("ActionType:")):
		return collect.Likely
	}
	return collect.No
}

func (pasearchSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	given, err := releaseOf(opts)
	if err != nil {
		return err
	}
	rec := out.Part("")
	found := map[string]bool{}
	for _, f := range files {
		r, state, why, err := readListing(ctx, f, opts)
		if err != nil {
			return err
		}
		if len(r.stacks) == 0 {
			return &collect.Error{File: f.Name, Offset: 0,
				Err:    fmt.Errorf("%w: is not the output of pasearch", collect.ErrNotRecognised),
				Advice: "capture what pasearch -t prints; the Policy Agent file itself belongs to the source attls-policy"}
		}
		for i, s := range r.stacks {
			if s.name == anyStack && opts.Stack != "" {
				s.name = opts.Stack
			}
			if found[s.name] {
				return &collect.Error{File: f.Name, Offset: 0,
					Err:    fmt.Errorf("%w: stack %s is in two files", collect.ErrTwoValues, s.name),
					Advice: "give the newest listing of each stack only"}
			}
			found[s.name] = true
			if s.release == 0 {
				s.release = given
			}
			s.state, s.why = state, why
			if i < len(r.stacks)-1 && state == collect.Open {
				// Another report follows, so this one did not end with the file.
				s.why = "nothing proves that the listing is complete (no capture header)"
			}
			for _, l := range s.rules {
				if l.doubt != "" {
					s.state, s.why = collect.Partial, "rule "+l.name+": "+l.doubt
				}
			}
			findShadows(s.rules)
			if err := emit(rec, s); err != nil {
				return err
			}
		}
		rec.Read(r.read)
		rec.Used(r.used)
		rec.Duplicate(r.duplicate)
		for reason, n := range r.ignored {
			rec.Ignored(reason, n)
		}
	}
	return nil
}
