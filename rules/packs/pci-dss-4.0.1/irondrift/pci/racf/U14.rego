# METADATA
# title: Passwords cannot be changed again on the same day
# custom:
#   id: U14
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["8.3.7"]
#   entity: racf/setropts
#   keys:
#     required: ["MINCHANG"]
#   remediation: "SETROPTS PASSWORD(MINCHANGE(1))"
#   limits: "The standard does not ask for a minimum age; administrators are not bound by it."
package irondrift.pci.U14

deny contains "MINCHANGE(0): the password history can be cycled through in minutes" if input.entity.values.MINCHANG == 0
