package collect

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func gzipped(t *testing.T, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, m := range members {
		z := gzip.NewWriter(&b)
		io.WriteString(z, m)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// zipped makes an archive of names and contents in turn.
func zipped(t *testing.T, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, members[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whatever a file is packed in, from a path, from memory or from a pipe, its
// head and its content are what was packed and its digest is that of the file.
func TestUnpack(t *testing.T) {
	text := strings.Repeat("DIRECTORY 0123 3390 M01RES\n", 20_000)
	for _, tt := range []struct {
		name, compression string
		file              []byte
	}{
		{"plain", "", []byte(text)},
		{"gzip", "gzip", gzipped(t, text)},
		{"gzip of two members", "gzip", gzipped(t, text[:100], text[100:])},
		{"zip", "zip: USER.DIRECT", zipped(t, "night/", "", "night/USER.DIRECT", text, "__MACOSX/._USER.DIRECT", "x")},
	} {
		path := filepath.Join(t.TempDir(), "extract")
		if err := os.WriteFile(path, tt.file, 0o600); err != nil {
			t.Fatal(err)
		}
		onDisk, err := OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		pipe := func(wrap func(io.Reader) io.Reader) *File {
			return NewFile("standard input", -1, func() (io.ReadCloser, error) {
				return io.NopCloser(wrap(bytes.NewReader(tt.file))), nil
			})
		}
		for how, f := range map[string]*File{
			"path": onDisk, "memory": BytesFile("x", tt.file),
			"pipe": pipe(func(r io.Reader) io.Reader { return r }), "slow pipe": pipe(iotest.HalfReader),
		} {
			for range 2 {
				head, err := f.Peek()
				if err != nil {
					t.Fatalf("%s, %s: %v", tt.name, how, err)
				}
				if string(head.Raw) != text[:len(head.Raw)] || len(head.Raw) < 1000 || head.Text == nil || head.All {
					t.Errorf("%s, %s: head of %d bytes, all %v", tt.name, how, len(head.Raw), head.All)
				}
			}
			r, err := f.Open(t.Context())
			if err != nil {
				t.Fatalf("%s, %s: %v", tt.name, how, err)
			}
			got, err := io.ReadAll(r)
			if err != nil || string(got) != text {
				t.Fatalf("%s, %s: %d bytes, want %d; error %v", tt.name, how, len(got), len(text), err)
			}
			if err := r.Close(); err != nil {
				t.Errorf("%s, %s: close: %v", tt.name, how, err)
			}
			sum := sha256.Sum256(tt.file)
			info := f.finish()
			if info.Digest != "sha256:"+hex.EncodeToString(sum[:]) || info.Size != int64(len(tt.file)) || info.Compression != tt.compression {
				t.Errorf("%s, %s: %+v", tt.name, how, info)
			}
			if size := f.Size(); tt.compression != "" && size != -1 {
				t.Errorf("%s, %s: size %d", tt.name, how, size)
			}
		}
	}
}

func TestUnpackRefuses(t *testing.T) {
	text := strings.Repeat("some line\n", 50_000)
	gz, archive := gzipped(t, text), zipped(t, "a", text)
	flipped := bytes.Clone(gz)
	flipped[len(flipped)-6] ^= 1 // in the checksum
	encrypted := bytes.Clone(archive)
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	for _, tt := range []struct {
		name string
		file []byte
		is   error
		says string
	}{
		{"gzip cut", gz[:len(gz)-5], ErrDamaged, "unpacking fails: unexpected EOF"},
		{"gzip changed", flipped, ErrDamaged, "checksum"},
		{"gzip with rubbish behind", append(bytes.Clone(gz), "rubbish"...), ErrDamaged, "unpacking fails"},
		{"gzip of nothing", gzipped(t, ""), ErrEmpty, ""},
		{"zip cut", archive[:len(archive)-10], ErrDamaged, "unpacking fails"},
		{"zip of two", zipped(t, "a", "1", "b", "2"), ErrNotRecognised, "ZIP archive of 2 files"},
		{"zip of none", zipped(t), ErrEmpty, "without a file"},
		{"zip of nothing", zipped(t, "a", ""), ErrEmpty, ""},
		{"workbook", zipped(t, "[Content_Types].xml", "x", "xl/workbook.xml", "x"), ErrNotRecognised, "Excel"},
		{"encrypted", encrypted, ErrNotRecognised, "encrypted"},
		{"gzip bomb", gzipped(t, strings.Repeat("\x00", bombSize+1<<20)), ErrLimit, "250 times"},
		{"zip bomb", zipped(t, "a", strings.Repeat("\x00", bombSize+1<<20)), ErrLimit, "250 times"},
	} {
		f := BytesFile("extract", tt.file)
		_, err := f.Peek()
		if err == nil {
			var r io.ReadCloser
			if r, err = f.Open(t.Context()); err == nil {
				_, err = io.Copy(io.Discard, r)
				r.Close()
			}
		}
		if !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) || HintOf(err) == "" {
			t.Errorf("%s: error %v, hint %q", tt.name, err, HintOf(err))
		}
	}
}

// A pipe that ends in the middle of an archive, and a reading that is cancelled.
func TestUnpackInterrupted(t *testing.T) {
	archive := zipped(t, "a", strings.Repeat("some line\n", 50_000))
	broken := errors.New("broken pipe")
	f := NewFile("-", -1, func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(archive[:50]), iotest.ErrReader(broken))), nil
	})
	if _, err := f.Peek(); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	noise := make([]byte, 1<<20)
	rand.NewChaCha8([32]byte{}).Read(noise)
	ctx, cancel := context.WithCancel(t.Context())
	for _, file := range [][]byte{noise, gzipped(t, string(noise)), zipped(t, "a", string(noise))} {
		r, err := BytesFile("x", file).Open(ctx)
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		if _, err := io.Copy(io.Discard, r); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		ctx, cancel = context.WithCancel(t.Context())
	}
	cancel()
}
