package ibmi

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// result is one part in a form that tests can ask.
type result struct {
	header collect.Header
	values map[collect.Key]collect.Value // facts and metrics
	origin map[collect.Key]collect.Located
}

func collectAll(t testing.TB, opts collect.Options, files ...[]byte) ([]result, error) {
	t.Helper()
	return collectFrom(t, SK(), opts, files...)
}

func collectFrom(t testing.TB, src collect.Source, opts collect.Options, files ...[]byte) ([]result, error) {
	t.Helper()
	var in []*collect.File
	for i, data := range files {
		in = append(in, collect.BytesFile(fmt.Sprintf("qauditsk%d.csv", i), data))
	}
	parts, err := collect.Run(t.Context(), src, in, &opts)
	if err != nil {
		return nil, err
	}
	var out []result
	for _, p := range parts {
		r := result{p.Header, map[collect.Key]collect.Value{}, map[collect.Key]collect.Located{}}
		f, err := p.Facts()
		if err != nil {
			t.Fatal(err)
		}
		for f.Next() {
			e, err := f.Entry()
			if err != nil {
				t.Fatal(err)
			}
			r.values[e.Key] = e.Value
		}
		v, err := p.Provenance()
		if err != nil {
			t.Fatal(err)
		}
		for v.Next() {
			l := v.Located()
			r.origin[l.Key] = l
			if !l.Metric.IsAbsent() {
				r.values[l.Key] = l.Metric
			}
		}
		if err := cmp.Or(f.Err(), v.Err()); err != nil {
			t.Fatal(err)
		}
		f.Close()
		v.Close()
		p.Close()
		out = append(out, r)
	}
	return out, nil
}

func collectOne(t testing.TB, opts collect.Options, files ...[]byte) result {
	t.Helper()
	parts, err := collectAll(t, opts, files...)
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != 1 {
		t.Fatalf("%d parts, want 1", len(parts))
	}
	return parts[0]
}

// want checks values written as in a flattened export.
func (r result) want(t *testing.T, want map[string]string) {
	t.Helper()
	for key, value := range want {
		got, ok := r.values[collect.Key("ibmi/sk/"+key)]
		switch {
		case !ok && value != "absent":
			t.Errorf("%s is missing, want %s", key, value)
		case ok && value == "unknown":
			if !got.IsUnknown() {
				t.Errorf("%s is %s, want it unknown", key, got)
			}
		case ok && got.String() != value:
			t.Errorf("%s is %s, want %s", key, got, value)
		}
	}
	if t.Failed() {
		for _, key := range slices.Sorted(maps.Keys(r.values)) {
			t.Logf("%s: %s", key, r.values[key])
		}
	}
}

// rows builds an export of the columns that most tests need.
func rows(lines ...string) []byte {
	return []byte("SKSEQN,SKTSTP,SKTYPE,SKLPRT,SKRADR,SKRPRT,SKSVER,SKSPRP,SKSYNM,SKRCV\n" + strings.Join(lines, "\n") + "\n")
}

// row builds one row; at counts seconds from the start of the night.
func row(seq, at int, typ string, local int, addr string, remote int, version, properties string) string {
	stamp := time.Date(2026, 11, 18, 0, 0, at, 0, time.UTC).Format("2006-01-02-15.04.05.000000")
	return fmt.Sprintf("%020d,%s,%s,%d,%s,%d,%s,%s,PRDA,AUDRCV0001", seq, stamp, typ, local, addr, remote, version, properties)
}

const gcm = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDSA_SHA512 SECP521R1"

// capture puts a capture header around an extract.
func capture(text string, end bool) []byte {
	out := "*> irondrift-capture 1\n*> system: PRDA\n*> time: 2026-11-18T02:05:00+01:00\n*> user: AUDIT\n" +
		"*> command: CPYAUDJRNE ENTTYP(SK), \"x\n*> begin\n" + text
	if end {
		out += fmt.Sprintf("*> end lines: %d\n", strings.Count(text, "\n"))
	}
	return []byte(out)
}
