package collect

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"testing"
	"testing/iotest"
)

// The digest is that of the file, however it is read.
func TestDigest(t *testing.T) {
	for _, size := range []int{0, 1, pieceSize - 1, pieceSize, pieceSize + 1, 7*pieceSize + 123} {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(i * 31 >> 3)
		}
		want := fmt.Sprintf("sha256:%x", sha256.Sum256(data))
		for name, c := range map[string]struct {
			known int64
			wrap  func(io.Reader) io.Reader
		}{
			"at once":        {int64(size), func(r io.Reader) io.Reader { return r }},
			"size not known": {-1, func(r io.Reader) io.Reader { return r }},
			"in halves":      {-1, iotest.HalfReader},
			"data with EOF":  {int64(size), iotest.DataErrReader},
		} {
			f := NewFile("x", c.known, func() (io.ReadCloser, error) { return io.NopCloser(c.wrap(bytes.NewReader(data))), nil })
			for range 2 { // a file may be opened again
				r, err := f.Open(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(iotest.OneByteReader(io.LimitReader(r, 100)))
				if err != nil {
					t.Fatal(err)
				}
				rest, err := io.ReadAll(r)
				if err != nil {
					t.Fatal(err)
				}
				if got = append(got, rest...); !bytes.Equal(got, data) {
					t.Errorf("%d bytes, %s: read %d", size, name, len(got))
				}
				if err := r.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if info := f.finish(); info.Digest != want || info.Size != int64(size) {
				t.Errorf("%d bytes, %s: %s of %d bytes", size, name, info.Digest, info.Size)
			}
		}
	}
}

func TestDigestStops(t *testing.T) {
	broken := errors.New("disk")
	f := NewFile("x", -1, func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader([]byte("abcdef")), iotest.ErrReader(broken))), nil
	})
	r, err := f.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); string(got) != "abcdef" || !errors.Is(err, broken) {
		t.Errorf("%q, %v", got, err)
	}
	r.Close()
	ctx, stop := context.WithCancel(t.Context())
	if r, err = BytesFile("x", make([]byte, 3*pieceSize)).Open(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	stop()
	if _, err := r.Read(make([]byte, 10)); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancelling: %v", err)
	}
	r.Close()
}
