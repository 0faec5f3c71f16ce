# METADATA
# title: Who connected must come from other entries than SK
# description: |
#   An SK entry is written before the user's job starts: its user profile is always
#   *NONE. So SK entries, however complete, are evidence against this requirement
#   rather than for it.
# custom:
#   id: L10
#   severity: info
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["10.2.2"]
#   entity: ibmi/sk
#   keys:
#     required: ["entry_types"]
#   remediation: "Keep the sign-on and job entries of the audit journal (JS, PW, CP) beside the SK entries, and show them to the assessor"
#   limits: "Entries of other types are not read."
package irondrift.pci.L10

warn contains "SK entries name no user: the other details of 10.2.2 must come from other audit entries" if count(input.entity.values.entry_types) > 0

no_data contains "the extract holds no SK entry at all" if count(input.entity.values.entry_types) == 0
