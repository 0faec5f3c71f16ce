package irondrift.pci.N03_test

import data.irondrift.pci.N03

register := [{"job": "TN3270*", "role": "", "first": 992, "last": 992}, {"job": "CSSMTP?", "role": "client", "first": 25, "last": 25}]

rule(direction, local, remote, job) := {"entity": {"values": {"Direction": direction, "LocalPortRange": local, "RemotePortRange": remote, "Jobname": job}}, "facts": {"register": register}}


test_pass if count(N03.warn) == 0 with input as rule("Inbound", ["900-1000"], ["All"], "TN3270A")

test_pass_client if count(N03.warn) == 0 with input as rule("Outbound", ["All"], ["25"], "CSS*")

test_pass_any_port if count(N03.warn) == 0 with input as rule("Inbound", ["All"], ["All"], "TN*")

test_fail_port if N03.warn == {"no approved service of job TN3270A has port 23"} with input as rule("Inbound", ["23", "992"], ["All"], "TN3270A")

test_fail_job if N03.warn == {"no approved service of job CICS* has port 992"} with input as rule("Inbound", ["992"], ["All"], "CICS*")

test_fail_role if N03.warn == {"no approved service of job CSSMTP1 has port 25"} with input as rule("Inbound", ["25"], ["All"], "CSSMTP1")

test_fail_any_port if N03.warn == {"the rule takes every port, and no approved service has job CICS*"} with input as rule("Inbound", ["All"], ["All"], "CICS*")

# The engine gives NO_DATA when the ports are unknown; a job that is not known is
# taken for any.
test_unknown_job if {
	given := {"entity": {"values": {"Direction": "Inbound", "LocalPortRange": ["992"], "RemotePortRange": ["All"]}}, "facts": {"register": register}}
	count(N03.warn) == 0 with input as given
}

test_absent_from_an_empty_register if {
	given := {"entity": {"values": {"Direction": "Both", "LocalPortRange": ["992"], "RemotePortRange": ["1-2"], "Jobname": "*"}}, "facts": {"register": []}}
	count(N03.warn) == 2 with input as given
}
