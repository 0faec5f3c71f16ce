# METADATA
# title: What RACF does not allow is refused by CP
# custom:
#   id: A10V
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.3.3"]
#   entity: zvm/racf/syssec/<category>
#   keys:
#     required: ["failed", "undefined"]
#     optional: ["permitted", "warning"]
#   remediation: "State DISKU=FAIL, DISKF=FAIL and so on for each category on the SYSSEC macro, after every resource has a profile; HCPRWA needs a build of CP and an IPL"
#   limits: "The macro in the source takes effect when CP was built with it. SETRACF and an inactive class let CP decide alone."
package irondrift.pci.A10V

values := input.entity.values

deny contains "RACF refuses, and CP decides by its own rules after all" if values.failed == "defer"

deny contains "a resource without a profile is left to CP: the directory and its passwords decide" if values.undefined == "defer"

deny contains "a resource without a profile is open" if values.undefined == "allow"

warn contains "a profile in warning mode leaves the decision to CP" if values.warning == "defer"
