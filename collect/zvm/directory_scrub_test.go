package zvm

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// scrub scrubs one file and reads original and result by itself, so that the
// comparison inside ScrubDirectory is not what it is tested with.
func scrub(t testing.TB, opts collect.Options, in []byte) (string, *Scrubbed) {
	t.Helper()
	s, err := ScrubDirectory(context.Background(), []*collect.File{collect.BytesFile("a.direct", in)}, &opts)
	if err != nil {
		t.Fatalf("%v (%s)", err, collect.HintOf(err))
	}
	out := s.Files[0].Text
	before, after := mustRun(t, opts, in), mustRun(t, opts, out)
	if before.text != after.text {
		t.Fatalf("the scrubbed directory gives other facts:\n%s\n%s", difference(before, after), out)
	}
	if before.Header.Content != s.Content {
		t.Errorf("content is %s, want %s", s.Content, before.Header.Content)
	}
	return string(out), s
}

func difference(a, b *collected) string {
	var out strings.Builder
	for key, form := range a.facts {
		if b.facts[key] != form {
			out.WriteString(key + ": " + form + ", scrubbed " + b.facts[key] + "\n")
		}
	}
	for key, form := range b.facts {
		if _, ok := a.facts[key]; !ok {
			out.WriteString(key + ": absent, scrubbed " + form + "\n")
		}
	}
	return out.String()
}

// What a scrubbed file looks like, line by line.
func TestScrubbedLines(t *testing.T) {
	pad := func(s, sequence string) string { return s + strings.Repeat(" ", 72-len(s)) + sequence }
	const wide = "MDISK 0192 FB-512 2147483640 2147483640 VOL001 MWV <default> <other>"
	in := strings.Join([]string{
		"DIRECTORY 123 3390 M01RES",
		"* MAINT's password is geheim1",
		"USER MAINT WD5JU8QP 256M 1G ABCDEFG 64 ON ON geheim2",
		pad("   logonby ADMIN1 ADMIN2   the people", "00010000"),
		"",
		"*NB=Y", "*DVHOPT LNK0 PWC20180808 geheim3",
		" LINK MAINT 190 0190 rr", " LINK PMAINT 551 551", " OPT LNKN MAXC 5 12",
		" APPCPASS GW TARGET USER geheim4",
		" COMMAND XAUTOLOG OTHER geheim5",
		" IUCV A,",
		"* between",
		"   MSGLIMIT 10",
		" MDISK 191 3390 001 005 VOL001 MR ALL geheim6 MMAI",
		" FROBNICATE geheim7",
		pad("      MDISK 0192 FB-512 2147483640 2147483640 VOL001 MWV READ geheim8", "00020000"),
		"USER A LBYONLY", " NICDEF 600 TYPE QDIO LAN SYSTEM VSW1 VLAN 5 7-9 PROM", " LINK X", " LINK Y",
	}, "\n") + "\n"
	want := strings.Join([]string{
		"DIRECTORY 0123 3390 M01RES",
		"*",
		"USER MAINT <vendor-default> 256M 1G ABCDEFG",
		pad("   LOGONBY ADMIN1 ADMIN2 THE PEOPLE", "00010000"),
		"",
		"*NB=Y", "*DVHOPT PWC20180808",
		" LINK MAINT 0190 0190 RR", " LINK PMAINT 0551", " OPTION LNKNOPAS MAXCONN 5",
		" APPCPASS <masked>",
		" COMMAND XAUTOLOG OTHER <masked>",
		"*",
		" IUCV A", "*",
		" MDISK 0191 3390 1 5 VOL001 MR ALL <other> <default>",
		" <unknown>",
		pad(strings.Repeat(" ", 71-len(wide))+wide, "00020000"),
		"USER A LBYONLY", " NICDEF 0600 TYPE QDIO LAN SYSTEM VSW1 VLAN 5 7-9 PROMISCUOUS", " LINK", " <unknown>",
	}, "\n") + "\n"
	got, s := scrub(t, asserted, []byte(in))
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(strings.ToUpper(got), "GEHEIM") {
		t.Error("a secret is left")
	}
	if s.Passwords != 6 || s.Comments != 2 || s.Unknown != 3 {
		t.Errorf("got %d passwords, %d comments, %d unknown statements; want 6, 2, 3", s.Passwords, s.Comments, s.Unknown)
	}
	again, _ := scrub(t, asserted, []byte(got))
	if again != got {
		t.Errorf("scrubbed twice it is\n%s", again)
	}
}

// Statements that outgrow the line go on behind a comma.
func TestScrubbedLongLines(t *testing.T) {
	in := text("USER A OTHERPAS 1M 1M ABCDEFGHIJKLMNOPQRSTUVWXYZ123456",
		" MDISK 0192 FB-512 2147483640 2147483640 VOL001 MWV READ GEHEIM12 GEHEIM13",
		" COMMAND SET VSWITCH VSWITCH1 GRANT &USERID X1,", " X2 X3 X4 X5 X6 IUCV OPTION USER IUCV OPTION USER X7 X8 X9",
		" COMMAND SET VSWITCH VSWITCH1 GRANT &USERID VLAN 1 2 3 4 5 6 7 8 9 10,", " 12 13 14 15")
	for name, b := range map[string][]byte{"text": in, "captured": capture(in)} {
		got, _ := scrub(t, asserted, b)
		if strings.Contains(got, "GEHEIM") {
			t.Errorf("%s: a secret is left", name)
		}
		for l := range strings.SplitSeq(got, "\n") {
			if len(l) > 71 {
				t.Errorf("%s: a line has %d columns: %s", name, len(l), l)
			}
		}
		for _, want := range []string{
			"VOL001 MWV <default> <other>,\n   <other>\n",
			"COMMAND SET VSWITCH VSWITCH1 GRANT &USERID X1 X2 X3 X4 X5,\n   X6 IUCV OPTION USER IUCV OPTION USER X7 X8 X9\n*\n", // not before IUCV, nor before a USER
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: got\n%swant\n%s", name, got, want)
			}
		}
	}
}

func TestScrubForms(t *testing.T) {
	numbers := &compose.Sequence{First: 10000, Step: 10}
	for name, in := range map[string][]byte{
		"text": text(cluster...), "numbered": compose.DirectoryText(cluster, numbers),
		"F80": compose.DirectoryF80(cluster, nil), "F80 numbered": compose.DirectoryF80(cluster, numbers),
		"loose": loose(cluster), "captured": capture(text(cluster...)), "sample": sample(t, "bootcamp-user-direct.txt"),
		"end mark missing": bytes.TrimSuffix(capture(text(cluster...)), []byte("\n"))[:1500],
		"more behind it":   append(capture(text(cluster...)), text("USER EXTRA NOLOG")...),
		"end mark wrong":   bytes.Replace(capture(text(cluster...)), []byte("USER BADCLAS NOLOG 64M 64M ZQXJVKZ\n"), nil, 1),
	} {
		got, s := scrub(t, collect.Options{}, in)
		for _, canary := range append([]string{"WD5JU8QP", "WORK2016"}, canaries...) {
			if strings.Contains(got, canary) {
				t.Errorf("%s: %s is left in the scrubbed file", name, canary)
			}
		}
		if s.Passwords == 0 {
			t.Errorf("%s: no password was replaced", name)
		}
		if name == "F80 numbered" && !strings.Contains(got, " 00010020\n") {
			t.Errorf("%s: sequence numbers are lost:\n%s", name, got)
		}
	}
	// A site's own default passwords are classified with its list, and read
	// back without it.
	site := asserted
	site.Site.VendorPasswords = []string{"SITEWORD"}
	in := []byte("USER A SITEWORD 1M 1M G\n")
	got, _ := scrub(t, site, in)
	mustRun(t, asserted, []byte(got)).want(t, map[string]string{"zvm/user/A/password_class": "vendor-default"})
}

// Several files, one of which makes sense with the other only.
func TestScrubSeveralFiles(t *testing.T) {
	one := text("IDENTITY MAINT LBYONLY 1M 1M G", " BUILD ON M1 USING SUBCONFIG DISKS-1")
	two := text("SUBCONFIG DISKS-1", " MDISK 191 3390 1 5 V1 MR MAINT WMAI OTHERPAS", " MDISK 191 3390 1 5 V1 MR MAINT WMAI OTHERPA2")
	s, err := ScrubDirectory(context.Background(), []*collect.File{collect.BytesFile("a", one), collect.BytesFile("b", two)}, &asserted)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(s.Files[1].Text), "SUBCONFIG DISKS-1\n MDISK 0191 3390 1 5 V1 MR <default> <default> <other>\n MDISK 0191 3390 1 5 V1 MR <default> <default> <other>\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// Wherever a directory is cut, and with one wrong character anywhere, the
// scrubbed form says the same and keeps the secrets.
func TestScrubAnywhere(t *testing.T) {
	in := text(cluster...)
	check := func(name string, at int, b []byte) {
		t.Helper()
		s, err := ScrubDirectory(context.Background(), []*collect.File{collect.BytesFile("a.direct", b)}, &collect.Options{})
		if err != nil {
			if _, alone := run(t, collect.Options{}, b); alone == nil {
				t.Errorf("%s at byte %d (%q): %v", name, at, in[max(0, at-40):min(len(in), at+20)], err)
			}
			return
		}
		for _, canary := range canaries {
			if bytes.Contains(s.Files[0].Text, []byte(canary)) {
				t.Errorf("%s at byte %d (%q): a secret leaves", name, at, in[max(0, at-40):min(len(in), at+20)])
			}
		}
	}
	step := 1
	if testing.Short() {
		step = 11
	}
	for i := 0; i < len(in) && !t.Failed(); i += step {
		check("cut", i, in[:i])
		if bytes.HasPrefix(bytes.TrimLeft(in[i:], " "), []byte("AUTOLOG")) {
			continue // "AUTOLOG OTHER SECRET" on a line of its own is a sound statement
		}
		check("line end", i, slices.Insert(slices.Clone(in), i, '\n'))
		check("blank", i, slices.Insert(slices.Clone(in), i, ' '))
		check("comma", i, slices.Insert(slices.Clone(in), i, ','))
		check("lost", i, slices.Delete(slices.Clone(in), i, i+1))
	}
}
