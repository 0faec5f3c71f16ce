package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/reports"
)

// Names of peers are for the reader of a report. They are looked up after
// everything was read, compared and judged, so they cannot become facts.

// namesConfig is the names section of the configuration.
type namesConfig struct {
	// HostsFile names addresses and networks, see readHosts.
	HostsFile string `yaml:"hosts_file"`
	// Resolve asks the name service for the addresses that the file does not name.
	Resolve bool `yaml:"resolve"`
}

// hosts are the names that a file gives to addresses and networks.
type hosts struct {
	addresses map[netip.Addr]string
	networks  []hostsNetwork // narrow ones first
}

type hostsNetwork struct {
	prefix netip.Prefix
	name   string
}

// readHosts reads a file in the form of hosts(5): an address, then its name,
// then aliases, which are not used; "#" begins a comment. Beside addresses it
// takes networks, such as 10.40.52.0/24. The first line for an address counts,
// as it does for the resolver.
func readHosts(r io.Reader) (*hosts, error) {
	h := &hosts{addresses: map[netip.Addr]string{}}
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		line, _, _ := strings.Cut(in.Text(), "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(fields) == 1 {
			return nil, fmt.Errorf("line %d: %q has no name behind it", n, fields[0])
		}
		if prefix, err := netip.ParsePrefix(fields[0]); err == nil {
			h.networks = append(h.networks, hostsNetwork{prefix.Masked(), fields[1]})
			continue
		}
		addr, err := netip.ParseAddr(fields[0])
		if err != nil {
			return nil, fmt.Errorf("line %d: %q is neither an address nor a network such as 10.40.52.0/24", n, fields[0])
		}
		if addr = addr.Unmap().WithZone(""); h.addresses[addr] == "" {
			h.addresses[addr] = fields[1]
		}
	}
	slices.SortStableFunc(h.networks, func(a, b hostsNetwork) int { return cmp.Compare(b.prefix.Bits(), a.prefix.Bits()) })
	return h, in.Err()
}

// openHosts reads a hosts file by name.
func openHosts(path string) (*hosts, error) {
	f, err := os.Open(path)
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return nil, &hinted{fmt.Errorf("names of peers: %s: %w", collect.QuoteName(path), err), "check the path, and that this account may read it"}
	}
	defer f.Close()
	h, err := readHosts(f)
	if err != nil {
		return nil, &hinted{fmt.Errorf("names of peers: %s: %w", collect.QuoteName(path), err), "write an address or network and behind it a name, as in /etc/hosts"}
	}
	return h, nil
}

// network returns the name of the narrowest network that holds the address.
func (h *hosts) network(a netip.Addr) string {
	for _, n := range h.networks {
		if n.prefix.Contains(a) {
			return n.name
		}
	}
	return ""
}

// Live look-ups are bounded, so that a name service that is slow or gone delays
// a report by seconds and not by minutes.
const (
	mostLookups    = 256
	lookupTimeout  = 2 * time.Second
	lookupsTimeout = 20 * time.Second
	lookupsAtOnce  = 16
)

// reverseLookup asks the name service for the names of an address. Tests
// replace it.
var reverseLookup = net.DefaultResolver.LookupAddr

// namer gives names to addresses and remembers what the name service said.
type namer struct {
	hosts   *hosts
	lookup  func(ctx context.Context, address string) ([]string, error) // nil unless asked for
	timeout time.Duration

	mu     sync.Mutex
	said   map[netip.Addr]string
	left   int // look-ups that may still be made
	failed int // that gave no answer
}

func newNamer(h *hosts) *namer {
	return &namer{hosts: h, timeout: lookupTimeout, said: map[netip.Addr]string{}, left: mostLookups}
}

// note says how many look-ups were not answered or not made.
func (n *namer) note(a *app) {
	if n.failed > 0 {
		a.note("irondrift: note: the name service did not answer for %d addresses", n.failed)
	}
	if n.lookup != nil && n.left == 0 {
		a.note("irondrift: note: only the first %d addresses were looked up; a hosts file has no such limit", mostLookups)
	}
}

// nameFlags are the flags of commands that print reports.
type nameFlags struct {
	hosts   string
	resolve bool
}

// namer prepares the names: what flags say counts before the configuration. It
// is nil when nobody asked for names. A file named on the command line must be
// there; one that the configuration names must not stop the nightly job.
func (a *app) namer(cfg *config) (*namer, error) {
	n := newNamer(&hosts{})
	if a.names.resolve || cfg.Names.Resolve {
		n.lookup = reverseLookup
	}
	var err error
	switch {
	case a.names.hosts != "":
		if n.hosts, err = openHosts(a.names.hosts); err != nil {
			return nil, withStatus(exitUsage, err)
		}
	case cfg.Names.HostsFile != "":
		if n.hosts, err = openHosts(cfg.path(cfg.Names.HostsFile, "")); err != nil {
			a.note("irondrift: note: %v; peers are shown without names", err)
			n.hosts = &hosts{}
		}
	case n.lookup == nil:
		return nil, nil
	}
	return n, nil
}

// name fills in the names of the peers: the file's name of the address, else
// that of the name service when it may be asked, else the file's name of the
// network.
func (n *namer) name(ctx context.Context, services []reports.Peers) error {
	if n.lookup != nil {
		if err := n.ask(ctx, services); err != nil {
			return err
		}
	}
	for i := range services {
		for j := range services[i].Peers {
			p := &services[i].Peers[j]
			a, ok := parsePeer(p.Address)
			if !ok {
				continue
			}
			for _, x := range []reports.Peer{
				{Name: n.hosts.addresses[a], From: reports.FromHostsFile},
				{Name: n.said[a], From: reports.FromLookup},
				{Name: n.hosts.network(a), From: reports.FromNetwork},
			} {
				if x.Name != "" {
					p.Name, p.From = x.Name, x.From
					break
				}
			}
		}
	}
	return nil
}

func parsePeer(address string) (netip.Addr, bool) {
	a, err := netip.ParseAddr(address)
	return a.Unmap().WithZone(""), err == nil
}

// ask looks up every address that the file does not name and that was not asked
// for before. A name service that does not answer costs names, never the report.
func (n *namer) ask(ctx context.Context, services []reports.Peers) error {
	var wanted []netip.Addr
	for _, s := range services {
		for _, p := range s.Peers {
			a, ok := parsePeer(p.Address)
			if _, asked := n.said[a]; !ok || asked || n.hosts.addresses[a] != "" || n.left == 0 {
				continue
			}
			n.left--
			n.said[a] = ""
			wanted = append(wanted, a)
		}
	}
	all, cancel := context.WithTimeout(ctx, lookupsTimeout)
	defer cancel()
	var group errgroup.Group
	group.SetLimit(lookupsAtOnce)
	for _, a := range wanted {
		group.Go(func() error {
			one, cancel := context.WithTimeout(all, n.timeout)
			defer cancel()
			names, err := n.lookup(one, a.String())
			var notFound *net.DNSError
			n.mu.Lock()
			defer n.mu.Unlock()
			switch {
			case err == nil && len(names) > 0:
				n.said[a] = strings.TrimSuffix(slices.Min(names), ".")
			case err != nil && !(errors.As(err, &notFound) && notFound.IsNotFound):
				n.failed++
			}
			return nil
		})
	}
	_ = group.Wait() // no look-up fails the report
	return ctx.Err()
}

// findPeers reads who used the services that the report speaks about: one pass
// over the provenance of each part that can tell.
func (n *night) findPeers(ctx context.Context, r *reports.Report) ([]reports.Peers, error) {
	var out []reports.Peers
	for _, js := range n.judged {
		wanted := r.Services(js.cfg.ID)
		for _, p := range js.parts {
			got, err := peersIn(ctx, p, js.cfg.ID, wanted)
			if err != nil {
				return nil, fromStore(err)
			}
			out = append(out, got...)
		}
	}
	return out, nil
}

func peersIn(ctx context.Context, p *collect.Part, system string, wanted map[collect.Key]bool) (out []reports.Peers, err error) {
	if p.Header.Metrics == 0 {
		return nil, nil
	}
	r, err := p.Provenance()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for i := 0; r.Next(); i++ {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		at := r.Located()
		if service, ok := strings.CutSuffix(string(at.Key), "/peers"); ok && wanted[collect.Key(service)] {
			out = append(out, reports.NewPeers(system, collect.Key(service), at.Metric.Items()))
		}
		// Sources that cap the addresses count behind them what they left out.
		if service, ok := strings.CutSuffix(string(at.Key), "/peers_beyond"); ok && at.Metric.Raw() != "0" {
			if i := len(out) - 1; i >= 0 && out[i].Service == collect.Key(service) {
				out[i].Capped = true
			}
		}
	}
	return out, r.Err()
}
