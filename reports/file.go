package reports

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile prints r into the file path, readable by its owner only, because
// reports hold names of users and networks. The file appears whole: it is
// written beside its place, synced and renamed, so a full disk or a kill leaves
// what was there before. A target that exists and is not a regular file, such
// as a link, a folder or a device, is refused.
func WriteFile(path, format string, r *Report, opts Options) (err error) {
	switch st, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("write report: %w", err)
	case !st.Mode().IsRegular():
		return fmt.Errorf("write report: %s exists and is not a regular file", path)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return fmt.Errorf("write report: %w", err)
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
		return fmt.Errorf("write report: %w", err)
	}
	if err := tmp.Sync(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a rename last. A file system that cannot sync folders has
// nothing to lose by it, so only opening may fail.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	defer d.Close()
	d.Sync()
	return nil
}
