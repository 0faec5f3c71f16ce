package zvm

import "strings"

// command describes a CP command that IBM gives to classes beyond G. A COMMAND
// statement runs it for its user all the same.
type command struct {
	name     string
	min      int      // letters of the shortest form
	operands []string // only with one of these behind it; nil: always
}

// powerCommands are the commands of the CP Commands reference that change other
// users, real devices, CP itself, or what is recorded about them. Query commands
// are left out. The classes are those of an unmodified system: MODIFY COMMAND in
// SYSTEM CONFIG may have moved them.
var powerCommands = []command{
	{"ATTACH", 3, nil}, {"AUTOLOG", 4, nil}, {"XAUTOLOG", 5, nil},
	{"CPACCESS", 5, nil}, {"CPRELEASE", 5, nil}, {"CPTRAP", 5, nil}, {"CPXLOAD", 4, nil}, {"CPXUNLOAD", 4, nil},
	{"DCP", 3, nil}, {"DEFSEG", 4, nil}, {"DEFSYS", 4, nil},
	{"DEFINE", 3, []string{"ALIAS", "CHPID", "CMD", "COMMAND", "CPOWNED", "DEVICE", "DIAGNOSE", "PATH", "RDEVICE", "TIMEZONE", "VSWITCH"}},
	{"DISABLE", 4, nil}, {"DMCP", 4, nil}, {"DRAIN", 3, nil}, {"ENABLE", 3, nil},
	{"FLASHCOPY", 6, nil}, {"FLUSH", 3, nil}, {"FOR", 3, nil}, {"FORCE", 4, nil}, {"FREE", 3, nil},
	{"GIVE", 3, nil}, {"HALT", 4, nil}, {"HOLD", 3, nil}, {"HYPERSWAP", 6, nil},
	{"LOCATE", 3, nil}, {"LOCK", 4, nil}, {"MODIFY", 3, nil}, {"MONITOR", 4, nil}, {"NETWORK", 3, nil},
	{"RECORDING", 3, nil}, {"SAVESEG", 5, nil}, {"SAVESYS", 4, nil}, {"SEND", 3, nil},
	{"SET", 3, []string{
		"CACHE", "CPTRACE", "DEVICES", "DUMP", "DYNAMIC_IO", "ENCRYPT", "JOURNAL", "LOGMSG", "MAXUSERS", "PASSWORD", "PRIVCLASS", "QUICKDSP",
		"RDEVICE", "RESERVED", "SHARE", "SIGNAL", "SRM", "SYSOPER", "THROTTLE", "TIMEZONE", "VMLAN", "VSWITCH",
	}},
	{"SHUTDOWN", 4, nil}, {"SIGNAL", 3, nil}, {"SNAPDUMP", 4, nil}, {"STCP", 4, nil},
	{"START", 3, nil}, {"STORE", 2, []string{"HOST"}},
	{"TRSAVE", 3, nil}, {"TRSOURCE", 3, nil}, {"UNLOCK", 4, nil},
	{"VARY", 3, nil}, {"VMRELOCATE", 6, nil}, {"WARNING", 4, nil}, {"WNG", 3, nil},
}

// powerCommand returns the command, with the operand that makes it one, that a
// text kept of a COMMAND statement gives beyond class G; "" for others. That a
// user is granted to a virtual switch by its own entry is the documented use of
// COMMAND and gives it no more than its own network port.
func powerCommand(text string) string {
	w := operandsOf(strings.ToUpper(text))
	for len(w) > 0 && (w[0] == "CP" || w[0] == "#CP") {
		w = w[1:]
	}
	if len(w) == 0 {
		return ""
	}
	for i := range powerCommands {
		c := &powerCommands[i]
		if len(w[0]) < c.min || !strings.HasPrefix(c.name, w[0]) {
			continue
		}
		if c.operands == nil {
			return c.name
		}
		if len(w) < 2 {
			return ""
		}
		for _, o := range c.operands {
			if len(w[1]) >= min(4, len(o)) && strings.HasPrefix(o, w[1]) {
				if o == "VSWITCH" && grantsItself(w) {
					return ""
				}
				return c.name + " " + o
			}
		}
		return ""
	}
	return ""
}

// grantsItself recognises SET VSWITCH name GRANT &USERID ...
func grantsItself(w []string) bool {
	return len(w) >= 5 && w[0] == "SET" && w[3] == "GRANT" && w[4] == "&USERID"
}
