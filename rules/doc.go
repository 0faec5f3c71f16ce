// Package rules judges snapshots and changes with Open Policy Agent packs.
//
// A pack is an ordinary OPA bundle in Rego v1 that also runs under stock `opa
// test`, `opa eval` and conftest: it uses deterministic built-ins only and none
// of our own.
//
// # A check
//
// Each check is one Rego package with sets of messages:
//
//	deny            the finding is FAIL
//	warn            REVIEW: a person must judge
//	no_data         NO_DATA: for what the rule sees that it would have to know
//	not_applicable  NOT_APPLICABLE, with the reason
//	pass            PASS, with what there is to say about it
//
// The worst word counts, in this order; a check that says nothing has passed.
// A check may also define incomplete: why entities can be missing from an extract
// that is whole, because the system was not set to record them. It is asked once
// for a system, without an entity, and what it says is a NO_DATA about the list.
// The METADATA block above the package line carries title and description and,
// under custom:
//
//	id, severity    U11, high; a step higher on systems tagged cde
//	basis           requirement, hardening or advice, see [Basis]
//	cover           full, partial or support
//	requirements    by standard: {pci-dss-4.0.1: ["8.3.4"]}
//	entity          what is judged: racf/setropts, zvm/user/<id>,
//	                ibmi/sk/<kind=secure|secure_client>/<port>, or joined over
//	                segments: ibmi/sk/*/<port>, ibmi/*=sk|netstat/*/<port>
//	keys            required and optional, below the entity, or absolute with a
//	                leading slash; mdisk/<vdev>/password gives an array of all,
//	                logonby# the number of members. Under list, absolute keys
//	                that only incomplete sees
//	only            members of a set that matter, by first word
//	no_data         values of a required key that tell nothing, such as masked
//	captures        segments of the entity that the rule needs to see
//	facts           required and optional; zones, ports, approved, supplied,
//	                declared and observed (AT-TLS beside zERT),
//	                gaps, period_hours, or what the configuration states about
//	                the system: esm, release, owner/<id>
//	parameters      default, meaning, and guardrails min, max, includes, within
//	taken           true: the rule reads the time of the extract
//	inventory       true: the passes are a list that a reader wants whole
//	exception       mitigated: an exception must say how the risk is kept down;
//	                an entry in the register of services that does is one
//	remediation     the command or statement that mends it
//	limits          what the evidence cannot show
//
// The engine gives a check nothing but what it declares, and compiles it against
// a JSON schema of exactly that, so that a misspelt field is an error and not a
// silent pass. Names of entities are not passed on: equal entities are judged
// once, and names and allow-lists come in afterwards. Entities are read as a
// stream, so a system of any size is judged in little memory.
//
// # What a pack accepts
//
// The table accepted of a pack lists the documented rights of a platform's own
// servers: a check, an entity, a key, the members that its set may have, and the
// reason. Such a finding keeps its result and shows the reason in Allowed; a
// member more, and it is a finding like any other.
//
// # A site's own policy
//
// [Enforcement] is one more use of Rego: a site's policy about zERT sessions, which
// says what an enforcement is to do with each. It is compiled as a check is, and
// what is not known of a session decides nothing once the policy looks at it.
//
// # Missing data
//
// Missing data never looks compliant. A required key that is absent, unknown or
// not covered gives [NoData] before the rule is asked; partial coverage turns a
// pass into [NoData]; a list that may be incomplete is a finding of its own;
// where nothing is there to judge, the result is never [Pass]. A rule that
// fails to evaluate gives [NoData] and a line in [Assessment.Errors]. What failed
// before its data got lost is remembered: [Engine.JudgeAfter] is told what the
// packs say of earlier nights, and the roll-up makes no status better for it.
package rules
