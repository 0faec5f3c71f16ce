package zert

import (
	"errors"
	"fmt"
	"path"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/ebcdic"
)

// jobNames gives jobs the names that the site has for them.
type jobNames struct {
	page  *ebcdic.Page
	rules []collect.ZERTJob
	as    [][8]byte // names of the rules in EBCDIC
	known map[[8]byte][8]byte
}

// newJobNames checks the site's names; nil when there are none.
func newJobNames(rules []collect.ZERTJob, page *ebcdic.Page) (*jobNames, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	j := &jobNames{page: page, rules: rules, known: map[[8]byte][8]byte{}}
	for i, r := range rules {
		as, err := checkJob(r, page)
		if err != nil {
			return nil, fmt.Errorf("zert_jobs[%d]: %w", i, err)
		}
		j.as = append(j.as, as)
	}
	return j, nil
}

func checkJob(r collect.ZERTJob, page *ebcdic.Page) (as [8]byte, err error) {
	if _, err := path.Match(r.Job, ""); err != nil || r.Job == "" {
		return as, fmt.Errorf("job %q is not a pattern such as FTPD[0-9]*", r.Job)
	}
	if r.As == "" || len(r.As) > len(as) {
		return as, errors.New("as must be a name of up to eight characters")
	}
	for i := range as {
		as[i] = ebcdic.Space
	}
	for i := range len(r.As) {
		b := 0
		for b < 256 && page.String([]byte{byte(b)}) != r.As[i:i+1] {
			b++
		}
		if b == 256 || r.As[i] == '/' {
			return as, fmt.Errorf("as: %q cannot be part of a job name", r.As[i:i+1])
		}
		as[i] = byte(b)
	}
	return as, nil
}

// CheckJobs reports what is wrong with the site's names of jobs.
func CheckJobs(rules []collect.ZERTJob) error {
	page, err := ebcdic.Lookup("1047")
	if err == nil {
		_, err = newJobNames(rules, page)
	}
	return err
}

// of returns the name of a job, which is in EBCDIC and padded with blanks.
func (j *jobNames) of(job [8]byte) [8]byte {
	if j == nil {
		return job
	}
	if name, ok := j.known[job]; ok {
		return name
	}
	name := job
	for i := range j.rules {
		if j.rules[i].Fits(j.page.String(job[:])) {
			name = j.as[i]
			break
		}
	}
	if len(j.known) < maxKnownJobs {
		j.known[job] = name
	}
	return name
}

// maxKnownJobs bounds the names that are remembered.
const maxKnownJobs = 1 << 16
