// Package baseline keeps evidence, decides what is approved, and says what has
// changed.
//
// # The diff
//
// A [Change] is one key whose value differs between two parts, and [Diff] finds
// them all by merging two sorted streams, so its memory does not grow with the
// size of a part. It is aware of coverage: what was not read is not_collected,
// in one row for each prefix, and never removed. [DiffParts] does it for the
// parts of two nights, of two systems, or of a night and the baseline.
//
// # The store
//
// A [Store] is a folder; there is no database, no server and no lock. Files
// have mode 0600, folders 0700:
//
//	irondrift-store             one line that names the format
//	secret.key                  32 random bytes in hexadecimal: the key for the digests
//	                            of files that can hold secrets; [Store.SecretKey]
//	objects/ab/abcdef...        content, named by the SHA-256 of what it unpacks to
//	ledger/000000000001.json    what happened, one record each, numbered without holes
//	tmp/                        files being written; what is left there is harmless
//
// An object is a Zstandard frame, and behind it a skippable frame with the
// SHA-256 of the first, so that every bit of the file is vouched for. Objects
// are the header (JSON), the facts and the provenance of a part, each on its
// own: a night in which nothing changed adds a header and a record. And there
// are the swaps of an approval (lines of JSON, see [Swap]) and the overlay of a
// baseline: the keys that were approved one by one, as lines of facts, an empty
// value standing for a key that is gone. No tool of ours is needed to look at
// one:
//
//	zstd -dc < objects/ab/abcdef... | sha256sum
//
// A record, see [Record], is one line of JSON in the only form it can have. It
// holds the digest of the record before it, the roots of the Merkle tree
// (RFC 6962) over all records before it, and its own digest. So a record that
// was edited or deleted is found by [Verify]. Who takes away the newest records
// and leaves no trace is found by whoever holds a later head, [Store.Head]:
// every report prints it.
//
// Kinds of records: "store created", "parts stored", "approval proposed",
// "approved", "run". A record of a kind that this version does not know is
// verified and otherwise passed over.
//
// Everything appears whole or not at all. A file is written under tmp, synced,
// linked to its name, which fails when the name exists, and the folder is
// synced; objects are durable before the record that refers to them. Two
// writers who want the same number both try to link it: the loser reads the
// winner's record, decides again and takes the next number. The program can be
// killed at any instruction: what is left is an object that no record refers
// to, or a file under tmp.
//
// Of several parts of one source for one night all are kept and the newest
// complete one counts, [Store.Versions].
//
// # Baselines
//
// A baseline is what somebody accepted, not what complies. It belongs to one
// system and source and is a fold over the approvals in the ledger: the part
// that was last approved whole, with the keys that were approved since. An
// approval is a compare-and-swap, see [Store.Approve]; nothing else ever moves a
// baseline.
//
// What an approver says is a [Statement]. It stands in the ledger byte for byte,
// beside a list of signatures over those bytes. This version signs nothing and
// checks no signature: every approval it records is unsigned, which
// [Approval.Unsigned] tells, and the list is empty.
package baseline
