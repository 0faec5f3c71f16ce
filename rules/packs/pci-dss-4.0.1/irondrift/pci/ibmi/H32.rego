# METADATA
# title: Security-sensitive objects cannot be restored unnoticed
# custom:
#   id: H32
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QALWOBJRST", "QVFYOBJRST"]
#   parameters:
#     min_verify:
#       meaning: lowest accepted QVFYOBJRST
#       default: 3
#       min: 3
#       max: 5
#   remediation: "CHGSYSVAL SYSVAL(QALWOBJRST) VALUE('*NONE'), opened for the time of an installation only, and CHGSYSVAL SYSVAL(QVFYOBJRST) VALUE('3')"
#   limits: "What was restored while the values were open is in the audit journal (RA, RO, RP entries), not here."
package irondrift.pci.H32

v := input.entity.values

deny contains "QALWOBJRST is *ALL: system-state and adopting programs can be restored by whoever may restore" if "*ALL" in v.QALWOBJRST

deny contains msg if {
	v.QVFYOBJRST < input.parameters.min_verify
	msg := sprintf("QVFYOBJRST is %d, below %d: objects without a valid signature are restored", [v.QVFYOBJRST, input.parameters.min_verify])
}

warn contains msg if {
	some w in ["*ALWSYSST", "*ALWPGMADP", "*ALWSETUID", "*ALWSETGID", "*ALWVLDERR"]
	w in v.QALWOBJRST
	msg := sprintf("QALWOBJRST holds %s: confirm that it is needed permanently", [w])
}

warn contains msg if {
	some w in v.QALWOBJRST
	not w in ["*ALL", "*ALWPGMADP", "*ALWPTF", "*ALWSETGID", "*ALWSETUID", "*ALWSYSST", "*ALWVLDERR", "*NONE"]
	msg := sprintf("QALWOBJRST holds %s, which is no value that is known", [w])
}
