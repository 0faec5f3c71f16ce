package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
	"github.com/irondrift/irondrift/testdata/bank"
)

// runDemo plays the tour in a new folder and returns it with what was printed.
func runDemo(t *testing.T) (dir, stdout, stderr string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "site")
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"demo", dir}, nil, &out, &errs); code != 0 {
		t.Fatalf("exit code %d\n%s", code, errs.String())
	}
	return dir, out.String(), errs.String()
}

// command runs irondrift on a site at the second morning.
func command(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	args = append(args, "--config", filepath.Join(dir, "irondrift.yaml"), "--now", secondMorning)
	code = run(t.Context(), args, nil, &out, &errs)
	return code, out.String(), errs.String()
}

// TestEveryChangeOfTheSiteShows holds the comparison of the two nights against
// the list of what was changed on purpose: all of it shows, nothing else does,
// and what made things worse is called weaker.
func TestEveryChangeOfTheSiteShows(t *testing.T) {
	dir, _, _ := runDemo(t)
	got := map[string][]baseline.Change{}
	for _, system := range []string{"ZVMPROD1", "PRDA", "PRDB", "IBMIPRD1"} {
		_, out, errs := command(t, dir, "diff", system+"@baseline", system+"@latest", "--json")
		var changes []baseline.Change
		if err := json.Unmarshal([]byte(out), &changes); err != nil {
			t.Fatalf("%s: %v\n%s", system, err, errs)
		}
		got[system] = changes
	}
	for _, want := range bank.Changes {
		if want.Key == "" {
			continue
		}
		if !slices.ContainsFunc(got[want.System], func(c baseline.Change) bool { return want.Covers(changedKey(&c)) }) {
			t.Errorf("%s: %s: nothing shows under %s", want.System, want.What, want.Key)
		}
	}
	for system, changes := range got {
		for _, c := range changes {
			if c.Op == baseline.NotCollected {
				continue
			}
			if !slices.ContainsFunc(bank.Changes, func(w bank.Change) bool { return w.System == system && w.Covers(changedKey(&c)) }) {
				b, _ := c.MarshalJSON()
				t.Errorf("%s: a change that nobody made: %s", system, b)
			}
			if c.Op == baseline.Removed && strings.HasPrefix(string(c.Key), "zert/") {
				t.Errorf("%s: an observed key is removed: %s", system, c.Key)
			}
		}
	}
}

// changedKey returns the key of a change, or what all keys begin with that it
// stands for.
func changedKey(c *baseline.Change) string {
	if c.Op == baseline.NotSeen && c.Keys > 0 {
		return string(c.Key) + "/"
	}
	return string(c.Key)
}

// TestWorseIsCalledWeaker reads the directions off the JSON report.
func TestWorseIsCalledWeaker(t *testing.T) {
	dir, _, _ := runDemo(t)
	var report struct {
		Changes []struct {
			System    string          `json:"system"`
			Key       string          `json:"key"`
			Direction rules.Direction `json:"direction"`
		} `json:"changes"`
	}
	b, err := os.ReadFile(filepath.Join(dir, "reports", secondNight+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Changes) == 0 {
		t.Fatal("the JSON report lists no changes")
	}
	for _, want := range bank.Changes {
		if want.Key == "" || want.Kind == bank.Harmless {
			continue
		}
		direction := map[string]rules.Direction{bank.Worse: rules.Weaker, bank.Better: rules.Stronger}[want.Kind]
		found := false
		for _, c := range report.Changes {
			found = found || c.System == want.System && want.Covers(c.Key) && c.Direction == direction
		}
		if !found {
			t.Errorf("%s: %s: no change under %s is called %s", want.System, want.What, want.Key, direction)
		}
	}
}

// TestMigrationOfQueryMonitor follows Query Monitor on its way to AT-TLS: the
// RC4 port is found, PRDA is protected and PRDB is not as its policy says, with
// the line of the policy and the record of the dump in the finding.
func TestMigrationOfQueryMonitor(t *testing.T) {
	dir, _, _ := runDemo(t)
	var report struct {
		Findings []struct {
			System   string       `json:"system"`
			Check    string       `json:"check"`
			Entity   string       `json:"entity"`
			Result   rules.Result `json:"result"`
			Evidence []struct {
				Key      string `json:"key"`
				File     string `json:"file"`
				Value    string `json:"value"`
				Position int64  `json:"position"`
				Unit     string `json:"unit"`
			} `json:"evidence"`
		} `json:"findings"`
	}
	b, err := os.ReadFile(filepath.Join(dir, "reports", secondNight+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &report); err != nil {
		t.Fatal(err)
	}
	failed := map[string][]string{}
	cited := map[string]bool{}
	for _, f := range report.Findings {
		if f.Result != rules.Fail || !strings.Contains(f.Entity, "/CQM") {
			continue
		}
		failed[f.Check] = append(failed[f.Check], strings.TrimPrefix(f.Entity, "zert/"))
		for _, e := range f.Evidence {
			if f.Check == "T17" && e.Position > 0 {
				cited[e.File+" "+e.Unit+" "+e.Key+" "+e.Value] = true
			}
		}
	}
	for check, want := range map[string][]string{
		"N05": {"PRDA/TCPIP/client/CQMCAESV/10.20.1.21:10111", "PRDA/TCPIP/server/CQMCAESV/10.20.1.11:10101",
			"PRDB/TCPIP/client/CQMAGNTB/10.20.1.11:10101", "PRDB/TCPIP/server/CQMAGNTB/10.20.1.21:10111", "PRDB/TCPIP/server/CQMAGNTB/10.20.1.21:10112"},
		"T17": {"PRDB/TCPIP/server/CQMAGNTB/10.20.1.21:10111", "PRDB/TCPIP/server/CQMAGNTB/10.20.1.21:10112"},
	} {
		slices.Sort(failed[check])
		if !slices.Equal(failed[check], want) {
			t.Errorf("%s fails for\n  %q, want\n  %q", check, failed[check], want)
		}
	}
	for _, want := range []string{
		"PRDB.ttls.policy line attls/TCPIP/rule/CaeAgentInboundRule/TTLSEnabled true",
		`PRDB.ttls.policy line attls/TCPIP/rule/CaeAgentInboundRule/tls/versions ["TLSv1.2"]`,
		`PRDB.zert.smf record zert/PRDB/TCPIP/server/CQMAGNTB/10.20.1.21:10111/protection ["none"]`,
	} {
		if !cited[want] {
			t.Errorf("T17 does not cite %s", want)
		}
	}
}

// TestPolicyAgentWasNotRefreshed: the file of PRDA looks for revoked certificates
// and what is in force does not. Nothing passes on the word of the file alone.
func TestPolicyAgentWasNotRefreshed(t *testing.T) {
	dir, _, _ := runDemo(t)
	var report struct {
		Findings []struct {
			System   string       `json:"system"`
			Check    string       `json:"check"`
			Entity   string       `json:"entity"`
			Result   rules.Result `json:"result"`
			Messages []string     `json:"messages"`
		} `json:"findings"`
		Changes []struct {
			System   string `json:"system"`
			Source   string `json:"source"`
			Key      string `json:"key"`
			Evidence []struct {
				Source string `json:"source"`
				File   string `json:"file"`
				Value  string `json:"value"`
			} `json:"evidence"`
		} `json:"changes"`
	}
	b, err := os.ReadFile(filepath.Join(dir, "reports", secondNight+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &report); err != nil {
		t.Fatal(err)
	}
	// What each of the two tells is shown with its own place.
	var cited []string
	for _, c := range report.Changes {
		if c.System == "PRDA" && (c.Key == "attls/TCPIP/rule/CaeAgentOutboundRule/HttpCdpEnable" || c.Key == "attls/TCPIP/rule/CaeAgentOutboundRule/Direction") {
			for _, e := range c.Evidence {
				cited = append(cited, fmt.Sprintf("%s: %s %s %s", c.Source, e.Source, e.File, e.Value))
			}
		}
	}
	slices.Sort(cited)
	if want := []string{
		"attls-pasearch, attls-policy: attls-pasearch PRDA.pasearch.txt Outbound",
		"attls-pasearch, attls-policy: attls-policy PRDA.ttls.policy Outbound",
		"attls-pasearch: attls-pasearch PRDA.pasearch.txt false",
		"attls-policy: attls-policy PRDA.ttls.policy true",
	}; !slices.Equal(cited, want) {
		t.Errorf("changes are cited as\n%s\nwant\n%s", strings.Join(cited, "\n"), strings.Join(want, "\n"))
	}
	got := map[string]bool{}
	for _, f := range report.Findings {
		if f.System == "PRDA" && (f.Check == "N07" || f.Check == "T08" && f.Result != rules.Review) || f.System == "PRDB" && f.Check == "N07" {
			got[strings.TrimSuffix(fmt.Sprintf("%s %s %s %s %s", f.System, f.Check, f.Result, f.Entity, strings.Join(f.Messages, "; ")), " ")] = true
		}
	}
	want := []string{
		"PRDA N07 FAIL attls/TCPIP/rule/CQMISPF-OUT@Rule HttpCdpEnable: in the file true, in force false",
		"PRDA N07 FAIL attls/TCPIP/rule/CaeAgentOutboundRule HttpCdpEnable: in the file true, in force false",
		"PRDA T08 NO_DATA attls/TCPIP/rule/CQMISPF-OUT@Rule",
		"PRDA T08 NO_DATA attls/TCPIP/rule/CaeAgentOutboundRule",
		"PRDB N07 NO_DATA attls", // no listing
	}
	for _, w := range want {
		if !got[w] {
			t.Errorf("the report does not say %s", w)
		}
		delete(got, w)
	}
	for other := range got {
		if strings.Contains(other, " N07 ") {
			t.Errorf("the report says %s", other)
		}
	}
}

// TestNoSecretLeaves searches every byte that the tour writes or prints.
func TestNoSecretLeaves(t *testing.T) {
	dir, stdout, stderr := runDemo(t)
	secrets := append([]string{bank.VendorPassword}, bank.Canaries...)
	search := func(where string, b []byte) {
		for _, s := range secrets {
			if i := bytes.Index(b, []byte(s)); i >= 0 {
				t.Errorf("%s holds the secret %s: ...%s...", where, s, b[max(0, i-40):min(len(b), i+40)])
			}
		}
	}
	search("standard output", []byte(stdout))
	search("standard error", []byte(stderr))
	files, objects := 0, 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "extracts") || d.Name() == "README.md" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		search(path, b)
		if strings.Contains(path, "objects") {
			r, err := collect.Decompress(bytes.NewReader(b))
			if err != nil {
				return err
			}
			defer r.Close()
			plain, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			objects++
			search(path+" (decompressed)", plain)
		}
		if st, err := d.Info(); err == nil && st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v: others may read it", path, st.Mode())
		}
		return nil
	})
	if err != nil || files < 20 || objects < 20 {
		t.Errorf("searched %d files and %d objects: %v", files, objects, err)
	}
	// The extracts themselves hold them, so the search can find something.
	b, err := os.ReadFile(filepath.Join(dir, "extracts", secondNight, "ZVMPROD1.user-direct.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		if !bytes.Contains(b, []byte(s)) {
			t.Errorf("the secret %s was not planted", s)
		}
	}
}

// TestSameNightSameBytes runs the tour twice.
func TestSameNightSameBytes(t *testing.T) {
	a, outA, _ := runDemo(t)
	b, outB, _ := runDemo(t)
	if strings.ReplaceAll(outA, a, "DIR") != strings.ReplaceAll(outB, b, "DIR") {
		t.Error("the summaries differ")
	}
	for _, name := range []string{"html", "json", "csv"} {
		x, err := os.ReadFile(filepath.Join(a, "reports", secondNight+"."+name))
		if err != nil {
			t.Fatal(err)
		}
		y, err := os.ReadFile(filepath.Join(b, "reports", secondNight+"."+name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x, y) {
			t.Errorf("the %s reports differ", name)
		}
	}
}
