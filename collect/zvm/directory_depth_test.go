package zvm

import (
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// Who reaches whose minidisks, worked out by hand from a small directory.
func TestReach(t *testing.T) {
	c := mustRun(t, asserted, text(
		"PROFILE P", " LINK MAINT 190 190 RR",
		"IDENTITY MAINT LBYONLY 1M 1M ABCDEFG",
		" BUILD ON M1 USING SUBCONFIG MAINT-1",
		" BUILD ON M2 USING SUBCONFIG MAINT-1",
		" MDISK 0190 3390 100 107 M01RES MR",
		"SUBCONFIG MAINT-1",
		" MDISK 0191 3390 500 10 M01W01 MR",
		" LINK BANK 0201 0201 MW",
		"USER $ALLOC$ NOLOG", " MDISK A01 3390 000 1 M01RES R", " MDISK A02 3390 100 5 M01RES R",
		"USER PACK NOLOG", " MDISK 0100 3390 0 END M01RES MR", " MDISK 0101 3390 DEVNO 0A00 R", " MDISK 0102 3390 0 10017 DATA01 R",
		"USER READER LBYONLY 1M 1M G", " LINK PACK 0100 0100 RR", " LINK PACK 0101 0101 RR",
		"USER WRITER LBYONLY 1M 1M G", " LINK PACK 0100 0100 MW", " LINK PACK 0102 0102 W",
		"USER BANK NOLOG", " MDISK 0201 3390 1 100 CARD01 MR",
		"USER THIEF LBYONLY 1M 1M G", " MDISK 0191 3390 100 10 CARD01 MR", " MDISK 0192 3390 300 10 CARD01 MR",
		"USER NEXT LBYONLY 1M 1M G", " MDISK 0191 3390 310 10 CARD01 MR", // touches, does not overlap
		"USER SELF LBYONLY 1M 1M G", " INCLUDE P", " MDISK 0191 3390 400 10 CARD01 MR", " LINK SELF 0191 0291 MW",
		"USER ROBOT AUTOONLY 1M 1M G", " OPTION LNKNOPAS", " LINK BANK 0201 0201 RR",
		"USER ODD AUTOONLY 1M 1M G", " LINK BANK 0201 0201 QQ",
		"USER $FAKE$ LBYONLY 1M 1M G", " MDISK 0191 3390 405 1 CARD01 MR", // can log on: no placeholder
	))
	c.want(t, map[string]string{
		"zvm/user/MAINT/reach":   `["write BANK.0201"]`,
		"zvm/user/PACK/reach":    `["read volume DATA01","read volume DEVNO 0A00","write volume M01RES"]`,
		"zvm/user/READER/reach":  `["read volume DEVNO 0A00","read volume M01RES"]`,
		"zvm/user/WRITER/reach":  `["write volume DATA01","write volume M01RES"]`,
		"zvm/user/BANK/reach":    `["overlap CARD01"]`,
		"zvm/user/THIEF/reach":   `["overlap CARD01"]`,
		"zvm/user/NEXT/reach":    `[]`,
		"zvm/user/SELF/reach":    `["overlap CARD01"]`,
		"zvm/user/$FAKE$/reach":  `["overlap CARD01"]`,
		"zvm/user/ROBOT/reach":   `["write any"]`,
		"zvm/user/ODD/reach":     `["unknown BANK.0201"]`,
		"zvm/user/$ALLOC$/reach": `[]`,

		"zvm/directory/mdisk/overlap/count":             "4",
		"zvm/directory/mdisk/overlap/disks":             `["$FAKE$.0191","BANK.0201","SELF.0191","THIEF.0191"]`,
		"zvm/directory/mdisk/fullpack/disks":            `["PACK.0100","PACK.0101","PACK.0102"]`,
		"zvm/directory/reach/any/users":                 `["ROBOT"]`,
		"zvm/directory/reach/volume/M01RES/writers":     `["PACK","WRITER"]`,
		"zvm/directory/reach/volume/M01RES/readers":     `["READER"]`,
		"zvm/directory/reach/volume/DATA01/writers":     `["WRITER"]`,
		"zvm/directory/reach/volume/DATA01/readers":     `["PACK"]`,
		"zvm/directory/reach/volume/DEVNO 0A00/readers": `["PACK","READER"]`,
		"zvm/directory/link/write/BANK/0201":            `["MAINT"]`,
	})
	// What a missing entry would have added cannot be told.
	partial := mustRun(t, asserted, text("USER A NOLOG", " INCLUDE GONE", "USER B NOLOG"))
	if got := partial.facts["zvm/user/B/reach"]; !strings.HasPrefix(got, "?") {
		t.Errorf("reach in a directory with a missing profile is %s, want unknown", got)
	}
}

func TestPrivilegedCommands(t *testing.T) {
	for text, want := range map[string]string{
		"XAUTOLOG TCPIP":                        "XAUTOLOG",
		"cp xauto TCPIP <masked>":               "XAUTOLOG",
		"SET VSWITCH VSW1 GRANT &USERID":        "",
		"SET VSWITCH VSW1 GRANT LINUX9":         "SET VSWITCH",
		"SET VSWITCH VSW1 GRANT &USERID VLAN 5": "",
		"SET SHARE LINUX9 ABS 90%":              "SET SHARE",
		"SET PRIVC * +C":                        "SET PRIVCLASS",
		"SET PF12 RETRIEVE":                     "",
		"SET RUN ON":                            "",
		"STORE HOST 1000":                       "STORE HOST",
		"STORE 1000":                            "",
		"DEFINE NIC 600 TYPE QDIO":              "",
		"DEF VSWITCH VSW2":                      "DEFINE VSWITCH",
		"FOR TCPIP CMD SET RUN ON":              "FOR",
		"FORCE LINUX9":                          "FORCE",
		"SHUTDOWN REIPL":                        "SHUTDOWN",
		"MODIFY COMMAND SHUTDOWN PRIVCLASS G":   "MODIFY",
		"SEND <masked>":                         "SEND",
		"COUPLE 600 TO SYSTEM VSW1":             "",
		"QUERY NAMES":                           "",
		"TERMINAL MORE 0 0":                     "",
		"<masked>":                              "",
		"CP":                                    "",
		"SET":                                   "",
	} {
		if got := powerCommand(text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	c := mustRun(t, asserted, text(
		"PROFILE P", " COMMAND SET SHARE OTHER ABS 90%",
		"USER G1 LBYONLY 1M 1M G", " INCLUDE P", " COMMAND XAUTOLOG TCPIP",
		"USER B1 LBYONLY 1M 1M BG", " COMMAND XAUTOLOG TCPIP",
		"USER G2 LBYONLY 1M 1M G", " COMMAND SET VSWITCH V1 GRANT &USERID",
		"IDENTITY I LBYONLY 1M 1M G", " BUILD ON M1 USING SUBCONFIG I-1", "SUBCONFIG I-1", " COMMAND VARY ONLINE 0A00",
	))
	c.want(t, map[string]string{
		"zvm/user/G1/privileged_command":                   `["SET SHARE","XAUTOLOG"]`,
		"zvm/user/B1/privileged_command":                   `["XAUTOLOG"]`,
		"zvm/user/G2/privileged_command":                   "absent",
		"zvm/user/I/privileged_command":                    `["VARY"]`,
		"zvm/directory/command_statement/privileged/users": `["G1","I"]`,
		"zvm/directory/command_statement/users":            `["B1","G1","G2","I"]`,
	})
}

// What DIRECTXA would refuse, each reason once.
func TestProblems(t *testing.T) {
	c := mustRun(t, asserted, text(
		"PROFILE P", " CONSOLE 9 3215", " ACCOUNT 1",
		"USER A LBYONLY 1M 1M G", " SPOOL 00C 2540 READER *", " LOGONBY B",
		"USER B LBYONLY 2G 1024M G", " MDISK 191 3390 1 5 V1", " LINK MAINT 190 0191 RR", " NICDEF 600 TYPE QDIO", " NICDEF 600 LAN SYSTEM V1", " SPECIAL 600 CTCA *",
		"USER C LBYONLY 1024M 1G G", " MDISK 191 3390 AUTOG 10 POOL1",
		"USER D LBYONLY 1M ZZZ G", "USER E LBYONLY 1M 1M 7", "USER F",
		"USER LOGN0009 NOLOG", "USER S-1 NOLOG", "SUBCONFIG S-1", " CONSOLE 9 3215 T", " CONSOLE 9 3215",
		"IDENTITY I LBYONLY 1M 1M G", " BUILD ON M1 USING SUBCONFIG S-1", " LOGONBY A B C D E F G H J",
		"USER OK LBYONLY 1M 1M G 64 ON ON", " INCLUDE P", " CONSOLE 9 3215", " SPOOL C 2540 READER", " DASDOPT DEVCTL", " LINK MAINT 190 190 RR", " LINK MAINT 190 191 RR",
	))
	c.want(t, map[string]string{
		"zvm/profile/P/problem":               `["a ACCOUNT statement stands behind a device (HCPDIR752E)"]`,
		"zvm/user/A/problem":                  `["a LOGONBY statement stands behind a device (HCPDIR752E)"]`,
		"zvm/user/B/problem":                  `["device 0191 is defined twice","device 0600 is defined twice","the storage is larger than the maximum (HCPDIR1776E)"]`,
		"zvm/user/C/problem":                  `["the place of a minidisk is left to DirMaint"]`,
		"zvm/user/D/problem":                  `["a storage operand is no size"]`,
		"zvm/user/E/problem":                  `["the class operand holds no classes"]`,
		"zvm/user/F/problem":                  `["the password operand is missing"]`,
		"zvm/user/LOGN0009/problem":           `["the userid is reserved"]`,
		"zvm/user/S-1/problem":                `["a SUBCONFIG has its name"]`,
		"zvm/user/I/problem":                  `["LOGONBY names more than eight userids"]`,
		"zvm/user/I/on/M1/problem":            `["device 0009 is defined twice"]`,
		"zvm/user/OK/problem":                 "absent",
		"zvm/user/I/logonby":                  `["A","B","C","D","E","F","G","H"]`,
		"zvm/directory/user/count":            "10",
		"zvm/directory/parse/refused/entries": `["IDENTITY I","PROFILE P","SUBCONFIG S-1","USER A","USER B","USER C","USER D","USER E","USER F","USER LOGN0009","USER S-1"]`,
	})
	missing := mustRun(t, asserted, text("USER A LBYONLY 1M 1M G", " INCLUDE GONE", "IDENTITY I LBYONLY 1M 1M G", " BUILD ON M1 USING SUBCONFIG I-1"))
	missing.want(t, map[string]string{
		"zvm/user/A/problem": `["its PROFILE is not in the extract"]`,
		"zvm/user/I/problem": `["a SUBCONFIG it builds on is not in the extract"]`,
	})
}

// Directory managers keep data in comments.
func TestManagers(t *testing.T) {
	c := mustRun(t, asserted, text(
		"USER A LONGPASS 1M 1M G", "*NB=Y", "* NB=Y", "*FL=geheim",
		"USER B LONGPASS 1M 1M G", "*NB=geheim", "*DVHOPT LNK0 PWC20260229", "*DVHOPT LNK0 PWC20261301",
		"USER C LONGPASS 1M 1M G",
	))
	c.want(t, map[string]string{
		"zvm/user/A/vmsecure":         `["FL","NB=Y"]`,
		"zvm/user/B/vmsecure":         `["NB"]`,
		"zvm/user/C/vmsecure":         "absent",
		"zvm/user/B/password_changed": "2026-02-29", // as written: the day is not judged
		"zvm/directory/manager":       `["dirmaint","vmsecure"]`,
	})
	if out := strings.ToUpper(c.everything(t)); strings.Contains(out, "GEHEIM") {
		t.Error("the value of a comment shows")
	}
	if n := c.Header.Counts.Ignored["comment"]; n != 2 {
		t.Errorf("%d comments passed over, want 2", n)
	}
	mustRun(t, asserted, text("USER A NOLOG")).want(t, map[string]string{"zvm/directory/manager": "[]"})
}

// A directory kept as several files is not whole with one of them.
func TestLoadNamesOtherFiles(t *testing.T) {
	one := text("DIRECTORY 123 3390 RES001", "LOAD MAINT DIRECT", "USER A NOLOG")
	if got := mustRun(t, asserted, one).Header.CoverageOf("zvm/user/B"); got.State != collect.Partial || !strings.Contains(got.Reason, "LOAD") {
		t.Errorf("one file of several is %+v, want partial", got)
	}
	if got := mustRun(t, asserted, one, text("USER MAINT LBYONLY 1M 1M ABCDEFG")).Header.CoverageOf("zvm/user/B"); got.State != collect.Complete {
		t.Errorf("both files are %+v, want complete", got)
	}
}
