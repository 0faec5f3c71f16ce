package collect

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/irondrift/irondrift/collect/internal/ebcdic"
)

// File is one input of a source. It is read once, from front to back, while
// its digest is taken.
type File struct {
	Name string // as the user gave it, for messages
	open func() (io.ReadCloser, error)
	size int64

	index  int
	opts   *Options
	secret bool
	digest *digester // of the last Open
	scrub  hash.Hash
	info   FileInfo
}

// OpenFile returns the File of a path.
func OpenFile(path string) (*File, error) {
	st, err := os.Stat(path)
	if err != nil {
		var at *os.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return nil, &Error{File: path, Offset: -1, Err: err, Advice: "check the path and that this account may read it"}
	}
	if st.IsDir() {
		return nil, &Error{File: path, Offset: -1, Err: errors.New("is a folder"), Advice: "name the extract files in it"}
	}
	size := st.Size()
	if !st.Mode().IsRegular() {
		size = -1 // a pipe: it can be read once, and nothing tells how long it is
	}
	return NewFile(path, size, func() (io.ReadCloser, error) { return os.Open(path) }), nil
}

// BytesFile returns a File over bytes in memory.
func BytesFile(name string, b []byte) *File {
	return NewFile(name, int64(len(b)), func() (io.ReadCloser, error) { return memory{bytes.NewReader(b)}, nil })
}

// memory is a file in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// NewFile returns a File over anything that can be opened. Size is -1 when it
// is not known.
func NewFile(name string, size int64, open func() (io.ReadCloser, error)) *File {
	return &File{Name: name, size: size, open: open, info: FileInfo{Name: filepath.Base(name), Size: -1}}
}

// Index is the position of the file in [Header.Files], for [Origin.File].
func (f *File) Index() int { return f.index }

// Size returns how many bytes [File.Open] will give, -1 when that is not known
// before reading.
func (f *File) Size() int64 {
	if f.info.Compression != "" {
		return -1
	}
	return f.size
}

// headSize is how much of a file [Source.Recognise] gets to see.
const headSize = 64 << 10

// Head is the beginning of a file.
type Head struct {
	Name string
	Raw  []byte // up to 64 KiB
	All  bool   // Raw is the whole file
	// Text is Raw as UTF-8 text without capture header, when Raw looks like
	// text in a known encoding; lines end in \n. Nil for binary data.
	Text []byte
}

// Peek reads the head of the file; what it read is not lost for [File.Open].
func (f *File) Peek() (*Head, error) {
	r, err := f.open()
	if err != nil {
		return nil, f.wrap(err)
	}
	raw, all, err := readHead(r)
	if err != nil {
		r.Close()
		return nil, f.wrap(err)
	}
	if f.size >= 0 {
		r.Close()
	} else {
		f.giveBack(raw, r)
	}
	switch {
	case isGzip(raw):
		// What the head unpacks to is enough, wherever it is cut.
		z, err := f.gunzip(bytes.NewReader(raw), io.NopCloser(nil))
		if err != nil {
			return nil, err
		}
		whole := all
		if raw, all, err = readHead(z); err != nil && (whole || len(raw) == 0) {
			return nil, err
		}
	case isZip(raw):
		if raw, all, err = f.peekZip(); err != nil {
			return nil, err
		}
	}
	if len(raw) == 0 {
		return nil, &Error{File: f.Name, Offset: -1, Err: ErrEmpty, Advice: "the job that writes it probably failed: look at its output, then run it again"}
	}
	return &Head{Name: f.Name, Raw: raw, All: all, Text: headText(raw)}, nil
}

// readHead reads up to headSize bytes; all says that there are no more.
func readHead(r io.Reader) (raw []byte, all bool, err error) {
	raw = make([]byte, headSize)
	n, err := io.ReadFull(r, raw)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return raw[:n], true, nil
	}
	return raw[:n], false, err
}

// giveBack puts the head of a pipe back in front of it: it cannot be opened
// again.
func (f *File) giveBack(head []byte, r io.ReadCloser) {
	used := false
	reopen := f.open
	f.open = func() (io.ReadCloser, error) {
		if used {
			return reopen()
		}
		used = true
		return struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(head), r), r}, nil
	}
}

// headText decodes the head of a text file the way [Lines] will.
func headText(raw []byte) []byte {
	enc := detectEncoding(raw, nil)
	if enc.binary {
		return nil
	}
	var out []byte
	sc := newSplitter(bytes.NewReader(raw), enc, len(raw)+1)
	var capture CaptureScanner
	for first := true; sc.next(); first = false {
		if !capture.Line(sc.text, first) {
			out = append(append(out, sc.text...), '\n')
		}
	}
	return out
}

// Open returns the bytes of the file, unpacked when it is compressed. The digest
// covers what was read when the stream is closed; a source reads to the end.
func (f *File) Open(ctx context.Context) (io.ReadCloser, error) {
	sum := sha256.New()
	if f.secret && f.opts != nil && len(f.opts.SecretKey) > 0 {
		sum = hmac.New(sha256.New, f.opts.SecretKey)
	}
	return f.start(ctx, sum)
}

// OpenUndigested is Open without the digest, which is half of the work, for those
// who keep no evidence of what they read.
func (f *File) OpenUndigested(ctx context.Context) (io.ReadCloser, error) {
	return f.start(ctx, nil)
}

func (f *File) start(ctx context.Context, sum hash.Hash) (io.ReadCloser, error) {
	r, err := f.open()
	if err != nil {
		return nil, f.wrap(err)
	}
	if f.digest != nil {
		f.digest.close()
	}
	f.info.Size = 0
	f.digest = newDigester(ctx, f, r, sum)
	content, err := f.unpack(ctx, f.digest, r)
	if err != nil {
		f.digest.close()
		r.Close()
		return nil, f.wrap(err)
	}
	return &digested{content, f.digest}, nil
}

// Scrubbed takes the next piece of the file with every secret replaced by its
// class. Sources whose files can hold secrets write the whole file here.
func (f *File) Scrubbed(b []byte) {
	if f.scrub == nil {
		f.scrub = sha256.New()
	}
	f.scrub.Write(b)
}

// SetEncoding records how the bytes were read.
func (f *File) SetEncoding(name string) { f.info.Encoding = name }

// Capture returns the capture header, once [Lines] has found one.
func (f *File) Capture() *Capture { return f.info.Capture }

// SetCapture records a capture header that the source found itself.
func (f *File) SetCapture(c *Capture) { f.info.Capture = c }

// finish returns what the header says about the file.
func (f *File) finish() FileInfo {
	info := f.info
	if f.digest != nil {
		f.digest.close()
	}
	switch {
	case f.digest == nil || f.digest.sum == nil:
	case !f.secret:
		info.Digest = "sha256:" + hex.EncodeToString(f.digest.sum.Sum(nil))
	case f.opts != nil && len(f.opts.SecretKey) > 0:
		info.Digest = "hmac-sha256:" + hex.EncodeToString(f.digest.sum.Sum(nil))
	default:
		// Without a key a plain digest would let anyone test guesses of a
		// password, so there is only the scrubbed one.
		info.Digest = "none"
	}
	if f.scrub != nil {
		info.Scrubbed = "sha256:" + hex.EncodeToString(f.scrub.Sum(nil))
	}
	return info
}

// Describe returns the text of an error about the file with its base name only,
// for coverage reasons: a part must not depend on the folder it was read from.
func (f *File) Describe(err error) string {
	text := strings.ReplaceAll(err.Error(), QuoteName(f.Name), QuoteName(f.info.Name))
	return strings.ReplaceAll(text, f.Name, QuoteName(f.info.Name))
}

func (f *File) wrap(err error) error {
	var place *Error
	if errors.As(err, &place) {
		return err
	}
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	advice := ""
	if errors.Is(err, os.ErrPermission) {
		advice = "give this account read access to the file"
	}
	return &Error{File: f.Name, Offset: -1, Err: err, Advice: advice}
}

// LooksEBCDIC reports whether raw bytes are more plausible as EBCDIC than as
// ASCII text.
func LooksEBCDIC(raw []byte) bool { return ebcdic.Looks(raw) }

// CodePages returns the names of the EBCDIC code pages that are built in, for
// [Options].CodePage.
func CodePages() []string { return ebcdic.Names() }

// CheckCodePage returns an error when a code page is not built in. "" is none.
func CheckCodePage(name string) error {
	if name == "" {
		return nil
	}
	_, err := ebcdic.Lookup(name)
	return err
}
