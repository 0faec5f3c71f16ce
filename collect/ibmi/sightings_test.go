package ibmi

import (
	"fmt"
	"slices"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func TestPeersCapAndNetworks(t *testing.T) {
	var lines []string
	for i := range 3 * maxNetworks {
		lines = append(lines, row(i, i%60, "A", 443, fmt.Sprintf("%d.%d.%d.7", 11+i>>16, i>>8&255, i&255), 50001, "", ""))
	}
	lines = append(lines, row(999_999, 1, "A", 443, "2001:db8:1:2::9", 50001, "", ""))
	r := collectOne(t, collect.Options{Limits: collect.Limits{Members: 10}}, rows(lines...))
	peers := r.values["ibmi/sk/accept/443/peers"]
	if n := len(peers.Items()); n != 10 || !peers.Has("11.0.0.7") {
		t.Errorf("%d peers: %s", n, peers)
	}
	r.want(t, map[string]string{"accept/443/peers_beyond": fmt.Sprint(3*maxNetworks + 1 - 10)})
	networks := r.values["ibmi/sk/accept/443/peer_networks"]
	if n := len(networks.Items()); n != 3*maxNetworks/256+1 || !networks.Has("11.5.0.0/16") || !networks.Has("2001:db8:1:2::/64") {
		t.Errorf("%d networks, first %v", n, networks.Items()[:3])
	}
	// Counts of the networks add up to the rows, also after widening.
	var sum int64
	for _, m := range r.origin["ibmi/sk/accept/443/peer_networks"].Members {
		sum += max(m.Count, 1)
	}
	if sum != int64(len(lines)) {
		t.Errorf("networks count %d rows of %d", sum, len(lines))
	}
	slices.Reverse(lines)
	again := collectOne(t, collect.Options{Limits: collect.Limits{Members: 10}}, rows(lines...))
	if again.header.Content != r.header.Content {
		t.Error("networks depend on the order of the rows")
	}
}
