// Package baseline keeps evidence, decides what is approved, and says what has
// changed.
//
// The store is a directory of immutable objects named by their digest and a
// numbered, append-only ledger. Each ledger record is chained to the one before
// by hash and covered by a Merkle tree, so that a deleted or edited night is
// visible; a tree head printed in a report makes the deletion of the newest
// records visible too. There is no database, no server and no lock: a record is
// created if absent, never overwritten, and appears whole or not at all.
//
// A baseline is what somebody accepted, not what complies. It is a fold over
// the approvals in the ledger, and the program never moves it by itself.
//
// A [Change] is one key whose value differs from the baseline. The diff is a
// merge of two sorted streams, so its memory does not grow with the size of a
// part, and it is aware of coverage: what was not read is not_collected, never
// removed.
package baseline
