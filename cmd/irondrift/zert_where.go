package main

import (
	"fmt"
	"net/netip"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/irondrift/irondrift/collect/zert"
)

// compileExpression checks an expression over the fields of a session. The error
// shows the place in the expression.
func compileExpression(expression string) (*cel.Env, *cel.Ast, error) {
	opts := []cel.EnvOption{
		cel.Function("in_network", cel.Overload("in_network_string_string", []*cel.Type{cel.StringType, cel.StringType}, cel.BoolType,
			cel.BinaryBinding(inNetwork))),
	}
	for _, f := range zert.Fields {
		t := cel.StringType
		switch {
		case f.Time != "":
			continue
		case f.Number && f.List:
			t = cel.ListType(cel.IntType)
		case f.Number:
			t = cel.IntType
		case f.List:
			t = cel.ListType(cel.StringType)
		}
		opts = append(opts, cel.Variable(f.Name, t))
	}
	env, err := cel.NewEnv(opts...)
	if err != nil {
		return nil, nil, fmt.Errorf("internal error: %w", err)
	}
	ast, issues := env.Compile(expression)
	if issues.Err() != nil {
		return nil, nil, &hinted{issues.Err(), `"irondrift zert query --help" lists the fields; an example: '"TLSv1.0" in tls_version && port == 992'`}
	}
	if ast.OutputType() != cel.BoolType {
		return nil, nil, &hinted{errNotBool, "compare something: 'port == 992'"}
	}
	return env, ast, nil
}

// compileWhere compiles an expression into a predicate, nil when there is none.
func compileWhere(expression string) (func(*zert.Session) (bool, error), error) {
	if expression == "" {
		return nil, nil
	}
	env, ast, err := compileExpression(expression)
	if err != nil {
		return nil, withStatus(exitUsage, fmt.Errorf("--where: %w", err))
	}
	program, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, usageError("", "--where: %w", err)
	}
	return func(s *zert.Session) (bool, error) {
		out, _, err := program.Eval(&sessionVars{s})
		if err != nil {
			return false, usageError("", "--where: %w", err)
		}
		b, ok := out.Value().(bool)
		if !ok {
			return false, usageError("", "--where: %w", errNotBool)
		}
		return b, nil
	}, nil
}

// sessionVars gives CEL the fields that the expression names, and no others.
type sessionVars struct{ s *zert.Session }

func (v *sessionVars) ResolveName(name string) (any, bool) {
	f, ok := zert.FieldNamed(name)
	switch {
	case !ok || f.Time != "":
		return nil, false
	case f.Number && f.List:
		return f.Numbers(v.s), true
	case f.Number:
		return f.Numbers(v.s)[0], true
	case f.List:
		return f.Values(v.s), true
	}
	return f.Value(v.s), true
}

// Parent ends the chain of scopes.
func (v *sessionVars) Parent() cel.Activation { return nil }

func inNetwork(address, network ref.Val) ref.Val {
	p, err := netip.ParsePrefix(string(network.(types.String)))
	if err != nil {
		return types.NewErr("in_network: %v", err)
	}
	a, err := netip.ParseAddr(string(address.(types.String)))
	if err != nil {
		return types.NewErr("in_network: %v", err)
	}
	return types.Bool(p.Contains(a.Unmap()))
}
