// Package collect reads extracts of z/VM, z/OS and IBM i security settings and
// turns them into parts: sorted, typed key-value facts with their provenance.
//
// # What a part is
//
// A [Part] is what one [Source] said about one system at one time. It is kept
// as three things that change at different speeds:
//
//   - facts: one canonical line per key, `key: value`, sorted by key. Their
//     SHA-256 is the content digest, so an unchanged night has the digest of
//     the night before, however the extract was wrapped or transferred.
//   - provenance: for each key, and each member of a set, the file, the line or
//     record number and the offset it was read at; beside it the metrics, which
//     are reported but never compared.
//   - [Header]: system, source, period, clock, files, counts and [Coverage].
//
// A [Snapshot] is the parts of one system of one night.
//
// # Keys and values
//
// A [Key] is a path such as racf/setropts/CLASSACT. A [Value] is text, number,
// boolean, time, set, list, or unknown with a reason. Unknown is never equal to
// off, none or absent. [Catalogue] says for every key its type, its class and
// what it means; the class decides how it is compared.
//
// # Writing a source
//
// A source implements [Source]: it says what it is called, recognises its own
// extracts by content, and reads them into the [Recorder] of a system. Read
// text through [File.Lines], which takes care of code pages, fixed-length
// records and capture headers, and binary data through [File.Open]. Tell the
// recorder what was covered with [Recorder.Cover]: what is not covered is never
// reported as removed and never counts as compliant. Add the source to
// collect/sources, its keys to collect/keys, and one line to its test that runs
// the conformance suite of collect/internal/sourcetest.
package collect
