package zvm

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
	"github.com/irondrift/irondrift/testdata/compose"
)

// consoleCapture is composed: the lines of QUERY CPLEVEL, IDENTIFY and QUERY LAN
// are those seen in the sources of the reference, the others follow its words.
var consoleCapture = strings.Split(strings.TrimSpace(`
query cplevel
z/VM Version 7 Release 3.0, service level 2401 (64-bit)
Generated at 05/19/21 10:00:00 CES
IPL at 2024-03-24 03:11:02 EDT
Ready; T=0.01/0.01 08:30:09
identify
MAINT    AT ZVMWSXX  VIA *        09/13/13 11:18:27 EDT      FRIDAY
Ready; T=0.01/0.01 08:30:09
query cmslevel
CMS Level 31, Service Level 301
Ready; T=0.01/0.01 08:30:09
query cpservice
VM66646 VM66532
VM66201
Ready; T=0.01/0.01 08:30:09
query vmlan
VMLAN maintenance level:
  Latest Service: Base
VMLAN MAC address assignment:
  System MAC Protection: OFF
  MACADDR Prefix: 02aa01  USER Prefix: 020000
  MACIDRANGE SYSTEM: 000001-FFFFFF
             USER:   000000-000000
VMLAN default accounting status:
  SYSTEM Accounting: OFF     USER Accounting: ON
VMLAN general activity:
  PERSISTENT Limit: INFINITE  Current: 2
  TRANSIENT  Limit: 0         Current: 0
Ready; T=0.01/0.01 08:30:09
query vswitch access
VSWITCH SYSTEM VSW1     Type: QDIO    Connected: 2    Maxconn: INFINITE
  PERSISTENT  RESTRICTED    ETHERNET                  Accounting: OFF
  USERBASED
  VLAN Aware  Default VLAN: 0010    Default Porttype: Access  GVRP: Enabled
              Native  VLAN: 0001    VLAN Counters: OFF
  MAC address: 02-AA-01-00-00-01    MAC Protection: Unspecified
  IPTimeout: 5         QueueStorage: 8
  Isolation Status: OFF         VEPA Status: ON
MORE...
  Authorized userids:
    LINUX01  Porttype: Trunk   VLAN: 0030 0010-0020
    SNIFFER  Porttype: Access  VLAN: 0010
    SYSTEM   Porttype: Access  VLAN: 0010
  Uplink Port:
    State: Ready
    RDEV: 0800.P00 VDEV: 0600 Controller: DTCVSW1
    RDEV: 0900.P01 VDEV: 0603 Controller: DTCVSW2 BACKUP
VSWITCH SYSTEM VSW2     Type: QDIO    Connected: 0    Maxconn: INFINITE
  PERSISTENT  RESTRICTED    IP                        Accounting: OFF
  VLAN Unaware
  Isolation Status: ON
Ready; T=0.01/0.01 08:30:09
query lan
LAN SYSTEM GLAN1 Type: QDIO Connected: 1 Maxconn: INFINITE
  PERSISTENT UNRESTRICTED IP Accounting: OFF
  IPTimeout: 5 MAC Protection: Unspecified
  Isolation Status: OFF
LAN LINUX01 PRIVATE Type: HIPERS Connected: 1 Maxconn: INFINITE
  TRANSIENT  RESTRICTED   MFS: 16384  Accounting: OFF
Ready; T=0.01/0.01 08:30:09
query journal
Journal: LOGON-on   LINK-off
Ready; T=0.01/0.01 08:30:09
query encrypt
ENCRYPT PAGING REQUIRED ALGORITHM AES256
Ready; T=0.01/0.01 08:30:09
query cpdisk
Label  Userid   Vdev Mode Stat Vol-ID Rdev Type   StartLoc     EndLoc
MNTCF1 MAINT    0CF1  A   R/O  M01RES 0200 CKD          39        158
MNTCF2 MAINT     CF2  B   R/W  M01RES 0200 CKD         159        278
Ready; T=0.01/0.01 08:30:09
ZVM.SERVICE.APAR.CP = VM66914
ZVM.SERVICE.LEVEL.CP = 0102
ZVM.SERVICE.VERSION.TCPIP = 7.4.01.02
Ready; T=0.01/0.01 08:30:09
HCPDIR750I RESTRICTED PASSWORD FILE NOT FOUND
Ready; T=0.01/0.01 08:30:09
netstat level
VM TCP/IP Netstat Level 730       TCP/IP Server Name: TCPIP
Ready; T=0.01/0.01 08:30:09
`), "\n")

var wantConsole = map[string]string{
	"zvm/system/id": "ZVMWSXX", "zvm/cplevel/version": "7", "zvm/cplevel/release": `"3.0"`, "zvm/cplevel/service_level": `"2401"`,
	"zvm/cplevel/generated": "2021-05-19 10:00:00 CES", "zvm/cmslevel/level": `"31"`, "zvm/cmslevel/service_level": `"301"`,
	"zvm/cpservice/apar/VM66646": "present", "zvm/cpservice/apar/VM66201": "present", "zvm/cpservice/apar/VM66532": "present", "zvm/cpservice/apar/count": "3",
	"zvm/cpservice/localmod/count": "0", "zvm/cpservice/apars": `["VM66201","VM66532","VM66646"]`, "zvm/cpservice/localmods": "[]",
	"zvm/vmlan/macprotect": "off", "zvm/vmlan/macprefix": "02AA01", "zvm/vmlan/userprefix": "020000", "zvm/vmlan/accounting/system": "off",
	"zvm/vmlan/accounting/user": "on", "zvm/vmlan/limit/persistent": "infinite", "zvm/vmlan/limit/transient": `"0"`,
	"zvm/vswitch/count": "2", "zvm/vswitch/VSW1/type": "qdio", "zvm/vswitch/VSW1/layer": "ethernet", "zvm/vswitch/VSW1/vlan": `"10"`,
	"zvm/vswitch/VSW1/native": `"1"`, "zvm/vswitch/VSW1/porttype": "access", "zvm/vswitch/VSW1/macprotect": "unspecified",
	"zvm/vswitch/VSW1/isolation": "off", "zvm/vswitch/VSW1/vepa": "on", "zvm/vswitch/VSW1/uplink": "0800 0900.P01",
	"zvm/vswitch/VSW1/grant/LINUX01": "vlan 10-20 30 porttype trunk", "zvm/vswitch/VSW1/grant/SYSTEM": "vlan 10 porttype access",
	"zvm/vswitch/VSW1/grant/SNIFFER": "vlan 10 porttype access", "zvm/vswitch/VSW2/type": "qdio",
	"zvm/vswitch/VSW1/promiscuous": "[]", "zvm/vswitch/VSW2/vlan": "unaware", "zvm/vswitch/VSW2/layer": "ip", "zvm/vswitch/VSW2/isolation": "on",
	"zvm/lan/count": "2", "zvm/lan/SYSTEM/GLAN1/type": "qdio", "zvm/lan/SYSTEM/GLAN1/persistent": "yes", "zvm/lan/SYSTEM/GLAN1/restricted": "no",
	"zvm/lan/SYSTEM/GLAN1/isolation": "off", "zvm/lan/LINUX01/PRIVATE/type": "hipers", "zvm/lan/LINUX01/PRIVATE/persistent": "no",
	"zvm/lan/LINUX01/PRIVATE/restricted": "yes",
	"zvm/journal/running/logon":          "on", "zvm/journal/running/link": "off", "zvm/encrypt/paging/state": "required",
	"zvm/cp_access/A": "MAINT 0CF1", "zvm/cp_access/B": "MAINT 0CF2", "zvm/service/env/apar/CP": "VM66914",
	"zvm/service/env/level/CP": "0102", "zvm/service/env/version/TCPIP": "7.4.01.02", "zvm/directory/restricted_password_list": "absent",
	"zvm/encrypt/paging/algorithm": "AES256", "zvm/tcpip/level": `"730"`,
}

func console1(t testing.TB, opts collect.Options, in []byte) *collected {
	t.Helper()
	parts, err := collectWith(t, Query(), opts, []string{"console"}, in)
	if err != nil {
		t.Fatalf("%v (%s)", err, collect.HintOf(err))
	}
	for _, p := range parts {
		return p
	}
	return nil
}

func TestQueryValues(t *testing.T) {
	c := console1(t, whole, text(consoleCapture...))
	c.want(t, wantConsole)
	if len(c.facts) != len(wantConsole) {
		for key, form := range c.facts {
			if wantConsole[key] == "" {
				t.Errorf("%s: %s is not expected", key, form)
			}
		}
	}
	if c.Header.System != "ZVMWSXX" {
		t.Errorf("system %q", c.Header.System)
	}
	if ipl := metric(t, c.Part, "zvm/cplevel/ipl"); ipl != "2024-03-24 03:11:02 EDT" {
		t.Errorf("IPL %q", ipl)
	}
	if s := c.Header.CoverageOf("zvm/vswitch/VSW2/grant/X").State; s != collect.Uncovered {
		t.Errorf("VSW2 has no access list in the capture, but its grants are %s", s)
	}
	only := console1(t, whole, text(consoleCapture[:5]...))
	if s := only.Header.CoverageOf("zvm/vswitch/VSW1/type").State; s != "" {
		t.Errorf("a capture without QUERY VSWITCH speaks for switches: %s", s)
	}
}

// A reply out of order: its first line stands in front of the command, the rest
// belongs to no switch. What it did not tell was not taken away.
func TestSwitchReplyOutOfOrder(t *testing.T) {
	lines := slices.Clone(consoleCapture)
	i := slices.Index(lines, "query vswitch access")
	lines[i], lines[i+1] = lines[i+1], lines[i]
	c := console1(t, whole, text(lines...))
	for _, name := range []string{"isolation", "layer", "vlan"} {
		key := collect.Key("zvm/vswitch/VSW1/" + name)
		if c.facts[string(key)] != "" {
			t.Fatalf("%s is %s", key, c.facts[string(key)])
		}
		if cov := c.Header.CoverageOf(key); cov.State != collect.Partial {
			t.Errorf("%s: coverage %+v", key, cov)
		}
		if cov := c.Header.CoverageOf(collect.Key("zvm/vswitch/VSW2/" + name)); cov.State != collect.Complete {
			t.Errorf("VSW2 %s: coverage %+v", name, cov)
		}
	}
}

func TestQueryConformance(t *testing.T) {
	captured := capture(text(consoleCapture...))
	sourcetest.Run(t, sourcetest.Suite{
		Source: Query(),
		Inputs: map[string][]byte{
			"text": text(consoleCapture...), "F80": compose.DirectoryF80(consoleCapture, nil), "stamped": stamped(consoleCapture),
			"captured": bytes.ReplaceAll(captured, []byte("system: ZVMPROD1"), []byte("system: ZVMWSXX")),
			"no ready": text(consoleCapture[29:46]...),
		},
		SameAs: map[string]string{"F80": "text", "stamped": "text"},
		Cuts:   600,
		Damaged: map[string]sourcetest.Damage{
			"directory":     {Data: text("USER A NOLOG 1M 1M G", " MDISK 191 3390 1 5 V1 MR"), Is: collect.ErrNotRecognised},
			"system config": {Data: text("System_Identifier * * ZVM1", "Features ,", "Enable ,", "Set_Privclass"), Is: collect.ErrNotRecognised},
		},
	})
}

// stamped puts a time in front of every line, as SPOOL CONSOLE can.
func stamped(lines []string) []byte {
	var b bytes.Buffer
	for _, l := range lines {
		b.WriteString("08:30:09 " + l + "\r\n")
	}
	return b.Bytes()
}

func FuzzQuery(f *testing.F) {
	for _, in := range [][]byte{text(consoleCapture...), stamped(consoleCapture), text(consoleCapture[29:40]...),
		text("VSWITCH SYSTEM A/B~C Type: ", "Authorized userids:", "X", "RDEV: 1.P", "VSWITCH S \xff Type: Q", "VLAN", "LAN A B Type: X", ":")} {
		f.Add(in, uint16(len(in)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, cut uint16) { fuzzSource(t, Query(), in, int(cut)) })
}
