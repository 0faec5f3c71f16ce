package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// largeReport is the example with more findings of A01, in four texts.
func largeReport(findings int) *Report {
	r := exampleReport()
	template := r.Assessment.Findings[len(r.Assessment.Findings)-1]
	for i := range findings {
		f := template
		id := fmt.Sprintf("U%06d", i)
		f.ID, f.Entity = "f-"+id, collect.NewKey("zvm", "user", id)
		f.Messages = []string{fmt.Sprintf("class %cG is not on the approved list", 'B'+rune(i%4))}
		e := template.Evidence[0]
		e.Key, e.Line, e.Ref = f.Entity.Join("class"), int64(i), fmt.Sprintf("VMP1-directory-aa10bb20#%d", i)
		f.Evidence = []rules.Evidence{e}
		r.Assessment.Findings = append(r.Assessment.Findings, f)
	}
	for i := range r.Assessment.Tallies {
		if t := &r.Assessment.Tallies[i]; t.Check == "A01" {
			t.Review += int64(findings)
		}
	}
	for i := len(r.Requirements); i < 260; i++ {
		r.Requirements = append(r.Requirements, Requirement{
			Number: fmt.Sprintf("9.%d.%d", i/20, i%20), Title: "A requirement with a title of usual length", Status: rules.OutsideThisTool, Milestone: "2",
		})
	}
	return r
}

// TestLargeReportStaysReadable: equal findings are said once.
func TestLargeReportStaysReadable(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "html", largeReport(10_000), Options{}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "class CG is not on the approved list"); n != 1 {
		t.Errorf("a message of 2,500 findings is printed %d times", n)
	}
	if !strings.Contains(out.String(), "2514 entities under zvm/user/") {
		t.Error("the group of 2,514 users is not counted")
	}
	if out.Len() > 2<<20 {
		t.Errorf("10,000 findings make %d bytes of HTML", out.Len())
	}
	out.Reset()
	if err := Write(&out, "terminal", largeReport(10_000), Options{}); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n"); lines > 63 {
		t.Errorf("the summary has %d lines", lines)
	}
}

func BenchmarkWrite10kFindings(b *testing.B) {
	r := largeReport(10_000)
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c := counter{}
				if err := Write(&c, f.Name, r, Options{}); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(c.n)
			}
		})
	}
	b.Run("redacted json", func(b *testing.B) {
		for b.Loop() {
			if err := Write(io.Discard, "json", r, Options{Redact: true, RedactKey: redactKey}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) { c.n += int64(len(b)); return len(b), nil }
