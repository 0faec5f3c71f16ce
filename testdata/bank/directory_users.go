package bank

import (
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/testdata/compose"
)

func (d *directory) profiles() {
	spool := []string{"SPOOL 000C 2540 READER *", "SPOOL 000D 2540 PUNCH A", "SPOOL 000E 1403 A"}
	cmsLinks := []string{"LINK MAINT 0190 0190 RR", "LINK MAINT 019D 019D RR", "LINK MAINT 019E 019E RR"}
	profile := func(name, about string, statements ...string) {
		all := append(statements, "CONSOLE 0009 3215 T")
		all = append(append(all, spool...), cmsLinks...)
		d.add(compose.DirectoryEntry{Comment: []string{about}, Keyword: "PROFILE", Name: name, Statements: all})
	}
	profile("IBMDFLT", "What every CMS user has")
	profile("CMSPERS", "Personal users: CMS, dated in ISO form", "IPL CMS", "MACHINE ESA", "DATEFORMAT ISODATE")
	profile("TCPCMSU", "TCP/IP servers", "IPL CMS", "MACHINE XC", "OPTION QUICKDSP SVMSTAT", "SHARE RELATIVE 3000")
	profile("TCPSSLU", "Members of the SSL server pool", "IPL CMS", "MACHINE XC", "OPTION QUICKDSP SVMSTAT", "IUCV ALLOW")
	profile("LINDFLT", "Linux guests", "COMMAND SET VSWITCH VSWPRD GRANT &USERID", "CPU 00 BASE", "CPU 01",
		"IPL 0100", "MACHINE ESA 4", "OPTION APPLMON", "VMRELOCATE ON")
}

// suppliedUsers are the users that come with z/VM and its products. In this bank
// they are NOLOG, AUTOONLY or LBYONLY.
func (d *directory) suppliedUsers() {
	for i, name := range strings.Fields("$ALLOC$ $DIRECT$ $PAGE$ $SPOOL$ $SYSCKP$ $SYSWRM$ $TDISK$") {
		e := compose.DirectoryEntry{Name: name, Password: "NOLOG", Statements: []string{fmt.Sprintf("MDISK 0A01 3390 %05d 00001 M01RES", i)}}
		if i == 0 {
			e.Comment = []string{"Disk anchors: areas that belong to CP"}
		}
		d.add(e)
	}
	for i, name := range strings.Fields("ROOT DAEMON BIN SYS ADM NOBODY DEFAULT") {
		uid := fmt.Sprintf("POSIXINFO UID %d GNAME system", i)
		if i > 0 {
			uid = fmt.Sprintf("POSIXINFO UID %d GNAME staff", i)
		}
		d.add(compose.DirectoryEntry{Name: name, Password: "NOLOG", Statements: []string{uid}})
	}

	d.add(compose.DirectoryEntry{Comment: []string{"Maintenance; each member has its own disks"},
		Keyword: "IDENTITY", Name: "MAINT", Password: "LBYONLY", Storage: "256M", MaxStorage: "1000M", Class: "ABCDEFG",
		Statements: []string{"BUILD ON * USING SUBCONFIG MAINT-1", "LOGONBY AUBREY QUENTIN THORNE", "AUTOLOG AUTOLOG1 OPERATOR",
			"IPL 0190", "MACHINE ESA", "OPTION MAINTCCW LNKNOPAS LNKSTABL LNKEXCLU", "CONSOLE 0009 3215 T"}})
	d.add(compose.DirectoryEntry{Keyword: "SUBCONFIG", Name: "MAINT-1", Statements: []string{
		"MDISK 0123 3390 00000 END M01RES MR", "MDISK 0190 3390 00100 00214 M01RES MR ALL",
		"MDISK 019D 3390 00314 00292 M01RES MR ALL", "MDISK 019E 3390 00606 00500 M01RES MR ALL"}})
	d.add(compose.DirectoryEntry{Keyword: "IDENTITY", Name: "TCPIP", Password: "AUTOONLY", Storage: "256M", MaxStorage: "512M", Class: "ABG",
		Statements: []string{"BUILD ON * USING SUBCONFIG TCPIP-1", "INCLUDE TCPCMSU", "OPTION DIAG98 ACCT MAXCONN 1024", "IUCV ALLOW", "IUCV ANY PRIORITY",
			"LINK TCPMAINT 0591 0591 RR", "LINK TCPMAINT 0592 0592 RR"}})
	d.add(compose.DirectoryEntry{Keyword: "SUBCONFIG", Name: "TCPIP-1", Statements: []string{"DEDICATE 0800 0800", "DEDICATE 0801 0801", "DEDICATE 0802 0802", d.mdisk("0191", "TCP0", 20, "MR")}})
	d.add(compose.DirectoryEntry{Comment: []string{"SSL00001 to SSL00005"}, Name: "SSL", Password: "AUTOONLY", Storage: "256M", MaxStorage: "512M", Class: "G",
		Statements: []string{"POOL LOW 1 HIGH 5 PROFILE TCPSSLU"}})
	d.add(compose.DirectoryEntry{Name: "RACFVM", Password: "AUTOONLY", Storage: "64M", MaxStorage: "128M", Class: "ABCDEG",
		Statements: []string{"IUCV *RPI PRIORITY MSGLIMIT 255", "IPL 0490 PARM AUTOCR", "OPTION QUICKDSP MAXCONN 300", "CONSOLE 0009 3215 T OPERATOR", d.mdisk("0200", "RAC0", 17, "MW"), d.mdisk("0300", "RAC0", 17, "MW")}})

	groups := []struct {
		about, password, class, names string
		statements                    []string
	}{
		{"Operation and installation, used through personal ids", "LBYONLY", "G",
			"AUDITOR AUTOLOG2 BLDNUC BLDRACF BLDSEG CBDIODSP DISKACNT IBMUSER MAINT740 MIGMAINT OP1 OPERATNS OPERSYMP OSADMIN1 OSADMIN2 OSADMIN3 OSAMAINT PMAINT RACMAINT SYSADMIN SYSMON TCPMAINT GSKADMIN",
			[]string{"INCLUDE IBMDFLT", "LOGONBY AUBREY QUENTIN THORNE", "IPL CMS", "MACHINE ESA"}},
		{"The operator's virtual machine", "LBYONLY", "ABCDEFG", "OPERATOR",
			[]string{"INCLUDE IBMDFLT", "LOGONBY BRANDT CALLOWAY DELACRUZ", "IPL CMS", "MACHINE ESA"}},
		{"Servers that AUTOLOG1 starts", "AUTOONLY", "G",
			"AUTOLOG1 AVSVM BLDCMS CMSBATCH DATAMOVE DATAMOV2 DIRMSAT EREP GCS MONWRITE OSASF PERFSVM PERSMAPI RACFSMF SYSDUMP1 TSAFVM VMSERVP VMSERVR VMSERVS VMSERVU VMUTIL XCHANGE",
			[]string{"INCLUDE IBMDFLT", "IPL CMS", "MACHINE XC"}},
		{"Directory maintenance", "AUTOONLY", "BDG", "DIRMAINT",
			[]string{"INCLUDE IBMDFLT", "IPL CMS", "MACHINE ESA", "OPTION D84NOPAS DEVMAINT CONCEAL QUICKDSP"}},
		{"TCP/IP servers", "AUTOONLY", "G",
			"DTCVSW1 DTCVSW2 FTPSERVE LDAPSRV MPROUTE NAMESRV PORTMAP REXECD SMTP SNMPD SNMPQE SSLDCSSM UFTD VMNFS",
			[]string{"INCLUDE TCPCMSU"}},
		{"Not used here: systems management API, parts of TCP/IP", "NOLOG", "G",
			"DTCSMAPI LOHCOST VSMEVSRV VSMGUARD VSMPROXY VSMREQIN VSMREQIU VSMREQI6 VSMSERVE VSMWORK1 VSMWORK2 VSMWORK3 ZVMMAPLX DHCPD IMAP LPSERVE NDBPMGR NDBSRV01 RXAGENT1 SNALNKA TFTPD VMKERB X25IPI ADMSERV RSCS RSCSAUTH RSCSDNS VMRMADMN VMRMSVM 7VMDIR40 7VMPTK40 7VMRAC40 7VMRSC40 7VMTCP40",
			[]string{"INCLUDE IBMDFLT", "MACHINE ESA"}},
	}
	for _, g := range groups {
		for i, name := range strings.Fields(g.names) {
			e := compose.DirectoryEntry{Name: name, Password: g.password, Storage: "64M", MaxStorage: "128M", Class: g.class}
			e.Statements = append(append(e.Statements, g.statements...), d.mdisk("0191", "SYS0", 10, "MR"))
			if i == 0 {
				e.Comment = []string{g.about}
			}
			d.add(e)
		}
	}
	d.entry("TCPMAINT").Statements = append(d.entry("TCPMAINT").Statements, d.mdisk("0591", "TCP0", 87, "MR ALL"), d.mdisk("0592", "TCP0", 77, "MR ALL"))
}

// people have personal users of class G with passwords of their own, and reach
// shared users through LOGONBY.
func (d *directory) people() {
	const names = `ABERNATH ALVAREZ ASHDOWN AUBREY BALLARD BECKWITH BRANDT BRIDGER CALLOWAY CASTELL CHADWICK COLBERT
		CROMWELL DALEY DELACRUZ DUNMORE EASTON ELLERY ENDICOTT FAIRFAX FENWICK FORSYTHE GALLAGER GARRICK GOSWAMI
		HALVERSN HARGREAV HOLLISTR HUXLEY IBSEN INGRAM JANSSEN JESSOP KAVANAGH KELLERMN KIRKWOOD LANGLEY LINDGREN
		LOCKHART MACREADY MARLOWE MERRICK NAKAMURA NEWCOMB NORDSTRM OAKLEY OKONKWO OSBORNE PEMBERTN PRESCOTT QUENTIN
		RADCLIFF RAMSEY ROTHWELL SANDOVAL SINCLAIR STANHOPE SUTCLIFF TALBOT THORNE TREMAINE UNDERHIL VASQUEZ VERMEER
		WADSWRTH WAKEFELD WHITLOCK WINSLOW YARDLEY ZIMMERMN`
	canaries := map[string]string{"BECKWITH": Canaries[0], "LOCKHART": Canaries[1], "VERMEER": Canaries[2]}
	for i, name := range strings.Fields(names) {
		e := compose.DirectoryEntry{Name: name, Password: d.password(), Storage: "64M", MaxStorage: "256M", Class: "G"}
		if canary, ok := canaries[name]; ok {
			e.Password = canary
		}
		disk := "MR"
		switch {
		case name == "MARLOWE":
			disk = strings.Join(append([]string{"MR"}, Canaries[3:6]...), " ")
		case name == "YARDLEY":
			disk = "MR " + Canaries[6]
		case i%4 == 0:
			disk = fmt.Sprintf("MR %s %s", d.password(), d.password())
		}
		e.Statements = []string{"INCLUDE CMSPERS", fmt.Sprintf("ACCOUNT %04d STAFF", 1000+i), d.mdisk("0191", "USR0", 20+10*d.rng.IntN(6), disk),
			fmt.Sprintf("*DVHOPT LNK0 LOG1 RCM1 SMS0 NPW1 LNGAMENG PWC2026%02d%02d CRC%02X", 8+d.rng.IntN(3), 1+d.rng.IntN(28), d.rng.IntN(256))}
		if i == 0 {
			e.Comment = []string{"Personal users"}
		}
		d.add(e)
	}
}

// serviceUsers are shared and legacy users, among them the findings of the first
// night.
func (d *directory) serviceUsers() {
	d.add(compose.DirectoryEntry{Comment: []string{"Shared users"}, Name: "OPSBATCH", Password: d.password(), Storage: "64M", MaxStorage: "256M", Class: "G",
		Statements: []string{"INCLUDE CMSPERS", d.mdisk("0191", "USR0", 50, "MR")}})
	d.add(compose.DirectoryEntry{Name: "PRTQUEUE", Password: "PRTQUEUE", Storage: "32M", MaxStorage: "64M", Class: "G",
		Statements: []string{"INCLUDE CMSPERS", d.mdisk("0191", "USR0", 10, "MR")}})
	d.add(compose.DirectoryEntry{Name: "APPCGATE", Password: "AUTOONLY", Storage: "64M", MaxStorage: "128M", Class: "G",
		Statements: []string{"INCLUDE IBMDFLT", "APPCPASS MBGATE1 MBHOST1 APPCUSR " + Canaries[7], "IPL CMS", "IUCV *IDENT MBGATE1 GATEWAY", d.mdisk("0191", "USR0", 10, "MR")}})
	d.add(compose.DirectoryEntry{Comment: []string{"To be retired with the branch ledger"}, Name: "VSEOLD1", Password: d.password(), Storage: "512M", MaxStorage: "512M", Class: "BG",
		Statements: []string{"ACCOUNT 0077 LEDGER", "IPL 0150", "MACHINE ESA", "OPTION LNKNOPAS MIH", "CONSOLE 0009 3215 T", "SPOOL 000C 2540 READER *",
			"SPECIAL 0300 CTCA VSEOLD2",
			d.mdisk("0150", "VSE0", 1000, "MR READ WRITE MULTIPLE"), d.mdisk("0151", "VSE0", 3000, "MR READ WRITE MULTIPLE")}})
	d.add(compose.DirectoryEntry{Name: "VSEOLD2", Password: "AUTOONLY", Storage: "256M", MaxStorage: "256M", Class: "G",
		Statements: []string{"AUTOLOG AUTOLOG1", "IPL 0150", "MACHINE ESA", "CONSOLE 0009 3215 T", "SPECIAL 0300 CTCA VSEOLD1", d.mdisk("0150", "VSE0", 1000, "MR")}})
	d.add(compose.DirectoryEntry{Comment: []string{"Hands out new guests; needs the privileges of its kind"}, Name: "ZHCP", Password: "LBYONLY", Storage: "2G", MaxStorage: "4G", Class: "BG",
		Statements: []string{"INCLUDE LINDFLT", "LOGONBY AUBREY QUENTIN", "IUCV ANY", "OPTION LNKNOPAS", d.mdisk("0100", "LXS0", 3338, "MR")}})
}

// guestGroup is a set of Linux guests with one purpose.
type guestGroup struct {
	prefix, about string
	count         int
	storage, max  string
	vlan, disks   int
	admins        string
}

var fraudGuests = guestGroup{"LXFRD", "Fraud scoring", 8, "8G", "16G", 130, 2, "FAIRFAX MERRICK"}

var guestGroups = []guestGroup{
	{"LXPAY", "Payment switching", 16, "8G", "16G", 110, 2, "FAIRFAX MERRICK"},
	{"LXCRD", "Card authorisation", 14, "8G", "16G", 120, 2, "FAIRFAX MERRICK"},
	fraudGuests,
	{"LXWEB", "Internet banking, web tier", 18, "4G", "8G", 140, 1, "INGRAM NAKAMURA"},
	{"LXAPP", "Internet banking, applications", 24, "8G", "16G", 141, 2, "INGRAM NAKAMURA"},
	{"LXORA", "Databases", 16, "32G", "64G", 150, 4, "KELLERMN VASQUEZ"},
	{"LXMQS", "Message queueing", 8, "8G", "8G", 151, 1, "KELLERMN VASQUEZ"},
	{"LXBKU", "Backup", 4, "4G", "8G", 160, 2, "OAKLEY TALBOT"},
	{"LXMON", "Monitoring", 4, "4G", "8G", 161, 1, "OAKLEY TALBOT"},
	{"LXLDP", "Directory servers", 4, "4G", "4G", 162, 1, "OAKLEY TALBOT"},
	{"LXTST", "Acceptance test", 24, "4G", "8G", 190, 1, "INGRAM RAMSEY WINSLOW"},
	{"LXDEV", "Development", 20, "4G", "8G", 191, 1, "INGRAM RAMSEY WINSLOW"},
}

func (d *directory) guests() {
	for _, g := range guestGroups {
		for n := 1; n <= g.count; n++ {
			d.add(d.guest(g, n))
		}
	}
}

// guest defines one Linux guest. The comment stands before the first of a group.
func (d *directory) guest(g guestGroup, n int) compose.DirectoryEntry {
	e := compose.DirectoryEntry{Name: fmt.Sprintf("%s%02d", g.prefix, n), Password: "LBYONLY", Storage: g.storage, MaxStorage: g.max, Class: "G",
		Statements: []string{"INCLUDE LINDFLT", "AUTOLOG AUTOLOG1", "LOGONBY " + g.admins,
			fmt.Sprintf("NICDEF 0600 TYPE QDIO LAN SYSTEM VSWPRD VLAN %d", g.vlan)}}
	for i := range g.disks {
		e.Statements = append(e.Statements, d.mdisk(fmt.Sprintf("01%02X", i), "LX"+g.prefix[2:4], 3338, "MR"))
	}
	if n == 1 {
		e.Comment = []string{g.about}
	}
	return e
}
