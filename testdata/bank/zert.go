package bank

import (
	"crypto/sha1"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// zosSystem is one z/OS partition as its zERT records show it.
type zosSystem struct {
	name     string
	stream   uint64
	services []service
}

// intervals in a dump: 24 hours of half hours, ending when the dump is taken.
const (
	intervals = 48
	interval  = 30 * time.Minute
)

// zertDump composes the SMF dump of one night: the dump program's header, the
// records of 24 hours, its trailer. It is unblocked and keeps descriptor words.
func zertDump(system zosSystem, night int, taken time.Time) []byte {
	rng := random(system.stream + uint64(night))
	sessions := system.sessions(night, rng)
	start := taken.Add(-intervals * interval)
	header := func(typ byte, subtype uint16, at time.Time) compose.SMFHeader {
		return compose.SMFHeader{Type: typ, Time: at, SID: system.name, SSI: "STC", Subtype: subtype}
	}

	records := [][]byte{compose.DumpHeader(taken.Add(10*time.Minute), system.name)}
	for n := range intervals {
		end := start.Add(time.Duration(n+1) * interval)
		var active []*session
		for i := range sessions {
			if sessions[i].activeIn(n, rng) {
				active = append(active, &sessions[i])
			}
		}
		for i, s := range active {
			reason := byte(compose.ReasonMore)
			if i == len(active)-1 {
				reason = compose.ReasonLast
			}
			at := end.Add(time.Duration(i) * 10 * time.Millisecond)
			records = append(records, s.record(system, header(119, 12, at), reason, rng))
			if rng.IntN(40) == 0 {
				records = append(records, foreignRecord(rng, header, at))
			}
		}
		if n%16 == 8 {
			records = append(records, detailRecord(system, header(119, 11, end)))
		}
	}
	records = append(records, compose.DumpTrailer(taken.Add(10*time.Minute+2*time.Second), system.name))
	return compose.Unblocked(records...)
}

// foreignRecord is one of the other records that a dump without a narrow
// selection holds.
func foreignRecord(rng *rand.Rand, header func(byte, uint16, time.Time) compose.SMFHeader, at time.Time) []byte {
	kinds := []struct {
		typ     byte
		subtype uint16
		length  int
	}{{30, 4, 1180}, {70, 1, 820}, {80, 2, 310}, {119, 2, 332}, {119, 10, 236}}
	k := kinds[rng.IntN(len(kinds))]
	return compose.ForeignRecord(header(k.typ, k.subtype, at), k.length)
}

// detailRecord is a subtype 11 record of a connection that the summary records
// show as well, so that a reader of subtype 11 would learn nothing new.
func detailRecord(system zosSystem, h compose.SMFHeader) []byte {
	clear := system.services[0]
	return compose.ZERTDetail{Header: h, Ident: system.ident(compose.ReasonEvent), EventType: 4, Jobname: clear.job, JobID: "STC01234", UserID: clear.user,
		Start: h.Time.Add(-8 * time.Second), End: h.Time.Add(-3 * time.Second), RIP: netip.MustParseAddr(clear.peers[0]), LIP: netip.MustParseAddr(clear.ip),
		RPort: 50123, LPort: clear.port, ConnID: 0x1F3C, InBytes: 412, OutBytes: 1260, InSegDG: 7, OutSegDG: 6}.Record()
}

func (s zosSystem) ident(reason byte) compose.TCPIPIdent {
	return compose.TCPIPIdent{SYSName: s.name, SysplexName: "MERIPLEX", Stack: "TCPIP", ReleaseID: "V3R1", ASName: "TCPIP", UserID: "TCPIP", ASID: 0x3C, Reason: reason}
}

// session is one security session: what zERT aggregates connections into.
type session struct {
	service
	client     netip.Addr
	protection protection
	counters   compose.ZERTCounters
	certain    int // an interval in which the session is always seen
}

// sessions expands the services of a system into one session for each peer.
func (s zosSystem) sessions(night int, rng *rand.Rand) []session {
	var all []session
	for _, v := range s.services {
		if night > 0 && v.second != nil {
			v = v.second(v)
		}
		for i, peer := range v.peers {
			all = append(all, session{
				service:    v,
				client:     netip.MustParseAddr(peer),
				protection: v.protections[i%len(v.protections)],
				certain:    v.from*2 + rng.IntN(2*(v.to-v.from)),
				counters: compose.ZERTCounters{LifeConnCnt: uint32(rng.IntN(5000)), LifeInBytes: rng.Uint64N(1 << 32), LifeOutBytes: rng.Uint64N(1 << 34),
					LifeInSegDG: rng.Uint64N(1 << 24), LifeOutSegDG: rng.Uint64N(1 << 25)},
			})
		}
	}
	return all
}

// activeIn says whether the session has a record in interval n, where interval 0
// starts at two in the morning. Between its hours a session is busy most of the
// time; the certain interval makes sure that no session is missing by chance.
func (s *session) activeIn(n int, rng *rand.Rand) bool {
	busy := rng.Float64() < s.chance
	return n == s.certain || busy && n >= s.from*2 && n < s.to*2
}

func (s *session) record(system zosSystem, h compose.SMFHeader, reason byte, rng *rand.Rand) []byte {
	before := s.counters
	connections := uint32(1 + rng.IntN(30))
	s.counters.LifeConnCnt += connections
	s.counters.LifeShortConnCnt += connections / 3
	s.counters.ActiveConnCnt = uint32(rng.IntN(4))
	s.counters.LifeInBytes += uint64(connections) * (400 + rng.Uint64N(6000))
	s.counters.LifeOutBytes += uint64(connections) * (900 + rng.Uint64N(40000))
	s.counters.LifeInSegDG += uint64(connections) * 9
	s.counters.LifeOutSegDG += uint64(connections) * 14

	z := compose.ZERTSummary{Header: h, Ident: system.ident(reason), IntervalDuration: interval, Flags: compose.FlagServer,
		Jobname: s.job, UserID: s.user, IPProto: 6, SrvIP: netip.MustParseAddr(s.ip), CltIP: s.client, SrvPortStart: s.port, SrvPortEnd: s.portEnd,
		SessionID: s.id(), Init: before, End: s.counters}
	switch {
	case s.udp:
		z.IPProto, z.Flags = 17, 0 // the role bits are for TCP only
	case s.outbound:
		z.Flags = compose.FlagClient
	}
	s.protection.apply(&z)
	return z.Record()
}

// id composes a session id of the documented form, p-value. The letters for p and
// the derivation of the value are not public: we take T, S, I and N, and the
// SHA-1 of what identifies the session, which fills the forty characters.
func (s *session) id() string {
	sum := sha1.Sum([]byte(fmt.Sprint(s.ip, s.port, s.portEnd, s.client, s.job, s.outbound, s.protection.name)))
	return fmt.Sprintf("%c-%X", s.protection.letter, sum)
}
