package ibmi

import (
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// A listing composed after the description in the reference; the layout is not
// published.
const wrksysval = "\f 5770SS1 V7R3M0  160422                  System Values                         PRDA      11/18/26 02:05:00   Page    1\n" + `
                  Current                          Shipped
   Name           value                            value                            Description
   QABNORMSW      0                                0                                Previous end of system indicator
 > QAUDCTL        *AUDLVL                          *NONE                            Auditing control
                  *OBJAUD
 > QAUDLVL        *AUTFAIL                         *NONE                            Security auditing level
                  *CREATE
` + "\f 5770SS1 V7R3M0  160422                  System Values                         PRDA      11/18/26 02:05:00   Page    2\n" + `
                  Current                          Shipped
   Name           value                            value                            Description
                  *NETSECURE
   QMAXSIGN       000003                           000003                           Maximum sign-on attempts allowed
   QPRTTXT                                                                          Print text
 > QSECURITY      50                               40                               System security level
   QSSLCSLCTL     *OPSYS                           *OPSYS                           Secure sockets layer cipher control
                     * * * * *  E N D  O F  L I S T I N G  * * * * *
`

func TestWorkWithSystemValues(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, wrksysval)
	want := map[collect.Key]string{
		"ibmi/sysval/QABNORMSW":  `"0"`,
		"ibmi/sysval/QAUDCTL":    `["*AUDLVL","*OBJAUD"]`,
		"ibmi/sysval/QAUDLVL":    `["*AUTFAIL","*CREATE","*NETSECURE"]`, // over the page
		"ibmi/sysval/QMAXSIGN":   `"3"`,
		"ibmi/sysval/QPRTTXT":    `?the listing shows no value`,
		"ibmi/sysval/QSECURITY":  `50`,
		"ibmi/sysval/QSSLCSLCTL": `*OPSYS`,
	}
	wantForms(t, r, want)
	if len(r.values) != len(want) {
		t.Errorf("values %v", r.values)
	}
	if c := r.header.CoverageOf("ibmi/sysval/QSSLCSLCTL"); c.State != collect.Complete {
		t.Errorf("the end of the listing was there, coverage %+v", c)
	}
	open := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, strings.Split(wrksysval, "                     * *")[0])
	if c := open.header.CoverageOf("ibmi/sysval/QSSLCSLCTL"); c.State != collect.Partial {
		t.Errorf("the last value may go on below, coverage %+v", c)
	}
	if c := open.header.CoverageOf("ibmi/sysval/QSECURITY"); c.State != collect.Open {
		t.Errorf("coverage %+v", c)
	}
}

const dspsecaud = `                         Current Security Auditing Values
 Security journal QAUDJRN exists . . . . . . . :   YES
 Journal receiver attached to QAUDJRN  . . . . :   AUDRCV0007
   Library . . . . . . . . . . . . . . . . . . :   QGPL
 Current QAUDCTL system value  . . . . . . . . :   *AUDLVL    *OBJAUD    *NOQTEMP
 Current QAUDLVL system value  . . . . . . . . :   *AUTFAIL   *CREATE    *DELETE    *NETSCK
                                                   *NETTELSVR *SECURITY
 Current QAUDLVL2 system value . . . . . . . . :   *NONE
`

func TestDisplaySecurityAuditing(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, dspsecaud)
	want := map[collect.Key]string{
		"ibmi/security/AUDIT_JOURNAL_EXISTS": "true",
		"ibmi/sysval/QAUDCTL":                `["*AUDLVL","*NOQTEMP","*OBJAUD"]`,
		"ibmi/sysval/QAUDLVL":                `["*AUTFAIL","*CREATE","*DELETE","*NETSCK","*NETTELSVR","*SECURITY"]`,
		"ibmi/sysval/QAUDLVL2":               `["*NONE"]`,
	}
	wantForms(t, r, want)
	if len(r.values) != len(want) {
		t.Errorf("values %v", r.values)
	}
}

const dspsysval = `                          Display System Value
 System value . . . . . :   QMAXSIGN
 Description  . . . . . :   Maximum sign-on attempts allowed

 Sign-on attempts . . . :   5          1-25, *NOMAX

                          Display System Value
 System value . . . . . :   QINACTMSGQ
 Description  . . . . . :   Inactive job message queue

 Message queue  . . . . :   QSECMSGQ   Name, *ENDJOB, *DSCJOB
   Library  . . . . . . :     QUSRSYS  Name

                          Display System Value
 System value . . . . . :   QAUDCTL
 Description  . . . . . :   Auditing control

 Auditing
 control
 *AUDLVL
 *OBJAUD

                          Display System Value
 System value . . . . . :   QALWUSRDMN
 Description  . . . . . :   Allow user domain objects in libraries

 Libraries
 QTEMP
 *DIR
`

func TestDisplaySystemValue(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, dspsysval)
	wantForms(t, r, map[collect.Key]string{
		"ibmi/sysval/QMAXSIGN":   `"5"`,
		"ibmi/sysval/QINACTMSGQ": `QUSRSYS/QSECMSGQ`,
		"ibmi/sysval/QAUDCTL":    `["*AUDLVL","*OBJAUD"]`,
		// The layout of lists is not published: a name that may be a library or a
		// heading makes the value unknown, not smaller.
		"ibmi/sysval/QALWUSRDMN": `?the listing shows a list in a layout that is not known`,
	})
}
