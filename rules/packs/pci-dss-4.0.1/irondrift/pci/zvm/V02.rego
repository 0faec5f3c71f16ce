# METADATA
# title: The release is supported by its vendor
# custom:
#   id: V02
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["6.3.1", "12.3.4"]
#   entity: zvm/cplevel
#   keys:
#     required: ["version", "release"]
#   facts:
#     required: ["supported_releases"]
#   remediation: "Upgrade; keep the fact supported_releases ([\"7.3\", \"7.4\"]) in step with the vendor's announcements"
#   limits: "The list of supported releases is the site's; the program has no calendar of its own."
package irondrift.pci.V02

name := sprintf("%v.%s", [input.entity.values.version, split(input.entity.values.release, ".")[0]])

deny contains msg if {
	not name in input.facts.supported_releases
	msg := sprintf("z/VM %s is not among the releases that the site states as supported", [name])
}
