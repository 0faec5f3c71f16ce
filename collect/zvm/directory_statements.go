package zvm

// statement is a kind of directory statement. The comment behind each name in
// the table below says where its operands go.
type statement uint8

const (
	_ statement = iota // no statement

	// Entry statements and those of the sections before the first user.
	stDirectory
	stGlobalDefs
	stGlobalOpts
	stPosixGroup
	stLoad
	stProfile
	stUser
	stIdentity
	stSubconfig
	stBuild
	stInclude

	// General statements with keys of their own.
	stAppcPass
	stAutolog
	stClass
	stCommand
	stCrypto
	stIPL
	stIUCV
	stLogonBy
	stMachine
	stMaxStorage
	stOption
	stPool
	stPosixGList
	stPosixInfo
	stPosixOpt
	stStorage

	// Device statements with keys of their own.
	stDedicate
	stDiskOption // DASDOPT and MINIOPT: they qualify the MDISK before them
	stLink
	stMDisk
	stNICDef
	stSpecial

	// Everything else that CP knows, kept as text.
	stOther

	// What is no statement of CP but kept among them.
	stProblem  // why DIRECTXA would refuse the entry
	stVMSecure // a comment in which VM:Secure keeps control data
)

// rank is the place a statement has in an entry. CP wants them in this order
// and refuses a directory with a general statement after a device (HCPDIR752E).
type rank uint8

const (
	rankEntry rank = iota
	rankGeneral
	rankDevice
)

// definition describes one statement: its full name, how far it may be cut, and
// how many operands of it are kept where they are kept as text. What follows the
// last operand is a remark in CP's eyes and may hold anything.
type definition struct {
	name     string
	min      int
	kind     statement
	rank     rank
	operands int
}

// definitions lists the statements of CP Planning and Administration. Minimum
// lengths are not all confirmed; being generous costs nothing, because no two
// names collide (a test makes sure).
var definitions = []definition{
	{"DIRECTORY", 6, stDirectory, rankEntry, 5},
	{"GLOBALDEFS", 7, stGlobalDefs, rankEntry, 0},
	{"GLOBALOPTS", 7, stGlobalOpts, rankGeneral, 8},
	{"POSIXGROUP", 10, stPosixGroup, rankGeneral, 2},
	{"LOAD", 4, stLoad, rankEntry, 16},
	{"PROFILE", 4, stProfile, rankEntry, 1},
	{"USER", 4, stUser, rankEntry, 0},
	{"IDENTITY", 5, stIdentity, rankEntry, 0},
	{"SUBCONFIG", 4, stSubconfig, rankEntry, 1},
	{"BUILD", 5, stBuild, rankGeneral, 5},
	{"INCLUDE", 3, stInclude, rankGeneral, 1},

	{"APPCPASS", 5, stAppcPass, rankGeneral, 0},
	{"AUTOLOG", 4, stAutolog, rankGeneral, 8},
	{"XAUTOLOG", 4, stAutolog, rankGeneral, 8},
	{"CLASS", 2, stClass, rankGeneral, 1},
	{"COMMAND", 3, stCommand, rankGeneral, 0},
	{"CMD", 3, stCommand, rankGeneral, 0},
	{"CRYPTO", 3, stCrypto, rankGeneral, 0},
	{"IPL", 3, stIPL, rankGeneral, 0},
	{"IUCV", 4, stIUCV, rankGeneral, 0},
	{"LOGONBY", 7, stLogonBy, rankGeneral, 8},
	{"MACHINE", 4, stMachine, rankGeneral, 2},
	{"MAXSTORAGE", 7, stMaxStorage, rankGeneral, 1},
	{"OPTION", 3, stOption, rankGeneral, 0},
	{"POOL", 4, stPool, rankGeneral, 0},
	{"POSIXGLIST", 10, stPosixGList, rankGeneral, 0},
	{"POSIXINFO", 9, stPosixInfo, rankGeneral, 0},
	{"POSIXOPT", 8, stPosixOpt, rankGeneral, 0},
	{"STORAGE", 4, stStorage, rankGeneral, 1},

	{"DASDOPT", 7, stDiskOption, rankDevice, 6},
	{"DEDICATE", 3, stDedicate, rankDevice, 0},
	{"LINK", 2, stLink, rankDevice, 0},
	{"MDISK", 2, stMDisk, rankDevice, 0},
	{"MINIOPT", 7, stDiskOption, rankDevice, 4},
	{"NICDEF", 4, stNICDef, rankDevice, 0},
	{"SPECIAL", 4, stSpecial, rankDevice, 4},

	{"ACCOUNT", 3, stOther, rankGeneral, 9},
	{"ACIGROUP", 3, stOther, rankGeneral, 1},
	{"ADJUNCT", 3, stOther, rankGeneral, 1},
	{"CONSOLE", 3, stOther, rankDevice, 5},
	{"CPU", 3, stOther, rankGeneral, 5},
	{"D8ONECMD", 8, stOther, rankGeneral, 3},
	{"DATEFORMAT", 5, stOther, rankGeneral, 1},
	{"IOPRIORITY", 4, stOther, rankGeneral, 3},
	{"LOADDEV", 5, stOther, rankGeneral, 2},
	{"NAMESAVE", 5, stOther, rankGeneral, 8},
	{"NOPDATA", 7, stOther, rankGeneral, 0},
	{"SCREEN", 3, stOther, rankGeneral, 16},
	{"SECLABEL", 4, stOther, rankGeneral, 1},
	{"SHARE", 5, stOther, rankGeneral, 5},
	{"SPOOL", 2, stOther, rankDevice, 4},
	{"SPOOLFILE", 6, stOther, rankGeneral, 2},
	{"STDEVOPT", 8, stOther, rankGeneral, 4},
	{"SYSAFFIN", 8, stOther, rankGeneral, 12},
	{"VMRELOCATE", 6, stOther, rankGeneral, 3},
	{"XCONFIG", 7, stOther, rankGeneral, 8},
	{"XSTORE", 6, stOther, rankGeneral, 2},
}

// statementNames maps every accepted spelling to its definition.
var statementNames = func() map[string]*definition {
	m := make(map[string]*definition, 4*len(definitions))
	for i := range definitions {
		d := &definitions[i]
		for n := d.min; n <= len(d.name); n++ {
			m[d.name[:n]] = d
		}
	}
	return m
}()

// beginsEntry reports whether the statement ends the entry before it.
func (d *definition) beginsEntry() bool { return d.rank == rankEntry }
