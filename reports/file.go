package reports

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/irondrift/irondrift/collect"
)

// WriteFile prints r into the file path, readable by its owner only, because
// reports hold names of users and networks. The file appears whole: it is
// written beside its place, synced and renamed, so a full disk or a kill leaves
// what was there before. A target that exists and is not a regular file, such
// as a link, a folder or a device, is refused.
func WriteFile(path, format string, r *Report, opts Options) error {
	err := writeFile(path, format, r, opts)
	var at *collect.Error
	if err == nil || errors.As(err, &at) {
		return err
	}
	return notWritten(path, err)
}

// notWritten says of a report that it could not be written, why, and what to do.
func notWritten(path string, err error) error {
	advice := "nothing was changed: what was at this place before is still there"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		advice = "make the folder " + collect.QuoteName(filepath.Dir(path)) + " first, or name another one"
	case errors.Is(err, fs.ErrPermission):
		advice = "let this account write to the folder " + collect.QuoteName(filepath.Dir(path)) + ", or name another one"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		advice = "make room on the disk of " + collect.QuoteName(filepath.Dir(path)) + "; what was at this place before is still there"
	}
	// The temporary name in the error of the system is of no use to anybody.
	var link *os.LinkError
	var at *fs.PathError
	if errors.As(err, &link) {
		err = link.Err
	} else if errors.As(err, &at) {
		err = at.Err
	}
	return &collect.Error{File: path, Offset: -1, Err: fmt.Errorf("the report was not written: %w", err), Advice: advice}
}

func writeFile(path, format string, r *Report, opts Options) (err error) {
	switch st, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case st.IsDir():
		return &collect.Error{File: path, Offset: -1, Err: errors.New("the report was not written: it is a folder"), Advice: "name a file in it"}
	case !st.Mode().IsRegular():
		return &collect.Error{File: path, Offset: -1, Err: errors.New("the report was not written: it exists and is not a regular file"),
			Advice: "name a new or a regular file; standard output is -"}
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tmp.Close() // a second close fails harmlessly
			os.Remove(tmp.Name())
		}
	}()
	buf := bufio.NewWriterSize(tmp, 1<<16)
	if err := Write(buf, format, r, opts); err != nil {
		return err
	}
	if err := buf.Flush(); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a rename last. A file system that cannot sync folders has
// nothing to lose by it, so only opening may fail.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	d.Sync()
	return nil
}
