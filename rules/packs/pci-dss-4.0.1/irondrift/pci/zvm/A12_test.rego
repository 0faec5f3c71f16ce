package irondrift.pci.A12_test

import data.irondrift.pci.A12

test_pass_none if {
	given := {"entity": {"values": {"class": ["G"], "password_class": "lbyonly"}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(A12.warn) == 0 with input as given
}

test_pass_class if {
	given := {"entity": {"values": {"class": ["A", "G"], "password_class": "lbyonly", "privileged_command": ["XAUTOLOG"]}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(A12.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"class": ["G"], "password_class": "lbyonly", "privileged_command": ["XAUTOLOG"]}}, "facts": {"approved_commands": ["XAUTOLOG"]}, "parameters": {"ordinary": ["G", "default"]}}
	count(A12.warn) == 0 with input as given
}

test_pass_member_class if {
	given := {"entity": {"values": {"class": ["G"], "password_class": "lbyonly", "on/<member>/class": [["A"]], "privileged_command": ["XAUTOLOG"]}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(A12.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"class": ["G"], "password_class": "lbyonly", "privileged_command": ["SET SHARE"]}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(A12.warn) > 0 with input as given
}
