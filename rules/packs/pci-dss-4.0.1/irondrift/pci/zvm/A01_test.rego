package irondrift.pci.A01_test

import data.irondrift.pci.A01

test_pass_g if {
	given := {"entity": {"values": {"class": ["G"], "password_class": "other", "on/<member>/class": []}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(A01.deny) == 0 with input as given
	count(A01.warn) == 0 with input as given
}

test_pass_nolog if {
	given := {"entity": {"values": {"class": ["A", "B"], "password_class": "nolog", "on/<member>/class": []}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(A01.deny) == 0 with input as given
	count(A01.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"class": ["B", "G"], "password_class": "lbyonly", "on/<member>/class": []}}, "facts": {"approved_classes": ["B"]}, "parameters": {"ordinary": ["G", "default"]}}
	count(A01.deny) == 0 with input as given
	count(A01.warn) == 0 with input as given
}

test_fail_more if {
	given := {"entity": {"values": {"class": ["A", "B", "G"], "password_class": "lbyonly", "on/<member>/class": []}}, "facts": {"approved_classes": ["B"]}, "parameters": {"ordinary": ["G", "default"]}}
	count(A01.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"class": ["B", "G"], "password_class": "lbyonly", "on/<member>/class": []}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(A01.deny) == 0 with input as given
	count(A01.warn) > 0 with input as given
}

test_review_member if {
	given := {"entity": {"values": {"class": ["G"], "password_class": "lbyonly", "on/<member>/class": [["A"]]}}, "facts": {}, "parameters": {"ordinary": ["G", "default"]}}
	count(A01.deny) == 0 with input as given
	count(A01.warn) > 0 with input as given
}
