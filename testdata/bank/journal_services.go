package bank

// skSession is the version and properties text of an S entry.
type skSession struct{ version, properties string }

// The version text TLSV1.2 and the order suite, signature, curve are IBM's
// example. For TLS 1.3 a vendor's sample shows the suite without TLS_ in front;
// the signature names beyond ECDSA_SHA512 follow its pattern.
var (
	sk12 = skSession{"TLSV1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 RSA_SHA256 SECP256R1"}
	skEC = skSession{"TLSV1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDSA_SHA512 SECP521R1"}
	sk13 = skSession{"TLSV1.3", "AES_256_GCM_SHA384 RSA_SHA256 SECP256R1"}
	sk10 = skSession{"TLSV1.0", "TLS_RSA_WITH_AES_128_CBC_SHA"}
)

// listener is a port that IBMIPRD1 accepts connections on.
type listener struct {
	port        uint16
	job, user   string
	number      int
	peers       []string
	sessions    []skSession // taken in turn by peers; none: no S rows
	count       int         // connections a day
	secondPeers []string    // on the second night, when they differ
	secondNight bool        // appears on the second night
}

// on says whether the listener is there on a night.
func (l listener) on(night int) bool { return night > 0 || !l.secondNight }

var (
	tellers   = []string{"10.40.50.11", "10.40.50.12", "10.40.50.13", "10.40.51.11", "10.40.51.12", "10.40.52.11"}
	appServer = []string{"10.40.30.15", "10.40.30.16"}
	reporting = "10.40.31.17"
	admins    = []string{"10.66.1.10", "10.66.1.11"}
)

var listeners = []listener{
	{port: 992, job: "QTVDEVICE", user: "QTCP", number: 118210, peers: tellers, sessions: []skSession{sk12, sk13}, count: 260},
	{port: 9470, job: "QZSCSRVSD", user: "QUSER", number: 118221, peers: tellers, sessions: []skSession{sk12}, count: 60},
	{port: 9471, job: "QZDASSINIT", user: "QUSER", number: 118222, peers: []string{appServer[0], appServer[1], reporting}, sessions: []skSession{sk12, skEC}, count: 330,
		secondPeers: appServer},
	{port: 9475, job: "QZRCSRVS", user: "QUSER", number: 118225, peers: appServer, sessions: []skSession{sk12}, count: 70},
	{port: 9476, job: "QZSOSIGN", user: "QUSER", number: 118226, peers: tellers, sessions: []skSession{sk12}, count: 180},
	{port: 449, job: "QZSOSMAPD", user: "QUSER", number: 118227, peers: tellers, count: 90},
	{port: 8471, job: "QZDASOINIT", user: "QUSER", number: 118228, peers: []string{"10.40.33.8"}, count: 40},
	{port: 22, job: "QP0ZSPWP", user: "QSECOFR", number: 118230, peers: admins, count: 30},
	{port: 443, job: "WEBBANK", user: "QTMHHTTP", number: 118240, peers: []string{"10.67.1.31", "10.67.1.32", "10.67.8.5"}, sessions: []skSession{sk13, sk12, sk10}, count: 260},
	{port: 2010, job: "ADMIN", user: "QTMHHTTP", number: 118241, peers: admins, sessions: []skSession{sk12}, count: 20},
	{port: 448, job: "QRWTSRVR", user: "QUSER", number: 118250, peers: []string{"10.40.2.10"}, sessions: []skSession{sk12}, count: 50},
	{port: 25, job: "QTSMTPSRVR", user: "QTCP", number: 118260, peers: []string{"10.66.3.25"}, count: 16},
	{port: 23, job: "QTVDEVICE", user: "QTCP", number: 118211, peers: []string{"10.40.52.11", "10.40.52.14"}, count: 17, secondNight: true},
}

// connector is a service elsewhere that IBMIPRD1 connects to.
type connector struct {
	peer      string
	port      uint16
	job, user string
	number    int
	session   *skSession
	count     int
}

var connectors = []connector{
	{peer: "10.20.1.11", port: 1414, job: "AMQRMPPA", user: "QMQM", number: 118301, count: 60},
	{peer: "198.51.100.20", port: 443, job: "PAYOUT", user: "PAYSRV", number: 118302, session: &sk13, count: 90},
	{peer: "10.36.1.15", port: 636, job: "EIMSYNC", user: "QSECSYS", number: 118303, session: &sk12, count: 50},
	{peer: "10.66.3.25", port: 25, job: "QTSMTPCLNT", user: "QTCP", number: 118304, count: 30},
	{peer: "192.0.2.90", port: 22, job: "QP0ZSPWP", user: "BATCHFT", number: 118305, count: 24},
}
