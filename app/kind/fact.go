package kind

import (
	"maps"
	"slices"
	"strings"
)

// Type is what a fact is made of.
type Type string

// The types.
const (
	Line   Type = "line"   // words in one line
	Words  Type = "words"  // words in several
	Number Type = "number" // with a unit
	Money  Type = "money"  // with a currency
	Date   Type = "date"   // a day: 2026-12-01
	Moment Type = "moment" // a minute by the clock of Vietnam: 2026-12-01T08:30
	Period Type = "period" // from a day until another, both included
	Choice Type = "choice" // one of a few
	Yes    Type = "yes"    // "yes", or nothing
	Place  Type = "place"  // id of a place
	Agency Type = "agency" // id of an agency
	Item   Type = "item"   // id of another item
	File   Type = "file"   // hash of a media file
	Web    Type = "web"    // address of a page
	Email  Type = "email"
	Phone  Type = "phone"

	Position Type = "position" // in an outline: 2 or 2.10
)

// Checked are the types that a text may fail to have, in a way of their own
// ("error.fact.date").
var Checked = []Type{Number, Date, Moment, Choice, Yes, Place, Agency, Item, File, Email, Phone, Position}

// Fact is one thing that is known of items of a kind.
type Fact struct {
	Key      string
	Type     Type
	Worded   bool     // written anew in every language; of Line and Words only
	Required bool     // nothing goes to readers without it
	Choices  []string // the values of a Choice; units of a Number, currencies of Money
	// Figure says that it is told as of when it is true, from where that is
	// known, and who has checked it (design: invariant 10).
	Figure bool
}

// Input is one thing that is filled in: a fact, or what goes with it.
type Input struct {
	Key     string // in Facts
	Type    Type   // none of those that are made of several
	Choices []string
	Worded  bool
}

// Inputs lists what is filled in for a fact.
func (f Fact) Inputs() []Input {
	var list []Input
	add := func(end string, t Type, choices ...string) {
		list = append(list, Input{Key: f.Key + end, Type: t, Choices: choices, Worded: f.Worded})
	}
	switch f.Type {
	case Number:
		add("", Number)
		add(".unit", Choice, f.Choices...)
	case Money:
		add("", Number)
		add(".currency", Choice, f.Choices...)
	case Period:
		add("", Date)
		add(".until", Date)
	default:
		add("", f.Type, f.Choices...)
	}
	if f.Figure {
		add(".as_of", Date)
		add(".source", Line)
		add(".checked_by", Line)
	}
	return list
}

// Inputs lists what is filled in for an item of the kind, in the order of its form.
func (k Kind) Inputs() []Input {
	var list []Input
	for _, f := range k.Facts() {
		list = append(list, f.Inputs()...)
	}
	return list
}

// every lists the inputs of all kinds, each once, in the order of the table. A
// key means the same in every kind that has it.
var every = func() []Input {
	var list []Input
	for _, k := range All() {
		for _, in := range k.Inputs() {
			if !slices.ContainsFunc(list, func(had Input) bool { return had.Key == in.Key }) {
				list = append(list, in)
			}
		}
	}
	return list
}()

// Inputs lists those of all kinds, each once.
func Inputs() []Input { return slices.Clone(every) }

// InputOf finds an input by its key.
func InputOf(key string) (Input, bool) {
	i := slices.IndexFunc(every, func(in Input) bool { return in.Key == key })
	if i < 0 {
		return Input{}, false
	}
	return every[i], true
}

// Facts are what is known of one item, by the keys of inputs. They are never
// changed, only replaced: contents share them.
type Facts map[string]string

// With is the facts with another text for a key; "" takes it out.
func (f Facts) With(key, text string) Facts {
	if f[key] == text {
		return f
	}
	g := maps.Clone(f)
	if g == nil {
		g = Facts{}
	}
	if g[key] = text; text == "" {
		delete(g, key)
	}
	return g
}

// Keys lists those that any of some facts have, in the order of the table, and
// last what no kind knows.
func Keys(some ...Facts) []string {
	left := map[string]bool{}
	for _, f := range some {
		for key := range f {
			left[key] = true
		}
	}
	var keys []string
	for _, in := range every {
		if left[in.Key] {
			keys = append(keys, in.Key)
			delete(left, in.Key)
		}
	}
	return append(keys, slices.Sorted(maps.Keys(left))...)
}

// Neutral is what is the same in every language.
func (f Facts) Neutral() Facts { return f.only(false) }

// Worded is what is written anew in each.
func (f Facts) Worded() Facts { return f.only(true) }

func (f Facts) only(worded bool) Facts {
	var some Facts
	for key, text := range f {
		if in, _ := InputOf(key); in.Worded == worded {
			some = some.With(key, text)
		}
	}
	return some
}

// Beside is a translation's facts for readers: what it words itself, and of its
// source what is the same in every language.
func (f Facts) Beside(source Facts) Facts {
	whole := f.Worded()
	for key, text := range source.Neutral() {
		whole = whole.With(key, text)
	}
	return whole
}

// Same says whether two say the same.
func (f Facts) Same(g Facts) bool { return maps.Equal(f, g) }

// Text is what can be found of them: the words, one under the other.
func (f Facts) Text() string {
	var lines []string
	for _, key := range Keys(f) {
		if in, _ := InputOf(key); in.Type == Line || in.Type == Words {
			lines = append(lines, f[key])
		}
	}
	return strings.Join(lines, "\n")
}

// Files are the hashes of the files among them, by their keys.
func (f Facts) Files() map[string]string {
	files := map[string]string{}
	for key, text := range f {
		if in, _ := InputOf(key); in.Type == File {
			files[key] = text
		}
	}
	return files
}
