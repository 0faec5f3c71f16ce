package ibmi

// kind is what the key says happened: the entry type, and for types that do not
// tell a server from a client, the side this system was on.
type kind uint8

// The kind of the client side stands right behind that of the server side.
const (
	accept kind = iota
	connect
	secure
	secureClient
	secureFailed
	secureClientFailed
	udpIn
	udpClientIn
	udpOut
	udpClientOut
	portUnavailable
	dhcpAssigned
	dhcpNotAssigned
	mailFiltered
	mailRejected
	other // an entry type that did not exist when this was written
	kinds // how many there are
)

// portSide says whose port names the service of an entry.
type portSide uint8

const (
	localPort  portSide = iota
	remotePort          // this system was the client
	eitherSide          // decided by [ports.clientSide]
	noPort
)

// entryTypes maps the entry type to its kind and side. Types that tell nothing
// about the side map to the kind of the server.
var entryTypes = func() (table [256]struct {
	kind kind
	side portSide
}) {
	for i := range table {
		table[i].kind, table[i].side = other, noPort
	}
	set := func(letter byte, k kind, side portSide) { table[letter].kind, table[letter].side = k, side }
	set('A', accept, localPort)
	set('C', connect, remotePort)
	set('S', secure, eitherSide)
	set('X', secureFailed, eitherSide)
	set('I', udpIn, eitherSide)
	set('O', udpOut, eitherSide)
	set('P', portUnavailable, localPort)
	set('D', dhcpAssigned, noPort)
	set('U', dhcpNotAssigned, noPort)
	set('F', mailFiltered, noPort)
	set('R', mailRejected, noPort)
	return table
}()

// kindFacts are constant facts about the kinds, in their order.
var kindFacts = [kinds]struct {
	name       string
	portless   bool // its entries have no port
	udp        bool
	peers      bool // its entries name a peer
	secure     bool // its entries name protocol and suite
	protection bool // a connection came about, so it had some protection or none
	joins      bool // its entries are joined, those of connections to those of secure sessions
	atLeast    bool // the system may cut fewer entries than there were events
}{
	accept:             {name: "accept", peers: true, protection: true, joins: true},
	connect:            {name: "connect", peers: true, protection: true, joins: true},
	secure:             {name: "secure", peers: true, secure: true, protection: true, joins: true},
	secureClient:       {name: "secure_client", peers: true, secure: true, protection: true, joins: true},
	secureFailed:       {name: "secure_failed", peers: true, secure: true},
	secureClientFailed: {name: "secure_client_failed", peers: true, secure: true},
	udpIn:              {name: "udp_in", udp: true, peers: true, protection: true},
	udpClientIn:        {name: "udp_client_in", udp: true, peers: true, protection: true},
	udpOut:             {name: "udp_out", udp: true, peers: true, protection: true},
	udpClientOut:       {name: "udp_client_out", udp: true, peers: true, protection: true},
	portUnavailable:    {name: "port_unavailable", atLeast: true},
	dhcpAssigned:       {name: "dhcp_assigned", portless: true},
	dhcpNotAssigned:    {name: "dhcp_not_assigned", portless: true},
	mailFiltered:       {name: "mail_filtered", portless: true, peers: true},
	mailRejected:       {name: "mail_rejected", portless: true, peers: true},
	other:              {name: "other", portless: true},
}
