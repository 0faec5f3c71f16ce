package irondrift.pci.U15V_test

import data.irondrift.pci.U15V

test_pass if {
	given := {"entity": {"values": {"password_class": "other", "password_changed": "2026-10-01"}}, "facts": {}, "parameters": {"max_days": 90}, "taken": "2026-11-18T02:05:00+01:00"}
	count(U15V.warn) == 0 with input as given
	count(U15V.no_data) == 0 with input as given
	count(U15V.not_applicable) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"password_class": "other", "password_changed": "2018-08-08"}}, "facts": {}, "parameters": {"max_days": 90}, "taken": "2026-11-18T02:05:00+01:00"}
	count(U15V.warn) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {}, "parameters": {"max_days": 90}, "taken": "2026-11-18T02:05:00+01:00"}
	count(U15V.warn) == 0 with input as given
	count(U15V.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"password_class": "lbyonly"}}, "facts": {}, "parameters": {"max_days": 90}, "taken": "2026-11-18T02:05:00+01:00"}
	count(U15V.warn) == 0 with input as given
	count(U15V.no_data) == 0 with input as given
	count(U15V.not_applicable) > 0 with input as given
}

test_not_applicable_esm if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {"esm": "racf"}, "parameters": {"max_days": 90}, "taken": "2026-11-18T02:05:00+01:00"}
	count(U15V.warn) == 0 with input as given
	count(U15V.no_data) == 0 with input as given
	count(U15V.not_applicable) > 0 with input as given
}
