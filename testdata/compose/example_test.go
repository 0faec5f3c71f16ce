package compose_test

import (
	"fmt"
	"net/netip"
	"os"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

var night = time.Date(2026, 11, 18, 2, 5, 0, 0, time.FixedZone("CET", 3600))

func ExampleCapture() {
	guest := compose.DirectoryEntry{Name: "LNX1", Password: "LBYONLY", Storage: "4G", MaxStorage: "8G", Class: "G",
		Statements: []string{"INCLUDE LINDFLT", "LOGONBY ANNA"}}
	body := compose.DirectoryText(compose.DirectoryLines(guest), nil)
	os.Stdout.Write(compose.Capture("ZVMPROD1", night, "AUDITJOB", "DIRM USER WITHPASS", body))
	// Output:
	// *> irondrift-capture 1
	// *> system: ZVMPROD1
	// *> time: 2026-11-18T02:05:00+01:00
	// *> user: AUDITJOB
	// *> command: DIRM USER WITHPASS
	// *> begin
	// *
	// USER LNX1     LBYONLY 4G 8G G
	//  INCLUDE LINDFLT
	//  LOGONBY ANNA
	// *> end lines: 4
}

// A dump in three framings: the same three records, the middle one spanned after
// its header in the last.
func ExampleSpan() {
	summary := compose.ZERTSummary{
		Header:       compose.SMFHeader{Time: night, SID: "PRDA", SSI: "STC"},
		Ident:        compose.TCPIPIdent{SYSName: "PRDA", Stack: "TCPIP", Reason: compose.ReasonLast},
		Flags:        compose.FlagServer,
		Jobname:      "FTPD1",
		SrvIP:        netip.MustParseAddr("10.20.1.11"),
		CltIP:        netip.MustParseAddr("10.30.4.15"),
		SrvPortStart: 21,
	}.Record()
	first, last := compose.DumpHeader(night, "PRDA"), compose.DumpTrailer(night, "PRDA")
	fmt.Println(len(compose.Unblocked(first, summary, last)))
	fmt.Println(len(compose.Blocked(32760, first, summary, last)))
	pieces := compose.Span(summary, 24)
	fmt.Println(len(pieces), len(pieces[0]), len(pieces[1]))
	fmt.Println(len(compose.Unblocked(first, pieces[0], pieces[1], last)))
	// Output:
	// 380
	// 384
	// 2 24 324
	// 384
}
