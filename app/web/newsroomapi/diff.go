package newsroomapi

import (
	"reflect"
	"strings"

	"doingoai/app/kind"
	"doingoai/app/newsroom"
)

type diffIn struct {
	ref
	From int `query:"from" min:"1" max:"1000000" required:"true" doc:"Number of the revision before."`
	To   int `query:"to" min:"1" max:"1000000" required:"true" doc:"Number of the revision after."`
}

type comparison struct {
	From   revision      `json:"from"`
	To     revision      `json:"to"`
	Fields []fieldChange `json:"fields" doc:"Those in which the two differ, named as in a text."`
	People people        `json:"people"`
}

type fieldChange struct {
	Field  string  `json:"field"`
	Pieces []piece `json:"pieces" doc:"What is not added, joined, is the field before; what is not removed is the field after."`
}

type piece struct {
	Op   pieceOp `json:"op"`
	Text string  `json:"text"`
}

// pieceOp says of a piece of text which of the two has it.
type pieceOp string

const (
	same    pieceOp = "same"
	removed pieceOp = "removed"
	added   pieceOp = "added"
)

var pieceOps = map[rune]pieceOp{'=': same, '-': removed, '+': added}

// compareRevisions answers how two saved versions differ.
func (a *API) compareRevisions(c *call, in diffIn) (comparison, error) {
	from, err := a.Newsroom.Revision(c.ctx, c.actor, in.ref.ref(), in.From)
	if err != nil {
		return comparison{}, err
	}
	to, err := a.Newsroom.Revision(c.ctx, c.actor, in.ref.ref(), in.To)
	if err != nil {
		return comparison{}, err
	}
	answer := comparison{From: bareRevision(from), To: bareRevision(to), Fields: differences(textOf(from.Content), textOf(to.Content))}
	answer.People, err = a.people(c.ctx, from.Author, to.Author)
	return answer, err
}

// differences compares two texts field by field, and lists as lines of texts.
func differences(before, after text) []fieldChange {
	changes := []fieldChange{}
	for i := range reflect.TypeFor[text]().NumField() {
		a, b := wordsOf(before, i), wordsOf(after, i)
		if a == b {
			continue
		}
		name, _, _ := strings.Cut(reflect.TypeFor[text]().Field(i).Tag.Get("json"), ",")
		change := fieldChange{Field: name}
		for _, p := range newsroom.Diff(a, b) {
			change.Pieces = append(change.Pieces, piece{pieceOps[p.Op], p.Text})
		}
		changes = append(changes, change)
	}
	return changes
}

func wordsOf(t text, field int) string {
	switch v := reflect.ValueOf(t).Field(field).Interface().(type) {
	case string:
		return v
	case []string:
		return strings.Join(v, "\n")
	case []source:
		return t.about().SourcesText()
	case []partyReply:
		return newsroom.Content{Replies: t.replies()}.RepliesText()
	case kind.Facts:
		var lines []string
		for _, key := range kind.Keys(v) {
			lines = append(lines, key+": "+v[key])
		}
		return strings.Join(lines, "\n")
	default:
		panic("newsroomapi: a text has a field that is neither text nor texts")
	}
}
