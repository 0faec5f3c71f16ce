// Command irondrift takes nightly snapshots of the security settings of z/VM,
// z/OS and IBM i systems, compares each with an approved baseline, and reports
// per PCI DSS requirement what the evidence shows and what it cannot show.
//
// Results go to standard output, everything else to standard error. The exit
// code is 0 when there is nothing to report, 1 for drift or findings, 2 for
// wrong usage or configuration, 3 when something could not be assessed, 4 when
// the evidence store fails verification and 130 when interrupted; when several
// apply the highest below 130 wins.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	// The bounds on memory are close for the largest extracts, and the garbage of
	// collecting is cheap to find. GOGC in the environment still counts.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(70)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
