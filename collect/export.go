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
	fmt.Fprintf(w, "{\n  \"system\": %s,\n  \"parts\": %s,\n  \"entries\": {", system, parts)
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
	if err := yaml.Unmarshal(head, &doc); err != nil {
		return err
	}
	blockStyle(&doc)
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(&doc), enc.Close()); err != nil {
		return err
	}
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

// readExport reads an export in any of the formats.
func readExport(name string, r *bufio.Reader) (*Snapshot, error) {
	head, _ := r.Peek(4096)
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte{0xEF, 0xBB, 0xBF}), " \t\r\n")
	var p *Part
	var parts []Header
	var err error
	switch {
	case bytes.HasPrefix(trimmed, []byte("{")):
		p, parts, err = readJSONExport(r)
	case bytes.HasPrefix(trimmed, []byte("# irondrift export")) || looksLikeYAML(trimmed):
		p, parts, err = readYAMLExport(r)
	default:
		p, err = readFlatExport(r)
	}
	if err != nil {
		return nil, &Error{File: name, Offset: -1, Err: err,
			Advice: "a SNAPSHOT argument is a file written by irondrift collect -o, or by irondrift export in any format"}
	}
	s := &Snapshot{System: p.Header.System}
	if len(parts) == 0 {
		// Flattened lines say nothing about coverage; they are taken for all
		// there is below the prefixes they hold.
		p.Header.Source = "export"
		if p.Header.Coverage, err = prefixesOf(p); err != nil {
			return nil, err
		}
		s.Parts = []*Part{p}
		return s, nil
	}
	s.Parts, err = splitExport(p, parts)
	return s, err
}

func looksLikeYAML(b []byte) bool {
	return bytes.HasPrefix(b, []byte("system: ")) || bytes.HasPrefix(b, []byte("entries:"))
}

func prefixesOf(p *Part) ([]Coverage, error) {
	var out []Coverage
	r, err := p.Facts()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for r.Next() {
		if prefix := Key(r.Key()).Head(2); len(out) == 0 || out[len(out)-1].Prefix != prefix {
			out = append(out, Coverage{Prefix: prefix, State: Complete, Reason: "as exported"})
		}
	}
	return out, r.Err()
}

// splitExport gives the entries of an export back to the parts that its headers
// describe. An entry belongs to the part whose coverage holds it most closely.
func splitExport(p *Part, headers []Header) ([]*Part, error) {
	if len(headers) == 1 {
		h := headers[0]
		content := h.Content
		h.Content, h.Facts, h.Provenance, h.Metrics = p.Header.Content, p.Header.Facts, "", 0
		if content != h.Content {
			return nil, &Error{Offset: -1, Err: fmt.Errorf("%w: its facts have digest %s, its header says %s", ErrDamaged, h.Content, content),
				Advice: "the export was edited; export the snapshot again"}
		}
		return []*Part{{Header: h, FactsBlob: p.FactsBlob, close: p.close}}, nil
	}
	var out []*Part
	for i := range headers {
		h := headers[i]
		part, err := partFromEntries(h, func(add func(Key, Value) error) error {
			r, err := p.Facts()
			if err != nil {
				return err
			}
			defer r.Close()
			for r.Next() {
				if owner(headers, Key(r.Key())) != i {
					continue
				}
				e, err := r.Entry()
				if err != nil {
					return err
				}
				if err := add(e.Key, e.Value); err != nil {
					return err
				}
			}
			return r.Err()
		})
		if err != nil {
			return nil, err
		}
		out = append(out, part)
	}
	return out, nil
}

func owner(headers []Header, key Key) int {
	best, length := 0, -1
	for i := range headers {
		if c := headers[i].CoverageOf(key); c.State != "" && len(c.Prefix) > length {
			best, length = i, len(c.Prefix)
		}
	}
	return best
}

func readFlatExport(r *bufio.Reader) (*Part, error) {
	lines := 0
	return partFromEntries(Header{System: "", SystemFrom: FromNowhere}, func(add func(Key, Value) error) error {
		for {
			line, err := r.ReadBytes('\n')
			if len(line) > 0 {
				lines++
				line = bytes.TrimRight(line, "\r\n")
				if len(line) > 0 && line[0] != '#' {
					key, form, err := SplitLine(line)
					if err != nil {
						return fmt.Errorf("line %d: %w", lines, err)
					}
					v, err := ParseForm(form, TypeAbsent)
					if err != nil {
						return fmt.Errorf("line %d: key %q: %w", lines, key, err)
					}
					if err := add(Key(key), v); err != nil {
						return fmt.Errorf("line %d: %w", lines, err)
					}
				}
			}
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
		}
	})
}

func readJSONExport(r *bufio.Reader) (*Part, []Header, error) {
	dec := json.NewDecoder(r)
	var h Header
	var parts []Header
	p, err := partFromEntries(h, func(add func(Key, Value) error) error {
		if _, err := dec.Token(); err != nil {
			return err
		}
		for dec.More() {
			name, err := dec.Token()
			if err != nil {
				return err
			}
			switch name {
			case "system":
				err = dec.Decode(&h.System)
			case "parts":
				err = dec.Decode(&parts)
			case "entries":
				err = decodeEntries(dec, add)
			default:
				err = fmt.Errorf("unknown field %q", name)
			}
			if err != nil {
				return err
			}
		}
		_, err := dec.Token()
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("JSON export: %w", err)
	}
	p.Header.System = h.System
	return p, parts, nil
}

// decodeEntries streams the object of entries, which may be large.
func decodeEntries(dec *json.Decoder, add func(Key, Value) error) error {
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(err, errors.New("entries is not an object"))
	}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		var v Value
		if err := v.UnmarshalJSON(raw); err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
		if err := add(Key(key), v); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

func readYAMLExport(r *bufio.Reader) (*Part, []Header, error) {
	var doc struct {
		System  string    `yaml:"system"`
		Parts   yaml.Node `yaml:"parts"`
		Entries yaml.Node `yaml:"entries"`
	}
	dec := yaml.NewDecoder(r)
	dec.KnownFields(true)
	if err := dec.Decode(&doc); err != nil {
		return nil, nil, fmt.Errorf("YAML export: %w", err)
	}
	var parts []Header
	if doc.Parts.Kind != 0 {
		var tree any
		if err := doc.Parts.Decode(&tree); err != nil {
			return nil, nil, err
		}
		b, err := json.Marshal(tree)
		if err != nil {
			return nil, nil, err
		}
		if err := json.Unmarshal(b, &parts); err != nil {
			return nil, nil, fmt.Errorf("YAML export: parts: %w", err)
		}
	}
	if doc.Entries.Kind != yaml.MappingNode {
		return nil, nil, errors.New("YAML export: entries is not a mapping")
	}
	p, err := partFromEntries(Header{}, func(add func(Key, Value) error) error {
		for i := 0; i+1 < len(doc.Entries.Content); i += 2 {
			k, n := doc.Entries.Content[i], doc.Entries.Content[i+1]
			v, err := yamlValue(n)
			if err == nil {
				err = add(Key(k.Value), v)
			}
			if err != nil {
				return fmt.Errorf("line %d: %w", k.Line, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("YAML export: %w", err)
	}
	p.Header.System = doc.System
	return p, parts, nil
}

// yamlValue takes scalars by how they are written: what is quoted is text.
func yamlValue(n *yaml.Node) (Value, error) {
	switch n.Kind {
	case yaml.SequenceNode:
		var items []string
		for _, c := range n.Content {
			if c.Kind != yaml.ScalarNode {
				return Value{}, errors.New("a list holds something that is not text")
			}
			items = append(items, c.Value)
		}
		return List(items...), nil
	case yaml.MappingNode:
		if len(n.Content) == 2 && n.Content[0].Value == "unknown" {
			return Unknown(n.Content[1].Value), nil
		}
		return Value{}, errors.New("a value that is a mapping must be {unknown: reason}")
	case yaml.ScalarNode:
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 || n.Value == "" {
			return Text(n.Value), nil
		}
		v, err := parseForm([]byte(n.Value))
		return v, err
	}
	return Value{}, errors.New("not a scalar or a list")
}
