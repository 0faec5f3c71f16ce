// Package reports turns what the earlier stages found into documents that
// people and programs read.
//
// A [Report] is plain data: what was read from which system, what changed
// against the approved baseline, what the rule packs said, and how that rolls
// up to the requirements of a standard. The package judges nothing. It sorts,
// counts and prints; every verdict comes from package rules and every approval
// from package baseline.
//
// # Formats
//
// [Formats] is the one table of formats. Each has a name, a file extension and
// a sentence for the help; [Write] prints to a stream and [WriteFile] puts a
// whole file in place or leaves the old one. The same report gives the same
// bytes: there is no clock and no map order in here.
//
// # Words
//
// "In Place", "Not in Place" and "Not Tested" are findings of an assessor. The
// tool writes what its evidence points to, in the words of [rules.Status], and beside
// it what the evidence cannot show. NO_DATA is printed as loudly as FAIL.
//
// # Hostile text
//
// User names, profile names and file names come from the systems under
// judgement. Nothing that a terminal, a browser or a spreadsheet would act on
// survives: control characters and direction overrides are printed as \u202E,
// HTML is escaped, and spreadsheet cells that would be formulas start with an
// apostrophe.
package reports
