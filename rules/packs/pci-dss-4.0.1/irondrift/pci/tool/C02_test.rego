package irondrift.pci.C02_test

import data.irondrift.pci.C02

test_review_running if {
	given := {"entity": {"values": {"values": ["zvm-config (configured) required", "zvm-query (active) off"]}}}
	C02.warn == {"the running system differs from its configuration: zvm-config (configured) required; zvm-query (active) off"} with input as given
}

test_review_extracts if {
	given := {"entity": {"values": {"values": ["one (active) 1", "two (active) 2"]}}}
	C02.warn == {"extracts disagree: one (active) 1; two (active) 2"} with input as given
}
