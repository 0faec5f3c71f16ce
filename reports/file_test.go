package reports

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "night.json")
	if err := os.WriteFile(path, []byte("the night before"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, "json", exampleReport(), Options{}); err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if st.Mode().Perm() != 0o600 {
		t.Errorf("mode is %o, want 600", st.Mode().Perm())
	}
	var want bytes.Buffer
	Write(&want, "json", exampleReport(), Options{})
	if got, _ := os.ReadFile(path); !bytes.Equal(got, want.Bytes()) {
		t.Error("the file is not what Write prints")
	}
	onlyFile(t, dir, "night.json")
}

// TestWriteFileLeavesOldReport: a report that cannot be printed does not touch
// the one that is there.
func TestWriteFileLeavesOldReport(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "r.csv")
	os.WriteFile(path, []byte("old"), 0o600)
	r := exampleReport()
	r.Requirements[0].Status = "In Place"
	for _, c := range []struct {
		format string
		report *Report
		want   string
	}{
		{"csv", r, "not one of the tool's words"},
		{"docx", exampleReport(), "use one of terminal, html, json, csv, csv-raw, inventory-csv, inventory-csv-raw, cyclonedx"},
	} {
		if err := WriteFile(path, c.format, c.report, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.format, err, c.want)
		}
	}
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("the old report is now %q", got)
	}
	onlyFile(t, dir, "r.csv")
}

func TestWriteFileRefusesOtherThanFiles(t *testing.T) {
	dir := t.TempDir()
	real := filepath.Join(dir, "real")
	os.WriteFile(real, []byte("precious"), 0o600)
	link := filepath.Join(dir, "link")
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{link, pipe, dir} {
		err := WriteFile(path, "json", exampleReport(), Options{})
		want := "it exists and is not a regular file"
		if path == dir {
			want = "it is a folder"
		}
		if err == nil || !strings.Contains(err.Error(), "the report was not written: "+want) || collect.HintOf(err) == "" {
			t.Errorf("%s: error %v", filepath.Base(path), err)
		}
	}
	if got, _ := os.ReadFile(real); string(got) != "precious" {
		t.Errorf("the link's target is now %q", got)
	}
}

// full is a disk with room for a few bytes.
type full struct{ room int }

var errFull = errors.New("no space left on device")

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// TestWriteReportsFullDisk: no format swallows the error of its writer.
func TestWriteReportsFullDisk(t *testing.T) {
	for _, f := range Formats() {
		for _, room := range []int{0, 1000} {
			if err := Write(&full{room}, f.Name, exampleReport(), Options{}); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d bytes: error %v", f.Name, room, err)
			}
		}
	}
}

func onlyFile(t *testing.T, dir, name string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Name() != name {
			t.Errorf("%s is left behind", e.Name())
		}
	}
}
