# METADATA
# title: The source directory can be what the system runs
# custom:
#   id: V07
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["6.5.1"]
#   entity: zvm/directory
#   keys:
#     required: ["parse/refused/entries"]
#   remediation: "Give the source that DIRECTXA compiled last, or mend the entries: the key problem of each says why"
#   limits: "What DIRECTXA refuses is known in part only."
package irondrift.pci.V07

refused := input.entity.values["parse/refused/entries"]

warn contains msg if {
	count(refused) > 0
	msg := sprintf("DIRECTXA is expected to refuse %d entries (%s), so this source is not what the system runs", [count(refused), concat(", ", array.slice(refused, 0, 5))])
}
