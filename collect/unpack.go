package collect

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// Extracts often travel compressed. [File.Open] and [File.Peek] unpack gzip and
// ZIP archives with one member, so that sources need not know; the digest and
// the size are those of the file as it came.

// A file is taken for a bomb when it unpacks to more than bombSize bytes and to
// more than bombRatio times its own size. Records padded with blanks shrink to
// a fortieth; deflate can reach a thousandth.
const (
	bombSize  = 64 << 20
	bombRatio = 250
)

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1F, 0x8B, 8}) }

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// unpack returns what r, the whole file, holds when it is compressed, else r.
// Raw is the file under r.
func (f *File) unpack(ctx context.Context, r io.Reader, raw io.ReadCloser) (io.ReadCloser, error) {
	head := make([]byte, 4)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	head = head[:n]
	r = io.MultiReader(bytes.NewReader(head), r)
	switch {
	case isGzip(head):
		return f.gunzip(r, raw)
	case isZip(head):
		at, size, done, err := f.randomAccess(r, raw)
		if err != nil {
			return nil, err
		}
		content, err := f.unzip(at, size)
		if err != nil {
			done()
			return nil, err
		}
		return &unpacked{f: f, ctx: ctx, r: content, in: func() int64 { return size }, close: done}, nil
	}
	f.info.Compression = ""
	return &unpacked{r: r, close: raw.Close}, nil
}

func (f *File) gunzip(r io.Reader, raw io.ReadCloser) (io.ReadCloser, error) {
	in := &counted{r: r}
	z, err := gzip.NewReader(bufio.NewReaderSize(in, 64<<10))
	if err != nil {
		return nil, f.damagedArchive(err)
	}
	f.info.Compression = "gzip"
	return &unpacked{f: f, r: z, in: func() int64 { return in.n }, close: raw.Close}, nil
}

// peekZip returns the head of the only member of an archive. A pipe is copied to
// a temporary file first, since the contents of an archive are listed at its end.
func (f *File) peekZip() (head []byte, all bool, err error) {
	r, err := f.open()
	if err != nil {
		return nil, false, f.wrap(err)
	}
	at, size, done, err := f.randomAccess(r, r)
	if err != nil {
		r.Close()
		return nil, false, f.wrap(err)
	}
	if f.size < 0 {
		f.size = size
		f.open = func() (io.ReadCloser, error) {
			return section{io.NewSectionReader(at, 0, size)}, nil
		}
	} else {
		defer done()
	}
	content, err := f.unzip(at, size)
	if err != nil {
		return nil, false, err
	}
	head, all, err = readHead(content)
	if err != nil {
		return nil, false, f.damagedArchive(err)
	}
	return head, all, nil
}

// section is a copy of a pipe, which lives as long as its [File].
type section struct{ *io.SectionReader }

func (section) Close() error { return nil }

// randomAccess reads r to its end, so that its digest covers the file, and
// returns the file for reading anywhere: as it is when it allows that, else as a
// temporary copy.
func (f *File) randomAccess(r io.Reader, raw io.ReadCloser) (at io.ReaderAt, size int64, done func() error, err error) {
	if at, ok := raw.(io.ReaderAt); ok {
		size, err := io.Copy(io.Discard, r)
		return at, size, raw.Close, err
	}
	dir := ""
	if f.opts != nil {
		dir = f.opts.TempDir
	}
	t, err := os.CreateTemp(dir, "irondrift-zip-*")
	if err != nil {
		return nil, 0, nil, fmt.Errorf("temporary file: %w", err)
	}
	os.Remove(t.Name()) // gone with us, however we end
	done = func() error {
		raw.Close()
		os.Remove(t.Name()) // where a file in use cannot be removed
		return t.Close()
	}
	if size, err = io.Copy(t, r); err != nil {
		done()
		return nil, 0, nil, err
	}
	return t, size, done, nil
}

// unzip opens the only member of a ZIP archive.
func (f *File) unzip(at io.ReaderAt, size int64) (io.ReadCloser, error) {
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, f.damagedArchive(err)
	}
	refuse := func(advice, format string, args ...any) error {
		return &Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: "+format, append([]any{ErrNotRecognised}, args...)...), Advice: advice}
	}
	var member *zip.File
	members := 0
	for _, m := range z.File {
		switch {
		case m.Name == "[Content_Types].xml":
			return nil, refuse("save the sheet as CSV (UTF-8)", "it is an Excel workbook")
		case strings.HasSuffix(m.Name, "/") || strings.HasPrefix(m.Name, "__MACOSX/"):
		default:
			member = m
			members++
		}
	}
	switch {
	case members == 0:
		return nil, &Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: it is a ZIP archive without a file in it", ErrEmpty), Advice: "make the archive again, with the extract in it"}
	case members > 1:
		return nil, refuse("unpack it and name the extracts one by one", "it is a ZIP archive of %d files", members)
	case member.Flags&1 != 0:
		return nil, refuse("unpack it with its password first", "it is an encrypted ZIP archive")
	}
	r, err := member.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, refuse("unpack it, or make it again with the method deflate", "it is a ZIP archive compressed with method %d", member.Method)
	}
	if err != nil {
		return nil, f.damagedArchive(err)
	}
	f.info.Compression = "zip: " + oneLine(validText(path.Base(strings.ReplaceAll(member.Name, `\`, "/"))))
	return r, nil
}

func (f *File) damagedArchive(err error) error {
	var place *Error
	if errors.As(err, &place) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: it is compressed, and unpacking fails: %w", ErrDamaged, err),
		Advice: "it was cut off or changed on the way: transfer it again in binary"}
}

// unpacked is the content of a file. Without in, it was not compressed.
type unpacked struct {
	f     *File
	ctx   context.Context // of a ZIP archive, which is read after the file was
	r     io.Reader
	in    func() int64 // compressed bytes
	out   int64
	close func() error
}

func (u *unpacked) Read(b []byte) (int, error) {
	if u.ctx != nil && u.ctx.Err() != nil {
		return 0, u.ctx.Err()
	}
	n, err := u.r.Read(b)
	if u.in == nil {
		return n, err
	}
	if u.out += int64(n); u.out > bombSize && u.out/bombRatio > u.in() {
		return 0, &Error{File: u.f.Name, Offset: -1, Err: fmt.Errorf("%w: it unpacks to more than %d times its size", ErrLimit, bombRatio),
			Advice: "no extract shrinks that much; if it is sound, unpack it first"}
	}
	if err != nil && err != io.EOF {
		err = u.f.damagedArchive(err)
	}
	return n, err
}

func (u *unpacked) Close() error { return u.close() }

// counted counts the bytes that were read.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}
