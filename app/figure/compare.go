package figure

import (
	"cmp"
	"slices"
)

// Fault tells what is wrong between two texts.
type Fault string

// The faults, of which pages make sentences.
const (
	Missing Fault = "missing" // the source says it, the translation does not
	Extra   Fault = "extra"   // the translation says it, the source does not
	Altered Fault = "changed" // another value
	Scale   Fault = "scale"   // the same digits, another multiplier: tỷ and triệu
	Unit    Fault = "unit"    // the same number of something else
	Written Fault = "written" // point and comma as another language writes them
	Unsaid  Fault = "unsaid"  // the headline says it, the body never does
)

// Mismatch is a difference between two texts. One of the two figures may lack.
type Mismatch struct {
	Kind     Fault
	From, To *Figure
}

// Compare answers the figures that a source and its translation do not share,
// in the order of the source, then of the translation. It does not ask for
// order or for how often a figure is said, and what is in words may stand for
// digits. A figure of the translation whose point and comma are those of
// another language is told even if its value can be guessed.
func Compare(fromLang, from, toLang, to string) []Mismatch {
	a, b := newSide(Find(fromLang, from)), newSide(Find(toLang, to))
	if fromLang != toLang {
		a.forgive()
	}
	found := pair(a.lacking(b), b.lacking(a))
	found = slices.DeleteFunc(found, func(m Mismatch) bool { return (m.From == nil || m.From.soft) && (m.To == nil || m.To.soft) })
	return append(found, b.written(a, found)...)
}

// Changed answers the figures that differ between two versions of a text,
// those in words too.
func Changed(lang, old, new string) []Mismatch {
	a, b := newSide(Find(lang, old)), newSide(Find(lang, new))
	return slices.DeleteFunc(pair(a.lacking(b), b.lacking(a)), func(m Mismatch) bool {
		return (m.From == nil || m.From.isArticle()) && (m.To == nil || m.To.isArticle())
	})
}

// isArticle tells a and một, which come and go with the sentence.
func (f *Figure) isArticle() bool { return f.Spelled && f.shown == decimal(1, 0) }

// side is one of the two texts, ready to be asked what it says.
type side struct {
	figures []Figure
	said    map[Meaning]int // with units brought to the smallest; to the figure
	bare    map[Value]int   // numbers without a unit
	shown   map[Value]int   // numbers whatever their unit
	sums    map[Value]int   // money in millions or more, whatever its currency
	papers  map[string][]int
}

func newSide(figures []Figure) *side {
	s := &side{figures, map[Meaning]int{}, map[Value]int{}, map[Value]int{}, map[Value]int{}, map[string][]int{}}
	for i := range figures {
		s.say(i)
	}
	return s
}

func (s *side) say(i int) {
	f := &s.figures[i]
	for m := range f.meanings {
		switch m.Kind {
		case Date, Year:
			for _, part := range partsOfDate(m) {
				s.said[part] = i
			}
			s.said[exactly(m)] = i
		case Document:
			if _, again := s.said[m]; !again {
				s.said[m] = i
				number, _, _ := paperParts(m.Code)
				s.papers[number] = append(s.papers[number], i)
			}
		case Number:
			s.bare[m.Value] = i
		default:
			s.said[measured(m)] = i
			if m.Kind == Money && f.by >= millions {
				s.sums[m.Value] = i
			}
		}
	}
	if f.shown.Known() {
		s.shown[f.shown] = i
	}
}

// millions is from which power of ten on a sum is plainly money though its
// currency is said only once: VND 28 billion less 14 billion.
const millions = 6

// partsOfDate are the dates that say no more than this one.
func partsOfDate(m Meaning) []Meaning {
	d := func(year, month, day int) Meaning { return Meaning{Kind: Date, Year: year, Month: month, Day: day} }
	return []Meaning{
		d(m.Year, m.Month, m.Day), d(0, m.Month, m.Day), d(m.Year, m.Month, 0), d(0, m.Month, 0), d(m.Year, 0, 0), d(0, 0, m.Day),
	}
}

// exactly marks a date that says just this.
func exactly(m Meaning) Meaning { m.Kind = "exactly a date"; return m }

// lacking answers the figures that the other side does not say.
func (s *side) lacking(other *side) []*Figure {
	var lacking []*Figure
	for i := range s.figures {
		if _, ok := other.says(&s.figures[i]); !ok {
			lacking = append(lacking, &s.figures[i])
		}
	}
	return lacking
}

// says looks for a figure among those of this side.
func (s *side) says(f *Figure) (counterpart *Figure, ok bool) {
	for m := range f.meanings {
		if i, ok := s.saysMeaning(m); ok {
			return &s.figures[i], true
		}
		if i, ok := s.saysSum(f, m); ok {
			return &s.figures[i], true
		}
	}
	if i, ok := s.bare[f.shown]; ok && f.shown.Known() {
		return &s.figures[i], true
	}
	return nil, false
}

// saysSum finds a sum of money on whose other side no currency is said.
func (s *side) saysSum(f *Figure, m Meaning) (i int, ok bool) {
	switch {
	case f.by < millions:
	case m.Kind == Number:
		i, ok = s.sums[m.Value]
	case m.Kind == Money:
		if i, ok = s.bare[m.Value]; ok {
			ok = s.figures[i].by >= millions
		}
	}
	return i, ok
}

func (s *side) saysMeaning(m Meaning) (i int, ok bool) {
	switch m.Kind {
	case Number:
		if i, ok = s.bare[m.Value]; !ok {
			i, ok = s.shown[m.Value]
		}
	case Date, Year:
		i, ok = s.saysDate(m)
	case Document:
		for _, i := range s.papers[first(paperParts(m.Code))] {
			if samePaper(m.Code, s.figures[i].Code) {
				return i, true
			}
		}
	default:
		i, ok = s.said[measured(m)]
	}
	return i, ok
}

func first(number, _, _ string) string { return number }

func samePaper(a, b string) bool {
	_, yearA, signsA := paperParts(a)
	_, yearB, signsB := paperParts(b)
	return (yearA == yearB || yearA == "" || yearB == "") && (signsA == signsB || signsA == "" || signsB == "")
}

// saysDate finds a date that says as much or more, or the same without the year.
func (s *side) saysDate(m Meaning) (int, bool) {
	asked := Meaning{Kind: Date, Year: m.Year, Month: m.Month, Day: m.Day}
	if i, ok := s.said[asked]; ok {
		return i, true
	}
	if asked.Month == 0 {
		return 0, false
	}
	asked.Year = 0
	i, ok := s.said[exactly(asked)]
	return i, ok
}

// forgive lets the source be read as it was meant: nobody can mend it here.
func (s *side) forgive() {
	for i := range s.figures {
		f := &s.figures[i]
		if f.doubt {
			f.also = append(f.also, meaningOf(f.other, f.Unit)...)
			s.say(i)
		}
	}
}

// written answers the figures that are right but for point and comma: those
// that no rule of the language allows, and 10.000 for a 10,000 as doubtful.
func (s *side) written(source *side, told []Mismatch) []Mismatch {
	known := map[*Figure]bool{}
	for _, m := range told {
		known[m.To] = true
	}
	var found []Mismatch
	for i := range s.figures {
		f := &s.figures[i]
		counterpart, _ := source.says(f)
		copied := f.doubt && f.Kind == Number && f.by == 0 && counterpart != nil && counterpart.doubt
		if (f.odd || copied) && !known[f] {
			found = append(found, Mismatch{Written, counterpart, f})
		}
	}
	return found
}

const neighbours = 6 // as many lacking figures before and after are asked whether they became this one

// pair tells which lacking figures became which others.
func pair(from, to []*Figure) []Mismatch {
	type offer struct {
		cost, i, j int
		fault      Fault
	}
	var offers []offer
	for i, f := range from {
		at := i * len(to) / max(len(from), 1)
		for j := max(0, at-neighbours); j < min(len(to), at+neighbours+1); j++ {
			if fault, cost, ok := became(f, to[j]); ok {
				offers = append(offers, offer{cost*100 + max(j-at, at-j), i, j, fault})
			}
		}
	}
	slices.SortFunc(offers, func(a, b offer) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	found, taken := make([]Mismatch, len(from)), make([]bool, len(to))
	for i, f := range from {
		found[i] = Mismatch{Missing, f, nil}
	}
	for _, o := range offers {
		if found[o.i].To == nil && !taken[o.j] {
			found[o.i], taken[o.j] = Mismatch{o.fault, from[o.i], to[o.j]}, true
		}
	}
	for j, f := range to {
		if !taken[j] {
			found = append(found, Mismatch{Extra, nil, f})
		}
	}
	return found
}

// became tells what happened if one figure was made of the other; the less it
// costs the likelier it is.
func became(f, t *Figure) (fault Fault, cost int, ok bool) {
	numeric := f.Value.Known() && t.Value.Known()
	switch {
	case numeric && (same(f.other, t.Value) || same(t.other, f.Value)):
		return Written, 0, true
	case numeric && f.Value == t.Value:
		return Unit, 1, true
	case numeric && sameUnit(f, t) && f.Value.n == t.Value.n && f.Value.d == t.Value.d:
		return Scale, 2, true
	case numeric && sameUnit(f, t):
		return Altered, 3, true
	case numeric && f.Value.n == t.Value.n && f.Value.n > 9:
		return Unit, 4, true
	case f.Kind == t.Kind && f.Kind != Number && f.Kind != Quantity:
		return Altered, 5, true
	case temporal(f) && temporal(t):
		return Altered, 6, true
	case numeric && (f.Unit == "" || t.Unit == ""):
		return Altered, 7, true
	}
	return "", 0, false
}

func same(a, b Value) bool { return a.Known() && a == b }

func sameUnit(f, t *Figure) bool {
	return f.Kind == t.Kind && measured(f.Meaning).Unit == measured(t.Meaning).Unit
}

func temporal(f *Figure) bool { return f.Kind == Date || f.Kind == Year }
