# METADATA
# title: Who may create programs that adopt authority is limited
# custom:
#   id: A32
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["7.2.2"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QUSEADPAUT"]
#   remediation: "CRTAUTL AUTL(USEADPAUT) AUT(*EXCLUDE) and CHGSYSVAL SYSVAL(QUSEADPAUT) VALUE('USEADPAUT')"
#   limits: "Programs that adopt authority today are not visible here."
package irondrift.pci.A32

warn contains "QUSEADPAUT is *NONE: every user may create programs that use adopted authority" if input.entity.values.QUSEADPAUT == "*NONE"
