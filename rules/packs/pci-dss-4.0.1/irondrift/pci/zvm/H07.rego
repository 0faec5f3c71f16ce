# METADATA
# title: Nobody uses FTP without identifying
# custom:
#   id: H07
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.4", "8.2.1"]
#   entity: zvm/ftp
#   keys:
#     required: ["anonymous"]
#   exception: mitigated
#   remediation: "Take :Anonymous. off DTCPARMS and ANONYMOU off SRVRFTP CONFIG"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack."
package irondrift.pci.H07

deny contains "anonymous FTP is allowed" if input.entity.values.anonymous == "yes"
