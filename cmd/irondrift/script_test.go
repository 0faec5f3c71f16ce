package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/irondrift/irondrift/testdata"
)

var update = flag.Bool("update", false, "rewrite the golden outputs in the command scripts")

// TestScripts runs the command as a user does, in process. In a script
//
//	irondrift ARGS...        runs it; it must exit 0
//	! irondrift ARGS...      it must exit with anything else
//	status N                 the exit code of the last run
//	site DIR                 unpacks the example site
//	replace FILE OLD NEW     replaces text that must occur
//	cut FILE N               keeps the first N bytes
//	flip FILE N              flips a bit of byte N, counted from the end when negative
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"irondrift": scriptIrondrift,
			"status":    scriptStatus,
			"site":      scriptSite,
			"replace":   scriptReplace,
			"cut":       scriptCut,
			"flip":      scriptFlip,
		},
	})
}

const statusVar = "IRONDRIFT_STATUS"

// scriptIrondrift runs in the script's folder. The process has one working
// directory for all parallel scripts, so path arguments are made absolute: those
// that name something that exists, and those behind -o, --config and demo.
func scriptIrondrift(ts *testscript.TestScript, neg bool, args []string) {
	var in io.Reader = strings.NewReader("")
	resolved := make([]string, len(args))
	for i, arg := range args {
		resolved[i] = arg
		if path, ok := strings.CutPrefix(arg, "<"); ok { // <FILE is standard input
			in = strings.NewReader(ts.ReadFile(path))
			resolved[i] = "-"
			continue
		}
		if arg == "" || arg == "-" || strings.HasPrefix(arg, "-") || strings.ContainsAny(arg, `"(`) {
			continue
		}
		_, err := os.Stat(ts.MkAbs(arg))
		isOutput := i > 0 && (args[i-1] == "-o" || args[i-1] == "--output" || args[i-1] == "--config" || args[i-1] == "demo")
		if err == nil || isOutput || strings.Contains(arg, ".") && strings.ContainsAny(arg, "/") {
			resolved[i] = ts.MkAbs(arg)
		}
	}
	if !hasConfig(resolved) {
		resolved = append(resolved, "--config", ts.MkAbs("irondrift.yaml"))
	}
	code := run(context.Background(), resolved, in, ts.Stdout(), ts.Stderr())
	ts.Setenv(statusVar, strconv.Itoa(code))
	if (code != 0) != neg {
		ts.Fatalf("exit code %d", code)
	}
}

func hasConfig(args []string) bool {
	for _, a := range args {
		if strings.HasPrefix(a, "--config") {
			return true
		}
	}
	return false
}

func scriptStatus(ts *testscript.TestScript, neg bool, args []string) {
	if got := ts.Getenv(statusVar); (got != args[0]) != neg {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

func scriptSite(ts *testscript.TestScript, neg bool, args []string) {
	sub, err := fs.Sub(testdata.Site, "site")
	ts.Check(err)
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), sub))
}

func scriptReplace(ts *testscript.TestScript, neg bool, args []string) {
	b := []byte(ts.ReadFile(args[0]))
	if !bytes.Contains(b, []byte(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.ReplaceAll(b, []byte(args[1]), []byte(args[2])), 0o600))
}

func scriptCut(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	b := []byte(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b[:n], 0o600))
}

func scriptFlip(ts *testscript.TestScript, neg bool, args []string) {
	matches, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(matches) == 0 {
		ts.Fatalf("no file matches %s", args[0])
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	b, err := os.ReadFile(matches[0])
	ts.Check(err)
	if n < 0 {
		n += len(b)
	}
	b[n] ^= 1
	ts.Check(os.Chmod(matches[0], 0o600))
	ts.Check(os.WriteFile(matches[0], b, 0o600))
}
