# METADATA
# title: Devices are not configured by themselves
# custom:
#   id: H34
#   severity: low
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.4"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QAUTOCFG", "QAUTORMT", "QAUTOVRT"]
#   remediation: "CHGSYSVAL SYSVAL(QAUTOCFG) VALUE('0'), QAUTORMT '0', and a number for QAUTOVRT"
#   limits: "System values show what is set, not what every job, application or exit program does with it. Whether a number of virtual devices is needed is for the site to say."
package irondrift.pci.H34

v := input.entity.values

warn contains "QAUTOCFG is 1: local devices are configured when they are attached" if v.QAUTOCFG == 1

warn contains "QAUTORMT is 1: remote controllers are configured when they call" if v.QAUTORMT == 1

warn contains "QAUTOVRT is *NOMAX: whoever connects gets a virtual device, so sign-on attempts are not limited by devices" if v.QAUTOVRT == "*NOMAX"

warn contains msg if {
	not v.QAUTOVRT in ["*NOMAX", "*REGFAC"]
	not regex.match(`^[0-9]+$`, v.QAUTOVRT)
	msg := sprintf("QAUTOVRT is %s, which is no value that is known", [v.QAUTOVRT])
}
