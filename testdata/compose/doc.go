// Package compose writes raw mainframe and IBM i extracts, byte for byte, from
// the published layouts of each format and from nothing else.
//
// It exists so that a parser can be tested against bytes that its author did
// not write. No code here reads an extract, and nothing here imports a parser:
// an error in the understanding of an offset therefore shows as a failing test
// and not as two pieces of code that agree with each other.
//
// What can be composed, and where to begin:
//
//   - SMF dumps: [SMFRecord], [DumpHeader], [DumpTrailer] make records;
//     [Unblocked], [Blocked], [BlockedSpanned], [Span] and [NoRDW] frame them.
//   - zERT: [ZERTSummary] (SMF 119 subtype 12) and [ZERTDetail] (subtype 11).
//   - the z/VM user directory: [DirectoryEntry], [DirectoryText], [DirectoryF80].
//   - RACF: [Setropts] prints a SETROPTS LIST in any [Layout]; [SYSTSPRT] and [ASA]
//     make it the output of a batch job.
//   - IBM i socket connections: [SKRow] as CSV in an [SKDialect] or as a raw
//     outfile record.
//   - [Capture] puts irondrift's own header and end mark around any text extract.
//   - [WriteLargeDirectory], [WriteLargeQAUDITSK] and [WriteLargeZERT] stream
//     extracts of any size for benchmarks, the same bytes for the same seed.
//
// A record is a []byte that starts with its record descriptor word, so that
// the offsets in IBM's tables, which count that word, can be used as they are.
// Multi-byte numbers are big-endian, text in binary records is EBCDIC.
//
// Everything is synthetic. A value that cannot be represented, such as a name
// longer than its field, is a mistake in a test and panics: silently cutting it
// would give a test that checks something else than what it says.
package compose
