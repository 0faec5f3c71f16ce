# METADATA
# title: The TLS server offers TLS 1.2 and later only
# custom:
#   id: H23V
#   severity: critical
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.7"]
#   entity: zvm/tls/<server>
#   keys:
#     optional: ["protocol/sslv2", "protocol/sslv3", "protocol/tlsv1_0", "protocol/tlsv1_1"]
#   captures: ["server"]
#   remediation: ":parms.PROTOCOL TLSV1_2 (and TLSV1_3 where the release has it) of the SSL servers in DTCPARMS"
#   limits: "Where card data crosses open networks by this server, 4.2.1 asks for the same; which networks reach it is for the site to say. PCI DSS names no TLS version: RFC 8996 and SP 800-52 do. Other files can take the place of the one that was read, and OBEYFILE changes the running stack."
package irondrift.pci.H23V

values := input.entity.values

# zvm/tls/server/count is a figure about all servers.
is_server if input.entity.captured.server != "server"

early := {"SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1"}

stated contains "SSLv2" if values["protocol/sslv2"]

stated contains "SSLv3" if values["protocol/sslv3"]

stated contains "TLSv1.0" if values["protocol/tlsv1_0"]

stated contains "TLSv1.1" if values["protocol/tlsv1_1"]

offered contains "SSLv2" if values["protocol/sslv2"] == "on"

offered contains "SSLv3" if values["protocol/sslv3"] == "on"

offered contains "TLSv1.0" if values["protocol/tlsv1_0"] == "on"

offered contains "TLSv1.1" if values["protocol/tlsv1_1"] == "on"

deny contains msg if {
	count(offered) > 0
	msg := sprintf("the server offers %s", [concat(", ", sort(offered))])
}

no_data contains msg if {
	is_server
	missing := early - stated
	count(missing) > 0
	msg := sprintf("whether it offers %s is not stated, and the default of the release is not known", [concat(", ", sort(missing))])
}

not_applicable contains "a figure about all servers" if not is_server
