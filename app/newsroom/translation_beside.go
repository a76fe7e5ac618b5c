package newsroom

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"doingoai/app/markup"
	"doingoai/app/parallel"
)

// Beside is what somebody typed of a translation that stood beside its source.
type Beside struct {
	Source  int    `json:"source"`  // the source's revision they had before them
	Version int64  `json:"version"` // Parallel.Version
	Cells   []Cell `json:"cells"`
}

// Cell is what was typed for a passage.
type Cell struct {
	ID    string `json:"id"` // Passage.ID
	Text  string `json:"text"`
	Right bool   `json:"right,omitempty"` // said to be right as it stands
}

// encode is its form in the database, "" for none.
func (b *Beside) encode() string {
	if b == nil {
		return ""
	}
	text, err := json.Marshal(b)
	if err != nil {
		panic(err) // texts always have a JSON form
	}
	return string(text)
}

// Over puts what was typed together to a whole text, in place of another one.
func (b *Beside) Over(c Content) Content {
	var body []string
	for _, cell := range b.Cells {
		if c.isField(cell.ID) {
			c.say(cell.ID, cell.Text)
		} else if text := tidy(cell.Text); text != "" {
			body = append(body, text)
		}
	}
	c.Body = strings.Join(body, "\n\n")
	return c.Tidy()
}

// ParagraphPrefix begins the IDs of passages that are paragraphs.
const ParagraphPrefix = "p-"

// passageID names a passage for as long as the source says the same there. How
// often each has been named already is counted in named.
func passageID(s parallel.Standing, named map[string]int) string {
	if s.Key != "" {
		return s.Key
	}
	words := s.New
	if words == "" {
		words = s.Old
	}
	id := ParagraphPrefix + parallel.Hash(words)[:12]
	if named[id]++; named[id] > 1 {
		id += fmt.Sprintf("-%d", named[id])
	}
	return id
}

// Typed is Beside when nothing was typed yet.
func (p *Parallel) Typed() Beside {
	b := Beside{Source: p.Source.Number, Version: p.Version}
	for _, passage := range p.Passages {
		b.Cells = append(b.Cells, Cell{ID: passage.ID, Text: passage.Target})
	}
	return b
}

// Laid is what was typed, laid on the two texts as they are now.
type Laid struct {
	Beside
	Left []Cell // what has no place any more
	Both []int  // places of passages that somebody else has written since too
}

// Lay puts what was typed beside an earlier state of the two texts to where it
// belongs now: to the passage of the same words of the source, else to the one
// that stands in its place, where there are as many. begun is the translation as
// it was then: what only others have written since is theirs.
func (p *Parallel) Lay(typed Beside, begun Content) Laid {
	l := Laid{Beside: p.Typed()}
	for i, cell := range typed.Cells {
		mine := touched(begun, cell)
		at := slices.IndexFunc(p.Passages, func(passage Passage) bool { return passage.ID == cell.ID })
		if at >= 0 {
			l.Cells[at].Right = cell.Right
		} else if len(typed.Cells) == len(p.Passages) && p.Passages[i].Key == "" && !typed.has(p.Passages[i].ID) {
			at = i
		}
		switch {
		case at < 0 && mine:
			l.Left = append(l.Left, cell)
		case at < 0:
		case !touched(begun, l.Cells[at]):
			l.Cells[at].Text = cell.Text
		case mine:
			l.Cells[at].Text, l.Both = cell.Text, append(l.Both, at)
		}
	}
	return l
}

func (b Beside) has(id string) bool {
	return slices.ContainsFunc(b.Cells, func(c Cell) bool { return c.ID == id })
}

// touched says whether a cell has words that a text has not.
func touched(c Content, cell Cell) bool {
	if c.isField(cell.ID) {
		return oneLine(cell.ID, cell.Text) != c.said(cell.ID)
	}
	known := markup.Paragraphs(c.Body)
	return slices.ContainsFunc(markup.Paragraphs(tidy(cell.Text)), func(p string) bool { return !slices.Contains(known, p) })
}

// Right are the IDs of the passages that were said to be right.
func (b Beside) Right() []string {
	var ids []string
	for _, cell := range b.Cells {
		if cell.Right {
			ids = append(ids, cell.ID)
		}
	}
	return ids
}
