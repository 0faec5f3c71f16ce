package reports

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// largeInventory has systems with services that use ten assets each, and one
// certificate for every service.
func largeInventory(systems, services int) rules.Inventory {
	inv := rules.Inventory{}
	for i := range 10 {
		inv.Assets = append(inv.Assets, rules.InventoryAsset{Kind: rules.AssetAlgorithm, Function: "encryption", Name: fmt.Sprintf("CIPHER-%d", i),
			Protocols: []string{"tls"}, Algorithm: rules.Algorithm{Class: rules.Classes[i%5], PostQuantum: rules.QuantumNotAffected}})
	}
	for i := range systems {
		id := fmt.Sprintf("S%04d", i)
		inv.Systems = append(inv.Systems, rules.InventorySystem{ID: id, Platform: "zos"})
		inv.Limits = append(inv.Limits, rules.InventoryLimit{System: id, Text: "there is no AT-TLS policy: what is declared is not known"})
		on := rules.AssetOnSystem{System: id, Status: rules.SeenOnly, Seen: services, Sessions: 1, Connections: 2}
		for j := range services {
			n := len(inv.Services)
			key := collect.NewKey("zert", id, "TCPIP", "server", fmt.Sprintf("JOB%05d", j), fmt.Sprintf("10.1.1.1:%d", 1024+j))
			inv.Services = append(inv.Services, rules.InventoryService{System: id, Kind: "zERT service", Key: key, Job: "JOB", Role: "server", Ports: fmt.Sprint(1024 + j), Purpose: "cards", Owner: "card services"})
			for k := range 10 {
				inv.Assets[k].Uses = append(inv.Assets[k].Uses, rules.AssetUse{Service: n, Seen: true, Records: 1})
			}
			inv.Assets = append(inv.Assets, rules.InventoryAsset{Kind: rules.AssetCertificate, Name: string(key), Certificate: &rules.AssetCertificateOf{Subject: string(key)},
				Uses: []rules.AssetUse{{Service: n, Seen: true, Records: 1}}, Systems: []rules.AssetOnSystem{{System: id, Status: rules.SeenOnly, Seen: 1, Sessions: 1, Connections: 2}}})
		}
		for k := range 10 {
			inv.Assets[k].Systems = append(inv.Assets[k].Systems, on)
		}
	}
	return inv
}

// TestLargeInventoryStaysReadable: a thousand systems make neither the page nor
// the summary too long to read; the CSV has all of it.
func TestLargeInventoryStaysReadable(t *testing.T) {
	r := &Report{Inventory: largeInventory(1000, 2)}
	var html, terminal, csv strings.Builder
	for _, c := range []struct {
		format string
		out    *strings.Builder
	}{{"html", &html}, {"terminal", &terminal}, {"inventory-csv", &csv}} {
		if err := Write(c.out, c.format, r, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if html.Len() > 2<<20 {
		t.Errorf("the page has %d bytes", html.Len())
	}
	if lines := strings.Count(terminal.String(), "\n"); lines > 40 {
		t.Errorf("the summary has %d lines:\n%s", lines, terminal.String())
	}
	if rows, want := strings.Count(csv.String(), "\r\n"), 1+2000*11+1000+1000; rows != want {
		t.Errorf("the CSV has %d rows, want %d", rows, want)
	}
}

func BenchmarkWriteInventory(b *testing.B) {
	r := &Report{Inventory: largeInventory(1000, 20)}
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, f.Name, r, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
