package zert

import (
	"cmp"
	"maps"
	"slices"
)

// maxPending bounds the connections that are kept one by one until it is known
// which end is the server.
const maxPending = 1 << 16

// connKey are the two ends of a connection.
type connKey struct {
	sid                   [4]byte
	stack, job            [8]byte
	local, remote         [16]byte
	localPort, remotePort uint16
	v6, udp               bool
}

// pendingKey are connections that differ in nothing that is kept.
type pendingKey struct {
	connKey
	user     [8]byte
	template uint32
}

type pending struct {
	seen
	detail
}

// service returns the key of the service that a connection belongs to when the
// local end has the given role.
func (k *connKey) service(role uint8) serviceKey {
	s := serviceKey{sid: k.sid, stack: k.stack, job: k.job, v6: k.v6, role: role,
		ip: k.local, portFirst: k.localPort, portLast: k.localPort}
	if role == roleClient {
		s.ip, s.portFirst, s.portLast = k.remote, k.remotePort, k.remotePort
	}
	return s
}

// guess returns the key of a connection of which nothing else tells the server.
// A port below 1024 is one that only servers use. When that does not decide, the
// endpoint is the local address with any port: the two ports of a connection
// between ephemeral ports say nothing that would be the same tomorrow.
func (k *connKey) guess() serviceKey {
	const reserved = 1024
	switch {
	case k.udp:
		return k.service(roleEE)
	case k.localPort < reserved && k.remotePort >= reserved:
		return k.service(roleServer)
	case k.remotePort < reserved && k.localPort >= reserved:
		return k.service(roleClient)
	}
	s := k.service(roleUnknown)
	s.portFirst, s.portLast = 1, 65535
	return s
}

// detailService returns the entity that gathers connection detail of a service.
func (c *collection) detailService(k serviceKey) *service {
	s := c.byDetail[k]
	if s == nil {
		s = &service{key: k}
		c.byDetail[k] = s
		c.details = append(c.details, s)
	}
	return s
}

// resolve brings connection detail and summary records of one service together.
func (c *collection) resolve() {
	c.resolvePending()
	ranges := c.ranges()
	for _, d := range c.details {
		if s := c.find(d.key, ranges); s != nil {
			s.merge(d, c.members)
			continue
		}
		c.byKey[d.key] = uint32(len(c.services))
		c.services = append(c.services, d)
	}
	c.details, c.byDetail = nil, nil
}

// resolvePending finds the services of the connections of which the records do
// not say which end is the server: one that is known to serve the local address
// and port, or to be a client of the remote ones.
func (c *collection) resolvePending() {
	if len(c.pending) == 0 {
		return
	}
	ranges := c.ranges()
	known := func(k serviceKey) bool {
		return c.byDetail[k] != nil || c.find(k, ranges) != nil
	}
	// In the order of the file, so that the same dump always gives the same part.
	keys := slices.SortedFunc(maps.Keys(c.pending), func(a, b pendingKey) int {
		x, y := c.pending[a].at, c.pending[b].at
		return cmp.Or(cmp.Compare(x.file, y.file), cmp.Compare(x.pos, y.pos))
	})
	to := make([]serviceKey, len(keys))
	for i := range keys {
		k := &keys[i]
		to[i] = k.guess()
		for _, role := range []uint8{roleServer, roleClient, roleEE} {
			if s := k.service(role); k.udp == (role == roleEE) && known(s) {
				to[i] = s
				break
			}
		}
	}
	for i, k := range keys {
		p := c.pending[k]
		c.detailService(to[i]).addConnection(k.remote, k.user, k.template, &p.seen, &p.detail, c.members)
	}
	clear(c.pending)
}

// find returns the service of the summary records that a key falls in: the same
// one, or one with a range of ports that holds its port.
func (c *collection) find(k serviceKey, ranges map[serviceKey][]*service) *service {
	if n, ok := c.byKey[k]; ok {
		return c.services[n]
	}
	for _, s := range ranges[k.anyPort()] {
		if s.key.portFirst <= k.portFirst && k.portLast <= s.key.portLast {
			return s
		}
	}
	return nil
}

// ranges returns the services with a range of ports, by their other fields.
func (c *collection) ranges() map[serviceKey][]*service {
	out := map[serviceKey][]*service{}
	for _, s := range c.services {
		if s.key.portFirst != s.key.portLast {
			out[s.key.anyPort()] = append(out[s.key.anyPort()], s)
		}
	}
	return out
}

func (k serviceKey) anyPort() serviceKey {
	k.portFirst, k.portLast = 0, 0
	return k
}
