package irondrift.pci.N07_test

import data.irondrift.pci.N07

in_force(differences, unsure) := {"entity": {"values": {}}, "facts": {"in_force": {"differences": differences, "unsure": unsure}}}

test_pass if {
	count(N07.deny) == 0 with input as in_force([], [])
	count(N07.no_data) == 0 with input as in_force([], [])
}

test_fail if {
	given := in_force(["tls/versions: in the file [\"TLSv1.0\",\"TLSv1.2\"], in force [\"TLSv1.2\"]"], ["Trace: in the file not known"])
	count(N07.deny) == 1 with input as given
	count(N07.no_data) == 0 with input as given
}

test_fail_absent_from_one_side if N07.deny == {"the rule is in the file and not in force"} with input as in_force(["the rule is in the file and not in force"], [])

test_unknown if {
	given := in_force([], ["tls/suites is not known on one side"])
	count(N07.deny) == 0 with input as given
	N07.no_data == {"tls/suites is not known on one side"} with input as given
}
