package collect

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// ExportFormat is one way to print facts.
type ExportFormat struct {
	Name  string
	Title string
	write func(w *bufio.Writer, s *Snapshot, metrics bool) error
}

// ExportFormats are COMPEXTR's two formats and JSON. All can be read back by
// [OpenSnapshot]; YAML and JSON carry the headers, flattened lines do not.
var ExportFormats = []ExportFormat{
	{"flat", "one line for each key: key: value", exportFlat},
	{"yaml", "YAML with the headers of the parts", exportYAML},
	{"json", `JSON: {"system": ..., "parts": [...], "entries": {key: value}}`, exportJSON},
}

// Export prints the facts of a snapshot, and its metrics if asked.
func (s *Snapshot) Export(w io.Writer, format string, metrics bool) error {
	i := slices.IndexFunc(ExportFormats, func(f ExportFormat) bool { return f.Name == format })
	if i < 0 {
		return &Error{Offset: -1, Err: fmt.Errorf("format %q is not one of flat, yaml, json", format)}
	}
	bw := bufio.NewWriterSize(w, 256<<10)
	if err := ExportFormats[i].write(bw, s, metrics); err != nil {
		return err
	}
	return bw.Flush()
}

// eachEntry streams the entries of a snapshot in key order. When two parts give
// one key different values it is unknown, see [MergeFacts].
func (s *Snapshot) eachEntry(metrics bool, yield func(Key, Value) error) error {
	pending, err := s.metrics(metrics)
	if err != nil {
		return err
	}
	emit := func(limit Key, all bool) error {
		for len(pending) > 0 && (all || pending[0].Key < limit) {
			if err := yield(pending[0].Key, pending[0].Metric); err != nil {
				return err
			}
			pending = pending[1:]
		}
		return nil
	}
	err = MergeFacts(s.Parts, func(f MergedFact) error {
		if err := emit(f.Key, false); err != nil {
			return err
		}
		return yield(f.Key, f.Value)
	})
	if err != nil {
		return err
	}
	return emit("", true)
}

func (s *Snapshot) metrics(want bool) ([]Located, error) {
	var out []Located
	if !want {
		return nil, nil
	}
	for _, p := range s.Parts {
		r, err := p.Provenance()
		if err != nil {
			return nil, err
		}
		for r.Next() {
			if loc := r.Located(); !loc.Metric.IsAbsent() {
				out = append(out, loc)
			}
		}
		if err := errors.Join(r.Err(), r.Close()); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b Located) int { return strings.Compare(string(a.Key), string(b.Key)) })
	return out, nil
}

func exportFlat(w *bufio.Writer, s *Snapshot, metrics bool) error {
	var line []byte
	return s.eachEntry(metrics, func(k Key, v Value) error {
		line = append(AppendLine(line[:0], k, v), '\n')
		_, err := w.Write(line)
		return err
	})
}

func (s *Snapshot) headers() []Header {
	var out []Header
	for _, p := range s.Parts {
		out = append(out, p.Header)
	}
	return out
}

func exportJSON(w *bufio.Writer, s *Snapshot, metrics bool) error {
	system, err := json.Marshal(s.System)
	if err != nil {
		return err
	}
	parts, err := json.MarshalIndent(s.headers(), "  ", "  ")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "{\n  \"system\": %s,\n  \"parts\": %s,\n  \"entries\": {", plainJSON(system), plainJSON(parts))
	sep := "\n"
	err = s.eachEntry(metrics, func(k Key, v Value) error {
		b, err := v.MarshalJSON()
		if err != nil {
			return err
		}
		w.WriteString(sep)
		sep = ",\n"
		w.WriteString("    ")
		w.Write(appendQuoted(nil, string(k)))
		w.WriteString(": ")
		_, err = w.Write(b)
		return err
	})
	if err != nil {
		return err
	}
	_, err = w.WriteString("\n  }\n}\n")
	return err
}

// exportYAML writes keys and values as JSON scalars and flow sequences where
// plain YAML could be misread: JSON is YAML.
func exportYAML(w *bufio.Writer, s *Snapshot, metrics bool) error {
	w.WriteString("# irondrift export\n")
	head, err := json.Marshal(struct {
		System string   `json:"system"`
		Parts  []Header `json:"parts"`
	}{s.System, s.headers()})
	if err != nil {
		return err
	}
	// Through JSON to a YAML tree, so that both formats name things alike.
	var doc yaml.Node
	if err := yaml.Unmarshal(plainYAML(head), &doc); err != nil {
		return err
	}
	blockStyle(&doc)
	var top bytes.Buffer
	enc := yaml.NewEncoder(&top)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(&doc), enc.Close()); err != nil {
		return err
	}
	w.Write(plainYAML(top.Bytes()))
	w.WriteString("entries:\n")
	var line []byte
	return s.eachEntry(metrics, func(k Key, v Value) error {
		b, err := v.MarshalJSON()
		if err != nil {
			return err
		}
		line = append(line[:0], "  "...)
		line = appendYAMLKey(line, string(k))
		line = append(append(append(line, ": "...), b...), '\n')
		_, err = w.Write(line)
		return err
	})
}

func blockStyle(n *yaml.Node) {
	n.Style &^= yaml.FlowStyle
	if n.Kind == yaml.ScalarNode {
		n.Style = 0
		if n.Tag == "!!str" {
			n.Style = yaml.DoubleQuotedStyle
		}
	}
	for i, c := range n.Content {
		blockStyle(c)
		if n.Kind == yaml.MappingNode && i%2 == 0 && c.Kind == yaml.ScalarNode {
			c.Style = 0
		}
	}
}

// appendYAMLKey writes a key plain when it is made of characters that mean
// nothing in YAML.
func appendYAMLKey(dst []byte, k string) []byte {
	for i := range len(k) {
		c := k[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("/_.$~-", c) >= 0) {
			return appendQuoted(dst, k)
		}
	}
	return append(dst, k...)
}
