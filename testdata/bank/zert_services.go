package bank

// service is one endpoint and who uses it.
type service struct {
	job, user     string
	ip            string // of the server, even when the system is the client
	port, portEnd uint16 // portEnd zero: a single port
	protections   []protection
	peers         []string // of the client; with several protections they take turns
	from, to      int      // busy hours, counted from two in the morning
	chance        float64  // of a record in a busy interval
	outbound      bool     // the z/OS system is the client
	udp           bool

	second func(service) service // what is different on the second night
}

const (
	addrA  = "10.20.1.11" // PRDA
	addrA2 = "10.20.1.13"
	addrB  = "10.20.1.21" // PRDB
)

func with(p ...protection) []protection { return p }

func protectedBy(p ...protection) func(service) service {
	return func(s service) service { s.protections = p; return s }
}

func usedFrom(peers ...string) func(service) service {
	return func(s service) service { s.peers = peers; return s }
}

// The ports of Db2 Query Monitor's CAE. By default its server, its agents and
// ISPF encrypt with RC4 in a protocol of their own, which zERT does not know, so
// its records say that no protection was recognised. On the second night the
// agent of PRDA goes through AT-TLS: the server listens for it on another port,
// the agent's own ports stay. PRDB has its turn later.
const (
	caeRC4   = 10101 // of the server, for agents that use RC4
	caeTLS   = 10102 // of the server, for agents behind AT-TLS
	caeAgent = 10111 // of an agent, for the server
	caeISPF  = 10112 // of an agent, for ISPF users of its partition
)

// Hours are counted from two in the morning: 0 to 24 is the whole day, 5 to 17
// is 07:00 to 19:00, 0 to 4 the end of the batch window.
//
// The first service of a system is the one its subtype 11 records are about.
var prda = zosSystem{name: "PRDA", stream: streamPRDA, services: []service{
	{job: "FTPD1", user: "FTPD", ip: addrA, port: 21, protections: with(clearText), peers: []string{"10.30.4.15", "10.30.4.16"}, from: 0, to: 4, chance: .95},
	{job: "FTPD1", user: "*FTPUSR*", ip: addrA, port: 50000, portEnd: 50099, protections: with(clearText), peers: []string{"10.30.4.15", "10.30.4.16"}, from: 0, to: 4, chance: .95},
	{job: "FTPD1", user: "FTPD", ip: addrA, port: 990, protections: with(tls12), peers: []string{"10.30.7.21", "192.0.2.40"}, from: 0, to: 6, chance: .91},
	{job: "CICSCRD1", user: "CICSCRD", ip: addrA, port: 5443, protections: with(tls12), peers: []string{"10.32.1.21", "10.32.1.22", "10.32.2.21"}, from: 0, to: 24, chance: .91,
		second: protectedBy(tls10)},
	{job: "CICSPAY1", user: "CICSPAY", ip: addrA, port: 5444, protections: with(tls12, tls12ECDSA), peers: []string{"10.31.1.21", "10.31.1.22", "10.31.2.21", "10.31.2.22"}, from: 0, to: 24, chance: .78},
	{job: "CICSLOAN", user: "CICSLON", ip: addrA, port: 5445, protections: with(tls13), peers: []string{"10.33.1.21", "10.33.1.22"}, from: 5, to: 17, chance: .95},
	{job: "DB2ADIST", user: "DB2AUSR", ip: addrA, port: 5448, protections: with(tls12), peers: []string{"10.34.1.11", "10.34.1.12", "10.34.2.11"}, from: 0, to: 24, chance: .65},
	{job: "DB2ADIST", user: "DB2AUSR", ip: addrA2, port: 5448, protections: with(tls12AES), peers: []string{"10.34.3.11"}, from: 5, to: 17, chance: .78},
	{job: "MQA1CHIN", user: "MQA1USR", ip: addrA, port: 1414, protections: with(tls12), peers: []string{"10.35.1.31", "10.35.1.32", "10.40.1.10"}, from: 0, to: 24, chance: .78},
	{job: "MQA1CHIN", user: "MQA1USR", ip: addrA, port: 1415, protections: with(tls13), peers: []string{"10.35.2.31"}, from: 0, to: 24, chance: .52},
	{job: "TN3270A", user: "TN3270", ip: addrA, port: 992, protections: with(tls12), peers: []string{"10.64.12.21", "10.64.12.34", "10.64.12.57"}, from: 5, to: 17, chance: .91,
		second: usedFrom("10.64.12.22", "10.64.12.35", "10.64.12.58", "10.64.12.91")},
	{job: "TN3270A", user: "TN3270", ip: addrA, port: 2992, protections: with(tls13), peers: []string{"10.65.3.17", "10.65.3.18"}, from: 5, to: 17, chance: .78},
	{job: "IZUSVR1", user: "IZUSVR", ip: addrA, port: 10443, protections: with(tls12), peers: []string{"10.66.1.10"}, from: 5, to: 17, chance: .65},
	{job: "SSHD1", user: "SSHDAEM", ip: addrA, port: 22, protections: with(ssh), peers: []string{"10.66.1.10", "10.66.1.11", "10.30.7.22"}, from: 0, to: 24, chance: .52},
	{job: "LDAPSRV", user: "LDAPSRV", ip: addrA, port: 636, protections: with(tls12), peers: []string{"10.36.1.15", "10.36.1.16"}, from: 0, to: 24, chance: .65},
	{job: "ZCEEAPI1", user: "ZCEESRV", ip: addrA, port: 9443, protections: with(tls13, tls12), peers: []string{"10.33.4.21", "10.33.4.22", "10.33.5.21"}, from: 5, to: 20, chance: .78},
	{job: "ZCEEAPI1", user: "ZCEESRV", ip: "2001:db8:20::11", port: 9443, protections: with(tls13AES), peers: []string{"2001:db8:21::31", "2001:db8:21::32"}, from: 5, to: 20, chance: .65},
	{job: "ARCHIVE1", user: "ARCSRV", ip: addrA2, port: 8443, protections: with(tls12), peers: []string{"10.37.1.5"}, from: 0, to: 4, chance: .65,
		second: usedFrom()},
	{job: "NETVIEW", user: "NETVSRV", ip: addrA, port: 4022, protections: with(tls12RSA), peers: []string{"10.66.1.10"}, from: 0, to: 24, chance: .39},
	{job: "SYSLOGD1", user: "SYSLOGD", ip: "10.66.2.5", port: 6514, protections: with(tls12), peers: []string{addrA}, from: 0, to: 24, chance: .78, outbound: true},
	{job: "CSSMTP1", user: "CSSMTP", ip: "10.66.3.25", port: 25, protections: with(tls12), peers: []string{addrA}, from: 0, to: 24, chance: .39, outbound: true},
	{job: "SWIFTGW1", user: "SWFTUSR", ip: "198.51.100.20", port: 48002, protections: with(tls12), peers: []string{addrA}, from: 4, to: 18, chance: .95, outbound: true},
	{job: "CARDNET1", user: "CRDNUSR", ip: "192.0.2.80", port: 7443, protections: with(tls13), peers: []string{addrA}, from: 0, to: 24, chance: .95, outbound: true},
	{job: "SFTPOUT", user: "BATCHFT", ip: "192.0.2.90", port: 22, protections: with(ssh), peers: []string{addrA}, from: 0, to: 4, chance: .78, outbound: true},
	{job: "VTAM", user: "VTAM", ip: addrA, port: 12000, protections: with(ipsec), peers: []string{"198.51.100.10"}, from: 0, to: 24, chance: .78, udp: true},

	{job: "CQMCAESV", user: "CQMCAE", ip: addrA, port: caeRC4, protections: with(clearText), peers: []string{addrA, addrB}, from: 0, to: 24, chance: .2,
		second: usedFrom(addrB)},
	{job: "CQMCAESV", user: "CQMCAE", ip: addrA, port: caeTLS, protections: with(tls12), from: 0, to: 24, chance: .2,
		second: usedFrom(addrA)},
	{job: "CQMCAESV", user: "CQMCAE", ip: addrA, port: caeAgent, protections: with(clearText), peers: []string{addrA}, from: 0, to: 24, chance: .2, outbound: true,
		second: protectedBy(tls12)},
	{job: "CQMCAESV", user: "CQMCAE", ip: addrB, port: caeAgent, protections: with(clearText), peers: []string{addrA}, from: 0, to: 24, chance: .2, outbound: true},
	{job: "CQMAGNTA", user: "CQMAGNT", ip: addrA, port: caeAgent, protections: with(clearText), peers: []string{addrA}, from: 0, to: 24, chance: .2,
		second: protectedBy(tls12)},
	{job: "CQMAGNTA", user: "CQMAGNT", ip: addrA, port: caeISPF, protections: with(clearText), peers: []string{addrA}, from: 5, to: 17, chance: .2,
		second: protectedBy(tls12)},
	{job: "DBAKRAUS", user: "DBAKRAUS", ip: addrA, port: caeISPF, protections: with(clearText), peers: []string{addrA}, from: 5, to: 17, chance: .1, outbound: true,
		second: protectedBy(tls12)},
	{job: "CQMAGNTA", user: "CQMAGNT", ip: addrA, port: caeRC4, protections: with(clearText), peers: []string{addrA}, from: 0, to: 24, chance: .2, outbound: true,
		second: usedFrom()},
	{job: "CQMAGNTA", user: "CQMAGNT", ip: addrA, port: caeTLS, protections: with(tls12), from: 0, to: 24, chance: .2, outbound: true,
		second: usedFrom(addrA)},
}}

var prdb = zosSystem{name: "PRDB", stream: streamPRDB, services: []service{
	{job: "LPSERVE", user: "LPSERVE", ip: addrB, port: 515, protections: with(clearText), peers: []string{"10.38.1.7", "10.38.1.8"}, from: 5, to: 17, chance: .65},
	{job: "CICSACC1", user: "CICSACC", ip: addrB, port: 5443, protections: with(tls12, tls12ECDSA), peers: []string{"10.31.1.21", "10.31.1.22", "10.31.2.21", "10.31.2.22"}, from: 0, to: 24, chance: .78},
	{job: "CICSTEL1", user: "CICSTEL", ip: addrB, port: 5444, protections: with(tls13), peers: []string{"10.39.1.21", "10.39.1.22", "10.39.2.21"}, from: 5, to: 17, chance: .95},
	{job: "IMSACONN", user: "IMSAUSR", ip: addrB, port: 9990, protections: with(tls12), peers: []string{"10.31.3.21", "10.31.3.22"}, from: 0, to: 24, chance: .78},
	{job: "DB2BDIST", user: "DB2BUSR", ip: addrB, port: 5448, protections: with(tls12), peers: []string{"10.34.1.11", "10.34.1.12", "10.34.2.11", "10.34.2.12"}, from: 0, to: 24, chance: .78},
	{job: "MQB1CHIN", user: "MQB1USR", ip: addrB, port: 1414, protections: with(tls12), peers: []string{"10.35.1.31", "10.35.1.32", addrA}, from: 0, to: 24, chance: .78},
	{job: "MQB1CHIN", user: "MQB1USR", ip: addrB, port: 1416, protections: with(tls12AES), peers: []string{"10.35.3.31", "10.35.3.32"}, from: 0, to: 24, chance: .65},
	{job: "TN3270B", user: "TN3270", ip: addrB, port: 992, protections: with(tls12), peers: []string{"10.64.20.21", "10.64.20.34", "10.64.21.57"}, from: 5, to: 17, chance: .91},
	{job: "TN3270B", user: "TN3270", ip: addrB, port: 2992, protections: with(tls13), peers: []string{"10.65.4.17", "10.65.4.18"}, from: 5, to: 17, chance: .78},
	{job: "IZUSVR1", user: "IZUSVR", ip: addrB, port: 10443, protections: with(tls12), peers: []string{"10.66.1.10", "10.66.1.12", "10.66.1.13"}, from: 5, to: 17, chance: .91,
		second: protectedBy(tls12, tls13)},
	{job: "SSHD1", user: "SSHDAEM", ip: addrB, port: 22, protections: with(ssh), peers: []string{"10.66.1.10", "10.66.1.11"}, from: 0, to: 24, chance: .65},
	{job: "LDAPSRV", user: "LDAPSRV", ip: addrB, port: 636, protections: with(tls12), peers: []string{"10.36.1.15", "10.36.1.16", "10.36.1.17"}, from: 0, to: 24, chance: .65},
	{job: "FTPD1", user: "FTPD", ip: addrB, port: 990, protections: with(tls12), peers: []string{"10.30.7.21", "10.30.7.23"}, from: 0, to: 6, chance: .91},
	{job: "FTPD1", user: "*FTPUSR*", ip: addrB, port: 50000, portEnd: 50199, protections: with(tls12), peers: []string{"10.30.7.21", "10.30.7.23"}, from: 0, to: 6, chance: .91},
	{job: "ZCEEAPI2", user: "ZCEESRV", ip: addrB, port: 9443, protections: with(tls13), peers: []string{"10.33.4.21", "10.33.4.22"}, from: 5, to: 20, chance: .78},
	{job: "ZCEEAPI2", user: "ZCEESRV", ip: "2001:db8:20::21", port: 9443, protections: with(tls13AES), peers: []string{"2001:db8:21::31"}, from: 5, to: 20, chance: .78},
	{job: "OMVSWEB1", user: "WEBSRV", ip: addrB, port: 8443, protections: with(tls12), peers: []string{"10.67.1.31", "10.67.1.32"}, from: 5, to: 17, chance: .78},
	{job: "NETVIEW", user: "NETVSRV", ip: addrB, port: 4022, protections: with(tls12RSA), peers: []string{"10.66.1.10"}, from: 0, to: 24, chance: .39},
	{job: "SYSLOGD1", user: "SYSLOGD", ip: "10.66.2.5", port: 6514, protections: with(tls12), peers: []string{addrB}, from: 0, to: 24, chance: .78, outbound: true},
	{job: "CSSMTP1", user: "CSSMTP", ip: "10.66.3.25", port: 25, protections: with(tls12), peers: []string{addrB}, from: 0, to: 24, chance: .39, outbound: true},
	{job: "CLEARNG1", user: "CLRUSR", ip: "198.51.100.44", port: 8443, protections: with(tls12), peers: []string{addrB}, from: 0, to: 8, chance: .95, outbound: true},
	{job: "RATESGW1", user: "RATEUSR", ip: "192.0.2.120", port: 443, protections: with(tls13), peers: []string{addrB}, from: 5, to: 17, chance: .78, outbound: true},
	{job: "VTAM", user: "VTAM", ip: addrB, port: 12000, protections: with(ipsec), peers: []string{"198.51.100.11"}, from: 0, to: 24, chance: .78, udp: true},

	{job: "CQMAGNTB", user: "CQMAGNT", ip: addrB, port: caeAgent, protections: with(clearText), peers: []string{addrA}, from: 0, to: 24, chance: .2},
	{job: "CQMAGNTB", user: "CQMAGNT", ip: addrB, port: caeISPF, protections: with(clearText), peers: []string{addrB}, from: 5, to: 17, chance: .2},
	{job: "DBAKRAUS", user: "DBAKRAUS", ip: addrB, port: caeISPF, protections: with(clearText), peers: []string{addrB}, from: 5, to: 17, chance: .1, outbound: true},
	{job: "CQMAGNTB", user: "CQMAGNT", ip: addrA, port: caeRC4, protections: with(clearText), peers: []string{addrB}, from: 0, to: 24, chance: .2, outbound: true},
}}
