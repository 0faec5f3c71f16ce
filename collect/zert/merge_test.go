package zert

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// A day that was dumped in pieces is one period with the facts of the day,
// whatever the order of the files and however much they overlap; a piece that is
// missing is a gap.
func TestDumpsOfOneDay(t *testing.T) {
	var hours [][]byte
	state := compose.ZERTCounters{}
	for h := range 12 {
		z := base()
		z.Header.Time = night.Add(time.Duration(h) * 30 * time.Minute)
		z.Init = state
		z.End = state
		z.End.LifeConnCnt += uint32(h + 1)
		z.End.LifeInBytes += 1000
		state = z.End
		hours = append(hours, z.Record())
	}
	whole := one(t, dump(hours...))
	want(t, values(t, whole), pay, map[string]string{"connections": "78", "records": "12"})
	if len(whole.Header.Gaps) != 0 {
		t.Fatalf("gaps %+v", whole.Header.Gaps)
	}
	pieces := [][]byte{dump(hours[:5]...), compose.BlockedSpanned(500, slices.Concat([][]byte{compose.DumpHeader(night, "PRDA")}, hours[4:9], [][]byte{compose.DumpTrailer(night, "PRDA")})...), dump(hours[9:]...)}
	for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}} {
		var files [][]byte
		for _, i := range order {
			files = append(files, pieces[i])
		}
		p := one(t, files...)
		if p.Header.Content != whole.Header.Content || p.Header.Period != whole.Header.Period || len(p.Header.Gaps) != 0 || len(p.Header.Files) != 3 {
			t.Errorf("order %v: content %s, period %+v, gaps %+v", order, p.Header.Content, p.Header.Period, p.Header.Gaps)
		}
		if n := p.Header.Counts; n.Used != 12 || n.Duplicate != 1 {
			t.Errorf("order %v: %+v", order, n)
		}
		want(t, values(t, p), pay, map[string]string{"connections": "78", "records": "12"})
	}
	p := one(t, pieces[2], pieces[0])
	if g := p.Header.Gaps; len(g) != 1 || p.Header.Period != whole.Header.Period || !strings.Contains(g[0].Reason, "no zERT summary record of stack TCPIP") {
		t.Errorf("without the second piece: gaps %+v, period %+v", g, p.Header.Period)
	}
}

// After damage in a block the next block is read: what lies between is lost, and
// said so.
func TestGoesOnBehindDamage(t *testing.T) {
	at := func(port uint16) []byte {
		z := base()
		z.SrvPortStart, z.SrvPortEnd = port, port
		return z.Record()
	}
	damaged := compose.Blocked(9000, at(1002), at(1003))
	damaged[4] ^= 0x40 // the descriptor word of its first record
	file := slices.Concat(compose.Blocked(9000, compose.DumpHeader(night, "PRDA"), at(1001)), damaged, compose.Blocked(9000, at(1004), compose.DumpTrailer(night, "PRDA")))
	p := one(t, file)
	got := values(t, p)
	for port, seen := range map[string]bool{"1001": true, "1002": false, "1003": false, "1004": true} {
		if _, ok := got[collect.Key("zert/PRDA/TCPIP/server/CICSPAY1/10.20.1.11:"+port+"/protection")]; ok != seen {
			t.Errorf("port %s seen: %t", port, ok)
		}
	}
	if state, reason := coverage(p); state != collect.Partial || !strings.Contains(reason, "record 3") {
		t.Errorf("%s, %s", state, reason)
	}
}

// Reason codes of the identification section that no published table confirms
// (X'60', X'20', X'50', X'10') are those of other records than intervals: they
// make no set incomplete and no set whole.
func TestUnconfirmedReasons(t *testing.T) {
	for _, reason := range []byte{0x60, 0x20, 0x50, 0x10, 0x00, 0xFF} {
		z := base()
		z.Ident.Reason = reason
		p := one(t, dump(z.Record()))
		if state, why := coverage(p); state != collect.Complete || len(p.Header.Gaps) != 0 || p.Header.Counts.Used != 1 {
			t.Errorf("reason X'%02X': %s %s, gaps %v", reason, state, why, p.Header.Gaps)
		}
	}
}
