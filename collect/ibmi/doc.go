// Package ibmi reads extracts of IBM i: today the socket connections (SK)
// entries of the security audit journal QSYS/QAUDJRN.
//
// # What an SK entry says
//
// The system cuts an SK entry when a connection is opened, never when it is
// used or closed, and before the user's job is known. So an entry tells which
// port, which peer, and when; it does not tell who: the user profile is always
// *NONE, job and program are those of the listener. The entry types and the
// audit values (system value QAUDLVL) that produce them from release 7.3 on:
//
//	A  inbound connection accepted   *NETSCK, Telnet: *NETTELSVR
//	C  outbound connection made      *NETSCK
//	S  secure session established    *NETSECURE
//	X  secure session failed         *NETSECURE
//	I  O  UDP datagram in, out       *NETUDP
//	P  port not available            *NETFAIL
//	D  U  DHCP address assigned, not assigned
//	F  R  mail filtered, rejected
//
// An extract without entries of a type proves nothing when its audit value was
// not set.
//
// # Encrypted or not
//
// Accept and connect entries do not say whether a connection was encrypted. The
// port often does: Telnet on 23 is clear text. System TLS and VPN also cut S
// entries with protocol and cipher suite, but TLS of OpenSSL in PASE and of Java
// does not. What can honestly be concluded about a port from both is written
// down in protection.go; where they do not suffice the value is unknown, with
// the reason.
//
// # Sources of the layouts
//
// Entry types and fields follow "SK (Sockets Connections) journal entries" in
// IBM i Security reference. The column names of QAUDITSK and AUDIT_JOURNAL_SK
// are public in part only, so columns are found by name through a table of
// aliases that the site can extend, never by position.
package ibmi
