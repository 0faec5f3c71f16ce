package zvm

import (
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// The published sample: fragments of a z/VM 6.3 class-room system. Expected
// values are read from the listing by hand.
func TestSample(t *testing.T) {
	c := mustRun(t, collect.Options{}, sample(t, "bootcamp-user-direct.txt"))
	c.want(t, map[string]string{
		"zvm/directory/user/count":                          "3",
		"zvm/directory/identity/count":                      "0",
		"zvm/directory/password/nolog/count":                "1",
		"zvm/directory/password/vendor_default/users":       `["PMAINT"]`,
		"zvm/directory/password/other/users":                `["PMAINT","VMTOOLS"]`,
		"zvm/directory/mdisk/count":                         "6",
		"zvm/directory/mdisk/default_password/count":        "5",
		"zvm/directory/mdisk/default_password/disks":        `["LINUX.0100","LINUX.0101","LINUX.0102","LINUX.0103","LINUX.0104"]`,
		"zvm/directory/option/LNKNOPAS/users":               `["PMAINT"]`,
		"zvm/directory/option/APPLMON/users":                `["LINUX"]`,
		"zvm/directory/posix/uid0/users":                    `["PMAINT"]`,
		"zvm/directory/ibm_users/loggable":                  `["PMAINT"]`,
		"zvm/directory/command_statement/users":             `["LINUX"]`,
		"zvm/directory/parse/unknown_statements":            "0",
		"zvm/directory/object":                              `["0123 3390 M01RES"]`,
		"zvm/directory/posixgroup/nobody":                   "4294967294",
		"zvm/directory/privileged/count":                    "0",
		"zvm/user/PMAINT/password_class":                    "vendor-default",
		"zvm/user/VMTOOLS/password_class":                   "other",
		"zvm/user/LINUX/password_class":                     "nolog",
		"zvm/user/PMAINT/option":                            `["LNKEXCLU","LNKNOPAS","LNKSTABL","MAINTCCW"]`,
		"zvm/user/PMAINT/class":                             `["G"]`,
		"zvm/user/PMAINT/storage":                           "128M",
		"zvm/user/PMAINT/max_storage":                       "1000M",
		"zvm/user/PMAINT/autolog":                           `["AUTOLOG1","MAINT","OP1"]`,
		"zvm/user/PMAINT/ipl":                               "0190",
		"zvm/user/PMAINT/posix/uid":                         "0",
		"zvm/user/PMAINT/posix/gname":                       "system",
		"zvm/user/PMAINT/profile":                           "none",
		"zvm/user/PMAINT/statement":                         `["ACCOUNT 1 SYSPROG","CONSOLE 0009 3215 T","NAMESAVE GCS","NAMESAVE VTAM","SPOOL 000C 2540 READER *","SPOOL 000D 2540 PUNCH A","SPOOL 000E 1403 A"]`,
		"zvm/user/LINUX/profile":                            "LINDFLT",
		"zvm/user/LINUX/option":                             `["APPLMON"]`,
		"zvm/user/LINUX/machine":                            "ESA 2",
		"zvm/user/LINUX/link":                               `["MAINT.0190 RR","MAINT.019D RR","MAINT.019E RR","TCPMAINT.0592 RR","VMTOOLS.0192 RR"]`,
		"zvm/user/LINUX/command":                            `["CP SET PF12 RETRIEVE","CP SET PF11 RETRIEVE FORWARD","SET VSWITCH VSW1 GRANT &USERID","DEFINE NIC 600 TYPE QDIO","COUPLE 600 TO SYSTEM VSW1"]`,
		"zvm/user/LINUX/mdisk/0102/extent":                  "3390 AUTOG 6016 LINUX",
		"zvm/user/LINUX/mdisk/0102/mode":                    "MR",
		"zvm/user/LINUX/mdisk/0102/password":                `["multi=default","read=default","write=default"]`,
		"zvm/user/VMTOOLS/mdisk/0191/extent":                "3390 1 5 LNX301",
		"zvm/user/VMTOOLS/mdisk/0191/password":              `["multi=masked","read=masked","write=masked"]`,
		"zvm/profile/LINDFLT/option":                        `["APPLMON"]`,
		"zvm/profile/LINDFLT/user_count":                    "1",
		"zvm/profile/IBMDFLT/user_count":                    "0",
		"zvm/directory/password/weak/users":                 "[]",
		"zvm/directory/option/privileged/users":             `["PMAINT"]`,
		"zvm/directory/mdisk/public_read/disks":             "[]",
		"zvm/directory/password/equals_userid/users":        "[]",
		"zvm/user/LINUX/logonby":                            "[]",
		"zvm/user/LINUX/statement":                          "absent",
		"zvm/directory/password/nopass/users":               "[]",
		"zvm/directory/smapi_users/loggable":                "[]",
		"zvm/directory/option/privileged/not_lbyonly/users": `["PMAINT"]`,
	})
	h := c.Header
	if h.Counts.Read != 82 || h.Counts.Used != 75 || h.Counts.Ignored["comment"] != 7 || h.WarningCount != 0 {
		t.Errorf("got counts %+v and warnings %v, want 82 read, 75 used, 7 comments, no warning", h.Counts, h.Warnings)
	}
	if h.View != collect.Configured || h.Files[0].Digest != "none" || h.Files[0].Scrubbed == "" {
		t.Errorf("got view %q, file %+v; want configured, no plain digest, a scrubbed one", h.View, h.Files[0])
	}
	for key, want := range map[collect.Key]collect.State{
		"zvm/user/PMAINT/option":     collect.Open,
		"zvm/user/LINUX/option":      collect.Open,
		"zvm/directory/user/count":   collect.Open,
		"zvm/profile/LINDFLT/option": collect.Open,
		"zvm/feature/clear_tdisk":    "",
	} {
		if got := h.CoverageOf(key).State; got != want {
			t.Errorf("coverage of %s: got %q, want %q", key, got, want)
		}
	}
	if got := h.CoverageOf("zvm/user/X").Through; got != "zvm/user/LINUX" {
		t.Errorf("the directory was read through %q, want zvm/user/LINUX", got)
	}

	// Where the union of profile and entry came from.
	p, err := c.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for p.Next() {
		switch l := p.Located(); l.Key {
		case "zvm/user/LINUX/option":
			if l.At.Pos != 34 {
				t.Errorf("%s was read at line %d, want 34, in the profile", l.Key, l.At.Pos)
			}
		case "zvm/user/PMAINT/password_class":
			if l.At.Pos != 45 {
				t.Errorf("%s was read at line %d, want 45", l.Key, l.At.Pos)
			}
		case "zvm/user/PMAINT/link":
			if len(l.Members) != 6 || l.Members[2].Pos != 58 {
				t.Errorf("%s: members at %v, want the third, MAINT.019D, at line 58", l.Key, l.Members)
			}
		}
	}
	if p.Err() != nil {
		t.Fatal(p.Err())
	}
}
