package rules

import (
	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
)

// Result is what a check says about one entity.
type Result string

// The results of a check.
const (
	Pass          Result = "PASS"
	Fail          Result = "FAIL"
	Review        Result = "REVIEW"  // a person must judge
	NoData        Result = "NO_DATA" // a required key is unknown, missing or not covered
	NotApplicable Result = "NOT_APPLICABLE"
)

// Basis says what a check rests on.
type Basis string

// The bases of checks. Only the first two can indicate Not in Place.
const (
	Requirement Basis = "requirement" // a figure or word of the standard
	Hardening   Basis = "hardening"   // the site's configuration standard
	Advice      Basis = "advice"      // our opinion
)

// Check is the metadata of one rule of a pack.
type Check struct {
	ID           string // U11
	Package      string // data.irondrift.pci.U11
	Pack         string // pci-dss-4.0.1
	Title        string
	Description  string
	Severity     string // critical, high, medium, low, info
	Basis        Basis
	Cover        string              // full, partial, support
	Requirements map[string][]string // standard -> numbers: "pci-dss-4.0.1" -> 8.3.4
	Platforms    []string            // zvm, zos, ibmi
	Entity       string              // pattern such as zvm/user/<id>
	Required     []string            // key patterns; absent means no data
	Optional     []string
	Facts        []string             // what it is told beside keys, such as the zones of peers
	Parameters   map[string]Parameter // what a site may set
	Remediation  string               // command or statement that mends it
	Limits       string               // what the evidence cannot show
	Accepted     []Accepted           // entries of the pack's table accepted
}

// Accepted is an entry of a pack's table of documented rights: findings about
// Entity are accepted as long as the set Key of it holds, of what the check looks
// for, nothing but Members.
type Accepted struct {
	Platform string   `json:"platform"`
	Entity   string   `json:"entity"`
	Key      string   `json:"key"`
	Members  []string `json:"members"`
	Reason   string   `json:"reason"`
}

// Evidence is where a fact that a finding rests on was read.
type Evidence struct {
	Ref     string // short stable reference, printed beside requirements
	System  string
	Source  string
	Key     collect.Key
	Value   string // canonical form
	File    string
	Line    int64 // line or record number
	Record  bool  // Line counts records
	Digest  string
	Period  collect.Period
	Content string // content digest of the part
}

// Finding is what one check says about one entity.
type Finding struct {
	ID       string // stable over runs: digest of pack, check, system and entity
	Check    string // Check.ID
	System   string
	Entity   collect.Key
	Result   Result
	Severity string // of the check, a step higher on systems tagged cde
	Messages []string
	Missing  []collect.Key // for NoData: the required keys that are missing, with Reasons
	Reasons  []string
	Evidence []Evidence
	// Before is set on a NoData where an earlier night had data, see
	// [Engine.JudgeAfter].
	Before *Before
	// Allowed is set when an allow-list entry accepts the finding. The result
	// stays what it is.
	Allowed *Allow
}

// Allow accepts findings of a check for entities that match a pattern.
type Allow struct {
	Check  string `yaml:"check" json:"check"`
	Entity string `yaml:"entity" json:"entity"` // glob over the entity key
	Reason string `yaml:"reason" json:"reason"`
	// Mitigation is what keeps the risk down meanwhile. Checks of insecure
	// services need it (PCI DSS 1.2.6).
	Mitigation string `yaml:"mitigation,omitempty" json:"mitigation,omitempty"`
	Expires    string `yaml:"expires,omitempty" json:"expires,omitempty"` // date
}

// Direction says whether a change makes a system weaker.
type Direction string

// The directions of a change.
const (
	Weaker   Direction = "weaker"
	Stronger Direction = "stronger"
	Neutral  Direction = "neutral"
)

// Cause says what made a difference.
type Cause string

// The causes of a change.
const (
	CauseConfiguration Cause = "configuration"
	CausePack          Cause = "rule pack"
	CauseParameter     Cause = "parameter"
	CauseWaiver        Cause = "waiver"
	CauseCollector     Cause = "collector"
	CauseCoverage      Cause = "coverage"
)

// JudgedChange is a change with what it means.
type JudgedChange struct {
	baseline.Change
	System       string
	Direction    Direction
	Cause        Cause
	Why          string   // what made the direction: "U11 goes from PASS to FAIL", "a higher revoke count is weaker"
	Checks       []string // checks that read the key
	Requirements []string // their requirements, else 6.5.1 and 11.5.2
	Severity     string   // of the worst check affected, "" when none
	Evidence     []Evidence
}

// Tally counts the results of one check on one system.
type Tally struct {
	Check, System                             string
	Pass, Fail, Review, NoData, NotApplicable int64
	Allowed                                   int64
	// Lost, newest night first, is what the check said of what it has no data on
	// now. It is not in the counts.
	Lost []Lost
}

// Assessment is what packs say about systems. Findings holds everything but
// passes, sorted by system, check and entity; passes are counted in Tallies,
// with evidence for up to a few of them in Passes. Of entities to which a check
// does not apply Findings holds the first few for each check and system; the
// rest are counted too.
type Assessment struct {
	Packs    []PackInfo
	Checks   []Check
	Findings []Finding
	Passes   []Finding
	Tallies  []Tally
	// Errors are rules that failed to evaluate. Their findings are NoData: a
	// rule that broke has not passed.
	Errors []string
}

// PackInfo identifies a pack.
type PackInfo struct {
	Name     string
	Revision string
	Digest   string
	Standard string
	// Parameters is the digest of the parameters and site tables used, so that
	// a finding that moved because of them can be told from drift.
	Parameters string
}
