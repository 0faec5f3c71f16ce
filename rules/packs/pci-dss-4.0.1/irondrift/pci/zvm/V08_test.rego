package irondrift.pci.V08_test

import data.irondrift.pci.V08

test_pass if {
	given := {"entity": {"values": {"apars": ["VM66646"], "localmods": ["L0001RS"]}}, "facts": {"required_apars": ["VM66646"], "approved_localmods": ["L0001RS"]}}
	count(V08.warn) == 0 with input as given
	count(V08.no_data) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"apars": ["VM66646"], "localmods": ["L0001RS"]}}, "facts": {"required_apars": ["VM66646", "VM66532"]}}
	count(V08.warn) == 2 with input as given
}

test_unknown if {
	given := {"entity": {"values": {"apars": ["VM66646"], "localmods": []}}, "facts": {}}
	count(V08.warn) == 0 with input as given
	count(V08.no_data) == 1 with input as given
}
