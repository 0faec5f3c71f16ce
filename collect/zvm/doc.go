// Package zvm reads extracts of z/VM systems.
//
// [Directory] reads the source form of the CP user directory: the CMS file
// USER DIRECT, the output of DIRM USER WITHPASS or NOPASS, or the single entry
// files that a directory manager keeps. It is what DIRECTXA compiles later, so
// its view is configured: an edit that was never compiled shows here and not on
// the running system.
//
// The other sources of the package read how the system and its network are set
// up. [SystemConfig] reads SYSTEM CONFIG and [TCPIP] the files of TCP/IP; both are
// configured views, which wait for an IPL or a restart. [Query] reads the replies
// of commands from a console capture: an active view. Where a file and a reply
// tell the same thing they use the same key and the same words, so that a
// difference between them shows. [FileHash] takes digests of whole files.
//
// # What becomes of a directory
//
// Every USER and IDENTITY entry becomes the entity zvm/user/<id>. Its values
// are effective ones: what the entry states itself joined with what its INCLUDE
// brings in from a PROFILE. The SUBCONFIG that an IDENTITY builds on for one
// member of a single system image cluster gives zvm/user/<id>/on/<member>/...,
// which holds only what that SUBCONFIG adds. A USER with POOL stays one entity
// and counts as many userids.
//
// A profile that gains an option therefore changes every user that includes it,
// because each of those users did gain it; the copy of that option under
// zvm/profile/<name> is derived and not compared, so the cause is not counted
// once more. Statements without security weight (SPOOL, SCREEN, ACCOUNT and
// their like) are not copied to the users: they stay where they were written, in
// the set called statement, and change there once.
//
// # Passwords
//
// A directory holds clear-text passwords. They are classified while the line is
// in memory (see [Directory]) and dropped; no hash of one is ever taken. What
// reaches a key, a value, a warning or the scrubbed digest is built up from
// operands that were understood, never cut out of a line: the text of a
// statement that is not known, not well formed, or stands outside an entry is
// not repeated anywhere, because a line broken in the wrong place begins with a
// password. For the same reason unknown statements are counted, not named.
//
// [ScrubDirectory] writes a directory again that may leave the site: from the
// same operands, with the class of each password in its place.
package zvm
