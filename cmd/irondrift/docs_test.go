package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestDocs runs the examples of docs/*.md and compares what they print. Every
// page starts in a folder in which "irondrift demo" was just run, at the second
// morning, and its examples run in order. A page holds
//
//   - blocks fenced with ```console: lines "$ irondrift ARGS..." and below each
//     what it prints, standard error first, then "(exit status N)" when that is
//     not 0. Behind a "|" stands what a shell pipes the output through. A
//     command goes on behind a line that ends with "\".
//   - blocks whose fence says file=NAME, such as ```text file=hosts: the file is
//     written before the examples below it run.
//
// Other blocks are not looked at. With -update the outputs are rewritten.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(repoRoot(t), "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".md"), func(t *testing.T) {
			b, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			dir, _, _ := runDemo(t)
			t.Chdir(dir)
			got := runPage(t, string(b))
			if got == string(b) {
				return
			}
			if *update {
				if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("docs/%s does not show what is printed now; look at it with\n\tgo test ./cmd/irondrift -run TestDocs -update && git diff docs\n%s",
				filepath.Base(page), firstDifference(string(b), got))
		})
	}
}

// runPage returns the page with the outputs that its examples give.
func runPage(t *testing.T, page string) string {
	t.Helper()
	var out strings.Builder
	lines := strings.SplitAfter(page, "\n")
	for i := 0; i < len(lines); i++ {
		out.WriteString(lines[i])
		info, isFence := strings.CutPrefix(strings.TrimSpace(lines[i]), "```")
		if !isFence {
			continue
		}
		end := i + 1
		for end < len(lines) && strings.TrimSpace(lines[end]) != "```" {
			end++
		}
		if end >= len(lines) {
			t.Fatalf("line %d: the block does not end", i+1)
		}
		block := lines[i+1 : end]
		kind, _, _ := strings.Cut(info, " ")
		switch _, name, isFile := strings.Cut(info, "file="); {
		case isFile:
			if !filepath.IsLocal(name) {
				t.Fatalf("line %d: %q is not a file of the folder", i+1, name)
			}
			if err := os.WriteFile(name, []byte(strings.Join(block, "")), 0o600); err != nil {
				t.Fatal(err)
			}
			out.WriteString(strings.Join(block, ""))
		case kind == "console":
			runBlock(t, i+2, block, &out)
		default:
			out.WriteString(strings.Join(block, ""))
		}
		i = end
		out.WriteString(lines[i])
	}
	return out.String()
}

// runBlock writes the commands of a block, each with what it prints now.
func runBlock(t *testing.T, at int, block []string, out *strings.Builder) {
	t.Helper()
	for i := 0; i < len(block); i++ {
		line, isCommand := strings.CutPrefix(block[i], "$ ")
		if !isCommand {
			if i == 0 {
				t.Fatalf("line %d: the block begins with no command", at)
			}
			continue // what it printed earlier
		}
		out.WriteString(block[i])
		for strings.HasSuffix(line, "\\\n") && i+1 < len(block) {
			i++
			out.WriteString(block[i])
			line = strings.TrimSuffix(line, "\\\n") + " " + strings.TrimSpace(block[i]) + "\n"
		}
		text, err := runExample(t, strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("line %d: %v", at+i, err)
		}
		for l := range strings.Lines(text) {
			out.WriteString(strings.TrimRight(l, " \r\n") + "\n")
		}
	}
}

// runExample runs "irondrift ARGS... | FILTER..." and returns what a terminal
// would show.
func runExample(t *testing.T, line string) (string, error) {
	t.Helper()
	args, filter, err := splitCommand(line)
	if err != nil || len(args) == 0 || args[0] != "irondrift" {
		return "", fmt.Errorf("%q is not an irondrift command: %v", line, err)
	}
	if args = args[1:]; !slices.Contains(args, "--now") {
		args = append(args, "--now", secondMorning)
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	if filter != "" {
		for rest := filter; rest != ""; {
			var stage []string
			if stage, rest, err = splitCommand(rest); err != nil || len(stage) == 0 {
				return "", fmt.Errorf("%q: %v", filter, err)
			}
			if _, err := exec.LookPath(stage[0]); err != nil {
				t.Skipf("%s is not installed: %s", stage[0], line)
			}
		}
		cmd := exec.CommandContext(t.Context(), "sh", "-c", filter)
		cmd.Env = append(os.Environ(), "LC_ALL=C")
		cmd.Stdin, cmd.Stderr = &stdout, &stderr
		filtered, err := cmd.Output()
		if err != nil {
			return "", fmt.Errorf("%s: %v: %s", line, err, stderr.String())
		}
		return stderr.String() + string(filtered), nil // a pipe shows its last status
	}
	if code != 0 {
		fmt.Fprintf(&stdout, "(exit status %d)\n", code)
	}
	return stderr.String() + stdout.String(), nil
}

// splitCommand splits a line into words as a shell does, up to a "|" outside
// quotes, and returns what stands behind it as it is.
func splitCommand(line string) (words []string, filter string, err error) {
	var word strings.Builder
	inWord, quote := false, byte(0)
	end := func() {
		if inWord {
			words = append(words, word.String())
		}
		word.Reset()
		inWord = false
	}
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote, inWord = c, true
		case quote == 0 && c == ' ':
			end()
		case quote == 0 && c == '|':
			end()
			return words, strings.TrimSpace(line[i+1:]), nil
		case quote == 0 && strings.IndexByte("<>&;$`\\", c) >= 0:
			return nil, "", fmt.Errorf("%q is not supported outside quotes", c)
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	if quote != 0 {
		return nil, "", fmt.Errorf("a quote is not closed")
	}
	end()
	return words, "", nil
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		if i >= len(w) || i >= len(g) || w[i] != g[i] {
			return fmt.Sprintf("line %d\n\tpage    %q\n\tprinted %q", i+1, at(w, i), at(g, i))
		}
	}
	return ""
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// TestDocsCommands: how the examples are split into words.
func TestDocsCommands(t *testing.T) {
	words, filter, err := splitCommand(`irondrift diff A@1 'b c' --reason "it's" | grep -v 'x|y' | jq .`)
	if want := []string{"irondrift", "diff", "A@1", "b c", "--reason", "it's"}; !slices.Equal(words, want) || filter != `grep -v 'x|y' | jq .` || err != nil {
		t.Errorf("%q, %q, %v", words, filter, err)
	}
	for _, bad := range []string{"irondrift version > x", "irondrift 'open", "irondrift $HOME"} {
		if _, _, err := splitCommand(bad); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
}

// TestWrapScript runs the script that prints the capture header on IBM i with
// the shell of this machine: what it writes is a whole extract with the facts of
// the bare one.
func TestWrapScript(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell")
	}
	script := filepath.Join(repoRoot(t), "docs", "capture", "ibmi", "wrap.sh")
	dir, _, _ := runDemo(t)
	b, err := os.ReadFile(filepath.Join(dir, "extracts", secondNight, "IBMIPRD1.qauditsk.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(b), "\n")
	bare := lines[6 : len(lines)-2] // without the header that the site has
	content := ""
	t.Chdir(t.TempDir())
	for name, extract := range map[string]string{
		"whole":              strings.Join(bare, ""),
		"no end of line":     strings.TrimSuffix(strings.Join(bare, ""), "\n"),
		"with carriage ends": strings.ReplaceAll(strings.Join(bare, ""), "\n", "\r\n"),
	} {
		if err := os.WriteFile("extract", []byte(extract), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), sh, script, "extract", "result.csv", "IBMIPRD1", "2026-11-19T02:08:00+01:00", "AUDITJOB", "RUNSQLSTM /irondrift/sql/sk.sql, CPYTOIMPF").CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		header := func(file string) collect.Header {
			t.Helper()
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), []string{"collect", file, "-o", file + ".snap", "--system", "IBMIPRD1"}, nil, &stdout, &stderr); code != 0 {
				t.Fatalf("%s: exit code %d: %s", name, code, stderr.String())
			}
			s, err := collect.OpenSnapshot(t.Context(), file+".snap", nil)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			return s.Parts[0].Header
		}
		h := header("result.csv")
		c := h.Files[0].Capture
		if !c.Whole() || c.Lines != int64(len(bare)) || c.System != "IBMIPRD1" || c.User != "AUDITJOB" || h.Period.End == "" {
			t.Errorf("%s: %+v", name, c)
		}
		if content == "" {
			if err := os.WriteFile("bare", []byte(strings.Join(bare, "")), 0o600); err != nil {
				t.Fatal(err)
			}
			content = header("bare").Content
		}
		if h.Content != content {
			t.Errorf("%s: the header changes the facts: %s, %s", name, content, h.Content)
		}
	}
	if err := exec.CommandContext(t.Context(), sh, script, "none", "other.csv", "S", "T", "U", "C").Run(); err == nil {
		t.Error("an extract that is not there gives no error")
	}
	if _, err := os.Stat("other.csv"); err == nil {
		t.Error("an extract that is not there gives a result")
	}
	if out, err := exec.CommandContext(t.Context(), sh, script, "extract").CombinedOutput(); err == nil || !bytes.Contains(out, []byte("usage: wrap.sh")) {
		t.Errorf("wrong usage: %v: %s", err, out)
	}
}

// TestCaptureFilesFit: JCL ends in column 71, and the source lines of CL and
// REXX in column 80; tabs and other characters than ASCII do not survive the way
// to the host.
func TestCaptureFilesFit(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(repoRoot(t), "docs", "capture", "*", "*"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		most := map[string]int{".jcl": 71, ".rexx": 80, ".exec": 80, ".clle": 80}[filepath.Ext(file)]
		n := 0
		for line := range strings.Lines(string(b)) {
			n++
			line = strings.TrimSuffix(line, "\n")
			if most > 0 && len(line) > most {
				t.Errorf("%s:%d: %d characters, %d fit", filepath.Base(file), n, len(line), most)
			}
			if i := strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
				t.Errorf("%s:%d: character %q", filepath.Base(file), n, line[i])
			}
		}
	}
}
