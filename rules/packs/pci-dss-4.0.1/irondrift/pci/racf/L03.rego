# METADATA
# title: Access to data is logged for the classes that hold it
# custom:
#   id: L03
#   severity: medium
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["10.2.1.1"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["LOGALWYS"]
#   remediation: "AUDIT(ALL(READ)) on the profiles of data sets with cardholder data"
#   limits: "Profiles carry their own audit options, which are not in SETROPTS LIST. Audit options show only to a user with auditing authority."
package irondrift.pci.L03

warn contains "LOGOPTIONS(ALWAYS) does not hold DATASET: show by the audit options of profiles that access to cardholder data is logged" if not "DATASET" in input.entity.values.LOGALWYS
