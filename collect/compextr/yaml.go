package compextr

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/irondrift/irondrift/collect"
)

// Bounds of what an output can make the program do: an alias that refers to
// aliases can stand for any number of nodes.
const (
	maxDepth = 64
	maxNodes = 1 << 17
)

// yaml reads the YAML form. Its line numbers are those of the text without the
// lines of the console, so lines gives them back.
func (r *reader) yaml(lines []line) error {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(b.String()), &doc); err != nil {
		return r.badYAML(lines, err)
	}
	t := &tree{reader: r, lines: lines}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return r.badYAML(lines, errors.New("yaml: not a mapping"))
	}
	if err := t.walk("", doc.Content[0], 0); err != nil {
		return r.badYAML(lines, err)
	}
	r.rec.Used(int64(len(lines)))
	return nil
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// badYAML is the error of text that is not YAML, at its place in the file. The
// text itself is not repeated.
func (r *reader) badYAML(lines []line, err error) error {
	e := &collect.Error{File: r.file.Name, Offset: -1, Err: fmt.Errorf("%w: not sound YAML", collect.ErrDamaged),
		Advice: "the output may be cut off, or lost its indentation in transfer; give the flattened form if it stays so"}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		if n, convErr := strconv.Atoi(m[1]); convErr == nil && n >= 1 && n <= len(lines) {
			e.Line, e.Offset = lines[n-1].number, lines[n-1].offset
		}
	}
	return e
}

// tree walks a document.
type tree struct {
	*reader
	lines []line
	nodes int
}

func (t *tree) origin(n *yaml.Node) collect.Origin {
	if n.Line < 1 || n.Line > len(t.lines) {
		return collect.Origin{File: t.file.Index()}
	}
	return t.at(t.lines[n.Line-1])
}

// walk records what stands below key.
func (t *tree) walk(key string, n *yaml.Node, depth int) error {
	if t.nodes++; t.nodes > maxNodes || depth > maxDepth {
		return fmt.Errorf("yaml: line %d: more than %d nodes or %d levels", n.Line, maxNodes, maxDepth)
	}
	at := t.origin(n)
	switch n.Kind {
	case yaml.AliasNode:
		return t.walk(key, n.Alias, depth+1)
	case yaml.MappingNode:
		if len(n.Content) == 0 && key != "" {
			t.add(key, collect.Text("{}"), -1, false, at)
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if err := t.walk(join(key, n.Content[i].Value), n.Content[i+1], depth+1); err != nil {
				return err
			}
		}
	case yaml.SequenceNode:
		if len(n.Content) == 0 {
			t.add(key, collect.Value{}, -1, true, at)
		}
		for i, c := range n.Content {
			if c.Kind == yaml.ScalarNode {
				t.add(key, yamlScalar(c), -1, true, t.origin(c))
			} else if err := t.walk(join(key, strconv.Itoa(i)), c, depth+1); err != nil {
				return err
			}
		}
	case yaml.ScalarNode:
		name, index := splitIndex(key)
		t.add(name, yamlScalar(n), index, false, at)
	}
	return nil
}

func join(key, name string) string {
	if key == "" {
		return name
	}
	return key + "." + name
}

// yamlScalar types a scalar by how it is written: what is quoted is text.
func yamlScalar(n *yaml.Node) collect.Value {
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return collect.Text(n.Value)
	}
	if n.Tag == "!!null" {
		return collect.Text("")
	}
	return scalar(n.Value)
}
