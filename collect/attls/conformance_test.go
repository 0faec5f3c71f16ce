package attls

import (
	"bytes"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
)

func TestConformance(t *testing.T) {
	small := []byte(composed)
	sourcetest.Run(t, sourcetest.Suite{
		Source:  Policy(),
		Cuts:    100,
		Options: collect.Options{Release: "3.1"},
		Inputs: map[string][]byte{
			"client toolkit": sample(t, "zos_client_web_toolkit.policy"),
			"easy at-tls":    sample(t, "easyattls_generated.policy"),
			"composed":       small,
			"crlf":           bytes.ReplaceAll(small, []byte("\n"), []byte("\r\n")),
			"captured":       captured(small),
			"ebcdic":         toPage1047(small),
		},
		SameAs:   map[string]string{"crlf": "composed", "captured": "composed", "ebcdic": "composed"},
		Canaries: []string{"canary-kdb", "canary-ldap", "canary-wrapped"},
		Damaged: map[string]sourcetest.Damage{
			"a listing": {Data: sample(t, "pasearch_t_cs31.txt")[:2000], Is: collect.ErrNotRecognised},
		},
	})
	listing := sample(t, "pasearch_t_cs31.txt")
	sourcetest.Run(t, sourcetest.Suite{
		Source: Pasearch(),
		Cuts:   60,
		Inputs: map[string][]byte{
			"published": listing,
			"crlf":      bytes.ReplaceAll(listing, []byte("\n"), []byte("\r\n")),
			"captured":  captured(listing),
			"ebcdic":    toPage1047(listing),
			"trimmed":   trimmed(listing),
		},
		SameAs: map[string]string{"crlf": "published", "captured": "published", "ebcdic": "published", "trimmed": "published"},
		Damaged: map[string]sourcetest.Damage{
			"a policy file": {Data: small, Is: collect.ErrNotRecognised},
		},
	})
}

// captured puts a capture header around an extract.
func captured(b []byte) []byte {
	var out bytes.Buffer
	out.WriteString("*> irondrift-capture 1\n*> system: PRDA\n*> time: 2026-11-18T02:05:00+01:00\n*> begin\n")
	out.Write(b)
	if !bytes.HasSuffix(b, []byte("\n")) {
		out.WriteByte('\n')
	}
	out.WriteString("*> end lines: " + itoa(bytes.Count(out.Bytes(), []byte("\n"))-4) + "\n")
	return out.Bytes()
}

// trimmed drops the blanks at the ends of lines.
func trimmed(b []byte) []byte {
	var out []byte
	for line := range bytes.Lines(b) {
		out = append(append(out, bytes.TrimRight(line, " \n")...), '\n')
	}
	return out
}
