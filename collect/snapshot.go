package collect

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Snapshot is the parts of one system of one night.
type Snapshot struct {
	System string
	Parts  []*Part // sorted by source
	close  func() error
}

// NewSnapshot sorts parts, which must be of one system, into a snapshot.
func NewSnapshot(parts []*Part) (*Snapshot, error) {
	if len(parts) == 0 {
		return nil, errors.New("a snapshot needs at least one part")
	}
	s := &Snapshot{System: parts[0].Header.System, Parts: slices.Clone(parts)}
	slices.SortStableFunc(s.Parts, func(a, b *Part) int { return strings.Compare(a.Header.Source, b.Header.Source) })
	for _, p := range parts {
		if p.Header.System != s.System {
			return nil, &Error{Offset: -1, Err: fmt.Errorf("the extracts are of two systems, %q and %q", s.System, p.Header.System),
				Advice: "choose one with --system"}
		}
	}
	return s, nil
}

// Close closes the file the snapshot was opened from and frees its parts.
func (s *Snapshot) Close() error {
	for _, p := range s.Parts {
		p.Close()
	}
	if s.close != nil {
		return s.close()
	}
	return nil
}

// A snapshot file is a ZIP archive, so that any tool can open it: first the
// member "irondrift-snapshot", which holds the format version, then for each
// part a folder with header.json, facts and provenance. Members are stored, not
// compressed: they are read at the speed of the disk, and the evidence store
// compresses its own copies.
const (
	snapshotMember  = "irondrift-snapshot"
	snapshotVersion = "1\n"
)

// Write writes the snapshot. The same snapshot gives the same bytes.
func (s *Snapshot) Write(w io.Writer) error {
	z := zip.NewWriter(w)
	member := func(name string) (io.Writer, error) {
		return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	}
	m, err := member(snapshotMember)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(m, snapshotVersion); err != nil {
		return err
	}
	for i, p := range s.Parts {
		dir := fmt.Sprintf("%02d-%s/", i, p.Header.Source)
		header, err := json.MarshalIndent(p.Header, "", "  ")
		if err != nil {
			return err
		}
		blobs := []struct {
			name string
			open Opener
		}{
			{"header.json", bytesOpener(append(header, '\n'))},
			{"facts", p.FactsBlob},
			{"provenance", p.ProvenanceBlob},
		}
		for _, b := range blobs {
			if b.open == nil {
				continue
			}
			m, err := member(dir + b.name)
			if err != nil {
				return err
			}
			r, err := b.open()
			if err != nil {
				return err
			}
			_, err = io.Copy(m, r)
			if err := errors.Join(err, r.Close()); err != nil {
				return err
			}
		}
	}
	return z.Close()
}

func bytesOpener(b []byte) Opener {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
}

// OpenSnapshot opens a snapshot file or an export of facts in any of the three
// formats; "-" is stdin. Every digest is checked.
func OpenSnapshot(ctx context.Context, name string, stdin io.Reader) (*Snapshot, error) {
	in := io.NopCloser(stdin)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, &Error{File: name, Offset: -1, Err: unwrapPath(err), Advice: "name a snapshot written by irondrift collect -o, or an export of one"}
		}
		in = f
	}
	br := bufio.NewReaderSize(&contextReader{ctx, in}, 64<<10)
	magic, err := br.Peek(4)
	switch {
	case errors.Is(err, syscall.EISDIR):
		in.Close()
		return nil, &Error{File: name, Offset: -1, Err: errors.New("is a folder"), Advice: "name a snapshot in it, or SYSTEM@latest for what the evidence store holds"}
	case len(magic) == 0 && err != nil && err != io.EOF:
		in.Close()
		return nil, &Error{File: name, Offset: -1, Err: unwrapPath(err), Advice: "check the file, and that this account may read it"}
	case len(magic) == 0:
		in.Close()
		return nil, &Error{File: name, Offset: -1, Err: ErrEmpty, Advice: "collect the extract again"}
	case bytes.HasPrefix(magic, []byte("PK\x03\x04")):
		return openArchive(ctx, name, in, br)
	}
	defer in.Close()
	s, err := readExport(name, br)
	if err != nil {
		return nil, err
	}
	return s, nil
}

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

func openArchive(ctx context.Context, name string, in io.ReadCloser, br *bufio.Reader) (*Snapshot, error) {
	damaged := func(err error) error {
		in.Close()
		return &Error{File: name, Offset: -1, Err: fmt.Errorf("%w: %w", ErrDamaged, err), Advice: "the snapshot was cut off or changed: collect the extract again"}
	}
	f, onDisk := in.(*os.File)
	var size int64
	if onDisk {
		st, err := f.Stat()
		if onDisk = err == nil && st.Mode().IsRegular(); onDisk {
			size = st.Size()
		}
	}
	var at io.ReaderAt = f
	if !onDisk {
		// A ZIP archive is read from its end, so a pipe goes to a spool first.
		tmp, err := os.CreateTemp("", "irondrift-snapshot-*")
		if err != nil {
			return nil, err
		}
		os.Remove(tmp.Name())
		if size, err = io.Copy(tmp, br); err != nil {
			return nil, err
		}
		in, at = tmp, tmp
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, damaged(err)
	}
	s := &Snapshot{close: in.Close}
	byDir := map[string]*Part{}
	for _, m := range z.File {
		open := func() (io.ReadCloser, error) { return m.Open() }
		if m.Name == snapshotMember {
			b, err := readAll(open, 64)
			if err != nil {
				return nil, damaged(err)
			}
			if string(b) != snapshotVersion {
				return nil, damaged(fmt.Errorf("snapshot format %q is not known to this version", strings.TrimSpace(string(b))))
			}
			continue
		}
		dir, base := path.Split(m.Name)
		p := byDir[dir]
		if p == nil {
			p = &Part{}
			byDir[dir] = p
			s.Parts = append(s.Parts, p)
		}
		switch base {
		case "header.json":
			b, err := readAll(open, 256<<20)
			if err == nil {
				err = json.Unmarshal(b, &p.Header)
			}
			if err != nil {
				return nil, damaged(fmt.Errorf("%s: %w", m.Name, err))
			}
		case "facts":
			p.FactsBlob = open
		case "provenance":
			p.ProvenanceBlob = open
		}
	}
	if len(s.Parts) == 0 {
		return nil, damaged(errors.New("holds no part"))
	}
	for _, p := range s.Parts {
		if p.FactsBlob == nil || p.Header.Source == "" {
			return nil, damaged(errors.New("a part lacks its facts or its header"))
		}
		if err := p.Check(ctx); err != nil {
			return nil, damaged(err)
		}
	}
	s.System = s.Parts[0].Header.System
	return s, nil
}

func readAll(open Opener, limit int64) ([]byte, error) {
	r, err := open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, limit))
}

// Check compares facts and provenance with the digests in the header.
func (p *Part) Check(ctx context.Context) error {
	for _, b := range []struct {
		what, want string
		open       Opener
	}{{"facts", p.Header.Content, p.FactsBlob}, {"provenance", p.Header.Provenance, p.ProvenanceBlob}} {
		if b.open == nil || b.want == "" {
			continue
		}
		r, err := b.open()
		if err != nil {
			return err
		}
		h := sha256.New()
		_, err = io.Copy(h, &contextReader{ctx, r})
		if err := errors.Join(err, r.Close()); err != nil {
			return fmt.Errorf("%s of part %s: %w", b.what, p.Header.Source, err)
		}
		if got := "sha256:" + hex.EncodeToString(h.Sum(nil)); got != b.want {
			return fmt.Errorf("%s of part %s have digest %s, the header says %s", b.what, p.Header.Source, got, b.want)
		}
	}
	return nil
}

// WriteFile writes the snapshot to a new file that appears whole, with mode
// 0600; "-" is standard output.
func (s *Snapshot) WriteFile(name string, stdout io.Writer) error {
	if name == "-" {
		return s.Write(stdout)
	}
	return WriteFile(name, s.Write)
}

// WriteFile writes a file that appears whole or not at all, with mode 0600: a
// temporary file in the same folder is written, synced and renamed. An existing
// regular file is replaced; anything else at that name is an error.
func WriteFile(name string, write func(io.Writer) error) (err error) {
	if st, err := os.Lstat(name); err == nil && !st.Mode().IsRegular() {
		return &Error{File: name, Offset: -1, Err: errors.New("is not a regular file"), Advice: "name another output file"}
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return &Error{File: name, Offset: -1, Err: unwrapPath(err), Advice: "check that the folder exists and that this account may write to it"}
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
		}
	}()
	w := bufio.NewWriterSize(tmp, 256<<10)
	if err := write(w); err != nil {
		return err
	}
	if err := errors.Join(w.Flush(), tmp.Sync(), tmp.Close()); err != nil {
		return &Error{File: name, Offset: -1, Err: unwrapPath(err), Advice: "check the free space; nothing was left behind"}
	}
	return os.Rename(tmp.Name(), name)
}

func unwrapPath(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
