package baseline

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"github.com/irondrift/irondrift/collect"
)

// An object is stored as a Zstandard frame with its content, and behind it a
// skippable frame (RFC 8878, section 3.1.2) with the SHA-256 of the first: the
// name vouches for the content, and this for bits of a frame that do not change
// what it unpacks to. `zstd -d` passes it over, so an auditor needs no tool of
// ours: zstd -dc < object | sha256sum.
const (
	sealMagic = 0x184D2A50
	sealSize  = 8 + sha256.Size
)

func appendSeal(dst []byte, sum []byte) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, sealMagic)
	dst = binary.LittleEndian.AppendUint32(dst, sha256.Size)
	return append(dst, sum...)
}

// objectPath returns the file of an object: objects/ab/abcdef...
func objectPath(digest string) (string, error) {
	if _, err := parseDigest(digest); err != nil {
		return "", err
	}
	name := digest[len("sha256:"):]
	return filepath.Join("objects", name[:2], name), nil
}

// putObject stores what write writes and returns its digest. An object that is
// there already is not written again. The folder is not synced, see syncDirs.
func (s *Store) putObject(write func(io.Writer) error) (digest string, err error) {
	tmp, err := s.temp()
	if err != nil {
		return "", err
	}
	s.step("object: temporary file created")
	sealed := sha256.New()
	z, err := collect.Compress(io.MultiWriter(tmp, sealed))
	if err != nil {
		return "", s.discard(tmp, err)
	}
	content := sha256.New()
	if err := write(io.MultiWriter(z, content)); err != nil {
		z.Close()
		return "", s.discard(tmp, err)
	}
	if err := z.Close(); err != nil {
		return "", s.discard(tmp, s.wrap(tmp.Name(), err))
	}
	s.step("object: content written")
	digest = digestName(content.Sum(nil))
	if s.hasObject(digest) {
		return digest, s.discard(tmp, nil)
	}
	path, err := objectPath(digest)
	if err != nil {
		return "", s.discard(tmp, err)
	}
	if _, err := tmp.Write(appendSeal(nil, sealed.Sum(nil))); err != nil {
		return "", s.discard(tmp, s.wrap(tmp.Name(), err))
	}
	return digest, s.publish(tmp, path, true)
}

// hasObject reports whether there is such an object.
func (s *Store) hasObject(digest string) bool {
	path, err := objectPath(digest)
	if err != nil {
		return false
	}
	if _, err := os.Lstat(filepath.Join(s.dir, path)); err != nil {
		return false
	}
	s.markDirty(filepath.Dir(path)) // whoever made it may not have synced it yet
	return true
}

func (s *Store) putBytes(b []byte) (string, error) {
	return s.putObject(func(w io.Writer) error { _, err := w.Write(b); return err })
}

// opener returns a blob that is opened when it is needed. Its content is
// checked against its name while it is read: the last Read fails when it does
// not match.
func (s *Store) opener(digest string) collect.Opener {
	return func() (io.ReadCloser, error) {
		path, err := objectPath(digest)
		if err != nil {
			return nil, fmt.Errorf("object %q: %w", digest, err)
		}
		f, err := os.Open(filepath.Join(s.dir, path))
		if errors.Is(err, os.ErrNotExist) {
			return nil, s.damaged("object "+digest, errors.New("is missing"))
		}
		if err != nil {
			return nil, s.wrap(path, err)
		}
		z, err := collect.Decompress(f)
		if err != nil {
			f.Close()
			return nil, s.damaged("object "+digest, err)
		}
		return &objectReader{s: s, digest: digest, f: f, z: z, sum: sha256.New()}, nil
	}
}

type objectReader struct {
	s      *Store
	digest string
	f      *os.File
	z      io.ReadCloser
	sum    hash.Hash
	err    error
}

func (r *objectReader) Read(b []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.z.Read(b)
	r.sum.Write(b[:n])
	switch {
	case err == io.EOF && digestName(r.sum.Sum(nil)) != r.digest:
		err = r.s.damaged("object "+r.digest, errors.New("one or more bytes changed"))
	case err != nil && err != io.EOF:
		err = r.s.damaged("object "+r.digest, fmt.Errorf("one or more bytes changed: %w", err))
	}
	r.err = err
	return n, err
}

func (r *objectReader) Close() error {
	r.z.Close()
	return r.f.Close()
}

// readObject returns the content of a small object.
func (s *Store) readObject(digest string, limit int64) ([]byte, error) {
	r, err := s.opener(digest)()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = s.damaged("object "+digest, fmt.Errorf("is larger than %d bytes", limit))
	}
	return b, err
}

// checkObject reads the file of an object and says what is wrong with it.
func checkObject(path, name string) (size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size = st.Size()
	if size < sealSize {
		return size, errors.New("is cut off")
	}
	frame := sha256.New()
	z, err := collect.Decompress(io.TeeReader(io.LimitReader(f, size-sealSize), frame))
	if err != nil {
		return size, fmt.Errorf("one or more bytes changed: %w", err)
	}
	defer z.Close()
	content := sha256.New()
	if _, err := io.Copy(content, z); err != nil {
		return size, fmt.Errorf("one or more bytes changed: %w", err)
	}
	seal := make([]byte, sealSize)
	if _, err := f.ReadAt(seal, size-sealSize); err != nil {
		return size, err
	}
	if hex.EncodeToString(content.Sum(nil)) != name || !bytes.Equal(seal, appendSeal(nil, frame.Sum(nil))) {
		return size, errors.New("one or more bytes changed")
	}
	return size, nil
}
