package collect

import (
	"io"

	"github.com/klauspost/compress/zstd"
)

// compressWindow bounds what a reader of one compressed stream must hold.
// Facts are sorted, so what repeats is near.
const compressWindow = 1 << 20

// Compress returns a writer that writes one Zstandard frame (RFC 8878) to w.
// Close ends the frame; it does not close w.
func Compress(w io.Writer) (io.WriteCloser, error) {
	return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(compressWindow), zstd.WithLowerEncoderMem(true))
}

// Decompress returns the content of the Zstandard frames of r, skippable frames
// passed over. It starts no goroutine and holds little more than the window of
// the frame, which must not exceed 8 MiB. Close does not close r.
func Decompress(r io.Reader) (io.ReadCloser, error) {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		return nil, err
	}
	return d.IOReadCloser(), nil
}
