package zert

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/irondrift/irondrift/collect/internal/smf"
)

// summary is what one interval record of subtype 12 says beside what stays the
// same for its session, which its key stands for.
type summary struct {
	sid         [4]byte
	key         [2]uint64 // hash of the bytes that stay
	fingerprint uint64    // hash of the record
	when, from  smf.Hundredths
	life        uint32 // connections the session has had, which only grows
	reason      byte   // SMF119TI_Reason, 0 when there is none
	backwards   bool
	counters
}

// taker takes out of a record what needs no other record. Each goroutine has one
// of its own; all of one collection have the same seeds.
type taker struct {
	seeds [2]maphash.Seed
	clock smf.Clock
	view  view
}

// interval fills in s, when rec is an interval record of subtype 12 in which
// everything lies where it should. The view then is that of the record.
func (t *taker) interval(rec []byte, s *summary) bool {
	if len(rec) < smf.Header || smf.Type(rec) != recordType || smf.Subtype(rec) != subtypeSummary {
		return false
	}
	when, ok := t.clock.Read(rec)
	v := &t.view
	if !ok || v.open(rec) != nil || v.common[saEventType] != eventInterval {
		return false
	}
	s.sid, s.when, s.from = smf.SystemID(rec), when, when-duration(v)
	s.key, s.fingerprint = t.identify(v)
	s.life, s.reason, s.backwards, s.counters = 0, 0, false, counters{}
	if len(v.ident) > tiReason {
		s.reason = v.ident[tiReason]
	}
	s.count(v.common)
	return true
}

// spread multiplies what was hashed before; it is odd, so that nothing is lost.
const spread = 0x9E3779B97F4A7C15

// identify returns the hash of the bytes of a record that stay for its session in
// two words, and the hash of all its bytes in one.
func (t *taker) identify(v *view) (key [2]uint64, fingerprint uint64) {
	ident, common := v.ident[:identMin], v.common
	if len(v.ident) > tiReleaseID+8 {
		ident = v.ident[:tiReleaseID+8]
	}
	stays := common[saFlags:min(len(common), saReserved)]
	for i, seed := range t.seeds {
		// The hash of each section covers its length.
		h := uint64(binary.LittleEndian.Uint32(v.rec[14:]))
		h = h*spread + maphash.Bytes(seed, ident)
		h = h*spread + maphash.Bytes(seed, stays)
		for _, s := range v.protos {
			if h *= spread; len(s) > 0 {
				h += maphash.Bytes(seed, s)
			}
		}
		if h *= spread; v.names > 0 {
			h += uint64(v.count) * spread
			h += maphash.Bytes(seed, v.rec[v.names:])
		}
		key[i] = h
	}
	h := key[0]*spread + binary.LittleEndian.Uint64(v.rec[6:]) // time and date
	if len(common) >= saFlags {
		h = h*spread + binary.LittleEndian.Uint64(common)
		h = h*spread + uint64(common[saEventType])
	}
	if len(v.ident) > tiReason {
		h = h*spread + uint64(v.ident[tiReason])
	}
	if len(common) > saReserved {
		h = h*spread + maphash.Bytes(t.seeds[1], common[saReserved:])
	}
	return key, h
}

// duration returns the length of the interval. A length above a month is not
// one that can be set, and is ignored.
func duration(v *view) smf.Hundredths {
	const month = 31 * 24 * 60 * 60 * 100
	us := binary.BigEndian.Uint64(v.common[saDuration:]) >> 12 // bit 51 is a microsecond
	if us > month*10_000 {
		return 0
	}
	return smf.Hundredths(us / 10_000)
}

// count says what happened in the interval: the counters of a record are
// cumulative for the life of the session, so that is end less start.
func (s *summary) count(common []byte) {
	b := common
	if len(b) < saCounters {
		if len(b) >= saEnd+lifeConnCnt+4 {
			s.life = binary.BigEndian.Uint32(b[saEnd+lifeConnCnt:])
		}
		s.bad = true
		return
	}
	n0, n1 := binary.BigEndian.Uint32(b[saInit+lifeConnCnt:]), binary.BigEndian.Uint32(b[saEnd+lifeConnCnt:])
	in0, in1 := binary.BigEndian.Uint64(b[saInit+lifeIn:]), binary.BigEndian.Uint64(b[saEnd+lifeIn:])
	out0, out1 := binary.BigEndian.Uint64(b[saInit+lifeOut:]), binary.BigEndian.Uint64(b[saEnd+lifeOut:])
	s.life = n1
	if n1 < n0 || in1 < in0 || out1 < out0 {
		s.backwards, s.bad = true, true
		return
	}
	s.connections, s.in, s.out = uint64(n1-n0), in1-in0, out1-out0
	if len(b) < saFailedEnd {
		s.noFailed = true
		return
	}
	f0, f1 := binary.BigEndian.Uint32(b[saFailed:]), binary.BigEndian.Uint32(b[saFailed+4:])
	if f1 < f0 {
		s.backwards, s.bad = true, true
		return
	}
	s.failed = uint64(f1 - f0)
}
