package collect

import (
	"context"
	"path"
	"time"
)

// A Source reads one kind of extract.
type Source interface {
	// Info returns constant facts about the source.
	Info() Info

	// Recognise says how sure the source is that head begins one of its
	// extracts. It must not guess from the file name alone.
	Recognise(head *Head) Confidence

	// Collect reads files, all of this source's kind and of one night, and
	// records what they say. It returns an error only when nothing sound can
	// be said; damage that leaves something sound makes a partial part. It
	// must stop soon after ctx is done, keep no more in memory than the
	// distinct entities, and never hand a secret to the recorder.
	Collect(ctx context.Context, files []*File, opts *Options, out *Output) error
}

// Info are constant facts about a source.
type Info struct {
	Name     string // zvm-directory
	Platform string // zvm, zos, ibmi
	Title    string // "z/VM user directory (source form)"
	View     View
	Prefixes []Key // everything the source speaks for
	// Secrets: the files can hold passwords, see [FileInfo].
	Secrets bool
	// Records: positions count records, not lines.
	Records bool
}

// Confidence is a source's answer to "is this yours?".
type Confidence int

// Answers of [Source.Recognise].
const (
	No       Confidence = iota
	Possible            // nothing speaks against it
	Likely              // several marks of the format
	Certain             // a mark that no other format has
)

// Options are what the configuration and the command line say about an extract.
// Every field that can change a fact is part of the options digest.
type Options struct {
	// System names the system; SystemFrom says who says so. A capture header
	// or the records must agree. Empty: take it from them.
	System     string `json:"-"`
	SystemFrom string `json:"-"`
	// Names are other names under which extracts may know the system.
	Names []string `json:"-"`
	// Captured is the asserted time of the extract; zero when not known.
	Captured time.Time `json:"-"`
	// Location is the zone of local times in the extract; nil when not known.
	Location *time.Location `json:"-"`
	// Clock is what the header says of the zone of local times when not the
	// configuration but something else tells it; zero otherwise.
	Clock Clock `json:"-"`
	// AssertComplete: the configuration says that the transfer proves the
	// extract whole, so a missing end mark does not leave coverage open.
	AssertComplete bool `json:"assert_complete,omitempty"`
	// CodePage forces an EBCDIC code page, one of [CodePages]; "" detects.
	CodePage string `json:"code_page,omitempty"`
	// NoRDW: an SMF dump lost its record descriptor words in transfer, and is to
	// be read without them.
	NoRDW bool `json:"no_rdw,omitempty"`
	// Zone is the name of Location, for the options digest.
	Zone string `json:"zone,omitempty"`
	// Release is the z/OS release, such as 3.1, of extracts that do not name
	// theirs and whose meaning depends on it; "" when not known.
	Release string `json:"release,omitempty"`
	// Stack names the TCP/IP stack of an extract that does not.
	Stack string `json:"stack,omitempty"`
	// Site are the site's own tables.
	Site Site `json:"site"`
	// SecretKey keys the digest of files that can hold secrets.
	SecretKey []byte `json:"-"`
	// Collector is the version of the program, for the header.
	Collector string `json:"-"`
	// Limits bound what hostile input can make the program do.
	Limits Limits `json:"-"`
	// Progress, when set, is told how many more bytes were read. It may be
	// called from several goroutines.
	Progress func(bytes int64) `json:"-"`
	// TempDir holds spilled runs; "" is the system's.
	TempDir string `json:"-"`
}

// Site are tables of the site that sources use.
type Site struct {
	VendorPasswords []string            `json:"vendor_passwords,omitempty"` // beside the built-in list
	ColumnAliases   map[string][]string `json:"column_aliases,omitempty"`   // column name of the reference -> names in exports
	Ports           []Port              `json:"ports,omitempty"`            // beside the built-in table
	ZERTCodes       []ZERTCode          `json:"zert_codes,omitempty"`       // beside the confirmed ones
	ZERTJobs        []ZERTJob           `json:"zert_jobs,omitempty"`        // the first that fits counts
}

// ZERTJob gives the address spaces of one service one name. A server that forks
// has a job name for each child, FTPD1 or FTPD12 today and another tomorrow, and
// would be another service each night.
type ZERTJob struct {
	Job string `json:"job" yaml:"job"` // pattern: FTPD[0-9]*
	As  string `json:"as" yaml:"as"`   // name in the keys, up to eight characters: FTPD*
}

// Fits reports whether a job gets the name.
func (j *ZERTJob) Fits(job string) bool {
	fits, _ := path.Match(j.Job, job)
	return fits
}

// ZERTCode names a code of the zERT records that no table we could read names.
type ZERTCode struct {
	Table string `json:"table" yaml:"table"` // as in the warning about the code: "encryption"
	Code  string `json:"code" yaml:"code"`   // hexadecimal
	Name  string `json:"name" yaml:"name"`
}

// Port names a service port of the site, or a range of ports that one service
// uses, such as the data ports of passive FTP; a range is one key.
type Port struct {
	Port    int    `json:"port" yaml:"port"`
	Last    int    `json:"last,omitempty" yaml:"last,omitempty"` // of a range
	Service string `json:"service" yaml:"service"`
	// Class is clear, tls, starttls, ssh, ipsec or unknown: what the port
	// number alone says about protection.
	Class string `json:"class" yaml:"class"`
}

// Limits bound the work that one input can cause. Zero fields have defaults.
type Limits struct {
	Line    int // longest line or record in bytes; 1 MiB
	Members int // most members of a capped metric set such as peers; 1000
	Sort    int // bytes held before sorted runs are spilled to disk; 32 MiB
}

func (l Limits) withDefaults() Limits {
	if l.Line == 0 {
		l.Line = 1 << 20
	}
	if l.Members == 0 {
		l.Members = 1000
	}
	if l.Sort == 0 {
		l.Sort = 32 << 20
	}
	return l
}
