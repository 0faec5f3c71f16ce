# METADATA
# title: The TCP/IP stack has a TLS server
# custom:
#   id: H23T
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.7"]
#   entity: zvm/tls
#   keys:
#     required: ["enabled"]
#   remediation: "SSLSERVERID in PROFILE TCPIP, an SSL server in DTCPARMS, and a certificate"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack. That TLS can be used does not show that it is: H23 and H23F judge telnet and FTP. Sessions that end in a guest do not pass here."
package irondrift.pci.H23T

deny contains "PROFILE TCPIP names no SSL server: no session with this system can be encrypted by the stack" if input.entity.values.enabled == "no"
