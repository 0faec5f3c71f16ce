package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestErrorsSayWhatWhereAndWhatNext makes the mistakes that people make.
func TestErrorsSayWhatWhereAndWhatNext(t *testing.T) {
	dir, _, _ := runDemo(t)
	config := filepath.Join(dir, "irondrift.yaml")
	for _, c := range []struct {
		args       string
		code       int
		says, hint string
	}{
		{"chek", exitUsage, `unknown command "chek"`, "did you mean check?"},
		{"foo", exitUsage, `unknown command "foo"`, `"irondrift --help" lists the commands`},
		{"diff a", exitUsage, "accepts 2 arg(s), received 1", "irondrift diff OLD NEW"},
		{"collect", exitUsage, "requires at least 1 arg(s)", "irondrift collect [SOURCE] FILE..."},
		{"collect --foo", exitUsage, "unknown flag: --foo", "irondrift collect [SOURCE] FILE..."},
		{"approve --reason x", exitUsage, "accepts 1 arg(s), received 0", "irondrift approve SYSTEM"},
		{"check --config DIR", exitUsage, "DIR: is a folder", "--config DIR/irondrift.yaml"},
		{"check --config DIR/none.yaml", exitUsage, `there is no configuration file "DIR/none.yaml"`, "irondrift init"},
		{"check --config CONFIG --hosts DIR/none", exitUsage, "names of peers: DIR/none: no such file", "check the path"},
		{"export DIR", exitNotAssessed, "DIR: is a folder", "name a snapshot in it"},
		{"diff DIR DIR", exitNotAssessed, "DIR: is a folder", "name a snapshot in it"},
		{"export DIR/none", exitNotAssessed, "DIR/none: no such file", "name a snapshot"},
		{"collect DIR", exitNotAssessed, "DIR: is a folder", "name the extract files"},
		{"collect DIR/none", exitNotAssessed, "error: DIR/none: no such file", "check the path"},
		{"zert query DIR/none", exitNotAssessed, "DIR/none: no such file", "check the path"},
		{"scrub zvm-directory DIR/none -o DIR/new", exitNotAssessed, "error: DIR/none: no such file", "check the path"},
		{"report --config CONFIG --format html -o DIR/none/x.html", exitNotAssessed, "DIR/none/x.html: the report was not written: no such file", "make the folder DIR/none"},
		{"report --config CONFIG --format html -o DIR", exitNotAssessed, "DIR: the report was not written: it is a folder", "name a file in it"},
		{"report --config CONFIG --format html -o /dev/null", exitNotAssessed, "/dev/null: the report was not written", "standard output is -"},
	} {
		put := strings.NewReplacer("CONFIG", config, "DIR", dir)
		var out, errs strings.Builder
		var args []string
		for _, a := range strings.Fields(c.args) {
			args = append(args, put.Replace(a))
		}
		code := run(t.Context(), append(args, "--now", secondMorning), nil, &out, &errs)
		says, hint, _ := strings.Cut(errs.String(), "irondrift: hint: ")
		if code != c.code || !strings.Contains(says, put.Replace(c.says)) || !strings.Contains(hint, put.Replace(c.hint)) {
			t.Errorf("irondrift %s: exit code %d, want %d\n%s", c.args, code, c.code, errs.String())
		}
	}
}

// full is a device without room.
type full struct{}

func (full) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
}

func TestResultsThatGoNowhere(t *testing.T) {
	dir, _, _ := runDemo(t)
	for _, args := range [][]string{{"check"}, {"version"}, {"keys"}, {"help"}, {"report", "--format", "csv"}, {"diff", "PRDA@baseline", "PRDA@latest"}} {
		var errs strings.Builder
		code := run(t.Context(), append(args, "--config", filepath.Join(dir, "irondrift.yaml"), "--now", secondMorning), nil, full{}, &errs)
		if want := "irondrift: error: the results could not be written to standard output: no space left on device\nirondrift: hint: make room"; code != exitNotAssessed || !strings.HasPrefix(errs.String(), want) {
			t.Errorf("irondrift %s: exit code %d\n%s", strings.Join(args, " "), code, errs.String())
		}
	}
	if err := notPrinted(errors.New("broken pipe")); !strings.Contains(err.Error(), "broken pipe") {
		t.Error(err)
	}
}

// TestHostileNamesAreQuoted gives files and folders a name with a line end, an
// escape sequence, a direction override and a pattern in it: no message, no
// summary and no report holds it as it is, and the site in it works.
func TestHostileNamesAreQuoted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("names cannot hold such characters")
	}
	const hostile = "a\nirondrift: error: b\x1b[31m\u202e*"
	base := t.TempDir()
	dir := filepath.Join(base, hostile)
	var tour, errs strings.Builder
	if code := run(t.Context(), []string{"demo", dir}, nil, &tour, &errs); code != exitOK {
		t.Fatalf("demo: exit code %d\n%q", code, errs.String())
	}
	config := filepath.Join(dir, "irondrift.yaml")
	empty, garbage, extract := filepath.Join(dir, "e"+hostile), filepath.Join(dir, "g"+hostile), filepath.Join(dir, "x"+hostile)
	setropts, err := os.ReadFile(filepath.Join(dir, "extracts", secondNight, "PRDA.setropts.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{empty: "", garbage: "garbage\n", extract: string(setropts)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	netjobs := filepath.Join(repeatNight(t, dir, thirdNight), "IBMIPRD1.netjobs"+hostile+".csv")
	if err := os.WriteFile(netjobs, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	check := func(what, text string) {
		if strings.Contains(text, hostile) || strings.Contains(text, "\nirondrift: error: b") || strings.ContainsAny(text, "\x1b\u202e") {
			t.Errorf("%s: a name stands there as it is: %q", what, text)
		}
	}
	check("demo", tour.String())
	for _, args := range [][]string{
		{"collect", empty}, {"collect", garbage}, {"collect", filepath.Join(dir, hostile)}, {"collect", dir},
		{"collect", extract, "--system", "PRDA"}, {"collect", extract, "--system", "PRDA", "-o", filepath.Join(dir, "none", hostile)}, {"collect", extract, "--system", "OTHER"},
		{"export", empty}, {"export", garbage}, {"export", filepath.Join(dir, hostile)}, {"diff", garbage, extract},
		{"check", "--config", garbage}, {"check", "--config", dir}, {"check", "--config", filepath.Join(dir, hostile)},
		{"check", "--config", config, "--hosts", garbage}, {"check", "--config", config, "--hosts", filepath.Join(dir, hostile)},
		{"report", "--config", config, "--format", "csv", "-o", filepath.Join(dir, "none", hostile)},
		{"report", "--config", config, "--format", "csv", "-o", filepath.Join(dir, hostile+".csv")},
		{"run", "--config", config, "--night", thirdNight, "--now", thirdMorning},
		{"run", "--config", config, "--night", "2026-12-24", "--now", thirdMorning},
		{"verify", dir}, {"verify", garbage}, {"verify", "--config", config}, {"demo", garbage},
		{"zert", "query", garbage}, {"zert", "query", filepath.Join(dir, hostile)}, {"zert", "preview", "--config", config, garbage}, {"scrub", "zvm-directory", garbage, "-o", filepath.Join(dir, "s"+hostile)},
		{hostile}, {"rules", "show", hostile}, {"rules", hostile}, {"collect", "--" + hostile}, {"check", "--config", config, "--system", hostile}, {"report", "--config", config, "--format", hostile},
	} {
		for _, more := range [][]string{nil, {"--json"}} {
			var out, errs strings.Builder
			run(t.Context(), append(args, more...), strings.NewReader(""), &out, &errs)
			check(strings.Join(append(args[:1:1], more...), " "), out.String())
			check(strings.Join(append(args[:1:1], more...), " ")+" (standard error)", errs.String())
		}
	}
	for _, format := range []string{"html", "json", "csv"} {
		b, err := os.ReadFile(filepath.Join(dir, "reports", thirdNight+"."+format))
		if err != nil {
			t.Fatal(err)
		}
		check(format+" report", string(b))
	}
}
