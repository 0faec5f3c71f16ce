package reports

import (
	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// document is the JSON form of a report; report.schema.json describes it.
type document struct {
	Form         string         `json:"form"`
	ID           string         `json:"id"`
	Title        string         `json:"title"`
	Organisation string         `json:"organisation"`
	Generated    string         `json:"generated"`
	Program      string         `json:"program"`
	Redacted     bool           `json:"redacted"`
	Period       collect.Period `json:"period"`
	Standard     string         `json:"standard"`
	StandardName string         `json:"standard_name"`
	Summary      summaryJSON    `json:"summary"`
	Ledger       treeHeadJSON   `json:"ledger"`
	Packs        []packJSON     `json:"packs"`
	Notices      []noticeJSON   `json:"notices"`
	Systems      []systemJSON   `json:"systems"`

	Changes      []changeJSON       `json:"changes"`
	NotSeen      []changeJSON       `json:"not_seen"`
	NotCollected []notCollectedJSON `json:"not_collected"`
	Suppressed   []suppressionJSON  `json:"suppressed"`
	Approvals    []approvalJSON     `json:"approvals"`
	Waivers      []waiverJSON       `json:"waivers"`
	Peers        []peersJSON        `json:"peers"`
	Inventory    inventoryJSON      `json:"cryptography"`

	Requirements []requirementJSON `json:"requirements"`
	Checks       []checkJSON       `json:"checks"`
	Findings     []findingJSON     `json:"findings"`
	Passes       []findingJSON     `json:"passes"`
	Tallies      []tallyJSON       `json:"tallies"`
	Errors       []string          `json:"errors"` // rules that failed to run
	Register     []artefactJSON    `json:"evidence_register"`
}

type summaryJSON struct {
	Systems      int           `json:"systems"`
	Silent       int64         `json:"systems_without_evidence"`
	Notices      int           `json:"notices"`
	Changes      changeCounts  `json:"changes"`
	Results      counts        `json:"results"`
	Requirements []statusCount `json:"requirements"`
}

type treeHeadJSON struct {
	Store string `json:"store"`
	Size  int64  `json:"size"`
	Head  string `json:"head"`
	At    string `json:"at"`
}

type packJSON struct {
	Name       string `json:"name"`
	Revision   string `json:"revision"`
	Digest     string `json:"digest"`
	Standard   string `json:"standard"`
	Parameters string `json:"parameters"` // digest of parameters and site tables
}

type noticeJSON struct {
	Kind   NoticeKind `json:"kind"`
	System string     `json:"system"`
	Source string     `json:"source"`
	Text   string     `json:"text"`
	Advice string     `json:"advice"`
}

type systemJSON struct {
	ID       string           `json:"id"`
	Name     string           `json:"name"`
	Platform string           `json:"platform"`
	Tags     []string         `json:"tags"`
	Members  []string         `json:"members"`
	Changes  changeCounts     `json:"changes"`
	Results  counts           `json:"results"`
	Parts    []collect.Header `json:"parts"`
}

type changeJSON struct {
	System       string          `json:"system"`
	Source       string          `json:"source"`
	Op           baseline.Op     `json:"op"`
	Key          collect.Key     `json:"key"`
	Class        string          `json:"class"`
	Old          any             `json:"old"`
	New          any             `json:"new"`
	Added        []string        `json:"added"`
	Removed      []string        `json:"removed"`
	Keys         int64           `json:"keys,omitempty"` // of a thing that was idle or moved
	Direction    rules.Direction `json:"direction"`
	Cause        rules.Cause     `json:"cause"`
	Why          string          `json:"why"`
	Severity     string          `json:"severity"`
	Checks       []string        `json:"checks"`
	Requirements []string        `json:"requirements"`
	Evidence     []evidenceJSON  `json:"evidence"`
}

type notCollectedJSON struct {
	System string      `json:"system"`
	Source string      `json:"source"`
	Prefix collect.Key `json:"prefix"`
	Keys   int64       `json:"keys"`
	Lost   int64       `json:"lost"`
	Reason string      `json:"reason"`
}

type suppressionJSON struct {
	System  string `json:"system"`
	Pattern string `json:"pattern"`
	Reason  string `json:"reason"`
	Expires string `json:"expires"`
	Count   int64  `json:"count"`
}

type approvalJSON struct {
	System   string `json:"system"`
	Source   string `json:"source"`
	Sequence int64  `json:"sequence"`
	State    string `json:"state"`
	Current  bool   `json:"current"`
	First    bool   `json:"first"`
	Keys     int64  `json:"keys"`
	Content  string `json:"content"`
	By       string `json:"by"`
	At       string `json:"at"`
	Reason   string `json:"reason"`
	Ticket   string `json:"ticket"`
	Signed   bool   `json:"signed"`
	Signer   string `json:"signer"`
	Findings int64  `json:"findings"`
}

type waiverJSON struct {
	ID      string `json:"id"`
	System  string `json:"system"`
	Check   string `json:"check"`
	Entity  string `json:"entity"`
	Owner   string `json:"owner"`
	Reason  string `json:"reason"`
	Ticket  string `json:"ticket"`
	Control string `json:"control"`
	Expires string `json:"expires"`
	Used    int64  `json:"used"`
}

// peersJSON names who used a service that a finding or a change speaks about.
type peersJSON struct {
	System  string      `json:"system"`
	Service collect.Key `json:"service"`
	Peers   []peerJSON  `json:"peers"`
	Beyond  int64       `json:"beyond"`
	Capped  bool        `json:"capped"` // more than beyond: the source did not keep all
}

type peerJSON struct {
	Address string   `json:"address"`
	Name    string   `json:"name"`
	From    NameFrom `json:"name_from"`
}

type requirementJSON struct {
	Number    string             `json:"number"`
	Title     string             `json:"title"`
	Effective string             `json:"effective"`
	AppliesTo string             `json:"applies_to"`
	Milestone string             `json:"milestone"`
	Note      string             `json:"note"`
	Status    Status             `json:"status"`
	Why       string             `json:"why"`
	Checks    []string           `json:"checks"`
	Results   counts             `json:"results"`
	Evidence  []string           `json:"evidence"` // references of the register
	Limits    []string           `json:"limits"`
	Remaining []string           `json:"remaining"`
	Systems   []systemStatusJSON `json:"systems"`
}

type systemStatusJSON struct {
	System string `json:"system"`
	Status Status `json:"status"`
	Why    string `json:"why"`
}

type checkJSON struct {
	ID           string              `json:"id"`
	Package      string              `json:"package"`
	Pack         string              `json:"pack"`
	Title        string              `json:"title"`
	Description  string              `json:"description"`
	Severity     string              `json:"severity"`
	Basis        rules.Basis         `json:"basis"`
	Cover        string              `json:"cover"`
	Requirements map[string][]string `json:"requirements"`
	Entity       string              `json:"entity"`
	Required     []string            `json:"required"`
	Optional     []string            `json:"optional"`
	Remediation  string              `json:"remediation"`
	Limits       string              `json:"limits"`
}

type findingJSON struct {
	ID       string         `json:"id"`
	System   string         `json:"system"`
	Check    string         `json:"check"`
	Entity   collect.Key    `json:"entity"`
	Result   rules.Result   `json:"result"`
	Severity string         `json:"severity"`
	Messages []string       `json:"messages"`
	Missing  []collect.Key  `json:"missing"`
	Reasons  []string       `json:"reasons"`
	Allowed  *rules.Allow   `json:"allowed"`
	Before   *beforeJSON    `json:"before"`
	Evidence []evidenceJSON `json:"evidence"`
}

// beforeJSON is what was found when there was data last.
type beforeJSON struct {
	Night    string         `json:"night"`
	Result   rules.Result   `json:"result"`
	Messages []string       `json:"messages"`
	Allowed  *rules.Allow   `json:"allowed"`
	Evidence []evidenceJSON `json:"evidence"`
}

type tallyJSON struct {
	Check  string `json:"check"`
	System string `json:"system"`
	counts
}

type evidenceJSON struct {
	Ref      string         `json:"ref"`
	Part     string         `json:"part"` // reference of the register row
	System   string         `json:"system"`
	Source   string         `json:"source"`
	Key      collect.Key    `json:"key"`
	Value    string         `json:"value"`
	File     string         `json:"file"`
	Position int64          `json:"position"`
	Unit     string         `json:"unit"` // line or record
	Digest   string         `json:"digest"`
	Content  string         `json:"content"`
	Period   collect.Period `json:"period"`
}

type artefactJSON struct {
	Ref     string         `json:"ref"`
	System  string         `json:"system"`
	Source  string         `json:"source"`
	Content string         `json:"content"`
	Period  collect.Period `json:"period"`
	Records int64          `json:"records"`
	Files   []ArtefactFile `json:"files"`
	Cited   int64          `json:"cited"`
}
