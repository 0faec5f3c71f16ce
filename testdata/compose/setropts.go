package compose

import (
	"fmt"
	"strings"
)

// Setropts is the RACF options of one system. Fields have the names that RACF's
// own extract interface (R_admin, IRRXUTIL) gives them, so that a reader can go
// from a field here to irondrift's key racf/setropts/FIELD without a table.
//
// Zero values mean off, none or "not set".
type Setropts struct {
	// Auditor says whether the collecting user had auditing authority. Without
	// it RACF leaves out the audit lines; it does not print them as off.
	Auditor bool

	INITSTAT                  bool
	WHENPROG                  string // BASIC, ENHANCED; empty prints NOWHEN(PROGRAM)
	TERMINAL                  string // READ or NONE; empty prints nothing, as real listings do while class TERMINAL is inactive
	SAUDIT, CMDVIOL, OPERAUDT bool

	CLASSTAT, AUDIT, CLASSACT, GENERIC, GENCMD, GENLIST, GLOBAL, RACLIST []string
	// RaclistOnly is GLOBAL=YES RACLIST ONLY, which has no name in the extract interface.
	RaclistOnly                                    []string
	LOGALWYS, LOGNEVER, LOGSUCC, LOGFAIL, LOGDEFLT []string

	ADSP, EGN, REALDSN, JESBATCH, JESXBM, JESEARLY bool
	PROTALL                                        string // FAILURES, WARNING
	TAPEDSN                                        bool
	RETPD                                          int // days; -1 is NEVER-EXPIRES
	ERASE, ERASEALL                                bool
	PREFIX                                         string
	GRPLIST                                        bool
	INACTIVE                                       int // days
	MODGDG, MODUSER, MODGROUP                      bool

	PWDALG                   string // LEGACY, KDFAES
	INTERVAL                 int    // days
	PhraseLine               bool   // newer levels print a line about phrases: the same interval, or PHRINT
	PHRINT                   int    // days
	MINCHANG                 int    // days
	MIXDCASE, PWDSPEC        bool
	HISTORY, REVOKE, WARNING int
	RULES                    []PasswordRule

	RVARSWPW, RVARSTPW                                        string // INSTLN; anything else prints DEFAULT
	SLEVAUDT                                                  int
	SLABAUDT, SECLABCT, GENOWNER, COMPMODE, MLQUIET, MLSTABLE bool
	MLS, MLACTIVE, CATDSNS                                    string // FAILURES, WARNING
	JESNJE, JESUNDEF                                          string // empty: eight ? and eight +, the defaults
	SESSINT                                                   int    // days; zero is NEVER EXPIRES
	APPLAUDT, ADDCREAT                                        bool
	KERBLVL                                                   int
	MLFS, MLIPC, MLNAMES, SLBYSYS                             bool
	PRIMLANG, SECLANG                                         string // empty: ENU
}

// PasswordRule is one RULEn: Content has one character per position.
type PasswordRule struct {
	Min, Max int
	Content  string
}

// Layout says how the same options are printed.
type Layout struct {
	// Width is the number of columns class lists are wrapped for; zero means 77,
	// which every capture we know uses. The next class goes on the same line
	// while the text so far leaves room for a blank and eight characters, however
	// long that class is.
	Width int
	// TrailingBlank adds one blank after the last class of a line, as a TSO
	// terminal does.
	TrailingBlank bool
	// NoIndent drops leading blanks, as published IRRSMO00 output has lost them.
	NoIndent bool
}

// List prints the options as SETROPTS LIST does, with LF line ends. Order and
// wording are those of the listings of z/OS 2.x and 3.x.
//
// Two things no capture settles: whether a full ATTRIBUTES line wraps (it does
// not here, and is up to 87 columns), and what ERASE-ON-SCRATCH prints besides
// the ALL line (nothing here).
func (s Setropts) List(layout Layout) []byte {
	if layout.Width == 0 {
		layout.Width = 77
	}
	p := &setroptsPrinter{layout: layout}
	s.attributesAndClasses(p)
	s.general(p)
	s.passwords(p)
	s.labelsAndRest(p)
	return []byte(p.text.String())
}

func (s Setropts) attributesAndClasses(p *setroptsPrinter) {
	attributes := []string{no(s.INITSTAT) + "INITSTATS"}
	if s.WHENPROG == "" {
		attributes = append(attributes, "NOWHEN(PROGRAM)")
	} else {
		attributes = append(attributes, "WHEN(PROGRAM -- "+s.WHENPROG+")")
	}
	if s.TERMINAL != "" {
		attributes = append(attributes, "TERMINAL("+s.TERMINAL+")")
	}
	if s.Auditor {
		attributes = append(attributes, no(s.SAUDIT)+"SAUDIT", no(s.CMDVIOL)+"CMDVIOL", no(s.OPERAUDT)+"OPERAUDIT")
	}
	p.line("ATTRIBUTES = " + strings.Join(attributes, " "))

	p.classes("STATISTICS = ", s.CLASSTAT)
	if s.Auditor {
		p.classes("AUDIT CLASSES = ", s.AUDIT)
	}
	p.classes("ACTIVE CLASSES = ", s.CLASSACT)
	p.classes("GENERIC PROFILE CLASSES =  ", s.GENERIC)
	p.classes("GENERIC COMMAND CLASSES =  ", s.GENCMD)
	p.classes("GENLIST CLASSES =  ", s.GENLIST)
	p.classes("GLOBAL CHECKING CLASSES =  ", s.GLOBAL)
	p.classes("SETR RACLIST CLASSES =  ", s.RACLIST)
	p.classes("GLOBAL=YES RACLIST ONLY =  ", s.RaclistOnly)
	if s.Auditor {
		p.classes(`LOGOPTIONS "ALWAYS" CLASSES =  `, s.LOGALWYS)
		p.classes(`LOGOPTIONS "NEVER" CLASSES =  `, s.LOGNEVER)
		p.classes(`LOGOPTIONS "SUCCESSES" CLASSES =  `, s.LOGSUCC)
		p.classes(`LOGOPTIONS "FAILURES" CLASSES =  `, s.LOGFAIL)
		p.classes(`LOGOPTIONS "DEFAULT" CLASSES =  `, s.LOGDEFLT)
	}
}

func (s Setropts) general(p *setroptsPrinter) {
	p.effect("AUTOMATIC DATASET PROTECTION", s.ADSP)
	p.effect("ENHANCED GENERIC NAMING", s.EGN)
	p.active("REAL DATA SET NAMES OPTION", s.REALDSN)
	p.active("JES-BATCHALLRACF OPTION", s.JESBATCH)
	p.active("JES-XBMALLRACF OPTION", s.JESXBM)
	p.active("JES-EARLYVERIFY OPTION", s.JESEARLY)
	if s.PROTALL == "" {
		p.line("PROTECT-ALL OPTION IS NOT IN EFFECT")
	} else {
		p.line("PROTECT-ALL IS ACTIVE, CURRENT OPTIONS:")
		p.line("  PROTECT-ALL " + fail(s.PROTALL) + " OPTION IS IN EFFECT")
	}
	p.active("TAPE DATA SET PROTECTION", s.TAPEDSN)
	if s.RETPD < 0 {
		p.line("SECURITY RETENTION PERIOD IN EFFECT IS NEVER-EXPIRES DAYS.")
	} else {
		p.line(fmt.Sprintf("SECURITY RETENTION PERIOD IN EFFECT IS %5d DAYS.", s.RETPD))
	}
	switch {
	case s.ERASEALL:
		p.line("ERASE-ON-SCRATCH IS ACTIVE, CURRENT OPTIONS:")
		p.line("  ERASE-ON-SCRATCH FOR ALL DATA SETS IS IN EFFECT")
	case s.ERASE:
		p.line("ERASE-ON-SCRATCH IS ACTIVE, CURRENT OPTIONS:")
		p.line("  ERASE-ON-SCRATCH BY SECURITY LEVEL IS INACTIVE")
	default:
		p.line("ERASE-ON-SCRATCH IS INACTIVE")
	}
	if s.PREFIX == "" {
		p.line("SINGLE LEVEL NAMES NOT ALLOWED")
	} else {
		p.line("SINGLE LEVEL NAME PREFIX IS " + s.PREFIX)
	}
	p.line("LIST OF GROUPS ACCESS CHECKING IS " + activeWord(s.GRPLIST) + ".")
	if s.INACTIVE == 0 {
		p.line("INACTIVE USERIDS ARE NOT BEING AUTOMATICALLY REVOKED.")
	} else {
		p.line(fmt.Sprintf("INACTIVE USERIDS ARE BEING AUTOMATICALLY REVOKED AFTER %3d DAYS.", s.INACTIVE))
	}
	if !s.MODGDG && !s.MODUSER && !s.MODGROUP {
		p.line("NO DATA SET MODELLING BEING DONE.")
		return
	}
	if s.MODGDG {
		p.line("DATA SET MODELLING IS BEING DONE FOR GDGS.")
	} else {
		p.line("DATA SET MODELLING NOT BEING DONE FOR GDGS.")
	}
	p.line("USER DATA SET MODELLING IS " + not(s.MODUSER) + "BEING DONE.")
	p.line("GROUP DATA SET MODELLING IS " + not(s.MODGROUP) + "BEING DONE.")
}

func (s Setropts) passwords(p *setroptsPrinter) {
	p.line("PASSWORD PROCESSING OPTIONS:")
	p.line("  THE ACTIVE PASSWORD ENCRYPTION ALGORITHM IS " + s.PWDALG)
	p.line(fmt.Sprintf("  PASSWORD CHANGE INTERVAL IS %3d DAYS.", s.INTERVAL))
	switch {
	case s.PHRINT > 0:
		p.line(fmt.Sprintf("  PASSWORD PHRASE CHANGE INTERVAL IS %5d DAYS.", s.PHRINT))
	case s.PhraseLine:
		p.line("  PASSWORD CHANGE INTERVAL IS IN EFFECT FOR PASSWORD PHRASES.")
	}
	p.line(fmt.Sprintf("  PASSWORD MINIMUM CHANGE INTERVAL IS %3d DAYS.", s.MINCHANG))
	p.effect("  MIXED CASE PASSWORD SUPPORT", s.MIXDCASE)
	p.line("  SPECIAL CHARACTERS ARE " + not(s.PWDSPEC) + "ALLOWED.")
	if s.HISTORY == 0 {
		p.line("  NO PASSWORD HISTORY BEING MAINTAINED.")
	} else {
		p.line(fmt.Sprintf("  %2d GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED.", s.HISTORY))
	}
	if s.REVOKE == 0 {
		p.line("  USERIDS NOT BEING AUTOMATICALLY REVOKED.")
	} else {
		p.line(fmt.Sprintf("  AFTER %3d CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,", s.REVOKE))
		p.line("      A USERID WILL BE REVOKED.")
	}
	if s.WARNING == 0 {
		p.line("  NO PASSWORD EXPIRATION WARNING MESSAGES WILL BE ISSUED.")
	} else {
		p.line(fmt.Sprintf("  PASSWORD EXPIRATION WARNING LEVEL IS %3d DAYS.", s.WARNING))
	}
	if len(s.RULES) == 0 {
		p.line("  NO INSTALLATION PASSWORD SYNTAX RULES ARE PRESENT.")
	} else {
		p.line("  INSTALLATION PASSWORD SYNTAX RULES:")
		for i, r := range s.RULES {
			length := fmt.Sprintf("LENGTH(%d:%d)", r.Min, r.Max)
			if r.Min == r.Max {
				length = fmt.Sprintf("LENGTH(%d)", r.Max)
			}
			// The content starts 22 columns after the R of RULE.
			p.line(fmt.Sprintf("    %-22s%s", fmt.Sprintf("RULE %d  %s", i+1, length), r.Content))
		}
		p.line("   LEGEND:")
		p.line("    A-ALPHA C-CONSONANT L-ALPHANUM N-NUMERIC V-VOWEL W-NOVOWEL *-ANYTHING")
		p.line("    c-MIXED CONSONANT m-MIXED NUMERIC v-MIXED VOWEL $-NATIONAL s-SPECIAL")
		p.line("    x-MIXED ALL")
	}
	p.line(rvary(s.RVARSWPW) + " RVARY PASSWORD IS IN EFFECT FOR THE SWITCH FUNCTION.")
	p.line(rvary(s.RVARSTPW) + " RVARY PASSWORD IS IN EFFECT FOR THE STATUS FUNCTION.")
}

func (s Setropts) labelsAndRest(p *setroptsPrinter) {
	if s.Auditor {
		if s.SLEVAUDT == 0 {
			p.line("SECLEVELAUDIT IS INACTIVE")
		} else {
			p.line(fmt.Sprintf("SECURITY LEVEL FOR AUDITING IS %3d", s.SLEVAUDT))
		}
		p.effect("SECLABEL AUDIT", s.SLABAUDT)
	}
	p.effect("SECLABEL CONTROL", s.SECLABCT)
	p.effect("GENERIC OWNER ONLY", s.GENOWNER)
	p.effect("COMPATIBILITY MODE", s.COMPMODE)
	p.effect("MULTI-LEVEL QUIET", s.MLQUIET)
	p.effect("MULTI-LEVEL STABLE", s.MLSTABLE)
	p.option("NO WRITE-DOWN", "MLS", s.MLS)
	p.option("MULTI-LEVEL ACTIVE", "MLACTIVE", s.MLACTIVE)
	p.option("CATALOGUED DATA SETS ONLY,", "CATDSNS", s.CATDSNS)
	p.line("USER-ID FOR JES NJEUSERID IS : " + orElse(s.JESNJE, "????????"))
	p.line("USER-ID FOR JES UNDEFINEDUSER IS : " + orElse(s.JESUNDEF, "++++++++"))
	if s.SESSINT == 0 {
		p.line(`PARTNER LU-VERIFICATION SESSIONKEY INTERVAL DEFAULT IS "NEVER EXPIRES".`)
	} else {
		p.line(fmt.Sprintf("PARTNER LU-VERIFICATION SESSIONKEY INTERVAL MAXIMUM/DEFAULT IS %5d DAYS.", s.SESSINT))
	}
	if s.Auditor {
		p.effect("APPLAUDIT", s.APPLAUDT)
	}
	p.effect("ADDCREATOR", s.ADDCREAT)
	p.line(fmt.Sprintf("KERBLVL = %5d", s.KERBLVL))
	p.effect("MULTI-LEVEL FILE SYSTEM", s.MLFS)
	p.effect("MULTI-LEVEL INTERPROCESS COMMUNICATIONS", s.MLIPC)
	p.effect("MULTI-LEVEL NAME HIDING", s.MLNAMES)
	p.effect("SECURITY LABEL BY SYSTEM", s.SLBYSYS)
	p.line("PRIMARY LANGUAGE DEFAULT : " + orElse(s.PRIMLANG, "ENU"))
	p.line("SECONDARY LANGUAGE DEFAULT : " + orElse(s.SECLANG, "ENU"))
}
