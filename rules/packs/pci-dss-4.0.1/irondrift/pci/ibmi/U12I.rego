# METADATA
# title: Passwords have the length and content the standard asks for
# description: |
#   QPWDRULES other than *PWDSYSVAL makes the system ignore the older values. At
#   level 0 and 1 a password ends at 10 characters whatever the rules say. *REQANY3
#   forces letters, but upper case, lower case and special characters satisfy it
#   without a digit.
# custom:
#   id: U12I
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.6"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QPWDRULES", "QPWDLVL"]
#     optional: ["QPWDMINLEN", "QPWDRQDDGT"]
#   parameters:
#     min_length:
#       meaning: shortest password that is accepted
#       default: 12
#       min: 12
#   remediation: "CHGSYSVAL SYSVAL(QPWDRULES) VALUE('*MINLEN12 *DGTMIN1 *LTRMIN1 *ALLCRTCHG'), with QPWDLVL 2 or higher"
#   limits: "Exit programs (QPWDVLDPGM) can ask for more and are not judged; passwords that were set before the rules stay as they are. The 8-character branch of the standard is for systems that cannot do 12; this one can."
package irondrift.pci.U12I

v := input.entity.values

older if "*PWDSYSVAL" in v.QPWDRULES

# at returns the figures of a rule such as *MINLENn.
figures(rule) := {to_number(substring(w, count(rule), -1)) | some w in v.QPWDRULES; regex.match(sprintf(`^\%s[0-9]+$`, [rule]), w)}

length := v.QPWDMINLEN if older

length := max(figures("*MINLEN")) if not older

digit if v.QPWDRQDDGT == 1

digit if {
	not older
	some n in figures("*DGTMIN")
	n > 0
}

letter if {
	some rule in ["*LTRMIN", "*MIXCASE"]
	some n in figures(rule)
	n > 0
}

letter if "*REQANY3" in v.QPWDRULES

deny contains msg if {
	length < input.parameters.min_length
	msg := sprintf("passwords of %d characters are allowed: at least %d are needed", [length, input.parameters.min_length])
}

deny contains "QPWDRULES sets no minimum length (*MINLENn)" if {
	not older
	count(figures("*MINLEN")) == 0
}

deny contains msg if {
	v.QPWDLVL < 2
	msg := sprintf("QPWDLVL is %d: passwords end at 10 characters, whatever the rules say", [v.QPWDLVL])
}

deny contains "QPWDRQDDGT is 0: no digit is needed" if {
	older
	v.QPWDRQDDGT == 0
}

deny contains "QPWDRULES does not force a digit (*DGTMINn or *REQANY3)" if {
	not older
	not digit
	not "*REQANY3" in v.QPWDRULES
}

deny contains "QPWDRULES does not force a letter (*LTRMINn, *MIXCASEn or *REQANY3)" if {
	not older
	not letter
}

warn contains "*REQANY3 alone does not force a digit: upper case, lower case and special characters satisfy it; add *DGTMIN1" if {
	not older
	not digit
	"*REQANY3" in v.QPWDRULES
}

warn contains "QPWDRULES is *PWDSYSVAL: none of the older values forces a letter" if {
	older
	v.QPWDLVL >= 2
}

warn contains "without *ALLCRTCHG an administrator who creates or changes a profile is not bound by the rules" if {
	not older
	not "*ALLCRTCHG" in v.QPWDRULES
}

no_data contains "QPWDRULES is *PWDSYSVAL, and QPWDMINLEN or QPWDRQDDGT is not known" if {
	older
	not given
}

given if {
	is_number(v.QPWDMINLEN)
	is_number(v.QPWDRQDDGT)
}
