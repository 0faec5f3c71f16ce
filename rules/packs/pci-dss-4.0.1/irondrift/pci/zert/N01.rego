# METADATA
# title: Every service in use is on the approved list
# custom:
#   id: N01
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.2.5"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["protection"]
#   facts:
#     required: ["approved"]
#   remediation: "Stop the service, or have it approved and entered in the register with its purpose"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. Ports that are open and idle do not show."
package irondrift.pci.N01

deny contains "job and port are not in the site's register of approved services" if input.facts.approved == false
