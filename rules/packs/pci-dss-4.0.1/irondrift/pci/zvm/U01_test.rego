package irondrift.pci.U01_test

import data.irondrift.pci.U01

test_pass_ordinary if {
	given := {"entity": {"values": {"class": ["G"], "password_class": "other", "logonby#": 0}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(U01.warn) == 0 with input as given
}

test_pass_lbyonly if {
	given := {"entity": {"values": {"class": ["A", "G"], "password_class": "lbyonly", "logonby#": 1}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(U01.warn) == 0 with input as given
}

test_pass_person if {
	given := {"entity": {"values": {"class": ["B", "G"], "password_class": "other", "logonby#": 0}}, "facts": {"owner": "person"}, "parameters": {"ordinary": ["G", "default"]}}
	count(U01.warn) == 0 with input as given
}

test_review_password if {
	given := {"entity": {"values": {"class": ["B", "G"], "password_class": "other", "logonby#": 0}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(U01.warn) > 0 with input as given
}

test_review_no_names if {
	given := {"entity": {"values": {"class": ["B", "G"], "password_class": "lbyonly", "logonby#": 0}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(U01.warn) > 0 with input as given
}
