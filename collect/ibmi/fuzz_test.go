package ibmi

import (
	"reflect"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// FuzzSK feeds any bytes. Whatever comes out must account for every row, must
// not depend on how often the same rows come, and cut anywhere must neither lose
// anything under complete coverage nor find what the whole does not hold.
func FuzzSK(f *testing.F) {
	f.Add([]byte(outfileExample), uint16(300))
	f.Add([]byte(serviceExample), uint16(130))
	f.Add(rows(row(1, 1, "A", 992, "10.1.2.3", 50002, "", ""), row(2, 1, "S", 992, "10.1.2.3", 50002, "TLSV1.2", gcm)), uint16(150))
	f.Add(capture(outfileExample, true), uint16(400))
	f.Add(rows(`"a""b",,,,,`, `"stray`, row(1, 1, "Z", 1, "::1", 0, "", "")), uint16(90))
	f.Add([]byte("sktype;sktstp;sklprt;skradr\r\na;2026-01-01 24:00:00;992,0;fe80::1%eth0\r\n"), uint16(60))
	f.Add([]byte("\xff\xfeS\x00K\x00"), uint16(4))
	for _, in := range exports(day()[:3]) {
		f.Add(in, uint16(len(in)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, at uint16) {
		opts := collect.Options{System: "S", Limits: collect.Limits{Line: 4096, Members: 3}}
		whole, err := collectAll(t, opts, in)
		if err != nil {
			if collect.HintOf(err) == "" {
				t.Fatalf("error without advice: %v", err)
			}
			return
		}
		for _, r := range whole {
			account(t, r)
		}
		blocks, err := collectFrom(t, skSource{block: 1 + int(at)%300}, opts, in)
		if err != nil || !reflect.DeepEqual(blocks, whole) {
			t.Fatalf("in blocks of %d bytes: error %v,\n%+v\nwant\n%+v", 1+int(at)%300, err, blocks, whole)
		}
		cut, err := collectAll(t, opts, in[:min(int(at), len(in))])
		if err != nil || len(whole) != 1 || len(cut) != 1 {
			return
		}
		account(t, cut[0])
		if whole[0].header.Counts.Ignored["quote not closed"] > 0 || strings.Contains(string(in), `"`) {
			return // a quote can make anything of what stands behind it
		}
		for key, v := range cut[0].values {
			if collect.Keys().Class(key) != collect.Observed || v.IsUnknown() || len(in) > 1 && int(at) < len(in) && in[0] >= 0x80 {
				continue
			}
			w, ok := whole[0].values[key]
			if !ok {
				t.Fatalf("the cut holds %s, the whole does not", key)
			}
			for _, m := range v.Items() {
				if !w.Has(m) && !w.IsUnknown() && !strings.HasSuffix(string(key), "peer_networks") {
					t.Fatalf("%s has %q in the cut; in the whole it is %s", key, m, w)
				}
			}
		}
		for key := range whole[0].values {
			if _, ok := cut[0].values[key]; !ok && cut[0].header.CoverageOf(key).State == collect.Complete {
				t.Fatalf("%s is gone under complete coverage", key)
			}
		}
	})
}

func account(t *testing.T, r result) {
	t.Helper()
	c := r.header.Counts
	sum := c.Used + c.Duplicate
	for _, n := range c.Ignored {
		sum += n
	}
	if c.Read != sum {
		t.Fatalf("read %d, accounted for %d: %+v", c.Read, sum, c)
	}
	var records int64
	for key, v := range r.values {
		if strings.HasSuffix(string(key), "/records") || strings.HasSuffix(string(key), "/records_at_least") {
			n, _ := v.Int()
			records += n
		}
	}
	if records != c.Used {
		t.Fatalf("used %d, but entities count %d", c.Used, records)
	}
}
