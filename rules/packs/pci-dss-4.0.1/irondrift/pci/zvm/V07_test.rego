package irondrift.pci.V07_test

import data.irondrift.pci.V07

test_pass if {
	given := {"entity": {"values": {"parse/refused/entries": []}}, "facts": {}}
	count(V07.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"parse/refused/entries": ["USER A"]}}, "facts": {}}
	count(V07.warn) > 0 with input as given
}
