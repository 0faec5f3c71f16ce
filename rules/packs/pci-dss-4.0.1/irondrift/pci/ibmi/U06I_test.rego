package irondrift.pci.U06I_test

import data.irondrift.pci.U06I

test_pass if {
	given := {"entity": {"values": {"QINACTITV": "15", "QINACTMSGQ": "*ENDJOB"}}, "parameters": {"max_minutes": 15}}
	count(U06I.deny) == 0 with input as given
	count(U06I.warn) == 0 with input as given
	count(U06I.no_data) == 0 with input as given
}

test_pass_disconnect if {
	given := {"entity": {"values": {"QINACTITV": "10", "QINACTMSGQ": "*DSCJOB", "QDSCJOBITV": "60"}}, "parameters": {"max_minutes": 15}}
	count(U06I.deny) == 0 with input as given
	count(U06I.warn) == 0 with input as given
	count(U06I.no_data) == 0 with input as given
}

test_fail_none if {
	given := {"entity": {"values": {"QINACTITV": "*NONE", "QINACTMSGQ": "*ENDJOB"}}, "parameters": {"max_minutes": 15}}
	count(U06I.deny) > 0 with input as given
}

test_fail_30 if {
	given := {"entity": {"values": {"QINACTITV": "30", "QINACTMSGQ": "*ENDJOB"}}, "parameters": {"max_minutes": 15}}
	count(U06I.deny) > 0 with input as given
}

test_fail_queue if {
	given := {"entity": {"values": {"QINACTITV": "15", "QINACTMSGQ": "QSYS/QSYSOPR"}}, "parameters": {"max_minutes": 15}}
	count(U06I.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QINACTITV": "15", "QINACTMSGQ": "*DSCJOB", "QDSCJOBITV": "*NONE"}}, "parameters": {"max_minutes": 15}}
	count(U06I.deny) == 0 with input as given
	count(U06I.warn) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QINACTITV": "soon", "QINACTMSGQ": "*ENDJOB"}}, "parameters": {"max_minutes": 15}}
	count(U06I.deny) == 0 with input as given
	count(U06I.warn) == 0 with input as given
	count(U06I.no_data) > 0 with input as given
}
