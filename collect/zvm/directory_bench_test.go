package zvm

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// largeDirectory writes n users of twelve lines each under one profile, the way
// a directory of Linux guests looks.
func largeDirectory(n int) []byte {
	var b bytes.Buffer
	b.WriteString("DIRECTORY 0123 3390 M01RES\n*\nPROFILE LINDFLT\n IPL CMS\n MACHINE ESA 4\n OPTION APPLMON\n" +
		" CONSOLE 0009 3215 T\n SPOOL 000C 2540 READER *\n LINK MAINT 0190 0190 RR\n LINK MAINT 019D 019D RR\n*\n")
	for i := range n {
		password := "LBYONLY"
		switch i % 50 {
		case 0:
			password = fmt.Sprintf("PW%06d", i)
		case 1:
			password = "NOLOG"
		}
		fmt.Fprintf(&b, "*\nUSER L%07d %s 4G 16G G\n INCLUDE LINDFLT\n ACCOUNT 1 LINUX\n LOGONBY LINADM1 LINADM2\n"+
			" OPTION LNKNOPAS\n IUCV ALLOW\n NICDEF 0600 TYPE QDIO LAN SYSTEM VSW%d\n LINK TCPMAINT 0592 0592 RR\n"+
			" MDISK 0100 3390 %d 3338 LNX%03d MR\n MDISK 0101 3390 %d 3338 LNY%03d MR READ WRITE MULTI\n"+
			" MDISK 0102 FB-512 V-DISK 512000 MW\n",
			i, password, 1+i%4, 1+3338*(i%10), i/10%1000, 1+3338*(i%10), i/10%1000)
	}
	return b.Bytes()
}

func BenchmarkDirectory(b *testing.B) {
	in := largeDirectory(100_000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		parts, err := collect.Run(context.Background(), Directory(), []*collect.File{collect.BytesFile("user.direct", in)}, &collect.Options{})
		if err != nil {
			b.Fatal(err)
		}
		parts[0].Close()
	}
}

func BenchmarkScrubDirectory(b *testing.B) {
	in := largeDirectory(100_000)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if _, err := ScrubDirectory(context.Background(), []*collect.File{collect.BytesFile("user.direct", in)}, &collect.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
