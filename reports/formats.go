package reports

import (
	"fmt"
	"io"
	"strings"
)

// Options changes how a report is printed, never what it says.
type Options struct {
	// Color allows colour on the terminal, Width is its width in columns, 0
	// when not known.
	Color bool
	Width int
	// Redact replaces the names of systems, users, profiles, people and files
	// and all addresses by pseudonyms. Digests stay. The pseudonyms are taken
	// with RedactKey, so that they are the same in every report made with the
	// same key and cannot be found by trying names.
	Redact    bool
	RedactKey []byte
}

// Format is one way to print a report.
type Format struct {
	Name        string
	Extension   string // with the dot
	Description string

	write func(io.Writer, *page, Options) error
}

// Formats returns the formats in the order in which help lists them.
func Formats() []Format {
	return []Format{
		{"terminal", ".txt", "summary for the administrator: what changed, what was found, what is missing", writeTerminal},
		{"html", ".html", "one self-contained page for assessors, made to be read, printed and archived", writeHTML},
		{"json", ".json", "everything, for programs; report.schema.json describes it", writeJSON},
		{"csv", ".csv", "one row for each requirement, system, check and finding, safe to open in a spreadsheet", writeSpreadsheetCSV},
		{"csv-raw", ".csv", "the same rows for programs, without the apostrophes that protect a spreadsheet", writeRawCSV},
		{"inventory-csv", ".csv", "the cryptographic inventory of PCI DSS 12.3.3: one row for each asset and service, safe to open in a spreadsheet", writeInventoryCSV},
		{"inventory-csv-raw", ".csv", "the same rows for programs", writeRawInventoryCSV},
		{"cyclonedx", ".json", "the cryptographic inventory as a CycloneDX 1.6 bill of materials (CBOM)", writeCycloneDX},
	}
}

// FindFormat returns the format called name. The error names all formats.
func FindFormat(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("unknown report format %q: use one of %s", name, strings.Join(names, ", "))
}

// Write prints r in the named format.
func Write(w io.Writer, format string, r *Report, opts Options) error {
	f, err := FindFormat(format)
	if err != nil {
		return err
	}
	p, err := newPage(r, opts)
	if err != nil {
		return err
	}
	if err := f.write(w, p, opts); err != nil {
		return fmt.Errorf("write report as %s: %w", format, err)
	}
	return nil
}
