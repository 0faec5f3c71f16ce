package bank

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// site composes the files once for a test.
func site(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	if err := Compose(func(name string, data []byte) error { files[name] = data; return nil }); err != nil {
		t.Fatal(err)
	}
	return files
}

func extract(t *testing.T, files map[string][]byte, night int, name string) []byte {
	t.Helper()
	data := files["extracts/"+Nights[night]+"/"+name]
	if data == nil {
		t.Fatalf("no extract %s of night %d", name, night)
	}
	return data
}

func TestComposeIsDeterministic(t *testing.T) {
	one, two := site(t), site(t)
	if len(one) != 32 {
		t.Errorf("%d files, want sixteen for each of two nights", len(one))
	}
	for name := range one {
		if !bytes.Equal(one[name], two[name]) {
			t.Errorf("%s differs between two runs", name)
		}
	}
}

func TestComposeStopsOnError(t *testing.T) {
	full := fmt.Errorf("disk full")
	calls := 0
	err := Compose(func(string, []byte) error { calls++; return full })
	if calls != 1 || err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("after %d calls: %v", calls, err)
	}
}

// The count in the end mark is the number of lines of the extract.
func TestCaptureLineCounts(t *testing.T) {
	for name, data := range site(t) {
		if strings.HasSuffix(name, ".smf") {
			continue
		}
		_, body, found := strings.Cut(string(data), "*> begin\n")
		body, end, ended := strings.Cut(body, "*> end lines: ")
		if !found || !ended {
			t.Errorf("%s: no capture header or end mark", name)
			continue
		}
		if want := strconv.Itoa(strings.Count(body, "\n")) + "\n"; end != want {
			t.Errorf("%s: end mark says %q, the extract has %q lines", name, end, want)
		}
	}
}

func TestDirectory(t *testing.T) {
	files := site(t)
	for night := range Nights {
		text := string(extract(t, files, night, "ZVMPROD1.user-direct.txt"))
		_, body, _ := strings.Cut(text, "*> begin\n")
		body, _, _ = strings.Cut(body, "*> end")
		seen := map[string]bool{}
		for line := range strings.Lines(body) {
			line = strings.TrimSuffix(line, "\n")
			if len(line) != 80 {
				t.Fatalf("night %d: record of %d columns: %q", night, len(line), line)
			}
			words := strings.Fields(line[:72])
			if len(words) > 1 && (words[0] == "USER" || words[0] == "IDENTITY" || words[0] == "SUBCONFIG") {
				if seen[words[1]] || len(words[1]) > 8 {
					t.Errorf("night %d: user id %q is too long or defined twice", night, words[1])
				}
				seen[words[1]] = true
			}
			if len(words) > 3 && words[0] == "LOGONBY" && len(words) > 9 {
				t.Errorf("night %d: LOGONBY with more than eight users: %q", night, line)
			}
		}
		if len(seen) < 330 || len(seen) > 370 {
			t.Errorf("night %d: %d user ids, meant to be about 350", night, len(seen))
		}
		// People named in LOGONBY exist.
		for _, m := range regexp.MustCompile(`(?m)^ LOGONBY ([A-Z ]+?) +\d{8}$`).FindAllStringSubmatch(body, -1) {
			for _, by := range strings.Fields(m[1]) {
				if !seen[by] {
					t.Errorf("night %d: LOGONBY names %s, which is not defined", night, by)
				}
			}
		}
		for _, canary := range Canaries {
			if n := strings.Count(body, canary); n != 1 || len(canary) != 8 {
				t.Errorf("night %d: canary %s stands %d times in the directory, want once", night, canary, n)
			}
		}
		if got := strings.Count(body, VendorPassword); got != night {
			t.Errorf("night %d: the vendor password stands %d times", night, got)
		}
	}
	for name, data := range files {
		for _, canary := range Canaries {
			if !strings.Contains(name, "user-direct") && bytes.Contains(data, []byte(canary)) {
				t.Errorf("%s holds canary %s", name, canary)
			}
		}
	}
}

// Without line ends and sequence numbers, the statements of the two nights differ
// only where Changes says so.
func TestDirectoryChanges(t *testing.T) {
	files := site(t)
	statements := func(night int) map[string]int {
		count := map[string]int{}
		for line := range strings.Lines(string(extract(t, files, night, "ZVMPROD1.user-direct.txt"))) {
			if line = strings.TrimSpace(line[:min(len(line), 72)]); !strings.HasPrefix(line, "*") {
				count[line]++
			}
		}
		return count
	}
	before, after := statements(0), statements(1)
	var gone, came []string
	for s := range before {
		if after[s] < before[s] {
			gone = append(gone, s)
		}
	}
	for s := range after {
		if after[s] > before[s] {
			came = append(came, s)
		}
	}
	allowed := regexp.MustCompile(`^(USER +(LXMON01|OSADMIN2|HOLLISTR|OPSBATCH|LXFRD09) .*|OPTION LNKNOPAS|LOGONBY BRANDT CALLOWAY DELACRUZ|` +
		`INCLUDE (LINDFLT|CMSPERS)|AUTOLOG AUTOLOG1|LOGONBY FAIRFAX MERRICK|NICDEF .* VLAN 130|ACCOUNT 1027 STAFF|MDISK .*)$`)
	for _, s := range append(gone, came...) {
		if !allowed.MatchString(s) {
			t.Errorf("unlisted change: %q", s)
		}
	}
	if len(gone) == 0 || len(came) == 0 {
		t.Error("the directory did not change")
	}
}

func TestSetroptsOfPRDBSaysTheSame(t *testing.T) {
	files := site(t)
	words := func(night int) string {
		_, body, _ := strings.Cut(string(extract(t, files, night, "PRDB.setropts.txt")), "*> begin\n")
		body, _, _ = strings.Cut(body, "*> end")
		return strings.Join(strings.Fields(body), " ")
	}
	if words(0) != words(1) {
		t.Error("the words of the two nights differ")
	}
	if bytes.Equal(extract(t, files, 0, "PRDB.setropts.txt")[200:], extract(t, files, 1, "PRDB.setropts.txt")[200:]) {
		t.Error("the layout is the same on both nights")
	}
}

// The dump is walked by its descriptor words, with offsets taken from the record
// layout, so that this test does not depend on the composer either.
func TestZERTDump(t *testing.T) {
	files := site(t)
	for _, system := range []string{"PRDA", "PRDB"} {
		for night := range Nights {
			data := extract(t, files, night, system+".zert.smf")
			var types []byte
			summaries, ended := 0, 0
			for len(data) > 0 {
				n := int(binary.BigEndian.Uint16(data))
				if n < 18 || n > len(data) || data[2] != 0 || data[3] != 0 {
					t.Fatalf("%s night %d: bad descriptor word % X, %d bytes left", system, night, data[:4], len(data))
				}
				types = append(types, data[5])
				if data[5] == 119 && binary.BigEndian.Uint16(data[22:]) == 12 {
					summaries++
					if data[136] == 0x80 {
						ended++
					}
				}
				data = data[n:]
			}
			if types[0] != 2 || types[len(types)-1] != 3 {
				t.Errorf("%s night %d: first record is type %d, last is type %d", system, night, types[0], types[len(types)-1])
			}
			if summaries < 1100 || summaries > 1500 {
				t.Errorf("%s night %d: %d summary records, meant to be about 1200", system, night, summaries)
			}
			if ended != intervals {
				t.Errorf("%s night %d: %d complete sets, want %d", system, night, ended, intervals)
			}
		}
	}
}

func TestJournal(t *testing.T) {
	files := site(t)
	accepts := make([]map[string]bool, len(Nights))
	for night := range Nights {
		accepts[night] = map[string]bool{}
		types := map[string]int{}
		rows := 0
		for line := range strings.Lines(string(extract(t, files, night, "IBMIPRD1.qauditsk.csv"))) {
			cells := strings.Split(strings.TrimSpace(line), ",")
			if len(cells) != 25 || cells[0] != "1679" {
				continue
			}
			rows++
			types[strings.Trim(cells[14], `"`)]++
			if cells[14] == `"A"` {
				accepts[night][cells[16]+cells[17]] = true
			}
		}
		if rows < 2800 || rows > 3600 {
			t.Errorf("night %d: %d rows, meant to be about 3000", night, rows)
		}
		for _, typ := range strings.Split("ACSXIOPDUFR", "") {
			if types[typ] == 0 {
				t.Errorf("night %d: no entry of type %s", night, typ)
			}
		}
	}
	for peer := range accepts[0] {
		if !accepts[1][peer] && peer != `"9471""10.40.31.17"` {
			t.Errorf("unlisted: %s not seen on the second night", peer)
		}
	}
	for peer := range accepts[1] {
		if !accepts[0][peer] && !strings.HasPrefix(peer, `"23"`) {
			t.Errorf("unlisted: %s new on the second night", peer)
		}
	}
}

// The README lists every change and names every file.
func TestReadmeAgrees(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "site", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "## What the second night changes")
	if rows := strings.Count(table, "\n| ") - 1; rows != len(Changes) {
		t.Errorf("the README lists %d changes, bank.Changes has %d", rows, len(Changes))
	}
	if !strings.Contains(string(readme), fmt.Sprintf("seed %d", Seed)) {
		t.Error("the README gives another seed")
	}
	for _, c := range Changes {
		if c.Kind != Harmless && c.Key == "" {
			t.Errorf("%s: no key must show that %q", c.System, c.What)
		}
	}
}

func TestCovers(t *testing.T) {
	c := Change{Key: "zvm/user/A/class", Also: []string{"zvm/directory/"}}
	for key, want := range map[string]bool{
		"zvm/user/A/class": true, "zvm/user/A/class/x": true, "zvm/user/A/classes": false, "zvm/user/A": false,
		"zvm/directory/user/count": true, "zvm/directories": false,
	} {
		if c.Covers(key) != want {
			t.Errorf("Covers(%q) = %t", key, !want)
		}
	}
	if (Change{}).Covers("zvm/user/A") {
		t.Error("a change without a key covers something")
	}
}
