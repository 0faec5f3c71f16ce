package zvm

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

func hashes(t *testing.T, opts collect.Options, name string, in []byte) *collected {
	t.Helper()
	parts, err := collectWith(t, FileHash(), opts, []string{name}, in)
	if err != nil {
		t.Fatalf("%v (%s)", err, collect.HintOf(err))
	}
	return parts[opts.System]
}

func TestFileHash(t *testing.T) {
	plain := strings.Join(ssiConfig, "\n") + "\n"
	sum := sha256.Sum256([]byte(plain))
	want := "sha256:" + fmt.Sprintf("%x", sum[:])
	for name, in := range map[string][]byte{
		"text": []byte(plain), "crlf": []byte(strings.ReplaceAll(plain, "\n", "  \r\n")), "F80": compose.DirectoryF80(ssiConfig, nil),
		"blank at end": []byte(plain + "\n\n"),
	} {
		c := hashes(t, collect.Options{AssertComplete: true}, "/x/SYSTEM.CONFIG", in)
		if got := c.facts["zvm/file/system_config/sha256"]; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	other := hashes(t, whole, "SYSTEM.CONFIG", []byte(strings.Replace(plain, "PRODSSI", "PRODSSJ", 1)))
	if other.facts["zvm/file/system_config/sha256"] == want {
		t.Error("an edit does not change the digest")
	}
	cut := hashes(t, collect.Options{}, "SYSTEM.CONFIG", []byte(plain[:len(plain)-5]))
	if got := cut.facts["zvm/file/system_config/sha256"]; !strings.HasPrefix(got, "?") {
		t.Errorf("a cut file has digest %s", got)
	}
}

// A file with passwords gets no digest that guesses could be tested against.
func TestFileHashSecrets(t *testing.T) {
	in := text(cluster...)
	lines := strings.Split(strings.TrimRight(string(in), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	normal := []byte(strings.Join(lines, "\n") + "\n")
	plain := sha256.Sum256(normal)
	for _, name := range []string{"USER.DIRECT", "SYSTEM.CONFIG", "anything"} {
		c := hashes(t, whole, name, in)
		if strings.Contains(c.everything(t), fmt.Sprintf("%x", plain[:])) {
			t.Errorf("%s: the plain digest is written", name)
		}
	}
	c := hashes(t, whole, "USER.DIRECT", in)
	c.want(t, map[string]string{"zvm/file/user_direct/sha256": "?the file can hold passwords, and the store has no key for its digest"})
	key := []byte("key of the store")
	mac := hmac.New(sha256.New, key)
	mac.Write(normal)
	c = hashes(t, collect.Options{AssertComplete: true, SecretKey: key}, "USER.DIRECT", in)
	c.want(t, map[string]string{"zvm/file/user_direct/sha256": "hmac-sha256:" + fmt.Sprintf("%x", mac.Sum(nil))})
}

func TestFileHashErrors(t *testing.T) {
	for name, in := range map[string][]byte{"empty": nil, "blank": bytes.Repeat([]byte("\n"), 9)} {
		if _, err := collectWith(t, FileHash(), whole, []string{"A.B"}, in); !errors.Is(err, collect.ErrEmpty) || collect.HintOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := collectWith(t, FileHash(), whole, []string{"A.B", "a b"}, []byte("x\n"), []byte("y\n")); !errors.Is(err, collect.ErrTwoValues) {
		t.Errorf("one name twice: %v", err)
	}
}
