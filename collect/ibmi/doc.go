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
// When every connection on a port can be joined to a secure session with the same
// addresses and ports, the port is protected whatever its number says.
//
// # Forms of an extract
//
//   - a raw outfile of CPYAUDJRNE or DSPJRN, *TYPE5 or *TYPE4, moved in binary;
//   - such a file written as delimited text by CPYTOIMPF or a spreadsheet program,
//     with column names or without;
//   - a SELECT from SYSTOOLS.AUDIT_JOURNAL_SK or QSYS2.DISPLAY_JOURNAL, saved by an
//     SQL client in any of its dialects.
//
// The same entries give the same facts in all of them, as far as the form carries
// them: *TYPE4 and releases before 7.3 have no secure version and properties.
//
// # Sources of the layouts
//
// Entry types, fields and positions follow "SK (Sockets Connections) journal
// entries" in IBM i Security reference. The column names of QAUDITSK and
// AUDIT_JOURNAL_SK are public in part only, so columns are found by name through a
// table of aliases that the site can extend, and by position in raw records alone.
// Where there are no names, the columns are found by what they hold.
package ibmi
