package attls

import (
	"slices"
	"strings"
)

// statement is a kind of block in a Policy Agent file.
type statement struct {
	name string
	// in lists the blocks in which it may stand inline; empty for one that only
	// stands at the top, where the next one also ends a block that was never
	// closed.
	in []string
	// refs are the parameters that name it from elsewhere, beside nameRef.
	refs []string
}

// The statements that hold the others together.
const (
	stRule        = "TTLSRule"
	stGroup       = "TTLSGroupAction"
	stEnvironment = "TTLSEnvironmentAction"
	stConnection  = "TTLSConnectionAction"
	stPortRange   = "PortRange"
	stPortGroup   = "PortGroup"
	stIPAddr      = "IpAddr"
	stIPAddrSet   = "IpAddrSet"
	stIPAddrGroup = "IpAddrGroup"
	stTime        = "IpTimeCondition"
)

var statements = []*statement{
	{name: stRule},
	{name: stGroup},
	{name: stEnvironment},
	{name: stConnection},
	{name: "TTLSGroupAdvancedParms", in: []string{stGroup}},
	{name: "TTLSEnvironmentAdvancedParms", in: []string{stEnvironment}},
	{name: "TTLSConnectionAdvancedParms", in: []string{stConnection}},
	{name: "TTLSKeyringParms", in: []string{stEnvironment}},
	{name: "TTLSCipherParms", in: []string{stEnvironment, stConnection}},
	{name: "TTLSSignatureParms", in: []string{stEnvironment, stConnection}},
	{name: "TTLSGskAdvancedParms", in: []string{stEnvironment}},
	{name: "TTLSGskLdapParms", in: []string{"TTLSGskAdvancedParms", stEnvironment}},
	{name: "TTLSGskOcspParms", in: []string{"TTLSGskAdvancedParms"}},
	{name: "TTLSGskHttpCdpParms", in: []string{"TTLSGskAdvancedParms"}},
	{name: stPortRange, in: []string{stPortGroup}, refs: []string{"LocalPortRangeRef", "RemotePortRangeRef"}},
	{name: stPortGroup, refs: []string{"LocalPortGroupRef", "RemotePortGroupRef"}},
	{name: stIPAddr, in: []string{stIPAddrGroup}, refs: []string{"LocalAddrRef", "RemoteAddrRef"}},
	{name: stIPAddrSet, in: []string{stIPAddrGroup}, refs: []string{"LocalAddrSetRef", "RemoteAddrSetRef"}},
	{name: stIPAddrGroup, refs: []string{"LocalAddrGroupRef", "RemoteAddrGroupRef"}},
	{name: stTime, in: []string{stRule}},
}

var (
	statementByName = map[string]*statement{} // lower case
	statementByRef  = map[string]*statement{} // lower case, of the parameter that names it
)

func init() {
	for _, s := range statements {
		statementByName[strings.ToLower(s.name)] = s
		statementByRef[strings.ToLower(s.name)+"ref"] = s
		for _, r := range s.refs {
			statementByRef[strings.ToLower(r)] = s
		}
	}
}

// scopeOf returns the scope of an action statement.
func scopeOf(s *statement) (scope, bool) {
	i := slices.Index(actionStatements[:], s.name)
	return scope(i), i >= 0
}

// scope is where an action applies. A narrower one overrides a wider one.
type scope int

const (
	group scope = iota
	environment
	connection
	scopes
)

var actionStatements = [scopes]string{stGroup, stEnvironment, stConnection}

func (s scope) String() string { return [...]string{"group", "environment", "connection"}[s] }

// rows of a TTLSRule that are conditions, by lower-case name; the other
// parameters of a rule are references to its actions.
var conditionNames = map[string]string{
	"localaddr": "LocalAddr", "remoteaddr": "RemoteAddr",
	"localportrange": "LocalPortRange", "remoteportrange": "RemotePortRange",
	"jobname": "Jobname", "userid": "Userid", "direction": "Direction", "priority": "Priority",
}
