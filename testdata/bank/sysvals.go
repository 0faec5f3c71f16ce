package bank

import (
	"strconv"
	"strings"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

const sysvalCommand = "SELECT * FROM QSYS2.SYSTEM_VALUE_INFO, CPYTOIMPF ADDCOLNAM(*SQL)"

// systemValues composes the system values of IBMIPRD1 in the order of their
// names. Everything is in fair order but QCRTAUT, and on the second night
// QMAXSIGN.
func systemValues(night int, taken time.Time) []byte {
	maxSign, retain := "000005", "1"
	if night > 0 {
		maxSign, retain = "000015", "0"
	}
	text := func(name, value string) compose.SystemValue { return compose.SystemValue{Name: name, Text: value} }
	number := func(name string, value int) compose.SystemValue {
		return compose.SystemValue{Name: name, Text: strconv.Itoa(value), Numeric: true}
	}
	words := func(name string, width int, list string) compose.SystemValue {
		return text(name, compose.Slots(width, strings.Fields(list)...))
	}
	object := func(name, object, library string) compose.SystemValue { return words(name, 10, object+" "+library) }
	rows := []compose.SystemValue{
		text("QABNORMSW", "0"), text("QACGLVL", "*NONE"), number("QACTJOB", 420), number("QADLACTJ", 30), number("QADLSPLA", 2048), number("QADLTOTJ", 60),
		text("QALWJOBITP", "0"), words("QALWOBJRST", 10, "*ALWPTF"), words("QALWUSRDMN", 10, "QTEMP APPLIB"), words("QASTLVL", 10, "*BASIC"), object("QATNPGM", "*ASSIST", ""),
		words("QAUDCTL", 10, "*AUDLVL *OBJAUD *NOQTEMP"), words("QAUDENDACN", 10, "*NOTIFY"), number("QAUDFRCLVL", 0),
		words("QAUDLVL", 10, "*AUTFAIL *CREATE *DELETE *NETFAIL *NETSCK *NETSECURE *NETTELSVR *NETUDP *OBJMGT *PGMFAIL *SAVRST *SECURITY *SERVICE *SYSMGT"), words("QAUDLVL2", 10, "*NONE"),
		text("QAUTOCFG", "0"), text("QAUTORMT", "0"), text("QAUTOSPRPT", "0"), number("QAUTOVRT", 250), number("QBASACTLVL", 320), number("QBASPOOL", 1048576),
		words("QBOOKPATH", 63, "*NONE"), number("QCCSID", 37), text("QCENTURY", "1"), object("QCFGMSGQ", "QSYSOPR", "QSYS"), text("QCHRIDCTL", "*DEVD"), text("QCNTRYID", "US"),
		words("QCRTAUT", 10, "*CHANGE"), words("QCRTOBJAUD", 10, "*CHANGE"), object("QCTLSBSD", "QCTL", "QSYS"), text("QCURSYM", "$"), text("QDATE", taken.Format("020106")), text("QDATFMT", "DMY"),
		text("QDATSEP", "/"), text("QDAY", taken.Format("02")), text("QDAYOFWEEK", "*"+strings.ToUpper(taken.Format("Mon"))), words("QDBRCVYWT", 1, "0"), text("QDECFMT", " "), object("QDEVNAMING", "*NORMAL", ""),
		words("QDEVRCYACN", 10, "*DSCMSG"), text("QDSCJOBITV", "0000000060"), text("QDSPSGNINF", "1"), text("QDYNPTYADJ", "1"), text("QDYNPTYSCD", "1"), text("QFRCCVNRST", "3"),
		text("QHOUR", taken.Format("15")), number("QHSTLOGSIZ", 5000), text("QIGC", "0"), text("QINACTITV", "0000000015"), object("QINACTMSGQ", "*DSCJOB", ""), text("QIPLSTS", "2"), text("QIPLTYPE", "0"),
		words("QJOBMSGQFL", 10, "*WRAP"), number("QJOBMSGQMX", 64), number("QJOBMSGQSZ", 16), number("QJOBMSGQTL", 24), number("QJOBSPLA", 3516), object("QKBDTYPE", "USB", ""), text("QKBDBUF", "*TYPEAHEAD"), text("QLANGID", "ENU"),
		text("QLEAPADJ", "0"), text("QLIBLCKLVL", "1"), text("QLMTDEVSSN", "1"), text("QLMTSECOFR", "1"), text("QLOGOUTPUT", "*JOBEND"), number("QMAXACTLVL", 32767), number("QMAXJOB", 163520), text("QMAXSGNACN", "3"), text("QMAXSIGN", maxSign), number("QMAXSPLF", 9999),
		number("QMCHPOOL", 2411724), text("QMINUTE", taken.Format("04")), text("QMODEL", "42A "), text("QMONTH", taken.Format("01")), text("QMLTTHDACN", "2"), text("QPASTHRSVR", "*CALC"), text("QPFRADJ", "2"), text("QPRBFTR", "*NONE"), number("QPRBHLDITV", 30),
		text("QPRCMLTTSK", "2"), text("QPRTDEV", "PRT01"), text("QPRTKEYFMT", "*PRTHDR"), text("QPRTTXT", " "), text("QPWDCHGBLK", "24"), text("QPWDEXPITV", "000090"), number("QPWDEXPWRN", 14), text("QPWDLMTAJC", "0"), text("QPWDLMTCHR", "*NONE"),
		text("QPWDLMTREP", "0"), number("QPWDLVL", 3), number("QPWDMAXLEN", 128), number("QPWDMINLEN", 12), text("QPWDPOSDIF", "0"), text("QPWDRQDDGT", "1"), text("QPWDRQDDIF", "5"),
		words("QPWDRULES", 15, "*MINLEN12 *MAXLEN128 *DGTMIN1 *LTRMIN1 *LMTPRFNAME *ALLCRTCHG"), object("QPWDVLDPGM", "*NONE", ""), text("QPWRDWNLMT", "900"), text("QPWRRSTIPL", "0"), words("QQRYDEGREE", 10, "*NONE"), text("QQRYTIMLMT", "*NOMAX"),
		text("QRCLSPLSTG", "8"), text("QRETSVRSEC", retain), text("QRMTIPL", "0"), object("QRMTSIGN", "*FRCSIGNON", ""), text("QRMTSRVATR", "0"), words("QSCANFS", 10, "*ROOTOPNUD"), words("QSCANFSCTL", 10, "*ERRFAIL *NOWRTUPG"), text("QSCPFCONS", "1"), text("QSECOND", taken.Format("05")),
		text("QSECURITY", "40"), words("QSETJOBATR", 10, "*NONE"), words("QSFWERRLOG", 10, "*LOG"), text("QSHRMEMCTL", "0"), text("QSPCENV", "*NONE"), text("QSPLFACN", "*KEEP"), text("QSRLNBR", "78A1B2C"), text("QSRTSEQ", "*HEX"), text("QSRVDMP", "*DMPUSRJOB"),
		words("QSSLCSL", 40, "*AES_256_GCM_SHA384 *AES_128_GCM_SHA256 *CHACHA20_POLY1305_SHA256 *ECDHE_ECDSA_AES_256_GCM_SHA384 *ECDHE_ECDSA_AES_128_GCM_SHA256 *ECDHE_RSA_AES_256_GCM_SHA384 *ECDHE_RSA_AES_128_GCM_SHA256 *RSA_AES_128_CBC_SHA"),
		words("QSSLCSLCTL", 10, "*USRDEF"), words("QSSLPCL", 10, "*TLSV1.3 *TLSV1.2 *TLSV1"), number("QSTGLOWACN", 0), number("QSTGLOWLMT", 5), text("QSTRPRTWTR", "1"), object("QSTRUPPGM", "STARTUP", "OPSLIB"), text("QSTSMSG", "*NORMAL"), text("QSVRAUTITV", "002880"),
		words("QSYSLIBL", 10, "QSYS QSYS2 QHLPSYS QUSRSYS"), text("QTHDRSCADJ", "1"), text("QTHDRSCAFN", "*NOGROUP"), text("QTIME", taken.Format("150405")), text("QTIMZON", "QP0100CET2"), text("QTIMSEP", ":"), number("QTOTJOB", 650), text("QTSEPOOL", "*NONE"),
		text("QUPSDLYTIM", "*CALC"), object("QUPSMSGQ", "QSYSOPR", "QSYS"), words("QUSEADPAUT", 10, "USEADPAUT"), words("QUSRLIBL", 10, "QGPL QTEMP APPLIB"), text("QUTCOFFSET", "+0100"), text("QVFYOBJRST", "3"), text("QYEAR", taken.Format("06")),
	}
	return compose.Capture("IBMIPRD1", taken, "AUDITJOB", sysvalCommand, compose.SystemValueInfo(rows))
}
