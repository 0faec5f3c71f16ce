package racf

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/ebcdic"
)

// The result of R_admin (IRRSEQ00) for SETROPTS, big-endian and EBCDIC:
//
//	header   eye-catcher RXTR (4), length of the whole (4), reserved (4),
//	         number of segments (2)
//	segment  name (8), flag (1), number of fields (2)
//	field    name (8), flag (1), length of data (2), data
//
// A flag field has Y or N and no data. Other fields have a flag other than N and
// data, or N and none when they are not set. A class takes nine bytes.
const (
	headerLen  = 14
	segmentLen = 11
	fieldLen   = 11
	classLen   = 9
)

var (
	eyecatcher = []byte{0xD9, 0xE7, 0xE3, 0xD9}                         // RXTR
	ebcdicBase = []byte{0xC2, 0xC1, 0xE2, 0xC5, 0x40, 0x40, 0x40, 0x40} // BASE
)

func readBinary(ctx context.Context, f *collect.File, out *collect.Recorder) (*answers, error) {
	in, err := f.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, maxBytes+1))
	if err != nil {
		return nil, err
	}
	fail := func(offset int, err error, advice string) (*answers, error) {
		return nil, &collect.Error{File: f.Name, Offset: int64(offset), Err: err, Advice: advice}
	}
	const again = "write the result to the file as it comes from R_admin, and transfer it as binary"
	switch {
	case len(b) > maxBytes:
		return fail(maxBytes, fmt.Errorf("%w: the result is longer than %d bytes", collect.ErrLimit, maxBytes), "check that the file is the result of one request")
	case bytes.HasPrefix(b, []byte("RXTR")):
		return fail(0, fmt.Errorf("%w: binary data was translated to ASCII", collect.ErrDamaged), again)
	case len(b) < headerLen+segmentLen:
		return fail(len(b), fmt.Errorf("%w: it ends inside its header", collect.ErrDamaged), again)
	}
	page, err := ebcdic.Lookup("1047")
	if err != nil {
		return nil, err
	}
	f.SetEncoding("ibm-1047 binary")
	r := &binaryReader{x: newExtract(out, f), b: b, page: page}
	cut, err := r.read()
	if err != nil {
		return nil, err
	}
	if len(r.x.a.got) == 0 {
		return fail(r.pos, fmt.Errorf("%w: it holds no RACF options", collect.ErrDamaged), again)
	}
	r.x.a.state = collect.Complete
	if cut != "" {
		r.x.a.state, r.x.a.reason = collect.Partial, cut
		out.Warn(f, 0, int64(r.pos), "%s", cut)
	}
	return r.x.a, nil
}

type binaryReader struct {
	x    *extract
	b    []byte
	pos  int
	page *ebcdic.Page
}

// read returns why the result is not whole, "" when it is.
func (r *binaryReader) read() (cut string, err error) {
	length := int64(binary.BigEndian.Uint32(r.b[4:]))
	segments := int(binary.BigEndian.Uint16(r.b[12:]))
	r.pos = headerLen
	for range segments {
		if len(r.b)-r.pos < segmentLen {
			return r.short(length), nil
		}
		n := int(binary.BigEndian.Uint16(r.b[r.pos+9:]))
		r.pos += segmentLen
		for i := range n {
			ok, err := r.field(int64(i + 1))
			if err != nil {
				return "", err
			}
			if !ok {
				return r.short(length), nil
			}
		}
	}
	if int64(r.pos) != length {
		return fmt.Sprintf("the result states a length of %d bytes, its fields have %d", length, r.pos), nil
	}
	// Fixed-length records are padded.
	if rest := bytes.Trim(r.b[r.pos:], "\x00\x40"); len(rest) > 0 {
		return fmt.Sprintf("%d bytes follow the last field", len(r.b)-r.pos), nil
	}
	return "", nil
}

func (r *binaryReader) short(length int64) string {
	return fmt.Sprintf("the result states a length of %d bytes, %d arrived", length, len(r.b))
}

func (r *binaryReader) field(number int64) (ok bool, err error) {
	if len(r.b)-r.pos < fieldLen {
		return false, nil
	}
	head := r.b[r.pos : r.pos+fieldLen]
	n := int(binary.BigEndian.Uint16(head[9:]))
	if len(r.b)-r.pos-fieldLen < n {
		return false, nil
	}
	at := collect.Origin{File: r.x.a.file.Index(), Pos: number, Offset: int64(r.pos)}
	data := r.page.String(r.b[r.pos+fieldLen : r.pos+fieldLen+n])
	r.pos += fieldLen + n
	r.x.out.Read(1)
	f := r.x.field(r.page.String(head[:8]), at)
	if f == nil {
		return true, nil
	}
	set := r.page.String(head[8:9])
	switch {
	case f.kind == flag:
		return true, r.x.scalar(f, set, at)
	case f.kind == classes:
		if n%classLen != 0 {
			why := fmt.Sprintf("its %d bytes are not a number of classes", n)
			return true, r.x.put(f, answer{value: collect.Unknown(why), at: at, doubt: why})
		}
		a := r.x.classes(f, members(strings.Fields(data), at))
		a.at = at
		return true, r.x.put(f, a)
	case set == "N" && n == 0:
		return true, r.x.scalar(f, "", at)
	}
	return true, r.x.scalar(f, data, at)
}
