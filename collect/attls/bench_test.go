package attls

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// manyRules composes a policy of n rules with actions of their own and a shared
// cipher list.
func manyRules(n int) []byte {
	var b bytes.Buffer
	b.WriteString("TTLSCipherParms strong\n{\n  V3CipherSuites4Char TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n  V3CipherSuites4Char C02F\n}\nTTLSGroupAction grp\n{\n  TTLSEnabled On\n}\n")
	for i := range n {
		fmt.Fprintf(&b, "TTLSRule rule%05d\n{\n  LocalPortRange %d\n  LocalAddr 10.%d.0.0/16\n  Jobname JOB%d*\n  Direction Inbound\n  Priority %d\n", i, 1024+i, i%250, i%1000, 1+i%7)
		fmt.Fprintf(&b, "  TTLSGroupActionRef grp\n  TTLSEnvironmentActionRef env%05d # its own\n}\n", i)
		fmt.Fprintf(&b, "TTLSEnvironmentAction env%05d\n{\n  HandshakeRole Server\n  TTLSKeyringParms\n  {\n    Keyring owner%d/ring\n  }\n  TTLSCipherParmsRef strong\n", i, i%50)
		b.WriteString("  TTLSEnvironmentAdvancedParms\n  {\n    TLSv1 Off\n    TLSv1.1 Off\n    TLSv1.2 On\n  }\n}\n")
	}
	return b.Bytes()
}

func BenchmarkPolicy(b *testing.B) {
	data := manyRules(5000)
	benchmark(b, Policy(), data)
}

func BenchmarkPasearch(b *testing.B) {
	block := listed[bytes.Index([]byte(listed), []byte("policyRule:")):]
	head := listed[:len(listed)-len(block)]
	var out bytes.Buffer
	out.WriteString(head)
	for i := range 5000 {
		out.Write(bytes.Replace([]byte(block), []byte("policyRule:             web"), fmt.Appendf(nil, "policyRule:             web%05d", i), 1))
		out.WriteByte('\n')
	}
	benchmark(b, Pasearch(), out.Bytes())
}

func benchmark(b *testing.B, src collect.Source, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		parts, err := collect.Run(b.Context(), src, []*collect.File{collect.BytesFile("x", data)}, &collect.Options{Release: "3.1"})
		if err != nil {
			b.Fatal(err)
		}
		if parts[0].Header.Facts < 5000*10 {
			b.Fatalf("%d facts", parts[0].Header.Facts)
		}
		parts[0].Close()
	}
}
