package racf_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// Every variant of every line, from the published listings and the wording that
// the STIG quotes: the lines stand in place of those that begin with the label.
func TestVariants(t *testing.T) {
	for _, test := range []struct {
		label string // a line of the composed listing
		lines string // what stands there instead
		want  string // NAME=value ...
	}{
		{"ATTRIBUTES", "ATTRIBUTES = NOINITSTATS NOWHEN(PROGRAM) NOSAUDIT NOCMDVIOL NOOPERAUDIT",
			"INITSTAT=false WHENPROG=false WHENPROG_MODE=none TERMINAL=?not_shown:_SETROPTS_LIST_prints_it_only_while_class_TERMINAL_is_active SAUDIT=false CMDVIOL=false OPERAUDT=false"},
		{"ATTRIBUTES", "ATTRIBUTES = INITSTATS WHEN(PROGRAM) TERMINAL(READ) SAUDIT CMDVIOL OPERAUDIT",
			"INITSTAT=true WHENPROG=true WHENPROG_MODE=?not_shown:_the_listing_gives_no_mode TERMINAL=READ SAUDIT=true CMDVIOL=true OPERAUDT=true"},
		{"ATTRIBUTES", "ATTRIBUTES = INITSTATS WHEN(PROGRAM -- ENHANCED) TERMINAL(NONE)|             NOSAUDIT CMDVIOL|OPERAUDIT",
			"WHENPROG_MODE=ENHANCED TERMINAL=NONE SAUDIT=false CMDVIOL=true OPERAUDT=true"},
		{"ATTRIBUTES", "ATTRIBUTES = INITSTATS WHEN(PROGRAM --|BASIC) SAUDIT CMDVIOL", "WHENPROG=true WHENPROG_MODE=BASIC SAUDIT=true OPERAUDT=?not_printed,_although_other_audit_options_are"},
		{"STATISTICS", "STATISTICS = NONE", "CLASSTAT=[]"},
		{"GENLIST", "GENLIST CLASSES = APPL|   TSOAUTH", `GENLIST=["APPL","TSOAUTH"]`},
		{"GLOBAL=YES", "GLOBAL=YES RACLIST ONLY =  NONE", "RACLIST_ONLY=[]"},
		{"GLOBAL=YES", "GLOBAL=YES RACLIST ONLY =  A B12 C@#$5678|  GLOBAL|  RULE LEGEND|  READYX", `RACLIST_ONLY=["A","B12","C@#$5678","GLOBAL","LEGEND","READYX","RULE"]`},
		{"LOGOPTIONS \"NEVER\"", "LOGOPTIONS \"NEVER\" CLASSES =|  DSNR", `LOGNEVER=["DSNR"]`},
		{"AUTOMATIC", "AUTOMATIC DATASET PROTECTION IS IN EFFECT", "ADSP=true"},
		{"AUTOMATIC", "AUTOMATIC DATASET PROTECTION IS NOT IN EFFECT.", "ADSP=false"},
		{"ENHANCED", "ENHANCED GENERIC NAMING IS NOT IN EFFECT", "EGN=false"},
		{"REAL DATA", "REAL DATA SET NAMES OPTION IS INACTIVE", "REALDSN=false"},
		{"JES-BATCH", "JES-BATCHALLRACF OPTION IS INACTIVE", "JESBATCH=false"},
		{"JES-XBM", "JES-XBMALLRACF OPTION IS ACTIVE", "JESXBM=true"},
		{"JES-EARLY", "JES-EARLYVERIFY OPTION IS ACTIVE", "JESEARLY=true"},
		{"PROTECT-ALL WARN", "PROTECT-ALL FAIL OPTION IS IN EFFECT", "PROTALL=FAILURES"},
		{"PROTECT-ALL WARN", "PROTECT-ALL FAILURES OPTION IS IN EFFECT.", "PROTALL=FAILURES"},
		{"PROTECT-ALL WARN", "", "PROTALL=?in_effect,_but_the_line_that_says_FAIL_or_WARNING_is_missing"},
		{"TAPE DATA", "TAPE DATA SET PROTECTION IS INACTIVE", "TAPEDSN=false"},
		{"SECURITY RET", "SECURITY RETENTION PERIOD IN EFFECT IS NEVER-EXPIRES DAYS.", "RETPD=99999"},
		{"SECURITY RET", "SECURITY RETENTION PERIOD IN EFFECT IS  1000 DAYS.", "RETPD=1000"},
		{"ERASE-ON-SCRATCH FOR", "", "ERASE=true ERASEALL=?erase_is_active,_but_the_lines_with_its_options_are_missing"},
		{"ERASE-ON-SCRATCH FOR", "  ERASE-ON-SCRATCH BY SECURITY LEVEL IS INACTIVE", "ERASE=true ERASEALL=false ERASESEC=none"},
		{"ERASE-ON-SCRATCH FOR", "  ERASE-ON-SCRATCH FOR ALL DATA SETS IS IN EFFECT|  ERASE-ON-SCRATCH BY SECURITY LEVEL IS INACTIVE", "ERASEALL=true ERASESEC=none"},
		{"ERASE-ON-SCRATCH FOR", "  ERASE-ON-SCRATCH BY SECURITY LEVEL IS ACTIVE|  CURRENT SECURITY LEVEL    IS  050", `ERASE=true ERASEALL=false ERASESEC="50"`},
		{"ERASE-ON-SCRATCH FOR", "  ERASE-ON-SCRATCH BY SECURITY LEVEL IS ACTIVE", "ERASESEC=?erase_by_security_level_is_active,_but_the_level_was_not_found"},
		{"SINGLE", "SINGLE LEVEL NAMES NOT ALLOWED", "PREFIX=none"},
		{"SINGLE", "SINGLE LEVEL NAME PREFIX IS PASSWORD", "PREFIX=PASSWORD"},
		{"LIST OF", "LIST OF GROUPS ACCESS CHECKING IS INACTIVE.", "GRPLIST=false"},
		{"LIST OF", "LIST OF GROUPS ACCESS CHECKING IS NOT ACTIVE", "GRPLIST=false"},
		{"INACTIVE", "INACTIVE USERIDS ARE NOT BEING AUTOMATICALLY REVOKED.", "INACTIVE=0 REVOKE=6"},
		{"INACTIVE", "INACTIVE USERIDS ARE BEING AUTOMATICALLY REVOKED AFTER  80 DAYS.", "INACTIVE=80 REVOKE=6"},
		{"DATA SET MODELLING", "DATA SET MODELLING IS BEING DONE FOR GDGS.", "MODGDG=true"},
		{"DATA SET MODELLING", "DATA SET MODELLING NOT BEING DONE FOR GDGS.", "MODGDG=false"},
		{"GROUP DATA SET", "GROUP DATA SET MODELLING IS BEING DONE.", "MODGROUP=true"},
		{"PASSWORD PROCESSING", "PASSWORD PROCESSING OPTIONS: ", "INTERVAL=90"},
		{"THE ACTIVE", "  THE ACTIVE PASSWORD ENCRYPTION ALGORITHM IS LEGACY", "PWDALG=LEGACY"},
		{"THE ACTIVE", "", "PWDALG=?this_listing_has_no_line_for_it"},
		{"PASSWORD CHANGE", "  PASSWORD CHANGE INTERVAL IS 060 DAYS.", "INTERVAL=60"},
		{"PASSWORD PHRASE", "  PASSWORD CHANGE INTERVAL IS IN EFFECT FOR PASSWORD PHRASES.", "INTERVAL=90 PHRINT=0"},
		{"PASSWORD PHRASE", "", "INTERVAL=90 PHRINT=0"},
		{"PASSWORD PHRASE", "  PASSWORD PHRASE CHANGE INTERVAL IS 00120 DAYS.", "INTERVAL=90 PHRINT=120"},
		{"PASSWORD MINIMUM", "  PASSWORD MINIMUM CHANGE INTERVAL IS   0 DAYS.", "MINCHANG=0"},
		{"MIXED CASE", "  MIXED CASE PASSWORD SUPPORT IS NOT IN EFFECT", "MIXDCASE=false"},
		{"SPECIAL", "  SPECIAL CHARACTERS ARE NOT ALLOWED.", "PWDSPEC=false"},
		{"SPECIAL", "", "PWDSPEC=?this_listing_has_no_line_for_it"},
		{"32 GEN", "  NO PASSWORD HISTORY BEING MAINTAINED.", "HISTORY=0"},
		{"32 GEN", "   4 GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED.", "HISTORY=4"},
		{"AFTER", "  AFTER   5 CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,", "REVOKE=5"},
		{"WARNING", "", ""},
		{"PASSWORD EXP", "  NO PASSWORD EXPIRATION WARNING MESSAGES WILL BE ISSUED.", "WARNING=0"},
		{"PASSWORD EXP", "  PASSWORD EXPIRATION WARNING LEVEL IS 250 DAYS.", "WARNING=250"},
		{"RULE 1", "  RULE 3   LENGTH(4:8) ********", "RULE1=none RULE3=4:8_********"},
		{"RULE 1", "    RULE 1  LENGTH(8)|          $smxCcNn", "RULE1=8:8_$smxCcNn"},
		{"x-MIXED", "    x-MIXEDALL", "RULES=true RULE2=6:8_AL****mc"},
		{"c-MIXED", "    c-MIXED|CONSONANT m-MIXED NUMERIC v-MIXED VOWEL $-NATIONAL s-SPECIAL", "RULES=true"},
		{"INSTALLATION DEFINED", "DEFAULT RVARY PASSWORD IS IN EFFECT FOR THE SWITCH FUNCTION.", "RVARSWPW=DEFAULT RVARSTPW=DEFAULT"},
		{"DEFAULT RVARY", "INSTALLATION DEFINED RVARY PASSWORD IS IN EFFECT FOR THE STATUS FUNCTION.", "RVARSWPW=INSTLN RVARSTPW=INSTLN"},
		{"SECURITY LEVEL FOR", "SECLEVELAUDIT IS INACTIVE", "SLEVAUDT=none"},
		{"SECURITY LEVEL FOR", "SECURITY LEVEL FOR AUDITING IS  005", `SLEVAUDT="5"`},
		{"SECLABEL AUDIT", "SECLABEL AUDIT IS NOT IN EFFECT", "SLABAUDT=false"},
		{"SECLABEL CONTROL", "SECLABEL CONTROL IS IN EFFECT", "SECLABCT=true"},
		{"GENERIC OWNER", "GENERIC OWNER ONLY IS NOT IN EFFECT", "GENOWNER=false"},
		{"COMPATIBILITY", "COMPATIBILITY MODE IS IN EFFECT", "COMPMODE=true"},
		{"MULTI-LEVEL QUIET", "MULTI-LEVEL QUIET IS IN EFFECT", "MLQUIET=true"},
		{"MULTI-LEVEL STABLE", "MULTI-LEVEL STABLE IS IN EFFECT", "MLSTABLE=true"},
		{"NO WRITE-DOWN", "MULTI-LEVEL SECURE IS IN EFFECT. CURRENT OPTIONS:", "MLS=FAILURES"},
		{"\"MLS FAIL\"", "  \"MLS WARNING\" OPTION IS IN EFFECT", "MLS=WARNING"},
		{"MULTI-LEVEL ACTIVE", "MULTI-LEVEL ACTIVE IS IN EFFECT. CURRENT OPTIONS:|  \"MLACTIVE FAIL\" OPTION IS IN EFFECT", "MLACTIVE=FAILURES"},
		{"MULTI-LEVEL ACTIVE", "MULTI-LEVEL ACTIVE IS IN EFFECT.|CURRENT OPTIONS:|\"MLACTIVE WARNING\" OPTION IS IN EFFECT", "MLACTIVE=WARNING"},
		{"CATALOGUED", "CATALOGUED DATA SETS ONLY IS IN EFFECT. CURRENT OPTIONS:", "CATDSNS=WARNING"},
		{"\"CATDSNS", "", "CATDSNS=?in_effect,_but_the_line_that_says_FAIL_or_WARNING_is_missing"},
		{"USER-ID FOR JES NJE", "USER-ID FOR JES NJEUSERID IS : ????????", `JESNJE="????????"`},
		{"PARTNER", `PARTNER LU-VERIFICATION SESSIONKEY INTERVAL DEFAULT IS "NEVER EXPIRES".`, "SESSINT=0"},
		{"PARTNER", "PARTNER LU-VERIFICATION SESSIONKEY INTERVAL MAXIMUM/DEFAULT IS    30 DAYS.", "SESSINT=30"},
		{"APPLAUDIT", "APPLAUDIT IS NOT IN EFFECT", "APPLAUDT=false"},
		{"ADDCREATOR", "ADDCREATOR IS IN EFFECT", "ADDCREAT=true"},
		{"KERBLVL", "KERBLVL =     0", "KERBLVL=0"},
		{"KERBLVL", "", "KERBLVL=?this_listing_has_no_line_for_it"},
		{"MULTI-LEVEL FILE", "MULTI-LEVEL FILE SYSTEM IS NOT IN EFFECT", "MLFS=INACTIVE"},
		{"MULTI-LEVEL INTER", "MULTI-LEVEL INTERPROCESS COMMUNICATIONS IS IN EFFECT", "MLIPC=ACTIVE"},
		{"MULTI-LEVEL NAME", "MULTI-LEVEL NAME HIDING IS IN EFFECT", "MLNAMES=true"},
		{"SECURITY LABEL BY", "SECURITY LABEL BY SYSTEM IS NOT IN EFFECT", "SLBYSYS=false"},
		{"PRIMARY", "PRIMARY LANGUAGE DEFAULT : JPN / JAPANESE", "PRIMLANG=JPN"},
		{"SECONDARY", "SECONDARY LANGUAGE DEFAULT : ENU     ", "SECLANG=ENU"},
	} {
		if test.want == "" {
			continue
		}
		t.Run(test.label+"/"+test.lines, func(t *testing.T) {
			listing := string(options(true).List(layout()))
			var with []string
			if test.lines != "" {
				with = strings.Split(test.lines, "|")
			}
			p := read(t, replaceLine(t, listing, test.label, with...))
			for _, want := range strings.Fields(test.want) {
				name, value, _ := strings.Cut(want, "=")
				if strings.HasPrefix(value, "?") || strings.Contains(value, ":") || value == "not_shown" {
					value = strings.ReplaceAll(value, "_", " ")
				}
				p.is(t, name, value)
			}
			p.covered(t, "", collect.Complete)
			p.ignored(t, "unrecognised line", 0)
			if len(p.Header.Warnings) > 0 {
				t.Errorf("warnings: %v", p.Header.Warnings)
			}
		})
	}
}

// REVOKE also comes on one line, and off.
func TestRevoke(t *testing.T) {
	for text, want := range map[string]string{
		"AFTER   4 CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS, A USERID WILL BE REVOKED.": "4",
		"  USERIDS NOT BEING AUTOMATICALLY REVOKED.":                                      "0",
	} {
		listing := replaceLine(t, string(options(true).List(layout())), "A USERID WILL")
		p := read(t, replaceLine(t, listing, "AFTER", text))
		p.is(t, "REVOKE", want)
		p.is(t, "INACTIVE", "90")
	}
}

func TestNoModelling(t *testing.T) {
	listing := replaceLine(t, string(options(true).List(layout())), "USER DATA SET MOD")
	listing = replaceLine(t, listing, "GROUP DATA SET MOD")
	p := read(t, replaceLine(t, listing, "DATA SET MOD", "NO DATA SET MODELLING BEING DONE."))
	for _, name := range []string{"MODGDG", "MODUSER", "MODGROUP"} {
		p.is(t, name, "false")
	}
}

// Every value of the extract forms that has more than one spelling.
func TestPairs(t *testing.T) {
	for text, want := range map[string]string{
		"ADSP:TRUE": "ADSP=true", "ADSP:N": "ADSP=false", "ADSP: YES ": "ADSP=true", "ADSP:": "ADSP=?its value has a form that is not known",
		"HISTORY:008": "HISTORY=8", "HISTORY:": "HISTORY=0", "HISTORY:x": "HISTORY=?its value has a form that is not known",
		"RETPD:99999": "RETPD=99999", "PROTALL:FAILURES": "PROTALL=FAILURES", "PROTALL:FAIL": "PROTALL=FAILURES",
		"RULE1:8 xxxxxxxx": "RULE1=8:8 xxxxxxxx", "RULE1:4:8 ********": "RULE1=4:8 ********", "RULE1:": "RULE1=none",
		"PWDALG:KDFAES      ": "PWDALG=KDFAES", "SLEVAUDT:050": `SLEVAUDT="50"`, "SLEVAUDT:HIGH": "SLEVAUDT=HIGH",
		"RVARSTPW:INSTLN": "RVARSTPW=INSTLN", "INTERVAL:": "INTERVAL=?the extract does not hold it",
		"GLOBAL:DATASET\nGLOBAL:DSNR": `GLOBAL=["DATASET","DSNR"]`, "GLOBAL_CT:2\nGLOBAL:DATASET\nGLOBAL:DSNR": `GLOBAL=["DATASET","DSNR"]`,
		"GLOBAL_CT:3\nGLOBAL:DATASET\nGLOBAL:DSNR": "GLOBAL=?3 classes are stated, 2 arrived",
		"GLOBAL:DATASET\nEGN:TRUE\nGLOBAL:DSNR":    "GLOBAL=?its classes do not stand together",
		"GLOBAL:DATASET\n?\nGLOBAL:DSNR":           "GLOBAL=?line 2 inside the class list was not understood",
		"GLOBAL:DATASET\nGLOBAL:NO CLASS!":         "GLOBAL=?it holds a word that is no class name",
	} {
		p := read(t, text+"\nREALDSN:TRUE\nTAPEDSN:TRUE\nWHENPROG:FALSE\n")
		name, value, _ := strings.Cut(want, "=")
		p.is(t, name, value)
		p.covered(t, "", collect.Open)
		p.is(t, "WHENPROG_MODE", "") // nothing proves that it is complete
	}
	whole := collect.Options{AssertComplete: true}
	p := readAs(t, sources[0], whole, "REALDSN:TRUE\nTAPEDSN:TRUE\nWHENPROG:FALSE\nGLOBAL:DSNR\n")
	p.covered(t, "", collect.Complete)
	p.is(t, "WHENPROG_MODE", "none")
	p.is(t, "GLOBAL", `["DSNR"]`)
	p.is(t, "CLASSSTAT", "")
	p.is(t, "CLASSTAT", "[]")
	p.is(t, "AUDIT", unseen)
	p.is(t, "HISTORY", "0")
	p.is(t, "INTERVAL", "?the extract does not hold it")
}

// A password in place of DEFAULT or INSTLN must not get through.
func TestRvaryPassword(t *testing.T) {
	for _, data := range []string{
		"REALDSN:TRUE\nTAPEDSN:TRUE\nRVARSTPW:HUNTER2\nEGN:TRUE\n",
		`{"profile":{"base":{"base:raclist":[],"base:rvary_status_password":"HUNTER2","base:rvary_switch_password":"HUNTER2","base:jes_batch":true}}}`,
		replaceLine(t, string(options(true).List(layout())), "INSTALLATION DEFINED", "RVARY PASSWORD HUNTER2", "SETROPTS RVARYPW(SWITCH(HUNTER2))"),
	} {
		p := read(t, data)
		if text := fmt.Sprintf("%v %v", p.Header, p.values); strings.Contains(text, "HUNTER2") {
			t.Errorf("a password leaves: %s", text)
		}
	}
}
