package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect/zert"
	"github.com/irondrift/irondrift/rules"
)

// enforcePolicy makes the preview of the policy in a file, or of that in the
// configuration.
func (a *app) enforcePolicy(ctx context.Context, file string) (*preview, error) {
	if strings.EqualFold(filepath.Ext(file), ".rego") {
		return a.regoPreview(ctx, file)
	}
	cfg, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	if file == "" && cfg.Enforcement.Policy != "" {
		if file = cfg.path(cfg.Enforcement.Policy, ""); strings.EqualFold(filepath.Ext(file), ".rego") {
			return a.regoPreview(ctx, file)
		}
	}
	p := &preview{why: "rule"}
	switch {
	case file != "":
		f, err := openInput(file, a.stdin)
		if err != nil {
			return nil, err
		}
		if p.rules, p.odd, err = readEnforcePolicy(ctx, f, &cfg.Enforcement); err != nil {
			return nil, err
		}
	case len(cfg.Enforcement.Accepted) > 0:
		if p.rules, p.odd, err = cfg.acceptedRules(a.now()); err != nil {
			return nil, withStatus(exitUsage, err)
		}
	default:
		for i := range cfg.Enforcement.Rules {
			r, err := cfg.Enforcement.Rules[i].compile()
			if err != nil {
				return nil, withStatus(exitUsage, err)
			}
			p.rules = append(p.rules, r)
		}
	}
	if len(p.rules) == 0 {
		return nil, usageError("zert_enforcement in the configuration lists them, or the protections that you accept; or --policy names a Rego or Policy Agent file", "there are no enforcement rules")
	}
	p.decide = func(_ context.Context, s *zert.Session) (decision, error) { return decide(p.rules, s) }
	return p, nil
}

// maxRego bounds a policy file, so that a dump named in its place is not read.
const maxRego = 1 << 20

// regoPreview makes the preview of a policy in Rego.
func (a *app) regoPreview(ctx context.Context, file string) (*preview, error) {
	f, err := openInput(file, a.stdin)
	if err != nil {
		return nil, err
	}
	stream, err := f.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	text, err := io.ReadAll(io.LimitReader(stream, maxRego+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxRego {
		return nil, usageError("", "%s: is larger than any policy", file)
	}
	policy, err := rules.CompileEnforcement(filepath.Base(file), string(text))
	if err != nil {
		return nil, withStatus(exitUsage, err)
	}
	return &preview{why: "reason", reads: policy.Reads(), decide: func(ctx context.Context, s *zert.Session) (decision, error) {
		return regoDecision(ctx, policy, s)
	}}, nil
}

// regoDecision asks a policy about a session.
func regoDecision(ctx context.Context, policy *rules.Enforcement, s *zert.Session) (decision, error) {
	if s.Transport != "tcp" {
		return decision{notTCP, "-", "-"}, nil
	}
	r, err := policy.Decide(ctx, s)
	switch {
	case err != nil:
		return decision{}, err
	case len(r.Unknown) > 0:
		return decision{cannotTell, "-", strings.Join(r.Unknown, "; ")}, nil
	case len(r.Actions) == 0:
		return decision{noDecision, "-", "-"}, nil
	}
	actions := slices.Clone(r.Actions)
	for i := range actions {
		if actions[i] == "none" {
			actions[i] = "allow"
		}
	}
	action, err := actionText(actions)
	if err != nil {
		return decision{}, &hinted{fmt.Errorf("the policy about the session of %s %s, port %d, peer %s: %w", s.System, s.Job, s.Port, s.Peer, err),
			"none means the same as allow"}
	}
	return decision{action, r.Reason, "-"}, nil
}
