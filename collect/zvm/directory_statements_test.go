package zvm

import (
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// No abbreviation may stand for two statements or two options.
func TestAbbreviationsAreUnique(t *testing.T) {
	seen := map[string]string{}
	claim := func(name string, min int) {
		for n := min; n <= len(name); n++ {
			if other, taken := seen[name[:n]]; taken {
				t.Errorf("%s stands for %s and %s", name[:n], other, name)
			}
			seen[name[:n]] = name
		}
	}
	for _, d := range definitions {
		claim(d.name, d.min)
	}
	clear(seen)
	for _, o := range options {
		claim(o.name, o.min)
	}
}

// Forms of statements, each as the only one of a user, and the fact they give.
func TestStatements(t *testing.T) {
	for _, c := range []struct{ statement, key, want string }{
		{"OPTION LNKS LNKE LNKN MAINTC APPL", "option", `["APPLMON","LNKEXCLU","LNKNOPAS","LNKSTABL","MAINTCCW"]`},
		{"OPT MAXCONN 256 CHPIDV ONE CPUID 123456 NEWWORD 12", "option", `["CHPIDVIRTUALIZATION ONE","CPUID 123456","MAXCONN 256","NEWWORD"]`},
		{"LOGONBY a1 A2", "logonby", `["A1","A2"]`},
		{"AUTO OP1 MAINT", "autolog", `["MAINT","OP1"]`},
		{"XAUT OP1", "autolog", `["OP1"]`},
		{"CL BC", "class", `["B","C","G"]`},
		{"IUCV *IDENT RESANY GLOBAL REVOKE", "iucv", `["*IDENT RESANY GLOBAL REVOKE"]`},
		{"IUCV *RPI PRIORITY MSGLIMIT 100", "iucv", `["*RPI"]`},
		{"IUCV *CCW P M 10", "iucv", `["*CCW"]`},
		{"MACH ESA 2", "machine", "ESA 2"},
		{"MACHINE Z", "machine", `Z`},
		{"STOR 2048m", "storage", "2048M"},
		{"MAXSTOR 0064G", "max_storage", "64G"},
		{"IPL ZCMS PARM AUTOCR", "ipl", "ZCMS PARM AUTOCR"},
		{"IPL 190 LOADPARM 1", "ipl", "0190 LOADPARM 1"},
		{"IPL CMS PARM rd.pass=geheim AUTOCR", "ipl", "CMS PARM <masked>"},
		{"LINK MAINT 190", "link", `["MAINT.0190 default"]`},
		{"LI MAINT 19D 119D MR", "link", `["MAINT.019D MR"]`},
		{"CRYPTO DOMAIN 1 2 APDED 4 APVIRT KEYENTRY", "crypto", `["APDEDICATED 4","APVIRTUAL","DOMAIN 1","DOMAIN 2","KEYENTRY"]`},
		{"DED 200 A00 R/O", "dedicate", `["0200 0A00 R/O"]`},
		{"DEDICATE 041 041 the old reader", "dedicate", `["0041 0041"]`},
		{"SPEC 600 CTCA *", "special", `["0600 CTCA *"]`},
		{"SPECIAL 01F TIMER", "special", `["001F TIMER"]`},
		{"NICDEF 1000 TYPE QDIO DEVICES 3 LAN SYSTEM VSW2 MACID 0E4E8E\n NICDEF 1000 VLAN 55 60-70 PORTTYPE TRUNK PROM", "nicdef/1000",
			`["DEVICES 3","LAN SYSTEM VSW2","MACID 0E4E8E","PORTTYPE TRUNK","PROMISCUOUS","TYPE QDIO","VLAN 55 60-70"]`},
		{"POSIXINFO UID 4294967295 GNAME Staff IWDIR /home/A", "posix/uid", "4294967295"},
		{"POSIXINFO UID 0 GNAME Staff", "posix/gname", "Staff"},
		{"POSIXINFO IWDIR /home/A", "posix/iwdir", "/home/A"},
		{"POSIXOPT SETIDS ALLOW QUERYDB DENY", "posix/opt", `["QUERYDB DENY","SETIDS ALLOW"]`},
		{"POSIXGLIST GNAMES Staff bin", "posix/groups", `["Staff","bin"]`},
		{"CONS 9 3215 T OPERATOR OBSERVER", "statement", `["CONSOLE 0009 3215 T OPERATOR OBSERVER"]`},
		{"SP C 2540 READ A", "statement", `["SPOOL 000C 2540 READER A"]`},
		{"SHARE REL 3000 ABSOLUTE 10% LIMITHARD", "statement", `["SHARE REL 3000 ABSOLUTE 10% LIMITHARD"]`},
		{"APPCP GW TARGET USER GEHEIM12", "appcpass", "1"},
		{"MD 191 3350 001 005 VOL1", "mdisk/0191/mode", "W"},
		{"MD 191 3350 001 005 VOL1", "mdisk/0191/extent", "3350 1 5 VOL1"},
		{"MDISK 123 3390 DEVNO 0A00 MR", "mdisk/0123/extent", "3390 DEVNO 0A00"},
		{"MDISK 300 FB-512 V-DISK 512000 MWV", "mdisk/0300/mode", "MWV"},
		{"MDISK 300 3390 T-DISK 50", "mdisk/0300/extent", "3390 T-DISK 50"},
		{"MDISK 191 FB-512 16 END &SYSRES MR", "mdisk/0191/extent", "FB-512 16 END &SYSRES"},
		{"MDISK 191 3390 AUTOV 10 VOL001 MR", "mdisk/0191/extent", "3390 AUTOV 10 VOL001"},
		{"MDISK 191 3390 GBLK4096 100 GRP MR", "mdisk/0191/extent", "3390 GBLK4096 100 GRP"},
		{"MDISK 191 3390 1 5 VOL1 RR ALL WRITE RTEST", "mdisk/0191/password", `["multi=default","read=public","write=default"]`},
		{"MDISK 191 3390 1 5 VOL1 MR TEST MTESTER XXXXXXXX", "mdisk/0191/password", `["multi=masked","read=default","write=other"]`},
		{"MDISK 191 3390 1 5 VOL1 MR AMDAHL", "mdisk/0191/password", `["read=default"]`},
		{"COMMAND SET VSWITCH VSW1 GRANT &USERID", "command", `["SET VSWITCH VSW1 GRANT &USERID"]`},
		{"CMD XAUTOLOG TCPIP", "command", `["XAUTOLOG TCPIP"]`},
		{"COMMAND CP AUTOLOG TCPIP geheim", "command", `["CP AUTOLOG TCPIP <masked>"]`},
		{"COMMAND LINK TO MAINT 190 AS 190 RR geheim", "command", `["LINK TO MAINT 190 AS 190 RR <masked>"]`},
		{"COMMAND LINK MAINT 190 190 geheim", "command", `["LINK MAINT 190 190 <masked>"]`},
		{"COMMAND FOR TCPIP CMD SET RUN ON", "command", `["FOR TCPIP CMD SET RUN ON"]`},
		{"COMMAND FOR TCPIP CMD LINK X 1 1 R geheim", "command", `["FOR TCPIP CMD LINK X 1 1 R <masked>"]`},
		{"COMMAND SET PF12 RETRIEVE", "command", `["SET PF12 RETRIEVE"]`},
		{"COMMAND SET PF1 IMMED XAUTOLOG X geheim", "command", `["SET PF1 IMMED XAUTOLOG X <masked>"]`},
		{"COMMAND SMSG RSCS geheim", "command", `["SMSG <masked>"]`},
		{"COMMAND IPL CMS PARM geheim", "command", `["IPL CMS <masked>"]`},
		{"COMMAND SET RUN ON#XAUTOLOG X geheim", "command", `["SET RUN <masked>"]`},
		{"COMMAND DEFINE STORAGE PASSWORD= geheim", "command", `["DEFINE STORAGE <masked>"]`},
		{"MDISK 1911X 3390 1 5 V", "unknown_statements", "1"},
		{"LINK MAINT", "unknown_statements", "1"},
		{"IUCV", "unknown_statements", "1"},
		{"FROBNICATE 1", "unknown_statements", "1"},
	} {
		got := mustRun(t, asserted, text("USER TEST LONGPASS 1M 1M G", " "+c.statement))
		got.want(t, map[string]string{"zvm/user/TEST/" + c.key: c.want})
		if out := strings.ToUpper(got.everything(t)); strings.Contains(out, "GEHEIM") {
			t.Errorf("%s: the secret shows", c.statement)
		}
	}
}

// The operands of USER, with the oddities of real directories.
func TestUserStatement(t *testing.T) {
	const noSize = "?the operand in its place is not a storage size"
	const noClass = "?the operand in its place cannot be privilege classes"
	for _, c := range []struct{ line, password, storage, maximum, class string }{
		{"USER U LBYONLY 4096M 64G", "lbyonly", "4096M", "64G", `["default"]`},
		{"user u lbyonly 2048m 64g bg", "lbyonly", "2048M", "64G", `["B","G"]`},
		{"USER U NOLOG", "nolog", "default", "default", "[]"},
		{"USER U AUTOONLY 1G 1G G 64", "autoonly", "1G", "1G", `["G"]`},
		{"USER U LONGPASS 512K 16M ABCDEFG123456 64 ON ON 40 50", "other", "512K", "16M", `["1","2","3","4","5","6","A","B","C","D","E","F","G"]`},
		{"USER U LONGPASS 1G 1G *", "other", "1G", "1G", "?class * stands for a CLASS statement, and there is none"},
		{"USER U", "?the entry statement has no password operand", "default", "default", `["default"]`},
		{"USER U 64M 128M G", "weak", "128M", noSize, noClass}, // the password is missing
		{"USER U TWO WORDS 64M 128M G", "weak", noSize, noSize, noClass},
		{"USER U LONGPASS 64M LONGPASS G", "other", "64M", noSize, noClass},
		{"USER U LONGPASS 64M 64M LETTERS", "other", "64M", "64M", noClass}, // T twice: a word
		{"USER U LONGPASS 64M 64M G7", "other", "64M", "64M", noClass},
		{"IDENTITY U LONGPASS 64M 64M G", "other", "64M", "64M", `["G"]`},
	} {
		mustRun(t, asserted, text(c.line)).want(t, map[string]string{
			"zvm/user/U/password_class": c.password, "zvm/user/U/storage": c.storage, "zvm/user/U/max_storage": c.maximum, "zvm/user/U/class": c.class,
		})
	}
	star := mustRun(t, asserted, text("USER U LONGPASS 1G 1G *", " CLASS ABG"))
	star.want(t, map[string]string{"zvm/user/U/class": `["A","B","G"]`})
}

// Columns: 72 is the last that is read, and one that is not blank is noted.
func TestColumns(t *testing.T) {
	pad := func(s string, n int) string { return s + strings.Repeat(" ", n-len(s)) }
	c := mustRun(t, asserted, []byte(pad("USER U NOLOG 1M 1M G", 72)+"OPTION01\n"+
		pad(" LOGONBY A B", 72)+"C D\n"+
		pad(" AUTOLOG", 68)+"WXYZZZZZ\n"+
		" IUCV \u00c4\u00d6"+strings.Repeat(" ", 64)+"ANY\n"))
	c.want(t, map[string]string{
		"zvm/user/U/class":   `["G"]`,
		"zvm/user/U/logonby": `["A","B"]`,
		"zvm/user/U/autolog": `["WXYZ"]`,
		"zvm/user/U/iucv":    `["` + "\u00c4\u00d6" + `"]`,
	})
	if len(c.Header.Warnings) != 1 || c.Header.Warnings[0].Line != 3 || !strings.Contains(c.Header.Warnings[0].Text, "column 72") {
		t.Errorf("got warnings %v, want one about column 72 of line 3", c.Header.Warnings)
	}
}

// A statement that ends with a comma goes on, unless the next line is one.
func TestContinuation(t *testing.T) {
	c := mustRun(t, asserted, text("USER U NOLOG 1M 1M G", " LOGONBY A,", "* between", "   B,", " D", " AUTOLOG E,", " OPTION ACCT"))
	c.want(t, map[string]string{"zvm/user/U/logonby": `["A","B","D"]`, "zvm/user/U/autolog": `["E"]`, "zvm/user/U/option": `["ACCT"]`})
	if c.Header.WarningCount != 1 || c.Header.Warnings[0].Line != 6 {
		t.Errorf("got warnings %v, want one about line 6", c.Header.Warnings)
	}
}

// A device of the entry replaces the profile's with its number; other
// statements add up, and single values of the entry win.
func TestProfileAndEntry(t *testing.T) {
	c := mustRun(t, asserted, text("PROFILE P", " LINK MAINT 190 190 RR", " LINK MAINT 191 191 RR", " NICDEF 600 LAN SYSTEM V1", " NICDEF 700 LAN SYSTEM V1",
		" IPL CMS", " MACHINE ESA", " LOGONBY A", " CONSOLE 9 3215",
		"USER U NOLOG 1M 1M G", " INCLUDE P", " IPL 100", " LOGONBY B", " LINK OTHER 5 190 MR", " MDISK 191 3390 1 5 V1", " NICDEF 600 LAN SYSTEM V2"))
	c.want(t, map[string]string{
		"zvm/user/U/link":         `["OTHER.0005 MR"]`,
		"zvm/user/U/nicdef/0600":  `["LAN SYSTEM V2"]`,
		"zvm/user/U/nicdef/0700":  `["LAN SYSTEM V1"]`,
		"zvm/user/U/ipl":          "0100",
		"zvm/user/U/machine":      "ESA",
		"zvm/user/U/logonby":      `["A","B"]`,
		"zvm/user/U/statement":    "absent", // stays at the profile
		"zvm/profile/P/statement": `["CONSOLE 0009 3215"]`,
	})
}

// A last line without its end may have lost letters: the word that touches the
// end is not used.
func TestUnfinishedLine(t *testing.T) {
	for _, c := range []struct{ in, key, want string }{
		{"USER U NOLOG 1M 1M G\n OPTION ACCT LNKN", "option", `["ACCT"]`},
		{"USER U NOLOG 1M 1M G\n LINK MAINT 190 190 RR", "link", `[]`},
		{"USER U NOLOG 1M 1M G\n MDISK 191 3390 1 5 V1 MR READ WRITE", "mdisk/0191/password", `["read=default"]`},
		{"USER U NOLOG 1M 1M G\n MDISK 191 3390 1 5 V1 MR", "mdisk/0191/mode", "?the operand in the place of the mode is no mode"},
		{"USER U NOLOG 1M 1M G", "class", "?the operand in its place cannot be privilege classes"},
		{"USER V NOLOG\nUSER U NOLOG", "password_class", "?the entry statement has no password operand"},
		{"USER V NOLOG\nUSER U", "kind", "absent"},
	} {
		got := mustRun(t, asserted, []byte(c.in))
		got.want(t, map[string]string{"zvm/user/U/" + c.key: c.want, "zvm/directory/user/count": "?the last line has no line end and may be cut"})
		if state := got.Header.CoverageOf("zvm/user/U/option").State; state != collect.Partial {
			t.Errorf("%q: coverage is %s, want partial", c.in, state)
		}
	}
}
