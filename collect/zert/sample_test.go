package zert

import (
	"bytes"
	"io"
	"net/netip"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/smf"
	"github.com/irondrift/irondrift/testdata/compose"
)

// night is the time of the records; wall clocks carry no zone in SMF.
var night = time.Date(2026, 11, 18, 2, 30, 0, 0, time.UTC)

// base is a session record of a server without any protocol section.
func base() compose.ZERTSummary {
	return compose.ZERTSummary{
		Header:           compose.SMFHeader{Time: night, SID: "PRDA", SSI: "STC"},
		Ident:            compose.TCPIPIdent{SYSName: "SYSPRDA", SysplexName: "PLEX1", Stack: "TCPIP", ReleaseID: "V3R1", ASName: "TCPIP", UserID: "TCPIP", Reason: compose.ReasonLast},
		IntervalDuration: 30 * time.Minute,
		Flags:            compose.FlagServer,
		Jobname:          "CICSPAY1", UserID: "CICSUSR",
		SrvIP: netip.MustParseAddr("10.20.1.11"), CltIP: netip.MustParseAddr("192.0.2.7"),
		SrvPortStart: 5443, SessionID: "T-0123456789ABCDEF0123456789ABCDEF01234567",
		Init: compose.ZERTCounters{LifeConnCnt: 10, LifeInBytes: 100, LifeOutBytes: 1000},
		End:  compose.ZERTCounters{LifeConnCnt: 17, LifeInBytes: 150, LifeOutBytes: 4000},
	}
}

func tls12() *compose.ZERTTLS {
	return &compose.ZERTTLS{Source: compose.SourceProvider, ProtVer: 0x0303, NegCipher: "C030", CSMsgAuth: 1, CSKexAlg: 2,
		SCert: compose.ZERTCert{SignatureMethod: 7, EncMethod: 2, DigestAlg: 6, KeyType: 2, KeyLen: 2048},
		CCert: compose.ZERTCert{SignatureMethod: 1, EncMethod: 1, DigestAlg: 1, KeyType: 1}}
}

// dump puts a header and a trailer around records.
func dump(records ...[]byte) []byte {
	all := append([][]byte{compose.DumpHeader(night.Add(time.Hour), "PRDA")}, records...)
	return compose.Unblocked(append(all, compose.DumpTrailer(night.Add(time.Hour), "PRDA"))...)
}

// run collects one dump.
func run(t testing.TB, opts collect.Options, data ...[]byte) []*collect.Part {
	t.Helper()
	var files []*collect.File
	for _, d := range data {
		files = append(files, collect.BytesFile("night.smf", d))
	}
	parts, err := collect.Run(t.Context(), SMF(), files, &opts)
	if err != nil {
		t.Fatalf("%v (hint: %s)", err, collect.HintOf(err))
	}
	t.Cleanup(func() {
		for _, p := range parts {
			p.Close()
		}
	})
	return parts
}

// one collects a dump that holds one system.
func one(t testing.TB, data ...[]byte) *collect.Part {
	t.Helper()
	parts := run(t, collect.Options{}, data...)
	if len(parts) != 1 {
		t.Fatalf("%d parts, want 1", len(parts))
	}
	return parts[0]
}

// values returns facts and metrics of a part by key.
func values(t testing.TB, p *collect.Part) map[collect.Key]collect.Value {
	t.Helper()
	out := map[collect.Key]collect.Value{}
	r, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for r.Next() {
		e, err := r.Entry()
		if err != nil {
			t.Fatal(err)
		}
		out[e.Key] = e.Value
	}
	pr, err := p.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	defer pr.Close()
	for pr.Next() {
		if l := pr.Located(); !l.Metric.IsAbsent() {
			out[l.Key] = l.Metric
		}
	}
	if r.Err() != nil || pr.Err() != nil {
		t.Fatal(r.Err(), pr.Err())
	}
	return out
}

// want compares values below a service with their forms.
func want(t *testing.T, got map[collect.Key]collect.Value, prefix string, forms map[string]string) {
	t.Helper()
	for key, form := range forms {
		v, ok := got[collect.Key(prefix+key)]
		if !ok {
			t.Errorf("%s%s is not there", prefix, key)
		} else if v.String() != form {
			t.Errorf("%s%s is %s, want %s", prefix, key, v, form)
		}
	}
}

// walk decodes and folds the records of a dump and returns how many it used.
func walk(t testing.TB, data []byte) int64 {
	t.Helper()
	c, err := newCollection(&collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := smf.NewReader(bytes.NewReader(data), 1<<20)
	if _, err := r.Detect(); err != nil {
		t.Fatal(err)
	}
	for {
		rec, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		c.record(rec.Data, place{0, rec.Number, rec.Offset})
	}
	c.carryAll()
	used := int64(0)
	for _, s := range c.systems {
		used += s.used
	}
	return used
}
