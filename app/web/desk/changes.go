package desk

import (
	"slices"
	"strings"
	"unicode"

	"doingoai/app/kind"
	"doingoai/app/newsroom"
)

// field is a text of the form by its name.
type field struct{ Name, Text string }

// fieldNames are the texts of a content, in the order of the form.
var fieldNames = append([]string{
	"kicker", "headline", "standfirst", "body", "section", "slug", "byline", "source_name", "source_url",
	"lead_media", "lead_alt", "lead_caption", "lead_credit",
}, aboutNames...)

// textOf is a field of a content, "" for a name that is none.
func textOf(c newsroom.Content, name string) string {
	if fact, ok := strings.CutPrefix(name, kind.Prefix); ok {
		return c.Facts[fact]
	}
	if slices.Contains(aboutNames, name) {
		return aboutText(c.About, name)
	}
	if text := placeOf(&c, name); text != nil {
		return *text
	}
	return ""
}

// setText puts a text into a field of a content.
func setText(c *newsroom.Content, name, text string) {
	if fact, ok := strings.CutPrefix(name, kind.Prefix); ok {
		c.Facts = c.Facts.With(fact, text)
	} else if slices.Contains(aboutNames, name) {
		setAbout(&c.About, name, text)
	} else if place := placeOf(c, name); place != nil {
		*place = text
	}
}

// factNamesOf are the names of the facts that any of some contents have.
func factNamesOf(some ...newsroom.Content) []string {
	var all []kind.Facts
	for _, c := range some {
		all = append(all, c.Facts)
	}
	names := kind.Keys(all...)
	for i := range names {
		names[i] = kind.Prefix + names[i]
	}
	return names
}

// placeOf is where a text stands by itself, nil where it does not.
func placeOf(c *newsroom.Content, name string) *string {
	return map[string]*string{
		"kicker": &c.Kicker, "headline": &c.Headline, "standfirst": &c.Standfirst, "body": &c.Body,
		"section": &c.Section, "slug": &c.Slug, "byline": &c.Byline, "source_name": &c.SourceName, "source_url": &c.SourceURL,
		"lead_media": &c.Lead.Media, "lead_alt": &c.Lead.Alt, "lead_caption": &c.Lead.Caption, "lead_credit": &c.Lead.Credit,
	}[name]
}

// fields lists what people can edit as text.
func fields(c newsroom.Content) []field {
	list := make([]field, len(fieldNames))
	for i, name := range fieldNames {
		list[i] = field{name, textOf(c, name)}
	}
	return list
}

// fieldChange is a field in which two versions differ.
type fieldChange struct {
	Name        string
	Kind        string // how it is shown: text, section, code, outlets, fact or picture
	Before, Now string // as they are kept, but for outlets: their names
	Pieces      []newsroom.Piece
	Long        bool // several lines
}

// changes compares two contents field by field. Sections, outlets, facts and what
// is chosen from a list are shown by their names.
func (p page) changes(before, now newsroom.Content, section func(string) string, outlets []outletChoice, facts factNames) []fieldChange {
	var list []fieldChange
	old := fields(before)
	for i, f := range fields(now) {
		if old[i].Text == f.Text {
			continue
		}
		ch := fieldChange{Name: f.Name, Kind: "text", Before: old[i].Text, Now: f.Text, Long: f.Name == "body" || strings.Contains(f.Text, "\n")}
		switch {
		case f.Name == "section":
			ch.Kind, ch.Pieces = "section", whole(section(ch.Before), section(ch.Now))
		case f.Name == "lead_media":
			ch.Kind = "picture"
		case codesOf(f.Name) != nil:
			ch.Kind, ch.Pieces = "code", whole(p.codeName(f.Name, ch.Before), p.codeName(f.Name, ch.Now))
		default:
			ch.Pieces = newsroom.Diff(ch.Before, ch.Now)
		}
		list = append(list, ch)
	}
	for _, name := range factNamesOf(before, now) {
		key := strings.TrimPrefix(name, kind.Prefix)
		a, b := before.Facts[key], now.Facts[key]
		if a == b {
			continue
		}
		ch := fieldChange{Name: name, Kind: "fact", Before: a, Now: b, Pieces: whole(facts.say(key, a), facts.say(key, b))}
		if in, _ := kind.InputOf(key); in.Worded {
			ch.Kind, ch.Pieces, ch.Long = "text", newsroom.Diff(a, b), strings.Contains(b, "\n")
		}
		list = append(list, ch)
	}
	if a, b := namesOf(before.Outlets, outlets), namesOf(now.Outlets, outlets); a != b {
		list = append(list, fieldChange{Name: "outlets", Kind: "outlets", Before: a, Now: b, Pieces: newsroom.Diff(a, b)})
	}
	if a, b := before.RepliesText(), now.RepliesText(); a != b {
		list = append(list, fieldChange{Name: "replies", Kind: "text", Before: a, Now: b, Pieces: newsroom.Diff(a, b), Long: true})
	}
	return list
}

func whole(before, now string) []newsroom.Piece {
	return []newsroom.Piece{{Op: '-', Text: before}, {Op: '+', Text: now}}
}

func namesOf(ids []string, outlets []outletChoice) string {
	var names []string
	for _, o := range outlets {
		for _, id := range ids {
			if id == o.Value {
				names = append(names, o.Label)
			}
		}
	}
	return strings.Join(names, ", ")
}

// nearby is how many characters of an unchanged stretch are shown beside a
// change; a stretch is cut only when that saves reading.
const nearby = 100

// condense leaves out the middle of long stretches that did not change, so
// that the changes of a long text can be seen together. What is left out is a
// piece of its own, with the operation '…'.
func condense(pieces []newsroom.Piece) []newsroom.Piece {
	var out []newsroom.Piece
	for i, p := range pieces {
		runes := []rune(p.Text)
		if p.Op != '=' || len(runes) <= 3*nearby {
			out = append(out, p)
			continue
		}
		if i > 0 {
			out = append(out, newsroom.Piece{Op: '=', Text: string(runes[:wordEnd(runes, nearby)])})
		}
		out = append(out, newsroom.Piece{Op: '…'})
		if i < len(pieces)-1 {
			out = append(out, newsroom.Piece{Op: '=', Text: string(runes[wordEnd(runes, len(runes)-nearby):])})
		}
	}
	return out
}

// wordEnd is the first place from at on at which a word ends.
func wordEnd(runes []rune, at int) int {
	for at < len(runes) && !unicode.IsSpace(runes[at]) {
		at++
	}
	return at
}
