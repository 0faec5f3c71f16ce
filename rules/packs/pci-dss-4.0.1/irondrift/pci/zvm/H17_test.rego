package irondrift.pci.H17_test

import data.irondrift.pci.H17

test_pass if {
	given := {"entity": {"values": {"passwords_on_cmds/autolog": "no", "passwords_on_cmds/link": "no", "passwords_on_cmds/logon": "no"}}, "facts": {}}
	count(H17.deny) == 0 with input as given
}

test_pass_all if {
	given := {"entity": {"values": {"passwords_on_cmds/autolog": "no", "passwords_on_cmds/link": "no", "passwords_on_cmds/logon": "no", "passwords_on_cmds/xautolog": "no"}}, "facts": {}}
	count(H17.deny) == 0 with input as given
}

test_fail_one if {
	given := {"entity": {"values": {"passwords_on_cmds/autolog": "no", "passwords_on_cmds/link": "yes", "passwords_on_cmds/logon": "no"}}, "facts": {}}
	count(H17.deny) > 0 with input as given
}

test_fail_xautolog if {
	given := {"entity": {"values": {"passwords_on_cmds/autolog": "no", "passwords_on_cmds/link": "no", "passwords_on_cmds/logon": "no", "passwords_on_cmds/xautolog": "yes"}}, "facts": {}}
	count(H17.deny) > 0 with input as given
}
