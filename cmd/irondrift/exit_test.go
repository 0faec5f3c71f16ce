package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"syscall"
	"testing"

	"github.com/irondrift/irondrift/baseline"
)

// A file of the store that may not be read is no proof of damage; a file that is
// gone, or holds something else, is.
func TestFromStore(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{&fs.PathError{Op: "open", Path: "objects/ab", Err: syscall.EACCES}, exitNotAssessed},
		{fmt.Errorf("object: %w", syscall.EMFILE), exitNotAssessed},
		{fmt.Errorf("%w: object: %w", baseline.ErrStore, syscall.ENOENT), exitTampered},
		{baseline.ErrStore, exitTampered},
	} {
		if got := finish(context.Background(), fromStore(c.err), true, false, io.Discard); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.want)
		}
	}
}
