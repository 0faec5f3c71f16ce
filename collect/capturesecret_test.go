package collect

import (
	"strings"
	"testing"
)

func TestWithoutSecrets(t *testing.T) {
	for command, want := range map[string]string{
		"SETROPTS LIST":      "SETROPTS LIST",
		"DIRM USER WITHPASS": "DIRM USER WITHPASS",
		"SELECT * FROM QSYS2.USER_INFO ORDER BY AUTHORIZATION_NAME, CPYTOIMPF ADDCOLNAM(*SQL)": "SELECT * FROM QSYS2.USER_INFO ORDER BY AUTHORIZATION_NAME, CPYTOIMPF ADDCOLNAM(*SQL)",
		"pasearch -t -p TCPIP":                          "pasearch -t -p TCPIP",
		"sshpass -p ZQXJV ssh x cat /etc/pagent.conf":   "sshpass -p (masked)",
		"/usr/bin/sshpass -pZQXJV ssh x cat /etc/p":     "/usr/bin/sshpass -p(masked) ssh x cat /etc/p",
		"db2 connect to x user y using ZQXJV; select 1": "db2 connect to x user y using (masked)",
		"curl -u kim:ZQXJV https://h/x":                 "curl -u (masked)",
		"curl https://kim:ZQXJV@host/x -o y":            "curl https://(masked)@host/x -o y",
		"DIRM USER WITHPASS PW=ZQXJV":                   "DIRM USER WITHPASS (masked)",
		"ALTUSER KIM PASSWORD(ZQXJV) NOEXPIRED":         "ALTUSER KIM PASSWORD((masked)",
		"FTP RMTSYS(X) RMTUSER(Y) RMTPWD('ZQXJV')":      "FTP RMTSYS(X) RMTUSER(Y) RMTPWD((masked)",
		"LOGON MAINT ZQXJV":                             "LOGON MAINT (masked)",
		"logon kim/ZQXJV":                               "logon kim/(masked)",
		"LINK MAINT 191 191 MR ZQXJV":                   "LINK MAINT 191 191 MR (masked)",
		"LINK MAINT 191 191 RR":                         "LINK MAINT 191 191 RR",
		"job --token=ZQXJV --out x":                     "job --token=(masked)",
		"MY_DB_PASSWORD: ZQXJV run":                     "MY_DB_PASSWORD: (masked)",
		"create user kim identified by ZQXJV":           "create user kim identified (masked)",
	} {
		if got := withoutSecrets(command); got != want || strings.Contains(got, "ZQXJV") {
			t.Errorf("%q became %q, want %q", command, got, want)
		}
	}
}

// The header of a part, which reports print, holds no secret of a command.
func TestCaptureCommandMasked(t *testing.T) {
	var s CaptureScanner
	for i, l := range []string{"*> irondrift-capture 1", "*> system: PRDA", "*> command: sshpass -p ZQXJV ssh prda tsocmd 'SETROPTS LIST'", "*> begin", "x", "*> end lines: 1"} {
		s.Line([]byte(l), i == 0)
	}
	if c := s.Capture(); !c.Whole() || c.Command != "sshpass -p (masked)" {
		t.Errorf("%+v", c)
	}
}
