package collect

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
)

func TestCompressReadsBack(t *testing.T) {
	want := strings.Repeat("racf/setropts/HISTORY: 12\n", 100_000)
	var b bytes.Buffer
	w, err := Compress(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, want); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > len(want)/100 {
		t.Errorf("%d bytes became %d", len(want), b.Len())
	}
	// A skippable frame behind it is not content.
	b.Write(binary.LittleEndian.AppendUint32(nil, 0x184D2A50))
	b.Write(binary.LittleEndian.AppendUint32(nil, 3))
	b.WriteString("abc")
	cut := bytes.NewReader(b.Bytes()[:20])

	r, err := Decompress(&b)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || string(got) != want {
		t.Errorf("%d bytes came back, error %v", len(got), err)
	}
	r, err = Decompress(cut)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); err == nil {
		t.Error("a frame that was cut off was read without an error")
	}
}
