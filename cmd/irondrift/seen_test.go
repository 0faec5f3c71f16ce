package main

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// An approval that states what was reviewed holds for that and for nothing else.
func TestApproveWhatWasSeen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	irondrift := func(want int, args ...string) (stdout, stderr string) {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(context.Background(), append(args, "--config", filepath.Join(dir, "irondrift.yaml")), strings.NewReader(""), &out, &errs); code != want {
			t.Fatalf("%s: exit code %d, want %d: %s", strings.Join(args, " "), code, want, errs.String())
		}
		return out.String(), errs.String()
	}
	irondrift(exitOK, "demo", dir)
	seen := func(old, now string) map[string]string {
		t.Helper()
		out, _ := irondrift(exitFindings, "diff", old, now, "--seen")
		digests := map[string]string{}
		for _, m := range regexp.MustCompile(`(?m)^seen (\S+) (sha256:[0-9a-f]{64})$`).FindAllStringSubmatch(out, -1) {
			digests[m[1]] = m[2]
		}
		return digests
	}
	was := seen("PRDB@baseline", "PRDB@latest")
	if len(was) != 3 {
		t.Fatalf("%q", was)
	}
	// Another digest, that of another source, or of another system, is void.
	for _, wrong := range []string{"sha256:" + strings.Repeat("0", 64), was["attls-policy"], seen("PRDA@baseline", "PRDA@latest")["zert-smf"]} {
		out, errs := irondrift(exitNotAssessed, "approve", "PRDB", "--source", "zert-smf", "--by", "kim", "--reason", "r", "--seen", wrong)
		if out != "" || !strings.Contains(errs, "the diff is no longer the one that was looked at") {
			t.Errorf("%q %q", out, errs)
		}
	}
	// Keys of one source need the digest of that source only.
	out, _ := irondrift(exitOK, "approve", "PRDB", "--key", "zert/**", "--by", "kim", "--reason", "r", "--seen", was["zert-smf"])
	if !strings.Contains(out, "zert-smf: approved") || strings.Count(out, "\n") != 1 {
		t.Errorf("%q", out)
	}
	// What was approved is no longer there to be approved.
	irondrift(exitNotAssessed, "approve", "PRDB", "--source", "zert-smf", "--by", "kim", "--reason", "r", "--seen", was["zert-smf"])
	is := seen("PRDB@baseline", "PRDB@latest")
	if is["zert-smf"] == was["zert-smf"] || is["attls-policy"] != was["attls-policy"] {
		t.Errorf("%q, then %q", was, is)
	}
	// A whole system needs one for each source, in any order.
	irondrift(exitOK, "approve", "PRDB", "--by", "kim", "--reason", "r", "--seen", is["zert-smf"], "--seen", is["racf-setropts"], "--seen", is["attls-policy"])

	for _, args := range [][]string{{"PRDA@2026-11-18", "PRDA@latest"}, {"PRDA@baseline", "PRDB@latest"}, {"PRDA@baseline", "PRDA@baseline"}, {"a.snap", "b.snap"}} {
		var out, errs bytes.Buffer
		if code := run(context.Background(), []string{"diff", args[0], args[1], "--seen", "--config", filepath.Join(dir, "irondrift.yaml")}, strings.NewReader(""), &out, &errs); code == exitOK || out.Len() > 0 {
			t.Errorf("%q: exit code %d, %q", args, code, out.String())
		}
	}
}
