# METADATA
# title: The cryptographic inventory was reviewed in the last twelve months
# custom:
#   id: G04
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["12.3.3"]
#   entity: tool/inventory/review
#   keys:
#     required: ["age_days"]
#     optional: ["strategy", "trends"]
#   parameters:
#     max_days:
#       meaning: longest accepted time between two reviews in days
#       default: 365
#       min: 1
#       max: 366
#   remediation: "Review the inventory (irondrift report --format inventory-csv) and state the date under cryptography: reviews: in irondrift.yaml"
#   limits: "The dates and references are what the configuration states: what was reviewed, and what the strategy says, is in the documents."
package irondrift.pci.G04

v := input.entity.values

deny contains msg if {
	v.age_days > input.parameters.max_days
	msg := sprintf("last reviewed %d days ago; at most %d are allowed", [v.age_days, input.parameters.max_days])
}

warn contains "the configuration does not state where the strategy for a broken algorithm is documented" if not v.strategy

warn contains "the configuration does not state who watches whether algorithms remain viable" if not v.trends
