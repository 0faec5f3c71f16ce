package reports

import (
	"fmt"
	"time"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

const (
	setroptsDigest  = "sha256:5d2f0c1e9a7b34c86de1f0aa53c7b9d4e8126f3a9b0c7d5e4f6a1b2c3d4e5f60"
	setroptsContent = "sha256:0b7e6d5c4f3a2918077665544332211ffeeddccbbaa998877665544332211000"
	directDigest    = "hmac-sha256:91aa4c33d0b7e8f6a5c4b3d2e1f00918273645546372819008f7e6d5c4b3a291"
	directScrubbed  = "sha256:44b1c9d07e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b"
	directContent   = "sha256:aa10bb20cc30dd40ee50ff60aa70bb80cc90dda0eeb0ffc0aad0bbe0ccf0dd01"
)

var night = collect.Period{Start: "2026-11-18T02:05:00+01:00", End: "2026-11-18T02:05:00+01:00", From: collect.FromCapture}

// exampleReport is a small night of a bank: one z/OS system with a weakened
// option, one z/VM system whose user directory was cut off, one IBM i partition
// that delivered nothing.
func exampleReport() *Report {
	setropts := func(key, value string, line int64) rules.Evidence {
		return rules.Evidence{
			Ref: fmt.Sprintf("PRDA-setropts-0b7e6d5c#%d", line), System: "PRDA", Source: "setropts", Key: collect.Key(key), Value: value, File: "prda.setropts.txt",
			Line: line, Digest: setroptsDigest, Period: night, Content: setroptsContent,
		}
	}
	direct := func(key, value string, line int64) rules.Evidence {
		return rules.Evidence{
			Ref: fmt.Sprintf("VMP1-directory-aa10bb20#%d", line), System: "VMP1", Source: "directory", Key: collect.Key(key), Value: value, File: "USER.DIRECT",
			Line: line, Record: true, Digest: directDigest, Content: directContent,
			Period: collect.Period{Start: "2026-11-18T01:40:00", End: "2026-11-18T01:40:00", From: collect.FromConfiguration},
		}
	}
	pci := func(n ...string) map[string][]string { return map[string][]string{"pci-dss-4.0.1": n} }

	r := &Report{
		Title: "Nightly security configuration report", Organisation: "Example Bank",
		Generated: time.Date(2026, 11, 18, 4, 30, 0, 0, time.FixedZone("", 3600)),
		Program:   "irondrift 1.0.0",
		Period:    collect.Period{Start: "2026-11-18T01:40:00+01:00", End: "2026-11-18T02:05:00+01:00", From: collect.FromCapture},
		Standard:  "pci-dss-4.0.1", StandardName: "PCI DSS 4.0.1",
		Location: "reports/2026-11-18.html",
		Systems: []System{
			{ID: "VMP1", Name: "z/VM production 1", Platform: "zvm", Tags: []string{"cde"}, Members: []string{"VMP1B", "VMP1A"}, Parts: []collect.Header{{
				System: "VMP1", SystemFrom: collect.FromConfiguration, Platform: "zvm", Source: "directory", Schema: 1,
				Collector: "1.0.0", Options: "sha256:77", View: collect.Configured,
				Period: collect.Period{Start: "2026-11-18T01:40:00", End: "2026-11-18T01:40:00", From: collect.FromConfiguration},
				Clock:  collect.Clock{Zone: collect.ZoneUnknown, From: collect.FromNowhere},
				Files:  []collect.FileInfo{{Name: "USER.DIRECT", Size: 812160, Digest: directDigest, Scrubbed: directScrubbed, Encoding: "ibm-1047 F80"}},
				Counts: collect.Counts{Read: 10152, Used: 9987, Ignored: map[string]int64{"comment": 161, "blank": 4}},
				Coverage: []collect.Coverage{
					{Prefix: "zvm/user", State: collect.Partial, Reason: "the last record ends in the middle of a statement"},
					{Prefix: "zvm/directory", State: collect.Complete},
				},
				Content: directContent, Facts: 41210,
			}}},
			{ID: "PRDA", Platform: "zos", Tags: []string{"prod", "cde"}, Parts: []collect.Header{{
				System: "PRDA", SystemFrom: collect.FromCapture, Platform: "zos", Source: "setropts", Schema: 1,
				Collector: "1.0.0", Options: "sha256:77", View: collect.Active, Period: night,
				Clock:    collect.Clock{Zone: "+01:00", From: collect.FromCapture},
				Files:    []collect.FileInfo{{Name: "prda.setropts.txt", Size: 7321, Digest: setroptsDigest, Encoding: "utf-8"}},
				Counts:   collect.Counts{Read: 131, Used: 128, Ignored: map[string]int64{"page heading": 3}},
				Coverage: []collect.Coverage{{Prefix: "racf/setropts", State: collect.Complete}},
				Content:  setroptsContent, Facts: 96,
			}}},
			{ID: "IBMI7", Platform: "ibmi", Tags: []string{"test"}},
		},
		Notices: []Notice{
			{Kind: Missing, System: "IBMI7", Source: "sysval", Text: "nothing arrived; the last part is from 2026-11-15", Advice: "look at job IRONDRIFT in subsystem QBATCH"},
			{Kind: Stale, System: "VMP1", Source: "compextr", Text: "newest part is 9 days old, 7 are allowed"},
		},
		Suppressed: []Suppression{{System: "PRDA", Pattern: "racf/setropts/LAST_*", Reason: "moves every night", Expires: "2027-06-30", Count: 2}},
		Approvals: []Approval{
			{System: "PRDA", Source: "setropts", Sequence: 14, State: "applied", Current: true, First: true, Keys: 96, Content: setroptsContent,
				By: "J. Moreau", At: "2026-10-01T09:12:00Z", Reason: "yearly hardening review", Ticket: "CHG0041201", Signed: true,
				Signer: "SHA256:q0lCk3vP8f4mX1s", Findings: 3},
			{System: "VMP1", Source: "directory", Sequence: 15, State: "applied", Current: true, First: true, Keys: 40990, Content: "sha256:ff",
				By: "J. Moreau", At: "2026-10-01T09:20:00Z", Reason: "first baseline", Findings: 0},
			{System: "PRDA", Source: "setropts", Sequence: 31, State: "pending", Keys: 1, By: "A. Keller", At: "2026-11-17T15:00:00Z",
				Reason: "raise the history", Ticket: "CHG0042877"},
		},
		Waivers: []Waiver{{ID: "W-7", System: "VMP1", Check: "U07", Entity: "zvm/user/OPERATOR", Owner: "R. Ortiz", Reason: "console in the locked machine room",
			Ticket: "RISK-118", Control: "compensating control C-12", Expires: "2027-01-31", Used: 1}},
		Ledger: TreeHead{Store: "example", Size: 31, Head: "irondrift-head 31 sha256:6fb431d184d8dd59bca54f1993b47ad5c59e9ba1b7ea9af2b5f1d2a8d2e0a0d4", At: "2026-11-18T03:28:11Z"},
		Assessment: rules.Assessment{
			Packs: []rules.PackInfo{{Name: "pci-dss", Revision: "1.0.0", Digest: "sha256:c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00", Standard: "pci-dss-4.0.1"}},
			Checks: []rules.Check{
				{ID: "U11", Package: "data.irondrift.pci.U11", Pack: "pci-dss", Title: "User ids are revoked after at most ten invalid passwords",
					Severity: "high", Basis: rules.Requirement, Cover: "full", Requirements: pci("8.3.4"), Entity: "racf/setropts",
					Required: []string{"racf/setropts/REVOKE"}, Remediation: "SETROPTS PASSWORD(REVOKE(6))",
					Limits: "User ids with a password phrase only are counted the same way; the time until an id is released is not part of the data."},
				{ID: "U13", Package: "data.irondrift.pci.U13", Pack: "pci-dss", Title: "A new password differs from the last four",
					Severity: "high", Basis: rules.Requirement, Cover: "full", Requirements: pci("8.3.7"), Entity: "racf/setropts",
					Required: []string{"racf/setropts/HISTORY"}, Remediation: "SETROPTS PASSWORD(HISTORY(12))"},
				{ID: "H11", Package: "data.irondrift.pci.H11", Pack: "pci-dss", Title: "List-of-groups checking is active",
					Severity: "low", Basis: rules.Advice, Cover: "full", Requirements: pci("2.2.6"), Entity: "racf/setropts"},
				{ID: "U07", Package: "data.irondrift.pci.U07", Pack: "pci-dss", Title: "No user logs on without a password",
					Severity: "critical", Basis: rules.Requirement, Cover: "full", Requirements: pci("8.3.1"), Entity: "zvm/user/<id>",
					Required: []string{"zvm/user/<id>/password_class"}, Remediation: "replace NOPASS in the USER statement",
					Limits: "The source directory is read, not the one in use; an external security manager may ask for a password all the same."},
				{ID: "A01", Package: "data.irondrift.pci.A01", Pack: "pci-dss", Title: "Privilege classes beyond G are on the approved list",
					Severity: "high", Basis: rules.Hardening, Cover: "partial", Requirements: pci("7.2.1", "7.2.2"), Entity: "zvm/user/<id>",
					Required: []string{"zvm/user/<id>/class"}},
				{ID: "Q03", Package: "data.irondrift.pci.Q03", Pack: "pci-dss", Title: "Password level is 2 or higher",
					Severity: "high", Basis: rules.Hardening, Cover: "full", Requirements: pci("8.3.2"), Entity: "ibmi/sysval", Required: []string{"ibmi/sysval/QPWDLVL"}},
			},
			Tallies: []rules.Tally{
				{Check: "U11", System: "PRDA", Pass: 1}, {Check: "U13", System: "PRDA", Fail: 1}, {Check: "H11", System: "PRDA", Fail: 1},
				{Check: "U07", System: "VMP1", Fail: 3, NoData: 1, Allowed: 1}, {Check: "A01", System: "VMP1", Review: 14},
				{Check: "Q03", System: "IBMI7", NoData: 1},
			},
			Findings: []rules.Finding{
				{ID: "f-0001", Check: "U13", System: "PRDA", Entity: "racf/setropts", Result: rules.Fail,
					Messages: []string{"password history is 3, at least 4 are required"}, Evidence: []rules.Evidence{setropts("racf/setropts/HISTORY", "3", 57)}},
				{ID: "f-0002", Check: "H11", System: "PRDA", Entity: "racf/setropts", Result: rules.Fail,
					Messages: []string{"GRPLIST is not active"}, Evidence: []rules.Evidence{setropts("racf/setropts/GRPLIST", "false", 88)}},
				{ID: "f-0003", Check: "U07", System: "VMP1", Entity: "zvm/user/GUEST1", Result: rules.Fail,
					Messages: []string{"the password class is nopass"}, Evidence: []rules.Evidence{direct("zvm/user/GUEST1/password_class", "nopass", 2204)}},
				{ID: "f-0004", Check: "U07", System: "VMP1", Entity: "zvm/user/LINUX9", Result: rules.Fail,
					Messages: []string{"the password class is nopass"}, Evidence: []rules.Evidence{direct("zvm/user/LINUX9/password_class", "nopass", 7310)}},
				{ID: "f-0005", Check: "U07", System: "VMP1", Entity: "zvm/user/OPERATOR", Result: rules.Fail,
					Messages: []string{"the password class is nopass"}, Evidence: []rules.Evidence{direct("zvm/user/OPERATOR/password_class", "nopass", 61)},
					Allowed: &rules.Allow{Check: "U07", Entity: "zvm/user/OPERATOR", Reason: "W-7: console in the locked machine room", Expires: "2027-01-31"}},
				{ID: "f-0006", Check: "U07", System: "VMP1", Entity: "zvm/user", Result: rules.NoData,
					Missing: []collect.Key{"zvm/user"}, Reasons: []string{"the last record ends in the middle of a statement"}},
				{ID: "f-0007", Check: "Q03", System: "IBMI7", Entity: "ibmi/sysval", Result: rules.NoData,
					Missing: []collect.Key{"ibmi/sysval/QPWDLVL"}, Reasons: []string{"no part covers ibmi/sysval"},
					Before: &rules.Before{Night: "2026-11-15", Result: rules.Fail, Messages: []string{"QPWDLVL is 0"}, Evidence: []rules.Evidence{{
						Ref: "IBMI7-sysval-5a5a5a5a#33", System: "IBMI7", Source: "sysval", Key: "ibmi/sysval/QPWDLVL", Value: "0", File: "ibmi7.sysval.csv", Line: 33,
						Digest: "sha256:5b5b5b5b", Content: "sha256:5a5a5a5a", Period: collect.Period{Start: "2026-11-15T01:00:00Z", End: "2026-11-15T01:00:00Z", From: collect.FromCapture},
					}}}},
			},
			Passes: []rules.Finding{
				{ID: "p-0001", Check: "U11", System: "PRDA", Entity: "racf/setropts", Result: rules.Pass,
					Evidence: []rules.Evidence{setropts("racf/setropts/REVOKE", "5", 55)}},
			},
		},
		Requirements: []Requirement{
			{Number: "8.3.10", Title: "Providers guide customers on their passwords", AppliesTo: "SP", Milestone: "2", Status: rules.OutsideThisTool},
			{Number: "8.3.4", Title: "Lockout after at most ten attempts", AppliesTo: "all", Milestone: "2", Status: rules.SupportsInPlace,
				Why: "1 check passed, none failed.", Checks: []string{"U11"}, Remaining: []string{"confirm the procedure by which a locked id is released"},
				Systems: []SystemStatus{{System: "PRDA", Status: rules.SupportsInPlace, Why: "U11 passed"}}},
			{Number: "8.3.7", Title: "New passwords differ from the last four", AppliesTo: "all", Milestone: "2", Status: rules.IndicatesNotInPlace,
				Why: "U13 failed on PRDA.", Checks: []string{"U13"}, Limits: []string{"Passwords set by an administrator are not checked against the history."}},
			{Number: "2.2.6", Title: "System security parameters prevent misuse", AppliesTo: "all", Milestone: "3", Status: rules.JudgementNeeded,
				Why: "Only advice failed (H11).", Checks: []string{"H11"}},
			{Number: "8.3.1", Title: "Every user has at least one authentication factor", AppliesTo: "all", Milestone: "2", Status: rules.IndicatesNotInPlace,
				Why: "U07 failed for 2 users of VMP1 that no exception accepts.", Checks: []string{"U07"}, Remaining: []string{"examine the external security manager"}},
			{Number: "7.2.1", Title: "Access model defined", AppliesTo: "all", Milestone: "4", Status: rules.JudgementNeeded, Why: "A01 asks for review.", Checks: []string{"A01"}},
			{Number: "7.2.2", Title: "Access by job and least privilege", AppliesTo: "all", Milestone: "4", Status: rules.JudgementNeeded, Why: "A01 asks for review.", Checks: []string{"A01"}},
			{Number: "8.3.2", Title: "Factors unreadable in storage and transit", AppliesTo: "all", Milestone: "2", Status: rules.NoEvidence, Why: "Q03 had no data on IBMI7.", Checks: []string{"Q03"}},
			{Number: "12.3.3", Title: "Cryptography in use inventoried and reviewed", Effective: "2025-03-31", AppliesTo: "all", Milestone: "4", Status: rules.OutsideThisTool},
			{Number: "A1.1.4", Title: "Separation tested every six months", Effective: "2025-03-31", AppliesTo: "multi-tenant SP", Milestone: "2", Status: rules.OutsideThisTool},
			{Number: "6.5.1", Title: "Changes to production follow a procedure", AppliesTo: "all", Milestone: "6", Status: rules.NoEvidence},
			{Number: "11.5.2", Title: "Changes to critical files are detected", AppliesTo: "all", Milestone: "4", Status: rules.NoEvidence},
		},
		Changes: []rules.JudgedChange{
			{Change: baseline.Change{Op: baseline.Changed, Key: "racf/setropts/HISTORY", Old: collect.Number(12), New: collect.Number(3), Source: "setropts", Class: collect.Setting},
				System: "PRDA", Direction: rules.Weaker, Cause: rules.CauseConfiguration, Why: "U13 goes from PASS to FAIL",
				Checks: []string{"U13"}, Requirements: []string{"8.3.7"}, Severity: "high", Evidence: []rules.Evidence{setropts("racf/setropts/HISTORY", "3", 57)}},
			{Change: baseline.Change{Op: baseline.Changed, Key: "racf/setropts/CLASSACT", Old: collect.Set("DATASET", "USER", "TEMPDSN"), New: collect.Set("DATASET", "USER", "FACILITY"),
				Added: []string{"FACILITY"}, Removed: []string{"TEMPDSN"}, Source: "setropts", Class: collect.Setting},
				System: "PRDA", Direction: rules.Neutral, Cause: rules.CauseConfiguration, Requirements: []string{"11.5.2", "6.5.1"}},
			{Change: baseline.Change{Op: baseline.Changed, Key: "racf/setropts/REVOKE", Old: collect.Unknown("not visible: collecting user lacks AUDITOR"), New: collect.Number(5), Source: "setropts", Class: collect.Setting},
				System: "PRDA", Direction: rules.Stronger, Cause: rules.CauseCoverage, Checks: []string{"U11"}, Requirements: []string{"8.3.4"}, Severity: "high",
				Why: "U11 goes from NO_DATA to PASS", Evidence: []rules.Evidence{setropts("racf/setropts/REVOKE", "5", 55)}},
			{Change: baseline.Change{Op: baseline.Added, Key: "zvm/user/LINUX9/option", New: collect.Set("LNKNOPAS", "DIAG98"), Source: "directory", Class: collect.Setting},
				System: "VMP1", Direction: rules.Weaker, Cause: rules.CauseConfiguration, Requirements: []string{"7.2.2"}, Severity: "high",
				Why: "LNKNOPAS links any minidisk without a password", Evidence: []rules.Evidence{direct("zvm/user/LINUX9/option", `["DIAG98","LNKNOPAS"]`, 7312)}},
			{Change: baseline.Change{Op: baseline.NotCollected, Key: "zvm/user", Keys: 1210, Lost: 1210, Reason: "coverage of tonight's part is partial", Source: "directory"}, System: "VMP1"},
			{Change: baseline.Change{Op: baseline.NotSeen, Key: "zert/PRDA/TCPIP/server/FTPD1/10.1.2.3:21/protection", Old: collect.Set("tls"), Removed: []string{"tls"}, Source: "zert119", Class: collect.Observed}, System: "PRDA"},
		},
	}
	r.Inventory = exampleInventory()
	for i := range 14 {
		id := fmt.Sprintf("SVC%03d", i+1)
		r.Assessment.Findings = append(r.Assessment.Findings, rules.Finding{
			ID: "f-1" + id, Check: "A01", System: "VMP1", Entity: collect.NewKey("zvm", "user", id), Result: rules.Review,
			Messages: []string{"class BG is not on the approved list"},
			Evidence: []rules.Evidence{direct("zvm/user/"+id+"/class", "BG", int64(300+i*7))},
		})
	}
	return r
}
