package bank

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

const setroptsCommand = "SETROPTS LIST"

// setroptsPRDA composes the RACF options of PRDA.
func setroptsPRDA(night int, taken time.Time) []byte {
	s := bankOptions(activeClasses + " TERMINAL TAPEVOL GTERMINL")
	s.TERMINAL = "READ"
	s.INACTIVE = 120
	s.HISTORY = 12
	if night > 0 {
		// Real listings show TERMINAL(...) exactly while the class is active.
		s.CLASSACT = slices.DeleteFunc(s.CLASSACT, func(c string) bool { return c == "TERMINAL" })
		s.TERMINAL = ""
		s.REVOKE = 12
		s.HISTORY = 24
	}
	return compose.Capture("PRDA", taken, "AUDITJOB", setroptsCommand, s.List(compose.Layout{}))
}

// setroptsPRDB composes the RACF options of PRDB, which is on another database.
// On the second night the same options are printed in another layout.
func setroptsPRDB(night int, taken time.Time) []byte {
	s := bankOptions(activeClasses)
	layout := compose.Layout{}
	if night > 0 {
		layout = compose.Layout{Width: 66, TrailingBlank: true}
	}
	return compose.Capture("PRDB", taken, "AUDITJOB", setroptsCommand, s.List(layout))
}

// bankOptions are the options that the bank's standard prescribes, with the given
// classes active and audited.
func bankOptions(active string) compose.Setropts {
	return compose.Setropts{
		Auditor: true, INITSTAT: true, WHENPROG: "BASIC", SAUDIT: true, CMDVIOL: true, OPERAUDT: true,
		AUDIT:       classes(active),
		CLASSACT:    classes(active),
		GENERIC:     without(classes(genericClasses), "USER", "GROUP"),
		GENCMD:      without(classes(genericClasses), "USER", "GROUP"),
		GLOBAL:      []string{"DATASET"},
		RACLIST:     without(classes(raclistClasses), "DATASET", "USER", "GROUP"),
		RaclistOnly: []string{"VTAMAPPL"},
		LOGALWYS:    strings.Fields("SURROGAT UNIXPRIV"),
		LOGFAIL:     without(classes(active), "USER", "GROUP", "SURROGAT", "UNIXPRIV"),
		LOGDEFLT:    strings.Fields("PERFGRP SECLABEL VMBATCH VMCMD VMMDISK VMRDR"),
		EGN:         true, REALDSN: true, JESBATCH: true, JESXBM: true, JESEARLY: true,
		PROTALL: "FAILURES", TAPEDSN: true, RETPD: -1, ERASE: true, ERASEALL: true,
		GRPLIST: true, INACTIVE: 60,
		PWDALG: "KDFAES", INTERVAL: 60, PhraseLine: true, MINCHANG: 1, MIXDCASE: true, PWDSPEC: true,
		HISTORY: 24, REVOKE: 3, WARNING: 10,
		RULES:    []compose.PasswordRule{{Min: 8, Max: 8, Content: "xxxxxxxx"}},
		RVARSWPW: "INSTLN", RVARSTPW: "INSTLN",
		GENOWNER: true, SESSINT: 30, APPLAUDT: true,
	}
}

const (
	activeClasses = `ACCTNUM APPCLU APPCPORT APPCSI APPL CBIND CDT CFIELD CONSOLE CPSMOBJ CPSMXMP CRYPTOZ CSFKEYS CSFSERV
		DASDVOL DIGTCERT DIGTCRIT DIGTNMAP DIGTRING DLFCLASS DSNADM DSNR EJBROLE FACILITY FIELD FSACCESS FSEXEC GCICSTRN
		GCSFKEYS GDASDVOL GDSNBP GDSNDB GDSNPK GDSNPN GDSNSC GDSNTB GEJBROLE GLOBAL GMBR GMQADMIN GMQNLIST GMQPROC GMQQUEUE
		GXFACILI GZMFAPLA IDIDMAP IDTDATA JESINPUT JESJOBS JESSPOOL KERBLINK LOGSTRM MDSNBP MDSNDB MDSNPK MDSNPN MDSNSC
		MDSNTB MFADEF MGMTCLAS MQADMIN MQCMDS MQCONN MQNLIST MQPROC MQQUEUE NODES OPERCMDS PROGRAM PROPCNTL PTKTDATA
		RACFVARS RDATALIB REALM RRSFDATA SDSF SERVAUTH SERVER STARTED STORCLAS SURROGAT TCICSTRN TEMPDSN TSOAUTH TSOPROC
		UNIXPRIV VTAMAPPL WRITER XCSFKEY XFACILIT ZMFAPLA`
	genericClasses = `ACCTNUM APPL CBIND CONSOLE CSFKEYS CSFSERV DASDVOL DSNR EJBROLE FACILITY FIELD JESINPUT JESJOBS JESSPOOL
		LOGSTRM MGMTCLAS MQADMIN MQCMDS MQCONN MQNLIST MQPROC MQQUEUE NODES OPERCMDS PROPCNTL PTKTDATA RDATALIB SDSF SERVAUTH
		SERVER STARTED STORCLAS SURROGAT TCICSTRN TERMINAL TSOAUTH TSOPROC UNIXPRIV WRITER XFACILIT ZMFAPLA`
	raclistClasses = `ACCTNUM APPL CBIND CDT CONSOLE CRYPTOZ CSFKEYS CSFSERV DIGTCERT DIGTCRIT DIGTNMAP DIGTRING DSNR EJBROLE
		FACILITY JESINPUT JESJOBS JESSPOOL LOGSTRM MFADEF NODES OPERCMDS PROPCNTL PTKTDATA RACFVARS RDATALIB SDSF SERVAUTH
		SERVER STARTED SURROGAT TSOAUTH TSOPROC UNIXPRIV XFACILIT ZMFAPLA`
)

// classes returns the named classes as RACF lists them: DATASET, USER and GROUP,
// then the others in EBCDIC order.
func classes(names string) []string {
	sorted := strings.Fields(names)
	slices.SortFunc(sorted, func(a, b string) int { return bytes.Compare(compose.EBCDIC(a), compose.EBCDIC(b)) })
	return append([]string{"DATASET", "USER", "GROUP"}, sorted...)
}

func without(list []string, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(c string) bool { return slices.Contains(names, c) })
}
