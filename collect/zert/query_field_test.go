package zert

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// sessionsOf returns the sessions of dumps by job.
func sessionsOf(t *testing.T, dumps ...[]byte) map[string]*Session {
	t.Helper()
	out := map[string]*Session{}
	runQuery(t, &Query{Match: func(s *Session) (bool, error) { out[s.Job] = s; return true, nil }}, dumps...)
	return out
}

func valueOf(t *testing.T, s *Session, name string) string {
	t.Helper()
	f, ok := FieldNamed(name)
	if !ok {
		t.Fatalf("no field %s", name)
	}
	return f.Value(s)
}

// TestFields reads what a composed record holds through the fields.
func TestFields(t *testing.T) {
	tls := base()
	tls.Jobname, tls.SessionID = "TLS", "T-1"
	tls.TLS = &compose.ZERTTLS{Source: 2, ProtVer: 0x0303, NegCipher: "C030", SCert: compose.ZERTCert{SignatureMethod: 7, EncMethod: 2, DigestAlg: 6, KeyType: 2, KeyLen: 2048}}
	tls.DNs = []compose.DN{{Type: 5, Text: "CN=pay"}, {Type: 6, Text: "CN=CA"}, {Type: 7, Text: "CN=client"}, {Type: 8, Text: "CN=other CA"}}
	odd := base()
	odd.Jobname, odd.SessionID = "ODD", "T-2"
	odd.TLS = &compose.ZERTTLS{Source: 1, ProtVer: 0x0304, NegCipher: "FAFA"}
	ee := base()
	ee.Jobname, ee.SessionID, ee.TLS, ee.IPProto, ee.Flags = "EE", "N-3", nil, 17, 0
	s := sessionsOf(t, dump(tls.Record(), odd.Record(), ee.Record()))
	for _, c := range []struct{ job, field, want string }{
		{"TLS", "encryption", "AES-256-GCM"}, {"TLS", "cert_bits", "2048"}, {"TLS", "cert_key", "RSA 2048"}, {"TLS", "cert_sig", "RSA with SHA-256"},
		{"TLS", "cert_subject", "CN=pay"}, {"TLS", "cert_issuer", "CN=CA"}, {"TLS", "client_cert_subject", "CN=client"}, {"TLS", "client_cert_issuer", "CN=other CA"},
		{"TLS", "source", "provider"}, {"TLS", "transport", "tcp"}, {"TLS", "ssh_auth", "-"}, {"TLS", "cert_not_after", "-"},
		{"ODD", "encryption", "unknown"}, {"ODD", "suite_class", "unregistered"}, {"ODD", "cert_bits", "unknown"}, {"ODD", "source", "observation"},
		{"EE", "transport", "udp"}, {"EE", "encryption", "none"}, {"EE", "cert_bits", "-"}, {"EE", "role", "ee"},
	} {
		if s[c.job] == nil {
			t.Fatalf("no session of %s in %d", c.job, len(s))
		}
		if got := valueOf(t, s[c.job], c.field); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.field, c.job, got, c.want)
		}
	}
	bits, _ := FieldNamed("cert_bits")
	if n := bits.Numbers(s["TLS"]); !slices.Equal(n, []int64{2048}) {
		t.Errorf("numbers of a known key: %v", n)
	}
	if n := bits.Numbers(s["ODD"]); len(n) != 0 {
		t.Errorf("an unknown key has the sizes %v", n)
	}
	if bits.Doubt(s["TLS"]) != "" || bits.Doubt(s["ODD"]) != "cert_bits is not known" || !bits.Reported() {
		t.Errorf("doubt %q, %q, reported %v", bits.Doubt(s["TLS"]), bits.Doubt(s["ODD"]), bits.Reported())
	}
	if !s["TLS"].Old {
		t.Error("a common section of 204 bytes counts failed handshakes")
	}
	network, _ := FieldNamed("network")
	if got := network.Value(s["TLS"]); !strings.HasSuffix(got, ".0/24") || !strings.HasPrefix(got, strings.Join(strings.Split(s["TLS"].Peer.String(), ".")[:3], ".")) {
		t.Errorf("network %s of %s", got, s["TLS"].Peer)
	}
}

// TestUnconfirmedCodeIsInDoubt: a code that no published table names decides
// nothing.
func TestUnconfirmedCodeIsInDoubt(t *testing.T) {
	z := base()
	z.TLS, z.SSH = nil, &compose.ZERTSSH{Source: 2, ProtVer: 2, InEncAlg: 0x0E, OutEncAlg: 0x0E}
	s := sessionsOf(t, dump(z.Record()))[z.Jobname]
	for _, name := range []string{"ssh_encryption", "encryption"} {
		f, _ := FieldNamed(name)
		if why := f.Doubt(s); !strings.Contains(why, "code 0x0E, which no published table names") {
			t.Errorf("%s: %v, doubt %q", name, f.Values(s), why)
		}
	}
	// The site named it.
	opts := &collect.Options{Site: collect.Site{ZERTCodes: []collect.ZERTCode{{Table: "encryption", Code: "0E", Name: "AES-256-CBC"}}}}
	r, err := RunQuery(t.Context(), []*collect.File{collect.BytesFile("x", dump(z.Record()))}, opts, &Query{By: by(t, "ssh_encryption")})
	if err != nil || len(r.Groups) != 1 || r.Groups[0].Values[0] != "AES-256-CBC" {
		t.Errorf("with the code of the site: %+v, %v", r, err)
	}
}

// TestDoubtfulNames: no user id is not one that differs from all others, and that
// of several data connections is none of theirs.
func TestDoubtfulNames(t *testing.T) {
	for user, want := range map[string]string{
		"CICSUSR": "", "": "user is not known", "*FTPUSR*": "user is *FTPUSR*, which stands for those of several data connections",
	} {
		z := base()
		z.UserID = user
		s := sessionsOf(t, dump(z.Record()))[z.Jobname]
		f, _ := FieldNamed("user")
		if got := f.Doubt(s); got != want {
			t.Errorf("user %q: %q, want %q", user, got, want)
		}
	}
}

// TestGroupsOfTime: a session counts in each hour in which it was reported, and
// once in the total; an interval belongs to the hour in which it lay.
func TestGroupsOfTime(t *testing.T) {
	at := func(when time.Time, from, to uint64) []byte {
		z := base()
		z.Header.Time = when
		z.Init.LifeInBytes, z.End.LifeInBytes = from, to
		return z.Record()
	}
	midnight := time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC)
	d := dump(at(midnight.Add(-30*time.Minute), 0, 10), at(midnight, 10, 30), at(midnight.Add(30*time.Minute), 30, 70))
	r := runQuery(t, &Query{By: by(t, "day", "hour", "job")}, d)
	var got []string
	for _, g := range r.Groups {
		got = append(got, strings.Join(g.Values[:2], " | ")+" "+decimal(g.BytesIn)+" "+decimal(uint64(g.Sessions)))
	}
	want := []string{"2026-11-18 | 2026-11-18 23:00 30 1", "2026-11-19 | 2026-11-19 00:00 40 1"}
	if !slices.Equal(got, want) || r.Total.Sessions != 1 || r.Total.BytesIn != 70 {
		t.Errorf("groups %q, total %+v", got, r.Total)
	}
	if n, ok := r.Sessions([]string{"2026-11-18"}); n != 1 || !ok {
		t.Errorf("sessions of a day: %d %v", n, ok)
	}
	if _, ok := runQuery(t, &Query{By: by(t, "job")}, d).Sessions([]string{"x"}); ok {
		t.Error("sessions are counted apart without need")
	}
}

// TestWatched: gaps show whether the two sides of them stand in one dump or two,
// and a dump that ends within a set is continued by the next.
func TestWatched(t *testing.T) {
	at := func(hour int, reason byte) []byte {
		z := base()
		z.Header.Time = time.Date(2026, 11, 18, hour, 0, 0, 0, time.UTC)
		z.IntervalDuration = time.Hour
		z.Ident.Reason = reason
		return z.Record()
	}
	for name, dumps := range map[string][][]byte{
		"one dump":  {dump(at(3, compose.ReasonLast), at(4, compose.ReasonLast), at(7, compose.ReasonMore))},
		"two dumps": {dump(at(7, compose.ReasonMore)), dump(at(3, compose.ReasonLast), at(4, compose.ReasonMore))},
	} {
		w := runQuery(t, &Query{Match: func(*Session) (bool, error) { return false, nil }}, dumps...).Watched
		if len(w) != 1 || w[0].System != "PRDA" || clock(w[0].From)+" "+clock(w[0].To) != "02:00 07:00" || !w[0].Unfinished {
			t.Fatalf("%s: %+v", name, w)
		}
		if g := w[0].Gaps; len(g) != 1 || clock(g[0].From) != "04:00" || clock(g[0].To) != "06:00" || !strings.HasPrefix(g[0].Why, "no summary record") {
			t.Errorf("%s: gaps %+v", name, g)
		}
	}
	later := runQuery(t, &Query{}, dump(at(3, compose.ReasonMore)), dump(at(4, compose.ReasonLast))).Watched
	if later[0].Unfinished || len(later[0].Gaps) != 0 {
		t.Errorf("continued in the next dump: %+v", later)
	}
}

func clock(t time.Time) string { return t.Format("15:04") }

// TestNothingToAsk: dumps of which a query says nothing are partial answers.
func TestNothingToAsk(t *testing.T) {
	header := compose.SMFHeader{Time: night, SID: "PRDA"}
	broken := base().Record()
	broken[36+7], broken[36+4] = 9, 0xFF
	foreign := header
	foreign.Type = 30
	for name, c := range map[string]struct {
		dump []byte
		want string
	}{
		"other records":    {dump(compose.ForeignRecord(foreign, 100)), "holds no zERT summary record"},
		"detail only":      {dump(compose.ZERTDetail{Header: header, RIP: base().CltIP, LIP: base().SrvIP}.Record()), "connection detail (SMF 119 subtype 11) and no summary record"},
		"a broken record":  {dump(base().Record(), broken), "1 records cannot be decoded; the first: section 1"},
		"nothing is wrong": {dump(base().Record()), ""},
	} {
		r := runQuery(t, &Query{}, c.dump)
		if got := strings.Join(r.Partial, "|"); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: partial %q, want %q", name, got, c.want)
		}
	}
	if r := runQuery(t, &Query{}, compose.Unblocked(base().Record())); len(r.Open) != 1 || len(r.Partial) != 0 {
		t.Errorf("a dump without trailer: open %q, partial %q", r.Open, r.Partial)
	}
	var none []*collect.File
	if r, err := RunQuery(t.Context(), none, &collect.Options{}, &Query{}); err == nil && r.Records != 0 {
		t.Error("no file has records")
	}
}
