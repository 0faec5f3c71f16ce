package reports

import (
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// Report is everything that a report prints. The order of its slices does not
// matter: every format sorts. A field that is left empty is left out or said to
// be missing; it is never made up.
type Report struct {
	// ID identifies the report for those who cite it. When it is empty the
	// formats print a digest of what the report says.
	ID           string
	Title        string
	Organisation string    // whose systems these are
	Generated    time.Time // passed in, printed in UTC
	Program      string    // "irondrift 1.0.0"
	Period       collect.Period
	Standard     string // as in rules.Check.Requirements: "pci-dss-4.0.1"
	// StandardName is how people call the standard: "PCI DSS 4.0.1".
	StandardName string
	// Location is where the full report is, for the summary on the terminal.
	Location string

	Systems []System
	Notices []Notice

	// Changes holds every change, with the rows not_seen and not_collected.
	Changes    []rules.JudgedChange
	Suppressed []Suppression

	Approvals []Approval
	Waivers   []Waiver

	// Requirements lists every number of the standard, also those that the
	// tool says nothing about.
	Requirements []Requirement
	// Assessment holds packs, checks, findings and tallies.
	Assessment rules.Assessment

	// Inventory is the cryptography that was seen or is declared.
	Inventory rules.Inventory

	// Peers are who used the services that findings and changes speak about.
	Peers []Peers

	Ledger TreeHead
}

// System is a system and what was read about it.
type System struct {
	ID       string
	Name     string // what people call it, when that is not the id
	Platform string // zvm, zos or ibmi
	Tags     []string
	Members  []string // of a domain: a sysplex, an SSI cluster
	// Parts are the headers of the parts that were judged, one for each source.
	Parts []collect.Header
}

// NoticeKind says what is wrong with the evidence of a system.
type NoticeKind string

// The kinds of notice.
const (
	Missing    NoticeKind = "missing"     // nothing arrived from an expected source
	Stale      NoticeKind = "stale"       // the newest part is older than allowed
	Damaged    NoticeKind = "damaged"     // an extract could not be read
	Superseded NoticeKind = "superseded"  // a later or more complete extract of the same night was used
	NoBaseline NoticeKind = "no baseline" // there is nothing approved to compare with
	Conflict   NoticeKind = "conflict"    // the configuration and the evidence contradict each other
)

// Notice is something about the evidence that a reader must know before
// relying on it.
type Notice struct {
	Kind   NoticeKind
	System string
	Source string
	Text   string
	Advice string // what to do, may be empty
}

// Suppression counts the changes that an ignore rule kept out of a report.
type Suppression struct {
	System  string // empty when counted over all systems
	Pattern string
	Reason  string
	Expires string // date, empty when it does not expire
	Count   int64
}

// Approval is one acceptance of values as the baseline of a part.
type Approval struct {
	System   string
	Source   string
	Sequence int64  // number of the ledger record
	State    string // applied, pending or void
	Current  bool   // the baseline in force rests on it
	First    bool   // it accepted a whole part, not a diff
	Keys     int64  // keys or members it names
	Content  string // content digest it accepted
	By       string
	At       string // RFC 3339
	Reason   string
	Ticket   string
	// Signed says that a signature of the approver was verified; Signer is the
	// fingerprint of the key.
	Signed bool
	Signer string
	// Findings counts the findings that the accepted state contained: a
	// baseline is what was accepted, not what complies.
	Findings int64
}

// Waiver is an accepted exception.
type Waiver struct {
	ID      string
	System  string // may hold a pattern, empty for all
	Check   string
	Entity  string // pattern
	Owner   string
	Reason  string
	Ticket  string
	Control string // "compensating control", "customised approach" and its reference
	Expires string // date
	Used    int64  // findings it accepts in this report
}

// TreeHead is the head of the ledger's Merkle tree when the report was made.
// Whoever keeps it can later tell whether records behind it were deleted.
type TreeHead struct {
	Store string // name of the evidence store
	Size  int64  // records
	Head  string // as baseline.Head prints it: irondrift-head 42 sha256:...
	At    string // time of the newest record, RFC 3339
}
