// Package testdata holds the example site, the files that irondrift's tests and
// its demo command work on.
//
// Everything below site is composed, nothing was captured: package
// testdata/bank describes an invented bank, package testdata/compose writes the
// bytes, and "go run ./testdata/generate" rewrites site/extracts. The site's
// README lists what is in it and what changes on the second night.
//
// The go command leaves folders named testdata out of "./...". To test the
// packages here, name them:
//
//	go test ./testdata ./testdata/compose ./testdata/bank
package testdata

import "embed"

// Site is the example site: its paths start with "site/", such as
// "site/extracts/2026-11-18/PRDA.zert.smf" and "site/irondrift.yaml".
//
//go:embed all:site
var Site embed.FS
