package collect

import "testing"

func TestEntity(t *testing.T) {
	for key, want := range map[Key]struct {
		entity Key
		many   bool
	}{
		"zvm/user/MAINT/mdisk/0191/extent":                      {"zvm/user/MAINT", true},
		"zvm/user/MAINT":                                        {"zvm/user", false},
		"zvm/directory/user/count":                              {"zvm/directory", false},
		"racf/setropts/REVOKE":                                  {"racf/setropts", false},
		"ibmi/sk/accept/23/protection":                          {"ibmi/sk/accept/23", true},
		"ibmi/sysval/QSECURITY":                                 {"ibmi/sysval", false},
		"zert/PRDA/TCPIP/server/CICS/10.0.0.1:443/tls/versions": {"zert/PRDA/TCPIP/server/CICS/10.0.0.1:443", true},
		"attls/*/rule/Inbound/tls/versions":                     {"attls/*/rule/Inbound", true},
		"zvm/user/A~1B/class":                                   {"zvm/user/A~1B", true},
	} {
		if entity, many := key.Entity(); entity != want.entity || many != want.many {
			t.Errorf("%s belongs to %s (%v), want %s (%v)", key, entity, many, want.entity, want.many)
		}
	}
}
