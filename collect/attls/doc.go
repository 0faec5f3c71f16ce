// Package attls reads AT-TLS policy: what the Policy Agent files of z/OS say
// ([Policy]) and what pasearch shows to be in force ([Pasearch]).
//
// # What is recorded
//
// A policy says little in plain sight. A rule refers to a group, an environment
// and a connection action; actions refer to further blocks; what a connection
// action states replaces what the environment says; and what nobody states is
// the default of the z/OS release, which can be weaker than it looks: up to 3.1
// a policy that only says TLSv1.2 On leaves TLS 1.0 and 1.1 on. So the keys
// attls/<stack>/rule/<name>/... hold effective values, one set for each rule.
// Names of actions are not compared: moving a parameter to another block is no
// change, a new release with other defaults is one.
//
// Both sources give the same keys, so a file and a listing of one stack can be
// compared. Beside each value, a metric .../from tells how it came to be: the line, the
// chain of references, or the release whose default it is.
//
// # Releases
//
// The defaults are data: defaults.csv says from which release on a parameter
// has which default. A listing names its release. A policy file does not: unless
// [collect.Options] gives it, a value that the supported releases do not agree
// on is unknown, and its reason lists what each of them would take. A value that
// no document at hand gives is unknown, too. Reading one file with two releases
// and comparing the parts shows what an upgrade would change.
//
// # Reading the text
//
// The grammar is that of the Policy Agent: a keyword and its values on a line,
// blocks in braces on lines of their own, # for comments, keywords in any case.
// Statements may be defined after they are referred to, and in the common file.
// What cannot be resolved makes the values that depend on it unknown. A block
// that the end of the text cuts does the same, so a truncated file never looks
// like a weaker or stronger policy. The Policy Agent installs nothing when it
// finds an error, so oddities of the text are kept, by the numbers of the checks
// that later judge them (docs/attls.md lists the numbers): lint for what a rule
// means, lint/text for how it is written. What is not known at all is a warning
// with its place. Passwords of key databases and LDAP servers are dropped as lines are
// read; only that there is one is recorded.
//
// The facts come from IBM's IP Configuration Reference (Policy Agent, AT-TLS
// statements), the IP Configuration Guide, IBM's note on the defaults of z/OS
// 3.2, and a published pasearch listing of z/OS 3.1.
package attls
