# METADATA
# title: Every source has an approved baseline
# custom:
#   id: H01
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.1", "11.5.2"]
#   entity: tool/baseline/<source>
#   keys:
#     required: ["exists"]
#   remediation: "irondrift baseline propose, then irondrift approve by a second person"
#   limits: "A baseline is what was accepted, not what complies. Which systems and files are critical is the site's list."
package irondrift.pci.H01

deny contains "no baseline was ever approved" if input.entity.values.exists == false
