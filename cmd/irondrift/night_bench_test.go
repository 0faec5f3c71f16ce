package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/testdata/compose"
)

// BenchmarkNight is the night of a hundred systems with ten thousand keys each:
// collecting, comparing with the baselines, judging, and the HTML report. The
// bound is ten seconds. On each system a user has appeared since the baseline.
func BenchmarkNight(b *testing.B) {
	const systems, users = 100, 430
	dir := b.TempDir()
	directory := func(system int, night, more string) {
		var text bytes.Buffer
		if err := compose.WriteLargeDirectory(&text, users, uint64(system)); err != nil {
			b.Fatal(err)
		}
		text.WriteString(more)
		name := filepath.Join(dir, "extracts", night, fmt.Sprintf("VM%03d.txt", system))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, text.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	cfg := strings.Builder{}
	cfg.WriteString("organisation: Large Bank\nstore: store\nsystems:\n")
	for i := range systems {
		directory(i, "2026-11-18", "")
		directory(i, "2026-11-19", "USER NEWUSER NOPASS 1G 2G ABG\n MDISK 0191 3390 1 100 VOL001 MR\n")
		fmt.Fprintf(&cfg, "  - id: VM%03d\n    platform: zvm\n    sources:\n      - source: zvm-directory\n        files: extracts/{night}/VM%03d.txt\n        assert_complete: true\n", i, i)
	}
	name := filepath.Join(dir, "irondrift.yaml")
	if err := os.WriteFile(name, []byte(cfg.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	irondrift := func(status int, args ...string) {
		var errs bytes.Buffer
		if got := run(b.Context(), append(args, "-q", "--config", name), nil, io.Discard, &errs); got != status {
			b.Fatalf("irondrift %s: status %d\n%s", strings.Join(args, " "), got, errs.String())
		}
	}
	irondrift(exitNotAssessed, "run", "--night", "2026-11-18", "--now", "2026-11-18T06:00:00Z")
	for i := range systems {
		irondrift(exitOK, "approve", fmt.Sprintf("VM%03d", i), "--reason", "first", "--by", "bench", "--now", "2026-11-18T07:00:00Z")
	}
	for b.Loop() {
		irondrift(exitFindings, "run", "--night", "2026-11-19", "--now", "2026-11-19T06:00:00Z")
		irondrift(exitFindings, "report", "--format", "html", "-o", filepath.Join(dir, "report.html"), "--now", "2026-11-19T06:00:00Z")
	}
}
