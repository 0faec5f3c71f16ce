# METADATA
# title: File systems are open to scanning for malware
# custom:
#   id: H36
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["5.2.1"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QSCANFS"]
#     optional: ["QSCANFSCTL"]
#   remediation: "CHGSYSVAL SYSVAL(QSCANFS) VALUE('*ROOTOPNUD'), and register a scanning product (WRKREGINF QIBM_QP0L_SCAN_OPEN)"
#   limits: "The value lets exit programs scan; whether one is registered, and finds anything, is not in the values."
package irondrift.pci.H36

v := input.entity.values

warn contains "QSCANFS is *NONE: no file system can be scanned by exit programs" if "*NONE" in v.QSCANFS

warn contains "QSCANFSCTL holds *NOFAILCLO: a file that fails the scan when it is closed stays usable" if "*NOFAILCLO" in v.QSCANFSCTL

warn contains msg if {
	some w in v.QSCANFS
	not w in ["*NONE", "*ROOTOPNUD"]
	msg := sprintf("QSCANFS holds %s, which is no value that is known", [w])
}
