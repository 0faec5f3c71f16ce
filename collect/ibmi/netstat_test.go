package ibmi

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
)

// netstatExample is example (f) of the reference, with the same profile for the
// listeners and a database connection over TLS.
const netstatExample = `CONNECTION_TYPE,REMOTE_ADDRESS,REMOTE_PORT,LOCAL_ADDRESS,LOCAL_PORT,LOCAL_PORT_NAME,PROTOCOL,TCP_STATE,IDLE_TIME,BIND_USER
IPV4,0.0.0.0,0,0.0.0.0,23,telnet,TCP,LISTEN,12.345,QTCP
IPV6,::,0,::,992,telnet-ssl,TCP,LISTEN,12.345,QTCP
IPV4,198.51.100.7,50712,192.0.2.10,9471,as-database-s,TCP,ESTABLISHED,0.120,QUSER
`

func TestNetstatExample(t *testing.T) {
	r := collectWith(t, Netstat(), collect.Options{System: "PRDA"}, netstatExample)
	want := map[collect.Key]string{
		"ibmi/netstat/listen/23/addresses":       `["0.0.0.0"]`,
		"ibmi/netstat/listen/23/service":         "telnet",
		"ibmi/netstat/listen/23/port_class":      "clear",
		"ibmi/netstat/listen/23/names":           `["telnet"]`,
		"ibmi/netstat/listen/23/bind_users":      `["QTCP"]`,
		"ibmi/netstat/listen/23/jobs":            "?only QSYS2.NETSTAT_JOB_INFO tells",
		"ibmi/netstat/listen/23/users":           "?only QSYS2.NETSTAT_JOB_INFO tells",
		"ibmi/netstat/listen/992/addresses":      `["::"]`,
		"ibmi/netstat/listen/992/port_class":     "tls",
		"ibmi/netstat/accept/9471/port_class":    "tls",
		"ibmi/netstat/accept/9471/peers":         `["198.51.100.7"]`,
		"ibmi/netstat/accept/9471/peers_beyond":  "0",
		"ibmi/netstat/accept/9471/peer_networks": `["198.51.100.0/24"]`,
		"ibmi/netstat/accept/9471/connections":   "1",
		"ibmi/netstat/accept/9471/states":        `["ESTABLISHED"]`,
		"ibmi/netstat/accept/9471/jobs":          "?only QSYS2.NETSTAT_JOB_INFO tells",
		"ibmi/netstat/listen_ports":              `["23","992"]`,
		"ibmi/netstat/accept_ports":              `["9471"]`,
		"ibmi/netstat/connect_ports":             `[]`,
		"ibmi/netstat/udp_ports":                 `[]`,
		"ibmi/netstat/udp_other":                 "0",
	}
	wantForms(t, r, want)
	if c := r.header.Counts; c.Read != 4 || c.Used != 3 {
		t.Errorf("counts %+v", c)
	}
	for key := range r.values {
		if class := collect.Keys().Class(key); class == collect.Setting {
			t.Errorf("%s is a setting, but what is not seen at one moment is not gone", key)
		}
	}
}

// netstatNight is composed: ports open for both families and protocols, an
// outgoing connection between high ports, a connection whose listener ended, and
// half-closed ones.
const (
	netstatNight = `CONNECTION_TYPE,REMOTE_ADDRESS,REMOTE_PORT,LOCAL_ADDRESS,LOCAL_PORT,LOCAL_PORT_NAME,PROTOCOL,TCP_STATE,BIND_USER
IPV4,10.1.1.9,15001,10.1.2.3,8471,as-database,TCP,ESTABLISHED,QUSER
IPV4,0,0,0,8471,as-database,TCP,LISTEN,QUSER
IPV6,::,0,::,8471,as-database,TCP,LISTEN,QUSER
IPV4,0.0.0.0,0,127.0.0.1,53,domain,TCP,LISTEN,QTCP
IPV4,0.0.0.0,0,0.0.0.0,53,domain,UDP,,QTCP
IPV4,0.0.0.0,0,0.0.0.0,40123,,UDP,,QTCP
IPV4,10.1.9.9,9300,10.1.2.3,5100,,TCP,ESTABLISHED,APPUSR
IPV4,10.1.1.8,14000,10.1.2.3,8475,as-rmtcmd,TCP,CLOSE_WAIT,QUSER
IPV6,::ffff:10.1.1.9,15002,::ffff:10.1.2.3,8471,as-database,TCP,TimeWait,
IPV6,2001:db8::15%ETHLINE,50001,2001:db8::1,8471,as-database,TCP,ESTABLISHED,QUSER
IPV4,10.1.1.9,15009,10.1.2.3,8471,as-database,TCP,CLOSED,QUSER
`
	netstatJobsNight = `CONNECTION_TYPE,REMOTE_ADDRESS,REMOTE_PORT,REMOTE_PORT_NAME,LOCAL_ADDRESS,LOCAL_PORT,LOCAL_PORT_NAME,AUTHORIZATION_NAME,JOB_NAME,SLIC_TASK_NAME,JOB_TYPE
IPV4,0.0.0.0,0,,0.0.0.0,8471,as-database,QUSER,012345/QUSER/QZDASRVSD,,JOB
IPV4,10.1.1.9,15001,,10.1.2.3,8471,as-database,ALICE,012346/QUSER/QZDASOINIT,,JOB
IPV4,10.1.1.9,15001,,10.1.2.3,8471,as-database,ALICE,012347/QUSER/QZDASOINIT,,JOB
IPV4,0.0.0.0,0,,0.0.0.0,53,domain,QTCP,012348/QTCP/QTOBDNS,,JOB
IPV4,10.1.9.9,9300,,10.1.2.3,5100,,APPUSR,012349/APPUSR/SENDER,,JOB
`
)

func TestNetstatWithJobs(t *testing.T) {
	for _, files := range [][]string{{netstatNight, netstatJobsNight}, {netstatJobsNight, netstatNight}} {
		r := collectWith(t, Netstat(), collect.Options{System: "PRDA"}, files...)
		wantForms(t, r, map[collect.Key]string{
			"ibmi/netstat/listen/8471/addresses":     `["0.0.0.0","::"]`,
			"ibmi/netstat/listen/8471/jobs":          `["QZDASRVSD"]`,
			"ibmi/netstat/listen/8471/users":         `["QUSER"]`,
			"ibmi/netstat/listen/53/addresses":       `["127.0.0.1"]`,
			"ibmi/netstat/listen/53/jobs":            `["QTOBDNS"]`,
			"ibmi/netstat/udp/53/addresses":          `["0.0.0.0"]`,
			"ibmi/netstat/udp/53/jobs":               `["QTOBDNS"]`,
			"ibmi/netstat/udp_other":                 "1",
			"ibmi/netstat/udp_ports":                 `["53"]`,
			"ibmi/netstat/accept/8471/connections":   "3",
			"ibmi/netstat/accept/8471/states":        `["ESTABLISHED","TIME-WAIT"]`,
			"ibmi/netstat/accept/8471/peers":         `["10.1.1.9","2001:db8::15"]`,
			"ibmi/netstat/accept/8471/peer_networks": `["10.1.1.0/24","2001:db8::/64"]`,
			"ibmi/netstat/accept/8471/users":         `["ALICE"]`,
			"ibmi/netstat/accept/8471/jobs":          `["QZDASOINIT"]`,
			"ibmi/netstat/accept/8475/connections":   "1", // the listener ended, the port is known
			"ibmi/netstat/accept/8475/jobs":          "[]",
			"ibmi/netstat/connect/9300/peers":        `["10.1.9.9"]`,
			"ibmi/netstat/connect/9300/jobs":         `["SENDER"]`,
			"ibmi/netstat/connect/9300/port_class":   "unknown",
			"ibmi/netstat/accept_ports":              `["8471","8475"]`,
			"ibmi/netstat/connect_ports":             `["9300"]`,
		})
		if _, ok := r.values["ibmi/netstat/udp/40123/addresses"]; ok {
			t.Error("a UDP port that a client has for an answer has keys of its own")
		}
		if c := r.header.Counts; c.Read != 18 || c.Used != 15 || c.Ignored["connection is closed"] != 1 {
			t.Errorf("counts %+v", c)
		}
	}
}

// An open port decides who connected, wherever it stands in the extract and
// whatever the numbers suggest.
func TestNetstatDirection(t *testing.T) {
	r := collectWith(t, Netstat(), collect.Options{System: "PRDA"}, "LOCAL_PORT,TCP_STATE,REMOTE_ADDRESS,REMOTE_PORT\n"+
		"15555,ESTABLISHED,10.0.0.1,443\n50000,ESTABLISHED,10.0.0.1,40000\n15555,LISTEN,*,0\n514,,*,0\n")
	wantForms(t, r, map[collect.Key]string{
		"ibmi/netstat/accept_ports":  `["15555"]`,
		"ibmi/netstat/connect_ports": `["40000"]`,
		"ibmi/netstat/listen_ports":  `["15555"]`,
		"ibmi/netstat/udp_ports":     `["514"]`, // no state is UDP
	})
	// Without any open port the numbers decide.
	r = collectWith(t, Netstat(), collect.Options{System: "PRDA"}, "LOCAL_PORT,TCP_STATE,REMOTE_ADDRESS,REMOTE_PORT\n15555,ESTABLISHED,10.0.0.1,443\n")
	wantForms(t, r, map[collect.Key]string{"ibmi/netstat/connect_ports": `["443"]`})
}

// NETSTAT_JOB_INFO alone does not tell a listener from a UDP socket, so it does
// not speak for open ports.
func TestNetstatJobsAlone(t *testing.T) {
	r := collectWith(t, Netstat(), collect.Options{System: "PRDA"}, captured(netstatJobsNight))
	wantForms(t, r, map[collect.Key]string{
		"ibmi/netstat/accept/8471/connections":  "1",
		"ibmi/netstat/accept/8471/jobs":         `["QZDASOINIT"]`,
		"ibmi/netstat/connect/9300/connections": "1",
	})
	if c := r.header.CoverageOf("ibmi/netstat/listen/23/jobs"); c.State != "" {
		t.Errorf("coverage of open ports: %+v", c)
	}
	if c := r.header.CoverageOf("ibmi/netstat/accept/23/jobs"); c.State != collect.Complete {
		t.Errorf("coverage of connections: %+v", c)
	}
	for key := range r.values {
		if key.Under("ibmi/netstat/listen") || key.Under("ibmi/netstat/udp") {
			t.Errorf("%s", key)
		}
	}
}

// netstatListingText is composed after the description in the reference.
const netstatListingText = `                        Work with TCP/IP Connection Status
                                                             System:   PRDA
       Remote           Remote     Local
       Address          Port       Port       Idle Time  State
       *                *          telnet     012:02:34  Listen
       *                *          992        012:02:34  Listen
       *                *          161        +++++++++  *UDP
       198.51.100.7     50712      992        000:00:07  Established
       203.0.113.9      443        41022      000:00:01  Close-wait
       2001:db8:1234:5678:9abc:def0:1234:5678
                        50713      992        000:10:00  Established
`

func TestNetstatListing(t *testing.T) {
	r := collectWith(t, Netstat(), collect.Options{System: "PRDA"}, netstatListingText)
	wantForms(t, r, map[collect.Key]string{
		"ibmi/netstat/listen_ports":             `["23","992"]`,
		"ibmi/netstat/listen/23/names":          "?only QSYS2.NETSTAT_INFO tells",
		"ibmi/netstat/listen/992/addresses":     "?only QSYS2.NETSTAT_INFO tells",
		"ibmi/netstat/udp_ports":                `["161"]`,
		"ibmi/netstat/accept/992/peers":         `["198.51.100.7","2001:db8:1234:5678:9abc:def0:1234:5678"]`,
		"ibmi/netstat/connect/443/peers":        `["203.0.113.9"]`,
		"ibmi/netstat/connect/443/states":       `["CLOSE-WAIT"]`,
		"ibmi/netstat/accept/992/peer_networks": `["198.51.100.0/24","2001:db8:1234:5678::/64"]`,
	})
	if c := r.header.CoverageOf("ibmi/netstat/listen/23/names"); c.State != collect.Open || !strings.Contains(c.Reason, "address family") {
		t.Errorf("coverage %+v", c)
	}
	if c := r.header.Counts; c.Used != 6 {
		t.Errorf("counts %+v", c)
	}
	complete := collectWith(t, Netstat(), collect.Options{System: "PRDA"}, captured(netstatListingText))
	if c := complete.header.CoverageOf("ibmi/netstat/listen/23/names"); c.State != collect.Open {
		t.Errorf("one family cannot be everything, but coverage is %+v", c)
	}
}

// A name that is cut does not tell telnet-ssl from another telnet-something: the
// line is left out and that is said.
func TestNetstatListingCutNames(t *testing.T) {
	cut := strings.Replace(netstatListingText, "992        012", "telnet- >  012", 1)
	r := collectWith(t, Netstat(), collect.Options{System: "PRDA"}, cut)
	if v := r.values["ibmi/netstat/listen_ports"]; !v.IsUnknown() {
		t.Errorf("open ports are %s, but one is not known", v)
	}
	c := r.header.CoverageOf("ibmi/netstat/listen/992/names")
	if c.State != collect.Partial || !strings.Contains(c.Reason, "cut off") || !strings.Contains(c.Reason, "F14") {
		t.Errorf("coverage %+v", c)
	}
	if r.header.Counts.Ignored[whyCutName] != 1 {
		t.Errorf("counts %+v", r.header.Counts)
	}
	own := collect.Options{System: "PRDA", Site: collect.Site{Ports: []collect.Port{{Port: 7001, Service: "payme", Class: "tls"}}}}
	r = collectWith(t, Netstat(), own, strings.Replace(netstatListingText, "992        012", "payme      012", 1))
	wantForms(t, r, map[collect.Key]string{
		"ibmi/netstat/listen/7001/service":    "payme",
		"ibmi/netstat/listen/7001/port_class": "tls",
	})
}

// Of many peers the first by address are kept, and the others are counted.
func TestNetstatManyPeers(t *testing.T) {
	var in strings.Builder
	in.WriteString("LOCAL_PORT,TCP_STATE,REMOTE_ADDRESS,REMOTE_PORT\n")
	for i := range 20 {
		fmt.Fprintf(&in, "23,ESTABLISHED,10.0.%d.%d,50000\n", i%2, 20-i)
	}
	r := collectWith(t, Netstat(), collect.Options{System: "PRDA", Limits: collect.Limits{Members: 3}}, in.String())
	wantForms(t, r, map[collect.Key]string{
		"ibmi/netstat/accept/23/peers":         `["10.0.0.2","10.0.0.4","10.0.0.6"]`,
		"ibmi/netstat/accept/23/peers_beyond":  "17",
		"ibmi/netstat/accept/23/connections":   "20",
		"ibmi/netstat/accept/23/peer_networks": `["10.0.0.0/24","10.0.1.0/24"]`,
	})
}

func TestNetstatConformance(t *testing.T) {
	rows := strings.SplitAfter(strings.TrimSuffix(netstatNight, "\n"), "\n")
	rows[len(rows)-1] += "\n"
	backwards := rows[0]
	for i := len(rows) - 1; i > 0; i-- {
		backwards += rows[i]
	}
	system := strings.Replace(netstatNight, "CONNECTION_TYPE,REMOTE_ADDRESS,REMOTE_PORT,LOCAL_ADDRESS,LOCAL_PORT,LOCAL_PORT_NAME,PROTOCOL,TCP_STATE,BIND_USER",
		"CONN_TYPE,RMT_ADDR,RMT_PORT,LOCAL_ADDR,LOCAL_PORT,LOCAL_NAME,PROTOCOL,STATE,BIND_USER", 1)
	sourcetest.Run(t, sourcetest.Suite{
		Source:  Netstat(),
		Options: collect.Options{System: "PRDA"},
		Inputs: map[string][]byte{
			"example":      []byte(netstatExample),
			"view":         []byte(netstatNight),
			"capture":      []byte(captured(netstatNight)),
			"backwards":    []byte(backwards),
			"system names": []byte("\xEF\xBB\xBF" + strings.ReplaceAll(system, "\n", "\r\n")),
			"semicolon":    utf16le(strings.ReplaceAll(netstatNight, ",", ";")),
			"quoted":       []byte(strings.NewReplacer(",8471,", `,"8471 ",`, ",53,", `,"00053",`, ",10.1.1.9,", `,"010.001.001.009",`).Replace(netstatNight)),
			"jobs":         []byte(netstatJobsNight),
			"listing":      []byte(netstatListingText),
			"captured":     []byte(captured(netstatListingText)),
			"hostile":      []byte("LOCAL_PORT,TCP_STATE,REMOTE_ADDRESS,LOCAL_PORT_NAME\n23,LISTEN,0.0.0.0,\"/~\x01\xff\"\n70000,LISTEN,::,x\n5,ESTABLISHED,host.example,\n0,LISTEN,*,\n"),
		},
		SameAs: map[string]string{"capture": "view", "backwards": "view", "system names": "view", "semicolon": "view", "quoted": "view"},
		Damaged: map[string]sourcetest.Damage{
			"no rows":  {Data: []byte("LOCAL_PORT,TCP_STATE,REMOTE_ADDRESS\n"), Is: collect.ErrDamaged},
			"profiles": {Data: []byte(userList), Is: collect.ErrNotRecognised},
		},
	})
}

// FuzzNetstat: any bytes are accounted for, errors carry advice, and a cut
// extract loses nothing under complete coverage.
func FuzzNetstat(f *testing.F) {
	for _, seed := range []string{netstatNight, captured(netstatExample), netstatJobsNight, netstatListingText, "LOCAL_PORT;TCP_STATE;REMOTE_ADDRESS\r1;;::ffff:0.0.0.0\r", " * * a > 0:00:00 x\n * * > > 0:00:00 x\n::1\n::2:\n 1 2 +++ y\n"} {
		f.Add([]byte(seed), uint16(len(seed)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, at uint16) { fuzzSource(t, Netstat(), in, int(at)) })
}

// BenchmarkNetstat reads 100,000 connections.
func BenchmarkNetstat(b *testing.B) {
	var in bytes.Buffer
	in.WriteString(netstatExample)
	for i := range 100_000 {
		fmt.Fprintf(&in, "IPV4,10.%d.%d.%d,%d,192.0.2.10,%d,as-database-s,TCP,ESTABLISHED,0.120,QUSER\n", i%8, i/8%250, 1+i%250, 32768+i%30000, 9470+i%7)
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		opts := collect.Options{System: "BENCH"}
		parts, err := collect.Run(b.Context(), Netstat(), []*collect.File{collect.BytesFile("netstat.csv", in.Bytes())}, &opts)
		if err != nil {
			b.Fatal(err)
		}
		parts[0].Close()
	}
}

// The number in the name of a server's job is another one each time it is started.
func TestNetstatJobNumbers(t *testing.T) {
	const columns = "CONNECTION_TYPE,REMOTE_ADDRESS,REMOTE_PORT,LOCAL_ADDRESS,LOCAL_PORT,AUTHORIZATION_NAME,JOB_NAME\n"
	for job, want := range map[string]string{"QTFTP00036": `["QTFTP*"]`, "QTFTP00172": `["QTFTP*"]`, "QZDASOINIT": `["QZDASOINIT"]`, "PAY00012": `["PAY00012"]`, "QTVDEVICE": `["QTVDEVICE"]`, "QTX123456": `["QTX123456"]`} {
		r := collectWith(t, Netstat(), collect.Options{System: "A"}, columns+"IPV4,10.1.1.1,50000,10.1.1.2,21,QTCP,118301/QTCP/"+job+"\n")
		wantForms(t, r, map[collect.Key]string{"ibmi/netstat/accept/21/jobs": want})
	}
}
