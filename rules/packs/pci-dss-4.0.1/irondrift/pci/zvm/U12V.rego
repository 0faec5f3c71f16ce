# METADATA
# title: Exits check new passwords and phrases
# custom:
#   id: U12V
#   severity: medium
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["8.3.6"]
#   entity: zvm/racf/exit
#   keys:
#     required: ["password", "phrase"]
#   remediation: "Install ICHPWX01 and ICHPWX11 where the syntax rules of SETROPTS (U12) do not say enough"
#   limits: "No extract lists the exits of RACF for z/VM: both values are known only where COMPEXTR gives them and the site maps its keys (column_aliases). What an exit checks is not visible."
package irondrift.pci.U12V

warn contains "no exit for new passwords (ICHPWX01): only the syntax rules of SETROPTS count" if input.entity.values.password == "none"

warn contains "no exit for new phrases (ICHPWX11): phrases of 9 to 13 characters are refused, and nothing else is checked" if input.entity.values.phrase == "none"
