package zvm

// option describes a keyword of the OPTION statement.
type option struct {
	name       string
	min        int
	operand    bool // the next word belongs to it
	privileged bool // gives power over other users, or over evidence
}

// options lists the keywords of CP Planning and Administration and those of
// older releases that directories still carry. A keyword that is not here is
// kept as it is written.
var options = []option{
	{"370E", 4, false, false},
	{"ACCT", 4, false, true},
	{"AFFINITY", 8, true, false},
	{"APPLMON", 4, false, false},
	{"BMX", 3, false, false},
	{"CFUSER", 6, false, false},
	{"CFVM", 4, false, false},
	{"CHPIDVIRTUALIZATION", 6, true, false},
	{"COMSRV", 6, false, true},
	{"CONCEAL", 3, false, false},
	{"CPUID", 5, true, false},
	{"CRYMEASURE", 4, false, true},
	{"D84NOPAS", 8, false, true},
	{"DEDICATE", 8, false, false},
	{"DEVINFO", 4, false, true},
	{"DEVMAINT", 4, false, true},
	{"DIAG88", 6, false, true},
	{"DIAG98", 6, false, true},
	{"ECMODE", 6, false, false},
	{"IGNMAXU", 7, false, true},
	{"ISAM", 4, false, false},
	{"LANG", 4, true, false},
	{"LKFAC", 5, false, false},
	{"LNKEXCLU", 4, false, true},
	{"LNKNOPAS", 4, false, true},
	{"LNKSTABL", 4, false, true},
	{"LXAPP", 5, false, false},
	{"MAINTCCW", 5, false, true},
	{"MAXCONN", 4, true, false},
	{"MAXVMCFI", 8, true, false},
	{"MIH", 3, false, false},
	{"NETACCOUNTING", 4, false, false},
	{"NETROUTER", 4, false, false},
	{"NODEDICATE", 10, false, false},
	{"NOMDCFS", 7, false, false},
	{"NOVF", 4, false, false},
	{"QUICKDSP", 3, false, false},
	{"REALTIMER", 9, false, false},
	{"RMCHINFO", 3, false, true},
	{"RSTDSEG", 7, false, false},
	{"SETORIG", 7, false, true},
	{"STFIRST", 3, false, false},
	{"STGEXEMPT", 9, false, false},
	{"STGLIMIT", 8, false, false},
	{"SVCACCL", 7, false, false},
	{"SVCOFF", 4, false, false},
	{"SVMSTAT", 3, false, true},
	{"TODENABLE", 4, false, true},
	{"V=F", 3, false, false},
	{"V=R", 3, false, false},
	{"VCUNOSHR", 8, false, false},
	{"VIRT=FIXED", 10, false, false},
	{"VIRT=REAL", 9, false, false},
}

// optionNames maps every accepted spelling to its keyword.
var optionNames = func() map[string]*option {
	m := make(map[string]*option, 3*len(options))
	for i := range options {
		o := &options[i]
		for n := o.min; n <= len(o.name); n++ {
			m[o.name[:n]] = o
		}
	}
	return m
}()

// options takes the operands of OPTION, in any order. Words that are not known
// are kept, because a later release may give them a meaning; numbers among them
// are not, they belong to a word that was.
func (r *reader) options() string {
	if r.w.n() < 2 {
		return "it has no operand"
	}
	for i := 1; i < r.w.n(); i++ {
		s := r.w.up(i)
		o := optionNames[string(s)]
		switch {
		case o == nil && (s[0] >= 'A' && s[0] <= 'Z') && isWord(s, 20):
			r.keep(stOption, 0, 0, s)
			r.warn("an OPTION keyword is not known; it is kept as it is written")
		case o == nil:
			r.warn("an operand of OPTION is not a keyword; it is passed over")
		case o.operand && isWord(r.w.up(i+1), 16) && optionNames[string(r.w.up(i+1))] == nil:
			i++
			r.buf = append(append(append(r.buf[:0], o.name...), ' '), r.w.up(i)...)
			r.keep(stOption, 0, 0, r.buf)
		default:
			r.keep(stOption, 0, 0, []byte(o.name))
		}
	}
	return ""
}
