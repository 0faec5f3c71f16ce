package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/reports"
)

// The exit codes that scripts rely on.
const (
	exitOK          = 0
	exitFindings    = 1 // drift or findings
	exitUsage       = 2 // wrong usage or configuration
	exitNotAssessed = 3 // missing, stale, damaged or partial evidence, no baseline
	exitTampered    = 4 // the store fails verification
	exitInterrupted = 130
)

// statusError ends a command with an exit code. Err may be nil when everything
// has been said on standard output.
type statusError struct {
	code int
	err  error
}

func (e *statusError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.code)
	}
	return e.err.Error()
}

func (e *statusError) Unwrap() error { return e.err }

// status returns an error that ends the command with code, nil for 0.
func status(code int) error {
	if code == exitOK {
		return nil
	}
	return &statusError{code: code}
}

func withStatus(code int, err error) error {
	if err == nil {
		return nil
	}
	return &statusError{code, err}
}

// fromStore gives an error of reading the evidence store its exit code. That the
// operating system refuses to read it says nothing about what is in it.
func fromStore(err error) error {
	var errno syscall.Errno
	if errors.As(err, &errno) && !errors.Is(err, baseline.ErrStore) {
		return withStatus(exitNotAssessed, err)
	}
	return withStatus(exitTampered, err)
}

// hinted is an error with advice for the user.
type hinted struct {
	err    error
	advice string
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }
func (h *hinted) Hint() string  { return h.advice }

func usageError(advice, format string, args ...any) error {
	return &statusError{exitUsage, &hinted{fmt.Errorf(format, args...), advice}}
}

// finish turns the error of a command into an exit code and says it on stderr:
// what failed, then on a line of its own what to do.
func finish(ctx context.Context, err error, started, asJSON bool, stderr io.Writer) int {
	if err == nil {
		return exitOK
	}
	code := exitNotAssessed
	if !started {
		code = exitUsage
	}
	var s *statusError
	if errors.As(err, &s) {
		code = s.code
		if s.err == nil {
			return code
		}
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		code, err = exitInterrupted, errors.New("interrupted; nothing was left half written")
	}
	sayError(stderr, err, code, asJSON)
	return code
}

func sayError(stderr io.Writer, err error, code int, asJSON bool) {
	hint := collect.HintOf(err)
	if asJSON {
		b, _ := json.Marshal(struct {
			Error string `json:"error"`
			Hint  string `json:"hint,omitempty"`
			Exit  int    `json:"exit"`
		}{err.Error(), hint, code})
		w := bufio.NewWriter(stderr)
		_, _ = reports.PlainJSON(w).Write(append(b, '\n'))
		_ = w.Flush()
		return
	}
	// An error of several parts has several lines; none but the first can look
	// like the beginning of a message.
	lines := strings.Split(quotePaths(err), "\n")
	for i, l := range lines {
		if lines[i] = plain(l); i > 0 && !strings.HasPrefix(l, " ") {
			lines[i] = "  " + lines[i]
		}
	}
	fmt.Fprintf(stderr, "irondrift: error: %s\n", strings.Join(lines, "\n"))
	if hint != "" {
		fmt.Fprintf(stderr, "irondrift: hint: %s\n", plain(hint))
	}
}

// quotePaths returns the text of an error with the paths in quotes that the
// operating system does not quote.
func quotePaths(err error) string {
	text := err.Error()
	quote := func(path string) { text = strings.ReplaceAll(text, path, collect.QuoteName(path)) }
	var p *fs.PathError
	if errors.As(err, &p) && p.Path != "" && !strings.Contains(text, collect.QuoteName(p.Path)) {
		quote(p.Path)
	}
	return text
}

// plain keeps hostile names in messages from acting on the terminal, and on one
// line.
func plain(s string) string { return string(collect.AppendPlain(nil, s)) }
