package main

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/zvm"
)

type scrubOptions struct {
	output   string
	codePage string
}

func (a *app) scrubCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scrub",
		Short: "Write an extract again without its secrets",
		Long: `Scrub writes an extract again so that it can leave the site: every secret is
replaced by its class, and collecting the result gives the same facts.`,
	}
	cmd.AddCommand(a.scrubDirectoryCommand())
	return cmd
}

func (a *app) scrubDirectoryCommand() *cobra.Command {
	var o scrubOptions
	cmd := &cobra.Command{
		Use:   "zvm-directory FILE...",
		Short: "Write a z/VM user directory without passwords",
		Long: `Scrub zvm-directory writes a user directory in source form again, as text. Every
password is replaced by its class, such as <vendor-default>, <equals-userid>,
<weak> or <other>. Statements are written anew from the operands that irondrift
understands; unknown statements, remarks and the text of comments are left out.
Lines keep their places, and sequence numbers in columns 73 to 80 where the line
leaves room for them.

Default passwords of the site's own suppliers are known from the configuration
file, when there is one (tables: vendor_passwords).

The result is collected before it is written: unless it gives the same facts as
the original, nothing is written.

EXIT STATUS
  0  written, with the same content digest
  3  the directory cannot be read, or not scrubbed without changing its facts`,
		Example: `  irondrift scrub zvm-directory USER.DIRECT -o user.direct.scrubbed
  irondrift scrub zvm-directory - -o - <USER.DIRECT | diff - user.direct.scrubbed
  irondrift scrub zvm-directory cluster/*.direct -o scrubbed/`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runScrubDirectory(cmd.Context(), args, &o)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.output, "output", "o", "", "`file` to write, or folder when there are several; - is standard output")
	f.StringVar(&o.codePage, "code-page", "", "EBCDIC code `page` of the files: "+codePages()+" (default: 1047 when they are EBCDIC)")
	_ = cmd.MarkFlagRequired("output")
	return cmd
}

func (a *app) runScrubDirectory(ctx context.Context, args []string, o *scrubOptions) error {
	folder := false
	if st, err := os.Stat(o.output); err == nil {
		folder = st.IsDir()
	}
	if len(args) > 1 && !folder {
		return usageError("make a folder for them and name it with -o", "%d files do not go into one", len(args))
	}
	var files []*collect.File
	seen := map[string]string{}
	for _, name := range args {
		f, err := openInput(name, a.stdin)
		if err != nil {
			return err
		}
		if folder {
			base := filepath.Base(f.Name)
			if seen[base] != "" {
				return usageError("scrub them one by one", "%q and %q have one name", seen[base], name)
			}
			if sameFile(name, filepath.Join(o.output, base)) {
				return usageError("name another folder with -o", "%q would be overwritten", name)
			}
			seen[base] = name
		} else if sameFile(name, o.output) {
			return usageError("name another file with -o", "%q would be overwritten", name)
		}
		files = append(files, f)
	}
	p := a.progress()
	defer p.clear()
	p.step("scrubbing "+files[0].Name, max(0, files[0].Size()))
	opts := &collect.Options{CodePage: o.codePage, Collector: programVersion(), Progress: p.add}
	if _, err := os.Stat(a.config); err == nil {
		cfg, err := a.loadConfig()
		if err != nil {
			return err
		}
		opts.Site.VendorPasswords = cfg.Tables.VendorPasswords
	}
	scrubbed, err := zvm.ScrubDirectory(ctx, files, opts)
	if err != nil {
		return err
	}
	p.clear()
	for _, f := range scrubbed.Files {
		name := o.output
		if folder {
			name = filepath.Join(o.output, filepath.Base(f.Name))
		}
		if name == "-" {
			_, err = a.stdout.Write(f.Text)
		} else {
			err = collect.WriteFile(name, func(w io.Writer) error {
				_, err := io.Copy(w, bytes.NewReader(f.Text))
				return err
			})
		}
		if err != nil {
			return err
		}
	}
	a.note("%d passwords replaced, %d comments and %d statements that are not understood left out; content %s",
		scrubbed.Passwords, scrubbed.Comments, scrubbed.Unknown, cmp.Or(scrubbed.Content, "none"))
	return nil
}

// sameFile reports whether two names lead to one file.
func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
