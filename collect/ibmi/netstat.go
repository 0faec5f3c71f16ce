package ibmi

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Netstat returns the source that reads the state of TCP/IP at one moment:
// QSYS2.NETSTAT_INFO and QSYS2.NETSTAT_JOB_INFO as delimited text, or the listing
// of WRKTCPSTS OPTION(*CNN). Several may be given for one night: the first says
// which ports are open, the second which jobs and profiles use them.
//
// It is the point in time beside the period of the audit journal (source
// ibmi-sk): what connected an hour earlier is not in it. So a port that is not
// seen tonight is not gone, and all keys are observed.
func Netstat() collect.Source { return netstatSource{} }

type netstatSource struct{}

const netstatPrefix collect.Key = "ibmi/netstat"

func (netstatSource) Info() collect.Info {
	return collect.Info{
		Name:     "ibmi-netstat",
		Platform: "ibmi",
		Title:    "IBM i network status: open ports and connections at one moment",
		View:     collect.Active,
		Prefixes: []collect.Key{netstatPrefix},
	}
}

// netstatForm is the kind of an extract.
type netstatForm int

const (
	netstatNone netstatForm = iota
	netstatInfo             // has a protocol or a state
	netstatJobs             // has jobs, and neither
	netstatListing
)

// netstatNames are the columns of both services that this source reads.
var netstatNames = sqlNames{
	"CONNECTION_TYPE":    {"CONN_TYPE"},
	"REMOTE_ADDRESS":     {"RMT_ADDR"},
	"REMOTE_PORT":        {"RMT_PORT"},
	"LOCAL_ADDRESS":      {"LOCAL_ADDR"},
	"LOCAL_PORT":         nil,
	"LOCAL_PORT_NAME":    {"LOCAL_NAME"},
	"PROTOCOL":           nil,
	"TCP_STATE":          {"STATE"},
	"BIND_USER":          {"BOUND_USER"},
	"AUTHORIZATION_NAME": {"USER_NAME"},
	"JOB_NAME":           nil,
	"JOB_NAME_SHORT":     nil,
	"SLIC_TASK_NAME":     nil,
}

// Recognise looks for the columns of the services, or for lines of the listing.
func (netstatSource) Recognise(head *collect.Head) collect.Confidence {
	_, c := netstatFormOf(head, nil)
	return c
}

func netstatFormOf(head *collect.Head, site map[string][]string) (netstatForm, collect.Confidence) {
	line := string(firstLine(head.Text))
	if line == "" {
		return netstatNone, collect.No
	}
	h := netstatNames.header(line, site)
	switch {
	case h.has("LOCAL_PORT", "TCP_STATE", "REMOTE_ADDRESS"):
		return netstatInfo, collect.Certain
	case h.has("LOCAL_PORT", "CONNECTION_TYPE", "JOB_NAME"), h.has("LOCAL_PORT", "CONNECTION_TYPE", "AUTHORIZATION_NAME"):
		return netstatJobs, collect.Certain
	case h.has("LOCAL_PORT", "CONNECTION_TYPE") && (h.has("TCP_STATE") || h.has("PROTOCOL")):
		return netstatInfo, collect.Likely
	case connectionLines(head.Text) >= 2:
		return netstatListing, collect.Likely
	}
	return netstatNone, collect.No
}

// Collect reads the files as views of one moment.
func (netstatSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	p, err := newPorts(opts.Site.Ports)
	if err != nil {
		return err
	}
	n := newNetstat(out.Part(""), p, opts.Site.Ports, cmp.Or(opts.Limits.Members, defaultMembers))
	end := ending{state: collect.Complete}
	for _, f := range files {
		head, err := f.Peek()
		if err != nil {
			return err
		}
		form, _ := netstatFormOf(head, opts.Site.ColumnAliases)
		var e ending
		switch form {
		case netstatListing:
			e, err = n.readListing(ctx, f, opts)
		case netstatInfo, netstatJobs:
			e, err = n.readService(ctx, f, opts, form)
		default:
			err = notNetstat(ctx, f)
		}
		if err != nil {
			return err
		}
		end = end.worse(e)
	}
	return n.write(end)
}

// notNetstat returns the error for a file of no known form. Opening it as text
// first gives the better message for binary data.
func notNetstat(ctx context.Context, f *collect.File) error {
	lines, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	lines.Close()
	return &collect.Error{File: f.Name, Offset: 0,
		Err:    fmt.Errorf("%w: neither NETSTAT_INFO nor NETSTAT_JOB_INFO with column names, nor a listing of connections", collect.ErrNotRecognised),
		Advice: "save the result of SELECT * FROM QSYS2.NETSTAT_INFO as CSV with column names"}
}

// readService reads the rows of one of the services.
func (n *netstat) readService(ctx context.Context, f *collect.File, opts *collect.Options, form netstatForm) (ending, error) {
	r, err := openSQL(ctx, f, opts, n.rec, netstatNames)
	if err != nil {
		return ending{}, err
	}
	n.jobs = n.jobs || r.has("JOB_NAME") || r.has("JOB_NAME_SHORT")
	n.profiles = n.profiles || r.has("AUTHORIZATION_NAME")
	n.addresses = n.addresses || r.has("LOCAL_ADDRESS")
	n.names = n.names || r.has("LOCAL_PORT_NAME")
	n.binders = n.binders || r.has("BIND_USER")
	n.ports = n.ports || form == netstatInfo
	rows := 0
	for r.next() {
		rows++
		s := socket{
			at: r.text.at, family: r.value("CONNECTION_TYPE"), protocol: strings.ToUpper(r.value("PROTOCOL")),
			state: connectionState(r.value("TCP_STATE")), name: r.value("LOCAL_PORT_NAME"), binder: r.value("BIND_USER"),
			profile: r.value("AUTHORIZATION_NAME"), job: jobName(r), decided: form == netstatInfo,
		}
		if s.protocol == "" && s.state == "" && r.has("TCP_STATE") {
			s.protocol = "UDP" // which has no state
		}
		if why := s.places(r.value("LOCAL_ADDRESS"), r.value("LOCAL_PORT"), r.value("REMOTE_ADDRESS"), r.value("REMOTE_PORT")); why != "" {
			r.spoiled(why)
			continue
		}
		n.add(&s)
	}
	end, err := r.finish(opts)
	if err == nil && rows == 0 {
		err = &collect.Error{File: f.Name, Offset: 0, Err: fmt.Errorf("%w: it holds column names but no row", collect.ErrDamaged),
			Advice: "every system has open ports: take the extract again; from 7.6 it needs *IOSYSCFG or function usage QIBM_IOSYSCFG_VIEW"}
	}
	return end, err
}

// jobName returns the name of a job without user and number, which differ each
// time the job is started, and without the number that the jobs of TCP/IP servers
// have in their names: QTFTP00036 is QTFTP*.
func jobName(r *sqlReader) string {
	name := r.value("JOB_NAME_SHORT")
	if name == "" {
		name = r.value("JOB_NAME")
		name = name[strings.LastIndexByte(name, '/')+1:]
	}
	if bare := strings.TrimRight(name, "0123456789"); strings.HasPrefix(bare, "QT") && len(name)-len(bare) == 5 {
		return bare + "*"
	}
	return name
}
