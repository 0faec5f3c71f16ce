package zvm

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"hash"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// FileHash returns the source file-hash: the digest of any text files by name,
// such as SYSTEM CONFIG and LOGO CONFIG, so that an edit shows which no other
// source would tell, a comment or a screen of the logo.
//
// The digest is taken of the lines as text, without trailing blanks, joined by
// single line feeds: it does not depend on how the file was transferred. Files
// that can hold passwords (everything but SYSTEM CONFIG and the logo) get an
// HMAC with the key of the store instead of a plain digest, because a plain one
// would let anybody test guesses of a password; without that key their digest is
// unknown. An edit of a password changes the HMAC.
//
// The files are told apart by their CMS names: SYSTEM.CONFIG becomes
// zvm/file/system_config/sha256. Any text would do, so the source never claims a
// file on its own and has to be named.
func FileHash() collect.Source { return fileHashSource{} }

type fileHashSource struct{}

var _ collect.Source = fileHashSource{}

func (fileHashSource) Info() collect.Info {
	return collect.Info{
		Name:     "file-hash",
		Platform: "zvm",
		Title:    "Digests of z/VM configuration files",
		View:     collect.Configured,
		Prefixes: []collect.Key{"zvm/file"},
		Secrets:  true,
	}
}

func (fileHashSource) Recognise(*collect.Head) collect.Confidence { return collect.No }

func (fileHashSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	rec := out.Part("")
	seen := map[collect.Key]string{}
	for _, f := range files {
		name := strings.ReplaceAll(strings.ToLower(fileIdentifier(f.Name)), " ", "_")
		if name == "" {
			return &collect.Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: the file has no name", collect.ErrNotRecognised),
				Advice: "give the file under its CMS name, such as SYSTEM.CONFIG"}
		}
		base := collect.Key("zvm/file").Join(name)
		if other, twice := seen[base]; twice {
			return &collect.Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: %s has the same name", collect.ErrTwoValues, other),
				Advice: "give each file once, under its CMS name"}
		}
		seen[base] = f.Name
		if err := hashFile(ctx, f, opts, rec, base, name); err != nil {
			return err
		}
	}
	return nil
}

// hashFile records the digest of one file.
func hashFile(ctx context.Context, f *collect.File, opts *collect.Options, rec *collect.Recorder, base collect.Key, name string) error {
	head, err := f.Peek()
	if err != nil {
		return err
	}
	form := "sha256:"
	var sum hash.Hash
	switch plain := name == "logo_config" || (configSource{}).Recognise(head) == collect.Certain; {
	case plain:
		sum = sha256.New()
	case len(opts.SecretKey) > 0:
		form, sum = "hmac-sha256:", hmac.New(sha256.New, opts.SecretKey)
	}
	lines, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	defer lines.Close()
	text, held := int64(0), int64(0)
	for lines.Next() {
		rec.Read(1)
		line := strings.TrimRight(string(lines.Line().Text), " \t\x00")
		if line == "" {
			held++ // blank lines count when text follows
			continue
		}
		if sum != nil {
			sum.Write([]byte(strings.Repeat("\n", int(held)) + line + "\n"))
		}
		text += held + 1
		rec.Used(held + 1)
		held = 0
	}
	rec.Ignored("blank", held)
	if err := ctx.Err(); err != nil {
		return err
	}
	if text == 0 {
		if err := lines.Err(); err != nil {
			return err
		}
		return &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrEmpty, Advice: "it holds blank lines only; transfer it again"}
	}
	state, reason := lines.End(opts)
	rec.Cover(collect.Coverage{Prefix: base, State: state, Reason: reason})
	at := collect.Origin{File: f.Index()}
	v := collect.Unknown("the file can hold passwords, and the store has no key for its digest")
	switch {
	case state == collect.Partial:
		v = collect.Unknown(reason)
	case sum != nil:
		v = collect.Text(form + fmt.Sprintf("%x", sum.Sum(nil)))
	}
	if err := rec.Put(base.Join("sha256"), v, at); err != nil {
		return err
	}
	return rec.Put(base.Join("lines"), collect.Number(text), at)
}
