package bank

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

const usersCommand = "SELECT * FROM QSYS2.USER_INFO ORDER BY AUTHORIZATION_NAME, CPYTOIMPF ADDCOLNAM(*SQL)"

// userProfiles composes the user profiles of IBMIPRD1. The collecting user has
// *ALLOBJ and *SECADM, so it sees every profile and who has a default password.
func userProfiles(night int, taken time.Time) []byte {
	u := &profiles{rng: random(streamProfiles), taken: taken, night: night}
	u.supplied()
	u.services()
	u.staff()
	slices.SortFunc(u.list, func(a, b compose.UserProfile) int { return cmp.Compare(a.Name, b.Name) })
	for i := range u.list {
		u.list[i].UID = 100 + i
		if u.list[i].Name == "NHOLT" {
			u.list[i].UID = 900 // the newest
		} else if night > 0 && u.list[i].Name > "NHOLT" {
			u.list[i].UID-- // as on the first night
		}
	}
	return compose.Capture("IBMIPRD1", taken, "AUDITJOB", usersCommand, compose.UserInfo(u.list))
}

type profiles struct {
	rng   *rand.Rand
	taken time.Time
	night int
	list  []compose.UserProfile
}

// first is the time of the first night's extract, from which everything counts
// that is the same on both nights.
func (u *profiles) first() time.Time { return u.taken.AddDate(0, 0, -u.night) }

func (u *profiles) add(p compose.UserProfile) {
	p.Status = cmp.Or(p.Status, "*ENABLED")
	p.Class = cmp.Or(p.Class, "*USER")
	p.Creator = cmp.Or(p.Creator, "QSECOFR")
	p.LimitCapabilities = cmp.Or(p.LimitCapabilities, "*YES")
	if p.Created.IsZero() {
		p.Created = u.first().AddDate(-1-u.rng.IntN(6), -u.rng.IntN(12), -u.rng.IntN(28)).Truncate(time.Second)
	}
	u.list = append(u.list, p)
}

// active makes a profile one that was used the day before the extract, with a
// password of some weeks.
func (u *profiles) active(p compose.UserProfile) compose.UserProfile {
	p.LastUsed = u.taken.Add(-time.Duration(7*60+u.rng.IntN(600)) * time.Minute)
	p.PreviousSignon = p.LastUsed
	p.PasswordChanged = u.first().AddDate(0, 0, -17-u.rng.IntN(10)).Add(-9 * time.Hour)
	p.DaysUsed = 40 + u.rng.IntN(400) + u.night
	return p
}

var allAuthorities = []string{"*ALLOBJ", "*SECADM", "*JOBCTL", "*SPLCTL", "*SAVSYS", "*SERVICE", "*AUDIT", "*IOSYSCFG"}

// supplied are profiles that come with IBM i. In this bank nobody can sign on to
// them, but to QSECOFR, whose password is sealed.
func (u *profiles) supplied() {
	installed := time.Date(2019, 3, 9, 11, 20, 0, 0, zone)
	special := map[string][]string{
		"QSYS": allAuthorities, "QLPAUTO": {"*ALLOBJ", "*IOSYSCFG", "*JOBCTL", "*SAVSYS", "*SECADM", "*SPLCTL"}, "QLPINSTALL": {"*ALLOBJ", "*IOSYSCFG", "*JOBCTL", "*SAVSYS", "*SECADM", "*SPLCTL"},
		"QSYSOPR": {"*JOBCTL", "*SAVSYS"}, "QPGMR": {"*JOBCTL", "*SAVSYS"}, "QSRV": {"*JOBCTL", "*SERVICE"}, "QSRVBAS": {"*JOBCTL", "*SERVICE"}, "QTCP": {"*JOBCTL"}, "QMSF": {"*ALLOBJ"},
	}
	for _, name := range strings.Fields(`QANZAGENT QAUTPROF QBRMS QCLUMGT QCLUSTER QCOLSRV QDBSHR QDBSHRDO QDFTOWN QDIRSRV QDOC QDSNX QEJBSVR QFNC QGATE
		QIBMHELP QIPP QLPAUTO QLPINSTALL QLWISVR QMSF QNFSANON QNTP QPGMR QPM400 QRJE QSNADS QSPL QSPLJOB QSRV QSRVAGT QSRVBAS QSYS QSYSOPR
		QTCP QTFTP QTMHHTP1 QTMHHTTP QTMPLPD QUSER QWEBADMIN QWSERVICE QYCMCIMOM QYPSJSVR`) {
		p := compose.UserProfile{Name: name, NoPassword: true, Special: special[name], LimitCapabilities: "*NO", Created: installed, Creator: "QSYS", Text: "IBM-supplied User Profile"}
		if slices.Contains([]string{"QSYS", "QTCP", "QUSER", "QTMHHTTP", "QSPLJOB"}, name) {
			p.LastUsed, p.DaysUsed = u.taken.Add(-time.Hour), 2000+u.night
		}
		u.add(p)
	}
	u.add(compose.UserProfile{Name: "QSECOFR", Class: "*SECOFR", Special: allAuthorities, LimitCapabilities: "*NO", Created: installed, Creator: "QSYS", Text: "Security Officer, password sealed",
		Audit: []string{"*CMD"}, PasswordChanged: u.first().AddDate(0, 0, -50), PreviousSignon: u.first().AddDate(0, 0, -50), LastUsed: u.first().AddDate(0, 0, -50), DaysUsed: 31})
}

// services are groups and the profiles of applications.
func (u *profiles) services() {
	for _, g := range [][2]string{{"GRPTELLER", "Group: tellers"}, {"GRPBACK", "Group: back office"}, {"GRPPGM", "Group: programmers"}, {"GRPOPS", "Group: operators"}, {"APPOWNER", "Owner of the application"}, {"QMQMADM", "Group: MQ administration"}} {
		u.add(compose.UserProfile{Name: g[0], NoPassword: true, Text: g[1], LimitCapabilities: "*YES"})
	}
	batch := func(name, text string, special ...string) {
		p := compose.UserProfile{Name: name, NoPassword: true, Text: text, Special: special, LimitCapabilities: "*NO"}
		p.LastUsed, p.DaysUsed = u.taken.Add(-2*time.Hour), 900+u.night
		u.add(p)
	}
	batch("NIGHTJOB", "Nightly batch", "*JOBCTL")
	batch("QMQM", "IBM MQ")
	batch("WEBBANK", "HTTP server of the web bank")
	batch("BACKUP", "Backup with BRMS", "*SAVSYS", "*JOBCTL")
	batch("EIMSYNC", "Directory synchronisation")
	audit := u.active(compose.UserProfile{Name: "AUDITJOB", Text: "Nightly security extracts", Special: []string{"*ALLOBJ", "*AUDIT", "*SECADM"}, LimitCapabilities: "*NO", NoPassword: true})
	u.add(audit)
	// Profiles with passwords that clients use.
	pay := u.active(compose.UserProfile{Name: "PAYSRV", Text: "Payment gateway, SQL over TLS", LimitCapabilities: "*YES", ExpirationInterval: -1})
	u.add(pay)
	u.add(u.active(compose.UserProfile{Name: "ODBCRPT", Text: "Reporting server, ODBC", LimitCapabilities: "*YES"}))
	u.add(u.active(compose.UserProfile{Name: "BATCHFT", Text: "File transfer with partners", LimitCapabilities: "*YES"}))
}

// staff are people.
func (u *profiles) staff() {
	person := func(name, text, group, class string, special ...string) compose.UserProfile {
		p := u.active(compose.UserProfile{Name: name, Text: text, Group: group, Class: class, Special: special, InvalidSignons: u.rng.IntN(2)})
		switch class {
		case "*USER":
			p.InitialProgram = "APPLIB/STRTELLER"
		case "*SECOFR", "*SECADM":
			p.LimitCapabilities, p.Audit = "*NO", []string{"*CMD", "*SECURITY"}
		default:
			p.LimitCapabilities = "*NO"
		}
		return p
	}
	for _, name := range strings.Fields("ABRAMSK CHENLI COSTAM DIAZR EDWARDS FISCHER GALLOJ HARTMANN IVANOVA JANSENP KAMARA LARSENT MEYERS NGUYENT OKONKWO PATELR QUINNM ROSSIA SILVAN TANAKAY UEDAK VARGAS WEISSB XUANL YOUSEF ZIMMER") {
		u.add(person(name, "Teller", "GRPTELLER", "*USER"))
	}
	for _, name := range strings.Fields("ADLERS BECKERJ CRUZE DUBOIS ERIKSEN FONTANA GRECO HUBERM") {
		u.add(person(name, "Back office", "GRPBACK", "*USER"))
	}
	for _, name := range strings.Fields("DMARSH JPETROV LWATTS SCHULZE TREMBLAY") {
		p := person(name, "Programmer", "GRPPGM", "*PGMR", "*JOBCTL")
		if name == "DMARSH" && u.night > 0 {
			p.Special = []string{"*ALLOBJ", "*JOBCTL"}
		}
		u.add(p)
	}
	for _, name := range strings.Fields("BRANDT CALLOWAY DELACRUZ HOLM") {
		u.add(person(name, "Operator", "GRPOPS", "*SYSOPR", "*JOBCTL", "*SAVSYS"))
	}
	u.add(person("AUBREY", "Security administration", "", "*SECADM", "*SECADM", "*AUDIT"))
	u.add(person("QUENTIN", "System administration", "", "*SECOFR", "*ALLOBJ", "*SECADM", "*IOSYSCFG", "*JOBCTL", "*SAVSYS"))
	u.add(person("THORNE", "System administration", "", "*SECOFR", "*ALLOBJ", "*SECADM", "*IOSYSCFG", "*JOBCTL", "*SAVSYS"))

	trainee := person("TRAINEE1", "Training room", "GRPTELLER", "*USER")
	trainee.DefaultPassword = true
	u.add(trainee)

	// On long leave; disabled on the second night.
	away := person("BKOVACS", "Back office", "GRPBACK", "*USER")
	away.LastUsed = u.first().AddDate(0, 0, -133)
	away.PreviousSignon, away.PasswordChanged = away.LastUsed, u.first().AddDate(0, 0, -160)
	if u.night > 0 {
		away.Status = "*DISABLED"
	}
	u.add(away)
	for _, name := range strings.Fields("LEAVER01 LEAVER02 LEAVER03 MATERNA SABBATIC") {
		p := person(name, "Left or on leave", "GRPBACK", "*USER")
		p.Status, p.LastUsed = "*DISABLED", u.first().AddDate(0, 0, -220-u.rng.IntN(20))
		p.PreviousSignon, p.PasswordChanged = p.LastUsed, u.first().AddDate(0, 0, -280)
		u.add(p)
	}
	if u.night > 0 {
		joined := u.taken.Add(-14 * time.Hour)
		u.add(compose.UserProfile{Name: "NHOLT", Text: "Teller", Group: "GRPTELLER", InitialProgram: "APPLIB/STRTELLER", SetToExpire: true,
			Created: joined, PasswordChanged: joined, Creator: "AUBREY"})
	}
}
