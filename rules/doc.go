// Package rules judges snapshots and changes with Open Policy Agent packs.
//
// A pack is an ordinary OPA bundle in Rego v1 that also runs under stock `opa
// test`, `opa eval` and conftest. Each check is one Rego package with `deny`,
// `warn` and `not_applicable` sets of messages and METADATA annotations that say
// which entity it judges, which keys it reads and which requirements it speaks
// to. The engine narrows the input of a check to the keys it declares, so a
// snapshot of any size is judged one entity at a time.
//
// Missing data never looks compliant: a required key that is absent, unknown or
// not covered gives [NoData], and partial coverage turns a pass into [NoData].
package rules
