// Command benchzert measures the reading of a large zERT dump against counting
// the newlines of the same file.
//
// Run it from the root of the repository, through .ci/bench-zert:
//
//	go run ./testdata/benchzert -program ./irondrift -size 2000
//
// It composes a dump of about -size megabytes in the folder for temporary files,
// then takes turns, so that a busy machine slows all alike: counting newlines
// with bytes.Count, SHA-256 alone, and the program's collect. Each has the dump
// in the page cache. It prints the best time of each and its ratio to the
// counting, and the memory of the program. The counts prove that everything was
// read.
//
// SHA-256 is on the list because the digest of the whole file is part of the
// evidence: it cannot be spread over cores, so collect is never faster than that.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// recordBytes is about the mean size of a composed record.
const recordBytes = 373

func main() {
	program := flag.String("program", "", "the irondrift program to measure")
	size := flag.Int("size", 2000, "megabytes of the dump")
	rounds := flag.Int("rounds", 3, "how often each is measured")
	flag.Parse()
	if err := run(*program, *size, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "benchzert:", err)
		os.Exit(1)
	}
}

func run(program string, size, rounds int) error {
	if program == "" {
		return errors.New("name the program with -program")
	}
	dir, err := os.MkdirTemp("", "bench-zert-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, sessions := range []int{3_000, 100_000} {
		if err := measure(filepath.Join(dir, "large.smf"), program, size, sessions, rounds); err != nil {
			return err
		}
	}
	return nil
}

func measure(path, program string, size, sessions, rounds int) error {
	records := size * 1_000_000 / recordBytes
	if err := composeDump(path, records, sessions); err != nil {
		return err
	}
	st, err := os.Stat(path)
	if err != nil {
		return err
	}
	fmt.Printf("%d records, %d sessions, %d services, %.2f GB\n", records, sessions, (sessions+2)/3, float64(st.Size())/1e9)
	best := make([]time.Duration, 3)
	var used usage
	for range rounds {
		for i, do := range []func() error{
			func() error { return newlines(path) },
			func() error { return digest(path) },
			func() (err error) { used, err = collect(program, path, records); return err },
		} {
			began := time.Now()
			if err := do(); err != nil {
				return err
			}
			if d := time.Since(began); best[i] == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	for i, name := range []string{"counting newlines", "SHA-256 alone", "irondrift collect"} {
		fmt.Printf("  %-18s %8.0f ms  %5.1fx\n", name, best[i].Seconds()*1000, best[i].Seconds()/best[0].Seconds())
	}
	fmt.Printf("  processor time     %8.0f ms\n  memory             %8.0f MB\n", used.processor.Seconds()*1000, float64(used.memory)/1e6)
	return nil
}

// usage is what the program took: the time of all cores, which a busy machine
// changes less than the time on the wall, and the most memory it held.
type usage struct {
	processor time.Duration
	memory    int64
}

func composeDump(path string, records, sessions int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := compose.WriteLargeZERT(f, records, sessions, 1); err != nil {
		return err
	}
	return f.Close()
}

// read hands the file to do in pieces of a megabyte.
func read(path string, do func(b []byte)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, 1<<20)
	for {
		n, err := f.Read(buf)
		do(buf[:n])
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func newlines(path string) error {
	n := 0
	if err := read(path, func(b []byte) { n += bytes.Count(b, []byte{'\n'}) }); err != nil {
		return err
	}
	if n == 0 {
		return errors.New("no newline at all")
	}
	return nil
}

func digest(path string) error {
	h := sha256.New()
	return read(path, func(b []byte) { h.Write(b) })
}

// collect runs the program.
func collect(program, path string, records int) (used usage, err error) {
	cmd := exec.Command(program, "collect", "zert-smf", path, "--json")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return used, fmt.Errorf("collect: %w", err)
	}
	var headers []struct {
		Counts struct{ Used int }
	}
	if err := json.Unmarshal(out, &headers); err != nil {
		return used, fmt.Errorf("collect: %w", err)
	}
	if len(headers) != 1 || headers[0].Counts.Used != records {
		return used, fmt.Errorf("collect used %+v, not %d records", headers, records)
	}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		used.memory = u.Maxrss * 1024 // Linux counts in kilobytes
	}
	used.processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return used, nil
}
