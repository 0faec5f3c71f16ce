// Package bank composes the example site: two nights of raw extracts of the
// mainframes and the IBM i partition of Meridian Savings Bank.
//
// There is no such bank. Every name, address, user id and password is invented,
// addresses are private (10.0.0.0/8) or reserved for documentation (192.0.2.0/24,
// 198.51.100.0/24, 2001:db8::/32), and the bytes come from package compose, which
// writes formats as their public documents lay them out. A fixed [Seed] makes
// every run give the same files.
//
// Four systems deliver each night, at about two in the morning:
//
//   - ZVMPROD1, a z/VM image with some 150 Linux guests: its user directory, with
//     passwords, as DIRM USER WITHPASS prints it, SYSTEM CONFIG, PROFILE TCPIP,
//     and a console with replies of CP;
//   - PRDA and PRDB, z/OS partitions: SETROPTS LIST, the AT-TLS policy file, and a
//     dump of the zERT summary records of the 24 hours before;
//   - IBMIPRD1, an IBM i partition: the SK entries of the audit journal of the 24
//     hours before, its system values and its user profiles, and what is open and
//     connected at the moment.
//
// The first night is a bank in fair order with a few things an auditor would
// raise (see [Findings]). The second night holds the changes listed in [Changes],
// some bad, some good, and some that must not show at all.
package bank

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Seed drives every random choice. The second word of each generator is the
// extract it belongs to, so that a change in one file leaves the others alone.
const Seed = 20261118

// Nights are the two nights, by the date of the morning on which they were taken.
var Nights = []string{"2026-11-18", "2026-11-19"}

// zone is the bank's time: no extract but the capture header says so.
var zone = time.FixedZone("CET", 3600)

// Compose calls write once for each file of the site, in a fixed order. Names
// are slash-separated and start with "extracts/"; data is not used afterwards.
func Compose(write func(name string, data []byte) error) error {
	for n, night := range Nights {
		taken, err := time.ParseInLocation(time.DateOnly, night, zone)
		if err != nil {
			return err
		}
		taken = taken.Add(2 * time.Hour)
		for _, file := range []struct {
			name string
			data []byte
		}{
			{"ZVMPROD1.user-direct.txt", userDirectory(n, taken.Add(5*time.Minute))},
			{"ZVMPROD1.system-config.txt", systemConfig(n, taken.Add(5*time.Minute+20*time.Second))},
			{"ZVMPROD1.profile-tcpip.txt", profileTCPIP(n, taken.Add(5*time.Minute+30*time.Second))},
			{"ZVMPROD1.console.txt", consoleReplies(n, taken.Add(5*time.Minute+40*time.Second))},
			{"PRDA.setropts.txt", setroptsPRDA(n, taken.Add(6*time.Minute))},
			{"PRDA.ttls.policy", policyFile("PRDA", n, taken.Add(8*time.Minute))},
			{"PRDA.pasearch.txt", policyListing(n, taken.Add(8*time.Minute+30*time.Second))},
			{"PRDA.zert.smf", zertDump(prda, n, taken)},
			{"PRDB.setropts.txt", setroptsPRDB(n, taken.Add(7*time.Minute))},
			{"PRDB.ttls.policy", policyFile("PRDB", n, taken.Add(8*time.Minute))},
			{"PRDB.zert.smf", zertDump(prdb, n, taken)},
			{"IBMIPRD1.qauditsk.csv", auditJournal(n, taken)},
			{"IBMIPRD1.sysval.csv", systemValues(n, taken.Add(9*time.Minute))},
			{"IBMIPRD1.users.csv", userProfiles(n, taken.Add(10*time.Minute))},
			{"IBMIPRD1.netstat.csv", netstatInfo(n, taken.Add(11*time.Minute))},
			{"IBMIPRD1.netjobs.csv", netstatJobInfo(n, taken.Add(11*time.Minute))},
		} {
			name := fmt.Sprintf("extracts/%s/%s", night, file.name)
			if err := write(name, file.data); err != nil {
				return fmt.Errorf("write %s: %w", name, err)
			}
		}
	}
	return nil
}

// random returns the generator of one extract.
func random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(Seed, stream)) }

// Streams of [random].
const (
	streamDirectory = iota + 1
	streamPRDA      // one for each night follows
	_
	streamPRDB
	_
	streamJournal
	_
	streamProfiles // the same for both nights
)
