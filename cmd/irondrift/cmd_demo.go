package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/reports"
	"github.com/irondrift/irondrift/testdata"
)

// The demo plays two mornings of the example site at times of their own, so
// that it prints the same every time.
const (
	firstNight, firstMorning   = "2026-11-18", "2026-11-18T06:30:00+01:00"
	secondNight, secondMorning = "2026-11-19", "2026-11-19T06:30:00+01:00"
	demoMarker                 = ".irondrift-demo"
)

func (a *app) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo [DIR]",
		Short: "Run the whole cycle on the built-in example site",
		Long: `Demo unpacks two nights of an invented bank into DIR (irondrift-demo), stores the
first night and approves it, then finds, judges and reports the drift of the
second. Everything it does you can repeat in DIR by hand.

EXIT STATUS
  0  the tour works, although the bank has findings`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "irondrift-demo"
			if len(args) == 1 {
				dir = args[0]
			}
			return a.demo(cmd.Context(), dir)
		},
	}
}

func (a *app) demo(ctx context.Context, dir string) error {
	if err := unpackSite(dir); err != nil {
		return err
	}
	say := func(format string, args ...any) {
		if !a.json {
			fmt.Fprintf(a.stdout, format, args...)
		}
	}
	a.config = filepath.Join(dir, "irondrift.yaml")
	say("Two nights of Meridian Savings Bank, which does not exist: a z/VM image, two z/OS\nLPARs and an IBM i partition. Everything is in %s.\n\n", collect.QuoteName(dir))

	say("1. The night of %s: read and store the extracts\n\n", firstNight)
	first, err := a.demoNight(ctx, firstNight, firstMorning)
	if err != nil {
		return err
	}
	for _, js := range first.judged {
		for _, p := range js.parts {
			h := &p.Header
			say("   %-9s %-14s %6d records %7d facts   %s\n", h.System, h.Source, h.Counts.Read, h.Facts, h.State())
		}
	}

	say("\n2. Approve it as the baseline\n\n")
	for i := range first.cfg.Systems {
		requests, err := first.requests(ctx, &first.cfg.Systems[i], &approveOptions{
			by: "R. Okafor", reason: "first baseline, reviewed with internal audit", ticket: "CHG0012345",
		})
		if err != nil {
			return err
		}
		for _, req := range requests {
			done, err := first.store.Approve(ctx, req)
			if err != nil {
				return err
			}
			say("   %s", describeApproval(done))
		}
	}

	say("\n3. The night of %s: read, compare with the baseline, judge, report\n\n", secondNight)
	second, err := a.demoNight(ctx, secondNight, secondMorning)
	if err != nil {
		return err
	}
	location, err := second.writeReports(ctx, secondNight)
	if err != nil {
		return err
	}
	if err := second.print(ctx, location); err != nil {
		return err
	}

	say("\n4. Prove that nobody edited the evidence\n\n")
	v, err := baseline.Verify(ctx, filepath.Join(dir, "store"), baseline.VerifyOptions{})
	if err != nil {
		return err
	}
	if !v.OK() {
		return withStatus(exitTampered, errors.New(v.Problems[0].String()))
	}
	say("   sound: %d ledger records, %d objects\n   %s\n", v.Records, v.Objects, v.Head)
	abs, err := filepath.Abs(location)
	if err != nil {
		abs = location
	}
	say("\nThe report:   %s\nGo on there:  cd %s\n              irondrift diff ZVMPROD1@baseline ZVMPROD1@latest\n              irondrift rules show U11\n              irondrift approve PRDA --key racf/setropts/HISTORY --reason \"longer history is fine\"\n", collect.QuoteName(abs), collect.QuoteName(dir))
	return nil
}

// demoNight collects and judges one night at its morning.
func (a *app) demoNight(ctx context.Context, label, morning string) (*night, error) {
	a.nowFlag = morning
	n, err := a.openNight(true)
	if err != nil {
		return nil, err
	}
	defer n.bar.clear()
	if err := n.collect(ctx, label, nil); err != nil {
		return nil, err
	}
	if err := n.judge(ctx, label, nil); err != nil {
		return nil, err
	}
	for _, notice := range n.notices {
		if notice.Kind != reports.NoBaseline {
			return nil, fmt.Errorf("%s, %s: %s", notice.System, notice.Source, notice.Text)
		}
	}
	return n, nil
}

// unpackSite writes the example site into a new folder, or over an earlier demo.
func unpackSite(dir string) error {
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(dir, demoMarker)); err != nil {
			return usageError("name a new folder: irondrift demo DIR", "%q exists and is not an earlier demo", dir)
		}
		if err := os.RemoveAll(filepath.Join(dir, "store")); err != nil {
			return err
		}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return withStatus(exitUsage, err)
	}
	site, err := fs.Sub(testdata.Site, "site")
	if err != nil {
		return err
	}
	if err := writePrivate(filepath.Join(dir, demoMarker), []byte("Made by irondrift demo, which may overwrite this folder.\n")); err != nil {
		return withStatus(exitUsage, err)
	}
	// A store makes its key from chance. The passwords of this site are public,
	// so its key may be too, and every tour then gives the same bytes.
	key := sha256.Sum256([]byte("irondrift demo"))
	if err := writePrivate(filepath.Join(dir, "store", "secret.key"), []byte(hex.EncodeToString(key[:])+"\n")); err != nil {
		return withStatus(exitUsage, err)
	}
	return fs.WalkDir(site, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := site.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		b, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		return writePrivate(filepath.Join(dir, filepath.FromSlash(path)), b)
	})
}

func writePrivate(path string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600)
}
