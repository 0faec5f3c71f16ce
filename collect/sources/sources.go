// Package sources lists every source that irondrift reads. The list is written
// out, not registered behind the scenes: what is not here is not in the program.
package sources

import (
	"slices"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/attls"
	"github.com/irondrift/irondrift/collect/compextr"
	"github.com/irondrift/irondrift/collect/ibmi"
	"github.com/irondrift/irondrift/collect/racf"
	"github.com/irondrift/irondrift/collect/zert"
	"github.com/irondrift/irondrift/collect/zvm"
)

// All returns the sources. Their order does not matter: [collect.Recognise]
// takes the one that is surest.
func All() []collect.Source {
	return []collect.Source{
		attls.Pasearch(),
		attls.Policy(),
		compextr.Source(),
		ibmi.Netstat(),
		ibmi.SK(),
		ibmi.SystemValues(),
		ibmi.Users(),
		racf.Setropts(),
		racf.SetroptsVM(),
		zert.SMF(),
		zvm.Directory(),
		zvm.FileHash(),
		zvm.Query(),
		zvm.RACFControl(),
		zvm.SystemConfig(),
		zvm.TCPIP(),
	}
}

// Names returns the names of the sources, sorted.
func Names() []string {
	var names []string
	for _, s := range All() {
		names = append(names, s.Info().Name)
	}
	slices.Sort(names)
	return names
}

// Lookup returns the source of a name.
func Lookup(name string) (collect.Source, bool) {
	for _, s := range All() {
		if s.Info().Name == name {
			return s, true
		}
	}
	return nil, false
}
