package bank

import (
	"fmt"
	"strings"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// records makes a body of lines as a text transfer leaves them.
func records(lines string) []byte { return []byte(strings.TrimLeft(lines, "\n")) }

// systemConfig composes SYSTEM CONFIG of ZVMPROD1: what CP does after an IPL. On
// the second night CLEAR_TDISK is off.
func systemConfig(night int, taken time.Time) []byte {
	enable, disable := "Validate_Shutdown Clear_TDisk STP_Timestamping", "Set_Privclass Auto_Warm_IPL"
	if night > 0 {
		enable, disable = "Validate_Shutdown STP_Timestamping", "Set_Privclass Auto_Warm_IPL Clear_TDisk"
	}
	body := records(fmt.Sprintf(`
/*------------------------------------------------------------------*/
/* Meridian Savings Bank, z/VM image ZVMPROD1 (example)             */
/*------------------------------------------------------------------*/
System_Identifier LPAR ZVMP1 ZVMPROD1
System_Residence ,
  Checkpoint  Volid M01RES  From CYL 21  For 9 ,
  Warmstart   Volid M01RES  From CYL 30  For 9
CP_Owned Slot 1 M01RES
CP_Owned Slot 2 M01P01
CP_Owned Slot 3 M01S01
User_Volume_Include LNX* VSE* TCP*      /* one mask for each pool   */
CP_Access MAINT CF1 A
CP_Access MAINT CF2 B
Features ,
  Enable %s ,
  Disable %s ,
  Passwords_on_Cmds ,
    Autolog No ,
    Link    No ,
    Logon   No ,
  Retrieve Default 20 Maximum 60 ,
  Disconnect_Timeout 15 ,
  MaxUsers NoLimit
System_Userids ,
  Operator OPERATOR Disconnect ,
  Startup  AUTOLOG1 ,
  Account  DISKACNT ,
  Erep     EREP ,
  Dump     SYSDUMP1
Alternate_Operators AUDITOR
Priv_Classes ,
  User_Default G ,
  Operator ABCDEFG
Modify Command Shutdown Ibmclass A Privclass S
Journaling ,
  Facility On ,
  Set_and_Query On ,
  Logon ,
    Account After 3 Attempts ,
    Lockout After 5 Attempts For 30 Minutes ,
  Link ,
    Account After 3 Attempts ,
    Disable After 3 Attempts
Encrypt Paging Required Algorithm AES256
VMLAN Limit Transient 0
VMLAN MACPrefix 02B001
Define VSWITCH VSWPRD RDEV 0800 0900 ETHERNET VLAN 100 Porttype ACCESS Isolation ON
Logo_Config LOGO CONFIG
Tolerate Config_Errors No
`, enable, disable))
	return compose.Capture("ZVMPROD1", taken, "AUDITJOB", "SYSTEM CONFIG of MAINT CF1", body)
}

// profileTCPIP composes the profile of the stack. On the second night guest
// LXMON01 may give orders to the stack, and telnet takes no session without TLS.
func profileTCPIP(night int, taken time.Time) []byte {
	obey, telnet := "OPERATOR TCPMAINT MAINT", "PREFERRED"
	if night > 0 {
		obey, telnet = "OPERATOR TCPMAINT MAINT LXMON01", "REQUIRED"
	}
	body := records(fmt.Sprintf(`
; PROFILE TCPIP of ZVMPROD1 (example)
ASSORTEDPARMS
  RESTRICTLOWPORTS NOFWD
ENDASSORTEDPARMS
CHECKSUM
FOREIGNIPCONLIMIT 100
PERSISTCONNECTIONLIMIT 20
PENDINGCONNECTIONLIMIT 50
SSLSERVERID * TIMEOUT 60
OBEY
  %s
ENDOBEY
AUTOLOG
  FTPSERVE 0
  PORTMAP  0
ENDAUTOLOG
PORT
  20   TCP FTPSERVE NOAUTOLOG SECURE FTPCERT
  21   TCP FTPSERVE SECURE FTPCERT
  23   TCP INTCLIEN
  111  TCP PORTMAP
  111  UDP PORTMAP
INTERNALCLIENTPARMS
  PORT 23
  SECURECONNECTION %s
  CLIENTCERTCHECK NONE
  TLSLABEL TELCERT
ENDINTERNALCLIENTPARMS
DEVICE DEV@0A00  OSD 0A00   NONROUTER
LINK ETH0 QDIOETHERNET DEV@0A00   MTU 1500 IP
HOME
  10.20.2.11 255.255.255.0 ETH0
GATEWAY
  DEFAULTNET 10.20.2.1 ETH0 1500
START DEV@0A00
`, obey, telnet))
	return compose.Capture("ZVMPROD1", taken, "AUDITJOB", "PROFILE TCPIP of TCPMAINT 198", body)
}

// consoleReplies composes a console of CP and CMS commands: what the running
// system says. On the second night the isolation of VSWPRD was switched off by
// command; SYSTEM CONFIG still asks for it.
func consoleReplies(night int, taken time.Time) []byte {
	isolation := "ON"
	if night > 0 {
		isolation = "OFF"
	}
	ready := "Ready; T=0.01/0.01 " + taken.Format("15:04:05")
	body := records(fmt.Sprintf(`
IDENTIFY
AUDITJOB AT ZVMPROD1 VIA RSCS     %[2]s CET      %[3]s
%[1]s
QUERY CPLEVEL
z/VM Version 7 Release 3.0, service level 2401 (64-bit)
Generated at 2026-06-06 10:12:44 CES
IPL at 2026-10-11 03:40:10 CES
%[1]s
QUERY CMSLEVEL
CMS Level 31, Service Level 301
%[1]s
QUERY JOURNAL
Journal: LOGON-on   LINK-on
%[1]s
QUERY ENCRYPT
ENCRYPT PAGING REQUIRED ALGORITHM AES256
%[1]s
QUERY CPDISK
Label  Userid   Vdev Mode Stat Vol-ID Rdev Type   StartLoc     EndLoc
MNTCF1 MAINT    0CF1  A   R/O  M01RES 0200 CKD          39        158
MNTCF2 MAINT    0CF2  B   R/O  M01RES 0200 CKD         159        278
%[1]s
QUERY VSWITCH VSWPRD
VSWITCH SYSTEM VSWPRD   Type: QDIO    Connected: 150  Maxconn: INFINITE
  PERSISTENT  RESTRICTED    ETHERNET                  Accounting: OFF
  VLAN Aware  Default VLAN: 0100    Default Porttype: Access  GVRP: Enabled
  MAC address: 02-B0-01-00-00-01    MAC Protection: Unspecified
  Isolation Status: %[4]s
  Uplink Port:
    State: Ready
    RDEV: 0800.P00 VDEV: 0600 Controller: DTCVSW1
    RDEV: 0900.P00 VDEV: 0603 Controller: DTCVSW2 BACKUP
%[1]s
NETSTAT LEVEL
VM TCP/IP Netstat Level 730       TCP/IP Server Name: TCPIP
%[1]s
`, ready, taken.Format("01/02/06 15:04:05"), strings.ToUpper(taken.Format("Monday")), isolation))
	return compose.Capture("ZVMPROD1", taken, "AUDITJOB", "console of IRDCAP QUERY", body)
}
