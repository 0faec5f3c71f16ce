// Package racf reads what RACF says about its system-wide options, the ones
// that SETROPTS sets, on z/OS and on z/VM.
//
// # Forms
//
// The same options arrive in six forms, told apart by content:
//
//   - the listing of SETROPTS LIST as text: from a TSO or z/OSMF session, 3270
//     screen copies, batch TSO (SYSTSPRT) and spool files with ASA carriage
//     control, or a CMS console where RAC SETROPTS LIST was entered;
//   - the same listing as the messages of an IRRSMO00 result (XML), which may
//     have lost its indentation;
//   - the binary result of R_admin (IRRSEQ00), as it comes: EBCDIC, eye-catcher
//     RXTR;
//   - the extract of the sear library (JSON), which names the fields in words;
//   - the display of IBM's RACSEQ sample;
//   - FIELD:value lines, as REXX programs around IRRXUTIL write them.
//
// # Keys
//
// Keys are racf/setropts/FIELD. FIELD is the name in the table "SETROPTS
// administration" of z/OS Security Server RACF Callable Services, which every
// form but the listing uses. Three keys are our own: RACLIST_ONLY (the listing's
// GLOBAL=YES RACLIST ONLY), WHENPROG_MODE (the word in WHEN(PROGRAM -- word)) and
// _visibility, which is "auditor" or "basic".
//
// One option has one value whatever form it came in. What is not set is a value
// too: false, an empty set, 0 for days, counts and levels, and the text "none"
// for the others. So SESSINT is 0 for NEVER EXPIRES and PHRINT is 0 where the
// password interval holds for phrases too. RETPD is 99999 for NEVER-EXPIRES: the
// operand with which SETROPTS sets it. TERMINAL is unknown, "not shown", where the listing
// leaves it out, which it does while class TERMINAL is inactive; an extract
// returns READ or NONE at any time.
//
// # What cannot be seen
//
// RACF leaves audit options out of the answer, instead of showing them as off,
// when the asking user has no auditing authority. They become unknown: "not
// visible: collecting user lacks AUDITOR". So do fields that a form cannot carry
// and options that this level of RACF does not print.
//
// # Completeness
//
// A listing has a known order and a known last line, so it can prove by itself
// that it is whole: its last line is there, or a prompt behind it, and no line
// that every listing has is missing. The binary, JSON and RACSEQ forms have an
// end or a count. FIELD:value lines prove nothing. In a listing that was cut,
// what was read to its end is covered key by key; a class list is read to its
// end only when the next heading was seen.
package racf
