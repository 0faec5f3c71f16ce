package collect

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"github.com/irondrift/irondrift/collect/internal/spool"
)

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

// partFromEntries makes a part of facts that come in any order.
func partFromEntries(h Header, each func(add func(Key, Value) error) error) (*Part, error) {
	opts := &Options{}
	r := newRecorder("", Info{Name: h.Source}, nil, opts)
	defer r.sorter.Close()
	add := func(key Key, v Value) error {
		if err := key.Validate(); err != nil {
			return err
		}
		v = Keys().Retype(key, v)
		if Keys().Class(key) == Metric {
			return nil // exports made with --metrics carry them; they are not facts
		}
		form := v.AppendForm(nil)
		payload := append([]byte{byte(Setting), 0}, form...)
		return r.sorter.Add([]byte(key), payload)
	}
	if err := each(add); err != nil {
		return nil, err
	}
	facts, sum := spool.New(""), sha256.New()
	var line, last, lastForm []byte
	h.Facts, h.Metrics = 0, 0
	err := r.sorter.Merge(func(key, payload []byte) error {
		form := payload[2:]
		if h.Facts > 0 && bytes.Equal(key, last) {
			if bytes.Equal(form, lastForm) {
				return nil
			}
			return fmt.Errorf("%w: %q is %s and %s", ErrTwoValues, key, lastForm, form)
		}
		last, lastForm = append(last[:0], key...), append(lastForm[:0], form...)
		h.Facts++
		line = append(appendKeyForm(line[:0], Key(key)), ':', ' ')
		line = append(append(line, form...), '\n')
		sum.Write(line)
		_, err := facts.Write(line)
		return err
	})
	if err != nil {
		facts.Close()
		return nil, err
	}
	h.Content = "sha256:" + hex.EncodeToString(sum.Sum(nil))
	h.Provenance = ""
	return &Part{Header: h, FactsBlob: facts.Open, close: func() { facts.Close() }}, nil
}
