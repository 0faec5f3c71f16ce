package zert

// Subtypes 11 and 12 hold the same attributes at different offsets. What an
// attribute means is written down once, in attributes.go, and reads its fields
// through these tables. Fields that stand side by side in both have one offset.

// fields are the offsets in the protocol sections of one subtype.
type fields struct {
	tls   tlsFields
	ssh   sshFields
	ipsec ipsecFields
}

type tlsFields struct {
	source, flags, version, suite, kex int
	server, client                     certFields
}

type sshFields struct {
	source, flags, version int
	auth                   int // first method, last method
	encryptionIn           int // encryption and MAC in, key exchange, encryption and MAC out
	serverKey              int // type and length, of the server and of the client
	server, client         certFields
}

type ipsecFields struct {
	version       int // major, minor
	auth          int // local and remote method, MAC, encryption, group, pseudo-random function
	local, remote certFields
	pfs           int
	mode          int // encapsulation, protocol, MAC, encryption
}

type certFields struct {
	signature int // signature method, encryption method, digest
	key       int // type, length
	serial    int // length, serial number (20), type of time, end of validity (15); 0: none
}

// summaryFields are those of subtype 12. Serial numbers and times came with
// z/OS 3.2, behind what was there before.
var summaryFields = fields{
	tls: tlsFields{source: 0, flags: 1, version: 2, suite: 4, kex: 14,
		server: certFields{signature: 16, key: 22, serial: 42},
		client: certFields{signature: 26, key: 32, serial: 79}},
	ssh: sshFields{source: 0, flags: 3, version: 2, auth: 4, encryptionIn: 8, serverKey: 18,
		server: certFields{signature: 26, key: 32},
		client: certFields{signature: 36, key: 42}},
	ipsec: ipsecFields{version: 0, auth: 34, pfs: 66, mode: 68,
		local:  certFields{signature: 46, key: 52, serial: 74},
		remote: certFields{signature: 56, key: 62, serial: 111}},
}

// detailFields are those of subtype 11.
var detailFields = fields{
	tls: tlsFields{source: 2, flags: 69, version: 0, suite: 56, kex: 66,
		server: certFields{signature: 72, key: 116, serial: 79},
		client: certFields{signature: 120, key: 164, serial: 127}},
	ssh: sshFields{source: 1, flags: 3, version: 0, auth: 32, encryptionIn: 36, serverKey: 48,
		server: certFields{signature: 188, key: 232, serial: 195},
		client: certFields{signature: 236, key: 280, serial: 243}},
	ipsec: ipsecFields{version: 4, auth: 88, pfs: 222, mode: 216,
		local:  certFields{signature: 112, key: 156, serial: 119},
		remote: certFields{signature: 160, key: 204, serial: 167}},
}
