package rules

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/zert"
)

// A site can write down in Rego what zERT policy-based enforcement is to do with
// a session. Its policy is one file of this form:
//
//	package zert.enforcement
//
//	decision := {"action": "allow", "reason": "current TLS"} if {
//		some version in input.tls_version
//		version in {"TLSv1.2", "TLSv1.3"}
//	}
//
// The input is one session: the fields of [zert.Fields] but for those of time,
// each under its own name. What a session does not have is not there, so that
// "every" over it does not hold.
const (
	enforcementPackage = "data.zert.enforcement"
	enforcementRule    = "decision"
)

const enforcementForm = `package zert.enforcement with a rule such as: decision := {"action": "log", "reason": "old TLS"} if "TLSv1.0" in input.tls_version`

// Enforcement is a compiled policy about zERT sessions. It may be used by several
// goroutines.
type Enforcement struct {
	file  string
	query rego.PreparedEvalQuery
	// reads are the fields that the policy names, all of them when it passes the
	// input on as a whole.
	reads []zert.Field

	mu   sync.Mutex
	memo map[string]Ruling // by the values of reads
}

// Ruling is what a policy says about a session.
type Ruling struct {
	// Actions as the policy wrote them. None when it gave no decision, or when
	// Unknown has a member.
	Actions []string
	Reason  string
	// Unknown says what is not known of the session, and was asked for.
	Unknown []string
}

// CompileEnforcement compiles a policy. As in rule packs, a misspelt field is an
// error, and so is a built-in that could give two answers for one session. Errors
// are of type [*collect.Error], with the place and what to do.
func CompileEnforcement(file, text string) (*Enforcement, error) {
	fail := func(advice, format string, args ...any) error {
		return &collect.Error{Offset: -1, Err: fmt.Errorf(format, args...), Advice: advice}
	}
	module, err := ast.ParseModuleWithOpts(file, text, ast.ParserOptions{RegoVersion: ast.RegoV1, Capabilities: capabilities()})
	switch {
	case err != nil:
		return nil, fail("policies are Rego v1, as opa check reads it: "+enforcementForm, "%w", err)
	case module.Package.Path.String() != enforcementPackage:
		return nil, fail("write "+enforcementForm, "%s: its %s is not a policy about zERT sessions", file, module.Package)
	}
	for _, r := range module.Rules {
		name := r.Head.Ref()
		if name[0].Value.Compare(ast.Var(enforcementRule)) == 0 && (len(name) > 1 || len(r.Head.Args) > 0 || r.Head.RuleKind() != ast.SingleValue) {
			return nil, fail("write "+enforcementForm, "%s: %s is not one value", r.Location, enforcementRule)
		}
	}
	if !definesRule(module, enforcementRule) {
		return nil, fail("write "+enforcementForm, "%s: has no rule %s", file, enforcementRule)
	}
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, sessionSchema())
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithSchemas(schemas).WithStrict(true)
	if compiler.Compile(map[string]*ast.Module{file: module}); compiler.Failed() {
		return nil, fail(`"irondrift zert query --help" lists the fields of input; built-ins that read clock, network or chance are left out, because the same sessions must give the same answer`,
			"%w", compiler.Errors)
	}
	e := &Enforcement{file: file, memo: map[string]Ruling{}}
	if err := e.findReads(compiler.Modules[file]); err != nil {
		return nil, err
	}
	e.query, err = rego.New(
		rego.Compiler(compiler), rego.Query(enforcementPackage+"."+enforcementRule),
		rego.StrictBuiltinErrors(true), // a failing built-in must not look like "no decision"
	).PrepareForEval(context.Background())
	return e, err
}

// sessionFields are those of a session that a policy sees.
func sessionFields() []zert.Field {
	return slices.DeleteFunc(slices.Clone(zert.Fields), func(f zert.Field) bool { return f.Time != "" })
}

func sessionSchema() map[string]any {
	fields := map[string]any{}
	for _, f := range sessionFields() {
		name := "string"
		if f.Number {
			name = "number"
		}
		fields[f.Name] = typed(name)
		if f.List {
			fields[f.Name] = arrayOf(name)
		}
	}
	return object(fields)
}

// findReads notes which fields a compiled policy asks for.
func (e *Enforcement) findReads(m *ast.Module) error {
	read := map[string]bool{}
	var outside *ast.Term
	own := ast.MustParseRef(enforcementPackage)
	ast.WalkRefs(m, func(ref ast.Ref) bool {
		noteRead(ref, read)
		if ref[0].Equal(ast.DefaultRootDocument) && !ref.HasPrefix(own) {
			outside = ast.NewTerm(ref.GroundPrefix()).SetLocation(ref[0].Location)
		}
		return false
	})
	if outside != nil {
		return &collect.Error{Offset: -1, Err: fmt.Errorf("%s: reads %s, which is not given", outside.Location, outside),
			Advice: "a policy is one file and sees input only: write the data into it"}
	}
	for _, f := range sessionFields() {
		if read[f.Name] || read[wholeInput] {
			e.reads = append(e.reads, f)
		}
	}
	return nil
}

// wholeInput stands for every field.
const wholeInput = "*"

// noteRead notes the field that a reference names, if it names one.
func noteRead(ref ast.Ref, read map[string]bool) {
	if !ref[0].Equal(ast.InputRootDocument) {
		return
	}
	if len(ref) > 1 {
		if name, ok := ref[1].Value.(ast.String); ok {
			read[string(name)] = true
			return
		}
	}
	read[wholeInput] = true
}

// Reads returns the fields that the policy asks for.
func (e *Enforcement) Reads() []zert.Field { return slices.Clone(e.reads) }

// Decide asks the policy about a session, once for all sessions that are the same
// in what it reads. An error means that the policy breaks, or does not say what
// one must.
func (e *Enforcement) Decide(ctx context.Context, s *zert.Session) (Ruling, error) {
	key := e.key(s)
	e.mu.Lock()
	r, known := e.memo[key]
	e.mu.Unlock()
	if known {
		return r, nil
	}
	r, err := e.ask(ctx, s)
	if err != nil {
		return Ruling{}, err
	}
	e.mu.Lock()
	if len(e.memo) >= memoLimit {
		clear(e.memo)
	}
	e.memo[key] = r
	e.mu.Unlock()
	return r, nil
}

// key is the values that the policy may see, each with its length.
func (e *Enforcement) key(s *zert.Session) string {
	var b []byte
	for i := range e.reads {
		values := e.reads[i].Values(s)
		b = binary.AppendUvarint(b, uint64(len(values)))
		for _, v := range values {
			b = append(binary.AppendUvarint(b, uint64(len(v))), v...)
		}
	}
	return string(b)
}

func (e *Enforcement) ask(ctx context.Context, s *zert.Session) (Ruling, error) {
	opts := []rego.EvalOption{rego.EvalParsedInput(e.input(s))}
	doubts := map[string]string{}
	for i := range e.reads {
		if why := e.reads[i].Doubt(s); why != "" {
			doubts[e.reads[i].Name] = why
		}
	}
	// What is not known must not decide: an answer for which the policy looked at
	// it is none. Without rule indexing, which looks at input silently, all that
	// is looked at is traced.
	looked := &readTracer{read: map[string]bool{}}
	if len(doubts) > 0 {
		opts = append(opts, rego.EvalQueryTracer(looked), rego.EvalRuleIndexing(false))
	}
	rs, err := e.query.Eval(ctx, opts...)
	if ctx.Err() != nil {
		return Ruling{}, ctx.Err()
	}
	var unknown []string
	for i := range e.reads {
		name := e.reads[i].Name
		if why := doubts[name]; why != "" && (looked.read[name] || looked.read[wholeInput]) {
			unknown = append(unknown, why)
		}
	}
	if looked.read[wholeInput] && len(unknown) > 1 {
		unknown = []string{fmt.Sprintf("%s, nor are %d other fields; the policy takes the input as a whole, where it could name what it asks for", unknown[0], len(unknown)-1)}
	}
	switch {
	case len(unknown) > 0: // and what an unknown value led to, be it an error, does not count
		return Ruling{Unknown: unknown}, nil
	case err != nil:
		advice := ""
		if broken := (*topdown.Error)(nil); errors.As(err, &broken) && broken.Code == topdown.ConflictErr {
			advice = "where two rules match one session they must say the same: join them with else"
		}
		return Ruling{}, &collect.Error{Offset: -1, Err: fmt.Errorf("about the session of %s: %w", sessionText(s), err), Advice: advice}
	case len(rs) == 0:
		return Ruling{}, nil
	}
	r, err := readRuling(rs[0].Expressions[0].Value)
	if err != nil {
		return r, &collect.Error{File: e.file, Offset: -1, Err: fmt.Errorf("about the session of %s: %w", sessionText(s), err), Advice: "write " + enforcementForm}
	}
	return r, nil
}

func sessionText(s *zert.Session) string {
	return fmt.Sprintf("%s %s, port %d, peer %s", s.System, s.Job, s.Port, s.Peer)
}

// input is what the policy is asked about: of the fields that it reads, those
// that the session has.
func (e *Enforcement) input(s *zert.Session) ast.Value {
	var fields [][2]*ast.Term
	for i := range e.reads {
		f := &e.reads[i]
		var members []*ast.Term
		if f.Number {
			for _, n := range f.Numbers(s) {
				members = append(members, ast.NewTerm(ast.Number(fmt.Sprint(n))))
			}
		} else {
			for _, text := range f.Values(s) {
				if text != "" {
					members = append(members, ast.StringTerm(text))
				}
			}
		}
		switch {
		case len(members) == 0:
		case f.List:
			fields = append(fields, [2]*ast.Term{ast.StringTerm(f.Name), ast.ArrayTerm(members...)})
		default:
			fields = append(fields, [2]*ast.Term{ast.StringTerm(f.Name), members[0]})
		}
	}
	return ast.NewObject(fields...)
}

// readRuling reads {"action": "log", "reason": "..."}; several actions are a list.
func readRuling(value any) (Ruling, error) {
	bad := fmt.Errorf("%s is %v, and must have an action and a reason", enforcementRule, value)
	object, ok := value.(map[string]any)
	if !ok || len(object) != 2 {
		return Ruling{}, bad
	}
	reason, ok := object["reason"].(string)
	switch {
	case !ok:
		return Ruling{}, bad
	case strings.TrimSpace(reason) == "":
		return Ruling{}, errors.New("the reason is empty")
	}
	if action, ok := object["action"].(string); ok {
		return Ruling{Actions: []string{action}, Reason: reason}, nil
	}
	actions, ok := texts(object["action"])
	if !ok || len(actions) == 0 {
		return Ruling{}, bad
	}
	return Ruling{Actions: actions, Reason: reason}, nil
}

// readTracer notes which fields of the input an evaluation looks at.
type readTracer struct{ read map[string]bool }

func (*readTracer) Enabled() bool { return true }

// Config leaves the variables as they are: only names of fields matter.
func (*readTracer) Config() topdown.TraceConfig { return topdown.TraceConfig{} }

// TraceEvent takes every expression that is about to be evaluated.
func (t *readTracer) TraceEvent(event topdown.Event) {
	if event.Op != topdown.EvalOp {
		return
	}
	ast.WalkRefs(event.Node, func(ref ast.Ref) bool {
		noteRead(ref, t.read)
		return false
	})
}
