// Package zert reads what z/OS Encryption Readiness Technology saw on the
// network: the zERT Summary records (SMF type 119 subtype 12) and the zERT
// connection detail records (subtype 11) of an SMF dump.
//
// With zERT aggregation a TCP/IP stack writes, at the end of each recording
// interval, one record for each security session: the connections between one
// client and one server that had the same cryptographic protection. The records
// are many and repeat themselves. What an auditor asks about is the service: a
// job that listens on, or connects to, an address and port. So this package
// folds the sessions of a service into one entity
//
//	zert/<system>/<stack>/<role>/<job>/<address>:<port>/...
//
// whose sets say which protections, protocol versions, suites, keys and peers
// were seen. The role is server or client; ee for Enterprise Extender, which is
// UDP between equals; unknown when the record says neither. Address and port are
// the server's, also for a client: a client's own port is ephemeral. FTP data
// connections and the like have a range of ports, first-last. A blank name is *.
//
// # What it means
//
// Every fact is observed: that a service was not seen tonight does not mean that
// it is gone, and a service that had protected and unprotected sessions has both
// members in protection. The member none means that zERT recognised no TLS, SSH
// or IPSec. That is not proof of cleartext, and before z/OS 3.2 also a failed
// handshake leaves such a record; so this source never says clear. zERT sees
// TCP and Enterprise Extender traffic that ends at the stack, begun after zERT
// was turned on.
//
// A code whose name could be read in no published table stays a number, "code
// 0x1F", and an attribute that a session does not show is the member "unknown";
// when no session shows it the whole value is unknown, with the reason. Neither
// is ever none. TLSv1.3 hides certificates and does not name its key exchange.
//
// The table of codes, codes.csv, says of each name whether a published table
// confirms it. A site can name the others in its configuration, after which they
// are facts of that site.
//
// # Connection detail
//
// Subtype 11 has a record for the begin, change and end of each connection. IBM
// advises to record it for short investigations only; where it is there it adds
// what a summary lacks: FIPS mode, IP filter rules, serial numbers and ends of
// validity of certificates, enforcement. The attributes of both subtypes are
// united in one entity. Connections and bytes are those of the summary, so that
// nothing counts twice, and those of the detail only for a service that no
// summary record names.
//
// A detail record names the two ends of a connection. Which is the server it says
// since z/OS 3.2, or by the side of a TLS or SSH handshake. Otherwise the
// connection belongs to the service that is known at one of its ends, else to the
// end with a port below 1024; else its role is unknown and its endpoint is the
// local address with the ports 1-65535.
//
// # Was anyone watching
//
// The key monitoring of a stack says by which records it was seen to be watched;
// aggregation and discovery hold the events that switched it; lifecycle the
// starts and stops of the stack (subtype 8); profile what the TCP/IP profile said
// (subtype 4). Times without summary records, a stop that nothing ended and
// interval sets whose last record is missing are gaps of the part, with the
// reason where a record tells it.
//
// # What is read
//
// Dumps with record descriptor words, blocked or not, with spanned records, told
// apart by content; dumps of type 119 that lost these words when the options say
// so. Records of other types and subtypes are counted and passed over. A dump
// that begins with a type 2 and ends with a type 3 record, as IFASMFDP and
// IFASMFDL write them, is complete; any other is open. Repeated records are
// recognised within a [Window].
//
// Layouts: z/OS Communications Server: IP Programmer's Guide and Reference, SMF
// records; z/OS MVS System Management Facilities.
package zert
