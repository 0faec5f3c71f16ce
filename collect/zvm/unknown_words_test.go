package zvm

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestUnknownWordsHoldNoSecret: what a reader does not know may be a password
// that the word before it announces, or a command that somebody typed into the
// console while a reply was printed. Composed; no canary in facts or warnings.
func TestUnknownWordsHoldNoSecret(t *testing.T) {
	for name, text := range map[string]string{
		"DTCPARMS operands of VMSSL": ":nick.SSLDCSSM :type.server :class.ssl\n :parms.KEYFILE /etc/k.kdb KEYPASS CANARY1 ( PASSWORD CANARY2 )\n",
		"DTCPARMS exit":              ":nick.LDAPSRV :type.server :class.ldap\n :exit.LDAPEXIT LDAPPW CANARY3\n",
		"console": "q cplevel\nz/VM Version 7 Release 3.0, service level 2401 (64-bit)\n" +
			"logon maint CANARY4\nftp host user maint pass CANARY5\nlink maint 191 191 mr CANARY6\n",
		"SYSTEM CONFIG": "System_Residence Checkpoint Volid M01RES From CYL 21 For 9\n" +
			"Features Enable Frobnicate CANARY1\nFeatures Disable Password CANARYA\nCP_Access PMAINT CF0 A Pass=CANARY2\n" +
			"Say The password of MAINT is CANARY3 'CANARYB'\nPrinter_Title A 'CANARYC'\nXautolog LINUX1 CANARY4\nCANARY5\n" +
			"Set Secret Password CANARY6\nEDevice 0500 Type FBA Attr SCSI Bindpw=CANARY7\nDefine Vswitch VSWA Type QDIO Keypass CANARYD\n",
	} {
		t.Run(name, func(t *testing.T) {
			src := TCPIP()
			switch name {
			case "console":
				src = Query()
			case "SYSTEM CONFIG":
				src = SystemConfig()
			}
			parts, err := collect.Run(t.Context(), src, []*collect.File{collect.BytesFile("extract", []byte(text))}, &collect.Options{System: "VM1"})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range parts {
				defer p.Close()
				header, err := json.Marshal(p.Header)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(string(header), "CANARY") {
					t.Errorf("header: %s", header)
				}
				facts, err := p.Facts()
				if err != nil {
					t.Fatal(err)
				}
				n := 0
				for facts.Next() {
					n++
					e, err := facts.Entry()
					if err != nil {
						t.Fatal(err)
					}
					if strings.Contains(e.Value.String(), "CANARY") {
						t.Errorf("%s: %s", e.Key, e.Value)
					}
				}
				if n == 0 {
					t.Error("nothing was read")
				}
			}
		})
	}
}
