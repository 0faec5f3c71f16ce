package irondrift.pci.A07_test

import data.irondrift.pci.A07

test_pass if {
	given := {"entity": {"values": {"CLASSACT": ["DATASET", "FACILITY", "OPERCMDS", "SERVAUTH", "STARTED", "SURROGAT", "TSOAUTH", "UNIXPRIV", "USER"]}}, "parameters": {"classes": ["DATASET", "FACILITY", "OPERCMDS", "SERVAUTH", "STARTED", "SURROGAT", "TSOAUTH", "UNIXPRIV"]}}
	count(A07.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"CLASSACT": ["DATASET"]}}, "parameters": {"classes": ["DATASET", "FACILITY", "OPERCMDS", "SERVAUTH", "STARTED", "SURROGAT", "TSOAUTH", "UNIXPRIV"]}}
	count(A07.deny) > 0 with input as given
}
