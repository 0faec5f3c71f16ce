package rules

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// directoryFacts are n z/VM users with twelve keys each. One in a hundred has
// something that a check looks at. Options, LOGONBY and network adapters differ
// for every user, as the CPU ids, administrators and MAC addresses of a real
// directory may.
func directoryFacts(n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	passwords := []string{"lbyonly", "autoonly", "nolog", "lbyonly", "lbyonly"}
	lines := make([]string, 0, 12*n)
	for i := range n {
		user := fmt.Sprintf("zvm/user/LX%06d/", i)
		class, password, option, disk, reach := `["G"]`, passwords[r.IntN(len(passwords))], fmt.Sprintf(`["CPUID %06d"]`, i), `[]`, `[]`
		if r.IntN(100) == 0 {
			class, password = `["B","G"]`, "other"
		}
		if r.IntN(100) == 0 {
			option, disk, reach = `["LNKNOPAS"]`, `["read=default"]`, fmt.Sprintf(`["write any","write LX%06d.0191"]`, i+1)
		}
		lines = append(lines,
			user+"class: "+class, user+`iucv: []`, user+"kind: user", user+"link: [\"MAINT.0190 RR\"]",
			user+fmt.Sprintf(`logonby: ["ADM%05d"]`, i),
			user+"mdisk/0191/extent: 3390 "+fmt.Sprint(i), user+"mdisk/0191/password: "+disk,
			user+fmt.Sprintf(`nicdef/0600: ["LAN SYSTEM VSW1","MACID %06X","TYPE QDIO"]`, i),
			user+"option: "+option, user+"password_class: "+password, user+"profile: LINDFLT", user+"reach: "+reach)
	}
	return lines
}

// BenchmarkJudgeDirectory judges 100,000 users with every check of the built-in
// pack for z/VM, from the facts on.
func BenchmarkJudgeDirectory(b *testing.B) {
	const users = 100_000
	p := testPart("VM1", "zvm-directory", directoryFacts(users), complete("zvm/user"))
	b.ReportAllocs()
	for b.Loop() {
		e, err := NewEngine([]*Pack{builtinPack(b)}, Site{})
		if err != nil {
			b.Fatal(err)
		}
		a, err := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{p})
		if err != nil {
			b.Fatal(err)
		}
		if len(a.Findings) == 0 {
			b.Fatal("no findings")
		}
	}
	b.ReportMetric(users*float64(b.N)/b.Elapsed().Seconds(), "users/s")
}

// BenchmarkEvaluate is one evaluation of one check without the memo.
func BenchmarkEvaluate(b *testing.B) {
	e, err := NewEngine([]*Pack{builtinPack(b)}, Site{Zones: []Zone{{Name: "n", Kind: ZoneUntrusted, Networks: []string{"0.0.0.0/0"}}}})
	if err != nil {
		b.Fatal(err)
	}
	inputs := map[string][]string{
		"A01": {`["B","G"]`, "lbyonly", ""}, "H02": {"lbyonly"}, "H03": {`["read=other"]`},
		"U11": {"5", "true"}, "L01": {`["DATASET","GROUP","USER"]`},
		"H20": {"telnet", `["clear"]`},
		"T01": {`["10.1.2.0/24"]`, `["TLSv1.2"]`}, "T02": {`["10.1.2.0/24"]`, `["TLS_AES_256_GCM_SHA384","TLS_RSA_WITH_3DES_EDE_CBC_SHA"]`},
	}
	ids := make([]string, 0, len(inputs))
	for id := range inputs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		c := e.checks[slices.IndexFunc(e.checks, func(c *boundCheck) bool { return c.ID == id })]
		b.Run(id, func(b *testing.B) {
			s, err := e.scopeOf(System{ID: "S", Platform: c.meta.Platforms[0]}, "")
			if err != nil {
				b.Fatal(err)
			}
			sub := &subject{entity: collect.Key(example(c.Entity))}
			for i, form := range inputs[id] {
				sub.slots = append(sub.slots, &slot{seen: form != "", form: []byte(form)})
				_ = i
			}
			for len(sub.slots) < len(c.keys) {
				sub.slots = append(sub.slots, &slot{})
			}
			facts, _, _, err := e.factTerms(c, s, sub, nil)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				v, err := c.evaluate(context.Background(), s, sub, facts)
				if err != nil || v.failed != "" {
					b.Fatal(err, v)
				}
			}
		})
	}
}

// BenchmarkMerge is the reading of the facts alone, to compare with.
func BenchmarkMerge(b *testing.B) {
	text := []byte(strings.Join(directoryFacts(10_000), "\n") + "\n")
	p := &collect.Part{FactsBlob: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := mergeForms(context.Background(), []*collect.Part{p}, func(*fact) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
