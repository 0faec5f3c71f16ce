package attls

import (
	"context"
	"fmt"

	"github.com/irondrift/irondrift/collect"
)

// Block is a statement or a parameter of a Policy Agent file, as its grammar has
// it, whatever its name means: a keyword, the words behind it, and what stands
// between the braces that follow. The Policy Agent reads the policies of several
// components in one grammar; where the names of one are not published, this is
// what can be read of them.
type Block struct {
	Keyword  string // as spelled
	Words    []string
	Children []Block
	Braces   bool  // it has a block, which may be empty
	Line     int64 // where it begins
}

// Name is the first word, which names a statement; "" for an inline one.
func (b *Block) Name() string {
	if len(b.Words) == 0 {
		return ""
	}
	return b.Words[0]
}

// ReadBlocks reads all statements of a Policy Agent file. Odd are the places at
// which the text breaks the grammar, such as braces that do not fit. An error says
// that the file cannot be read or ends within a statement: what is not there may
// be what matters.
func ReadBlocks(ctx context.Context, f *collect.File) (top []Block, odd []string, err error) {
	p, err := readPolicy(ctx, f, &collect.Options{})
	if err != nil {
		return nil, nil, err
	}
	if p.state == collect.Partial && p.why != p.broken {
		return nil, nil, &collect.Error{File: f.Name, Offset: -1, Err: fmt.Errorf("%w: %s", collect.ErrDamaged, p.why),
			Advice: "transfer the whole file again"}
	}
	for _, o := range p.problems {
		odd = append(odd, fmt.Sprintf("%s: %s", o.at, o.text))
	}
	return blocks(p.top), odd, nil
}

func blocks(nodes []*node) []Block {
	var out []Block
	for _, n := range nodes {
		out = append(out, Block{Keyword: n.keyword, Words: n.words, Children: blocks(n.children), Braces: n.block, Line: n.at.origin.Pos})
	}
	return out
}
