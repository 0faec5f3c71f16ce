# METADATA
# title: Multi-factor authentication is possible
# custom:
#   id: U16
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["8.4.1", "8.4.2"]
#   entity: racf/setropts
#   keys:
#     required: ["CLASSACT"]
#   remediation: "SETROPTS CLASSACT(MFADEF), and factors for the users"
#   limits: "That MFA is possible does not show who uses it; factors and PWFALLBACK are in user profiles. Another product may give the second factor."
package irondrift.pci.U16

warn contains "class MFADEF is not active: RACF users have one factor only" if not "MFADEF" in input.entity.values.CLASSACT
