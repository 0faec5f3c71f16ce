// Command benchzert measures the reading of a large zERT dump against counting
// the newlines of the same file.
//
// Run it from the root of the repository, through .ci/bench-zert:
//
//	go run ./testdata/benchzert -program ./irondrift -size 2000
//
// It composes a dump of about -size megabytes in the folder for temporary files,
// then takes turns, so that a busy machine slows all alike: counting newlines
// with bytes.Count, SHA-256 alone, the program's "zert query", and its collect.
// Each has the dump in the page cache. It prints the best time of each and its
// ratio to the counting, and the memory of the program. The counts prove that
// everything was read.
//
// A query is the decoding and adding up of a dump; it keeps no evidence. SHA-256
// is on the list because the digest of the whole file is part of the evidence: it
// cannot be spread over cores, so collect is never faster than that.
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
	rows := []struct {
		name string
		do   func() (usage, error)
		best time.Duration
		used usage
	}{
		{name: "counting newlines", do: func() (usage, error) { return usage{}, newlines(path) }},
		{name: "SHA-256 alone", do: func() (usage, error) { return usage{}, digest(path) }},
		{name: "irondrift zert query", do: func() (usage, error) { return query(program, path, records) }},
		{name: "irondrift collect", do: func() (usage, error) { return collect(program, path, records) }},
	}
	for range rounds {
		for i := range rows {
			row := &rows[i]
			began := time.Now()
			used, err := row.do()
			if err != nil {
				return err
			}
			if d := time.Since(began); row.best == 0 || d < row.best {
				row.best, row.used = d, used
			}
		}
	}
	for _, row := range rows {
		fmt.Printf("  %-20s %8.0f ms  %5.1fx", row.name, row.best.Seconds()*1000, row.best.Seconds()/rows[0].best.Seconds())
		if row.used.memory > 0 {
			fmt.Printf("   processors %.0f ms, memory %.0f MB", row.used.processor.Seconds()*1000, float64(row.used.memory)/1e6)
		}
		fmt.Println()
	}
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

// query runs "zert query": totals by service.
func query(program, path string, records int) (usage, error) {
	var answer struct{ Records, Matched int }
	used, err := ask(program, &answer, "zert", "query", "--by", "system,stack,role,job,server,port", "--format", "json", path)
	if err == nil && answer.Matched != records {
		err = fmt.Errorf("zert query matched %d of %d records, not %d", answer.Matched, answer.Records, records)
	}
	return used, err
}

// collect runs "collect".
func collect(program, path string, records int) (usage, error) {
	var headers []struct {
		Counts struct{ Used int }
	}
	used, err := ask(program, &headers, "collect", "zert-smf", path, "--json")
	if err == nil && (len(headers) != 1 || headers[0].Counts.Used != records) {
		err = fmt.Errorf("collect used %+v, not %d records", headers, records)
	}
	return used, err
}

// ask runs the program once and decodes the JSON it prints.
func ask(program string, into any, args ...string) (used usage, err error) {
	cmd := exec.Command(program, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return used, fmt.Errorf("%s: %w", args, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		return used, fmt.Errorf("%s: %w", args, err)
	}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		used.memory = u.Maxrss * 1024 // Linux counts in kilobytes
	}
	used.processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return used, nil
}
