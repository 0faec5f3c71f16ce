package zvm

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
	"github.com/irondrift/irondrift/testdata/compose"
)

// canaries are the stem of every secret in the composed directory: a piece of
// one, in either case, is as bad as the whole.
var canaries = []string{"ZQXJV", "zqxjv"}

// cluster is a composed directory of a two-member cluster: profiles, identities
// with a subconfig far behind, a pool, and secrets in every place.
var cluster = strings.Split(strings.TrimSpace(`
DIRECTORY SSI 0123 3390 M01RES 0124
GLOBALDEFS
 GLOBALOPTS MACHINE XA
 POSIXGROUP system 0
 POSIXGROUP staff 1
*
PROFILE IBMDFLT
 SPOOL 000C 2540 READER *
 LINK MAINT 0190 0190 RR
 OPTION QUICKDSP
*
PROFILE LINDFLT
 COMMAND XAUTOLOG OTHER ZQXJVK1
 COMMAND CP LINK TCPMAINT 592 592 RR PASS= ZQXJVK4
 IPL 0190 PARM vncpassword=zqxjvk3
 OPTION APPL
 NICDEF 0600 TYPE QDIO LAN SYSTEM VSW1 VLAN 55
 MDISK 0300 FB-512 V-DISK 512000 MWV
*
IDENTITY MAINT ZQXJVK2W 256M 1000M ABCDEFG
 BUILD ON M01 USING SUBCONFIG MAINT-1
 BUILD ON M02 USING SUBCONFIG MAINT-2
 INCLUDE IBMDFLT
 LOGONBY ADMIN1 ADMIN2
 OPTION MAINTCCW LNKS LNKE
 MDISK 0190 3390 100 107 M01RES MR ALL WRITE ZQXJVK5
*
USER ADMIN1 zqxjvk3 64M 128M BEG
 APPCPASS GATEWAY TARGET ADMIN ZQXJVK6
 LINK MAINT 0123 0123 MW
*USER OLDADM ZQXJVK7 64M 64M G
*DVHOPT LNK0 LOG1 RCM1 SMS0 NPW1 LNGAMENG PWC20180808 CRC
USER LIN001 LBYONLY 4G 16G G 64 ON ZQXJVK8
 INCLUDE LINDFLT
 IUCV ANY PRIORITY MSGLIMIT 255
 MDISK 0100 3390 0001 3338 LNX001 MR ZQXJVK9 ZQXJVKA
 SPOOL 000C 2540 READER * the remark says ZQXJVKB
 SPOLL ZQXJVKC
USER SSL AUTOONLY 64M 64M G
 POOL LOW 1 HIGH 5 PROFILE IBMDFLT
USER BADSTOR ZQXJVKD ZQXJVKE 64M G
USER BADCLAS NOLOG 64M 64M ZQXJVKZ
USER BADDISK NOLOG 64M 64M G
 MDISK 0191 3390 1 ZQXJVKG MR ZQXJVKH
 MDISK 0192 3390 1 5 VOL001 ZQXJVKI ZQXJVKJ
 MDISK 0193 3390 7 5 VOL001 MR READ,
  ZQXJVKK
 LINK MAINT 0190 0190 ZQXJVKL
USER
ZQXJVKM 64M 128M G
USER TOOLONGNAME ZQXJVKN 64M 64M G
 MDISK 0191 3390 1 5 VOL001 MR ZQXJVKO
USER $ALLOC$ NOLOG
 MDISK A01 3390 000 END M01RES R
SUBCONFIG MAINT-1
 MDISK 0191 3390 0500 010 M01W01 MR RMAINT ZQXJVKP MMAINT
 LINK MAINT 0190 0190 RR
 COMMAND SEND OPERATOR the word is ZQXJVKQ
 LOADDEV SCPDATA ZQXJVKR
SUBCONFIG MAINT-2
 MDISK 0191 3390 0500 010 M02W01 MR
 COMMAND SET PF09 IMMED AUTOLOG OTHER ZQXJVKS
`), "\n")

func capture(body []byte) []byte {
	return compose.Capture("ZVMPROD1", time.Date(2026, 11, 18, 2, 5, 0, 0, time.FixedZone("", 3600)), "AUDITJOB", "TYPE USER DIRECT C", body)
}

// loose writes lines the way they look after years of editing: other
// indentation, lower-case keywords, abbreviations, blank lines and rulers.
func loose(lines []string) []byte {
	var b bytes.Buffer
	for i, l := range lines {
		if i%7 == 0 {
			b.WriteString("\n" + strings.Repeat("*", 72) + "\n   * a remark\n")
		}
		if strings.HasPrefix(l, " ") {
			l = "      " + strings.TrimLeft(l, " ")
		}
		for _, r := range [][2]string{{"OPTION", "opt"}, {"MDISK", "md"}, {"INCLUDE", "Include"}, {"MACHINE", "mach"}, {" 0190 0190 RR", "  190   190 rr"}, {"SPOOL 000C", "sp c"}} {
			l = strings.Replace(l, r[0], r[1], 1)
		}
		b.WriteString(l + "\r\n")
	}
	return b.Bytes()
}

func TestConformance(t *testing.T) {
	numbers := &compose.Sequence{First: 10000, Step: 10}
	inputs := map[string][]byte{
		"text":          compose.DirectoryText(cluster, nil),
		"numbered":      compose.DirectoryText(cluster, numbers),
		"F80":           compose.DirectoryF80(cluster, nil),
		"F80 numbered":  compose.DirectoryF80(cluster, numbers),
		"loose":         loose(cluster),
		"captured":      capture(compose.DirectoryText(cluster, nil)),
		"captured CRLF": bytes.ReplaceAll(capture(compose.DirectoryText(cluster, nil)), []byte("\n"), []byte("\r\n")),
	}
	sourcetest.Run(t, sourcetest.Suite{
		Source: Directory(),
		Inputs: inputs,
		SameAs: map[string]string{
			"numbered": "text", "F80": "text", "F80 numbered": "text", "loose": "text", "captured CRLF": "captured",
		},
		Canaries: canaries,
		Cuts:     150,
		Damaged: map[string]sourcetest.Damage{
			"system config":    {Data: []byte("System_Identifier * * ZVM1\nFeatures ,\n  Enable ,\n    Set_Privclass\n"), Is: collect.ErrNotRecognised},
			"profile tcpip":    {Data: []byte("; profile\nDEVICE DEV@0800 OSD 0800\nHOME\n172.24.200.222 255.255.255.0 ETH0\nSTART DEV@0800\n"), Is: collect.ErrNotRecognised},
			"object directory": {Data: bytes.Repeat([]byte{0xC8, 0xC3, 0, 0, 0, 1, 0xD7, 0}, 512), Is: collect.ErrDamaged},
		},
	})
}

func TestSampleConforms(t *testing.T) {
	sourcetest.Run(t, sourcetest.Suite{
		Source:   Directory(),
		Inputs:   map[string][]byte{"bootcamp": sample(t, "bootcamp-user-direct.txt")},
		Canaries: []string{"WD5JU8QP", "WORK2016", "MULTIPLE"},
		Cuts:     1000,
	})
}
