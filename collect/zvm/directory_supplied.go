package zvm

import "strings"

// suppliedNames are userids that IBM ships with z/VM and its features. That one
// exists is no finding; that somebody can log on to it may be.
var suppliedNames = nameSet(`
	$ALLOC$ $DIRECT$ $PAGE$ $SPOOL$ $SYSCKP$ $SYSWRM$ $TDISK$
	ADM BIN DAEMON DEFAULT LP NOBODY ROOT SYS UUCP SYSTEM STAFF SECURITY MAIL
	AUDITOR AUTOLOG1 AUTOLOG2 AVSVM BLDCMS BLDNUC BLDRACF BLDSEG CBDIODSP CMSBATCH DATAMOVE DATAMOV2 DATAMOV3
	DATAMOV4 DIRMAINT DIRMSAT DIRMSAT2 DIRMSAT3 DIRMSAT4 DISKACNT EREP GCS GCSXA IBMUSER MAINT MIGMAINT MONWRITE
	OP1 OPERATNS OPERATOR OPERSYMP OSADMIN1 OSADMIN2 OSADMIN3 OSAMAINT OSASF PERFSVM PERSMAPI PMAINT RACFSMF
	RACFVM RACMAINT SYSADMIN SYSDUMP1 SYSMON TSAFVM VMSERVP VMSERVR VMSERVS VMSERVU VMUTIL XCHANGE
	DHCPD DTCENS1 DTCENS2 DTCVSW1 DTCVSW2 FTPSERVE GSKADMIN IMAP IMAPAUTH LDAPSRV LGLOPR LPSERVE MPROUTE NAMESRV
	NDBPMGR NDBSRV01 PORTMAP REXECD RXAGENT1 SMTP SNALNKA SNMPD SNMPQE SNMPSUBA SSL SSLDCSSM SSLSERV TCPIP
	TCPMAINT TFTPD UFTD VMKERB VMNFS X25IPI ADMSERV
	RSCS RSCSAUTH RSCSDNS VMRMADMN VMRMSVM`)

// smapiNames are the servers of the Systems Management API.
var smapiNames = nameSet(`
	DTCSMAPI LOHCOST OVFDEV62 VSMEVSRV VSMGUARD VSMPROXY VSMREQIN VSMREQIU VSMREQI6 VSMSERVE VSMWORK1 VSMWORK2
	VSMWORK3 ZVMMAPLX`)

func nameSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(list) {
		m[s] = true
	}
	return m
}

func isSMAPI(name string) bool { return smapiNames[name] }

// isSupplied also knows the names that carry a release: MAINT730 and the owners
// of service, such as 7VMDIR30.
func isSupplied(name string) bool {
	if suppliedNames[name] {
		return true
	}
	if rest, ok := strings.CutPrefix(name, "MAINT"); ok {
		return len(rest) == 3 && allDigits([]byte(rest))
	}
	return len(name) == 8 && name[0] >= '5' && name[0] <= '9' && name[1:3] == "VM" && allDigits([]byte(name[6:]))
}
