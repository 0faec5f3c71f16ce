package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// JSON on a terminal does nothing to it either, and holds the exact text.
func TestJSONIsPlain(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const hostile = "a\x1b[2J\u009b31m\u202egpj\U000e0041\u200b\ufeff\u2028"
	quoted, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	old := write("old.flat", "ibmi/sysval/QSYSNAME: PRD1\n")
	now := write("new.flat", "ibmi/sysval/QSYSNAME: "+string(quoted)+"\n")
	snap := filepath.Join(dir, "now.snap")
	if code := run(context.Background(), []string{"collect", write("setropts.txt", "*> irondrift-capture 1\n*> system: "+hostile+"\n*> begin\nATTRIBUTES = INITSTATS\nSTATISTICS = NONE\n*> end lines: 2\n"), "-o", snap}, strings.NewReader(""), io.Discard, io.Discard); code == exitUsage {
		t.Fatal("not collected")
	}
	for _, args := range [][]string{{"export", snap, "--format", "json"}, {"export", snap, "--format", "yaml"}, {"diff", old, now, "--json"}, {"export", now, "--format", "json"}, {"explain", "ibmi/sysval/QSYSNAME", now, "--json"}, {"collect", filepath.Join(dir, hostile), "--json"}} {
		var stdout, stderr bytes.Buffer
		run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
		out := stdout.String() + stderr.String()
		if strings.ContainsAny(out, "\x1b\u009b\U000e0041\u202e\u200b\ufeff\u2028") {
			t.Errorf("%s: %q", args[0], out)
		}
		if !strings.Contains(out, "gpj") {
			t.Errorf("%s does not show the value: %s", args[0], out)
		}
	}
	// What was exported can be read back.
	for _, format := range []string{"json", "yaml"} {
		var stdout, stderr bytes.Buffer
		run(context.Background(), []string{"export", snap, "--format", format}, strings.NewReader(""), &stdout, &stderr)
		if code := run(context.Background(), []string{"diff", snap, write("again."+format, stdout.String())}, strings.NewReader(""), &stdout, &stderr); code == exitUsage || strings.Contains(stderr.String(), "error") {
			t.Errorf("%s: %d, %s", format, code, stderr.String())
		}
	}
	var stdout, stderr bytes.Buffer
	run(context.Background(), []string{"diff", old, now, "--json"}, strings.NewReader(""), &stdout, &stderr)
	var changes []struct{ New string }
	if err := json.Unmarshal(stdout.Bytes(), &changes); err != nil || len(changes) != 1 || changes[0].New != hostile {
		t.Errorf("%v: %q", err, changes)
	}
}
