package figure

import (
	"math"
	"strings"
)

// Within answers the figures of a headline that the body contradicts or never
// says. A headline may round: "gần 4 tỷ" for 3,98 tỷ, "hơn 12.000" for 12.737.
// It is contradicted too where the body says it both rightly and with another
// multiplier.
func Within(lang, headline, body string) []Mismatch {
	r := newReader(lang, headline)
	head, text := newSide(r.all()), newSide(Find(lang, body))
	var found []Mismatch
	for i := range head.figures {
		f := &head.figures[i]
		_, said := text.says(f)
		rounds := r.rounding(f)
		if t := text.withOtherScale(f); t != nil {
			found = append(found, Mismatch{Scale, f, t})
		} else if !said && !f.soft && text.rounded(f, rounds) == nil {
			if m := text.against(f, headline, body); m.From != nil && (m.To != nil || f.Kind != Code) {
				found = append(found, m)
			}
		}
	}
	return found
}

const telling = 3 // digits of a number that are the same by no accident

// withOtherScale finds the same digits of the same unit with another multiplier.
func (s *side) withOtherScale(f *Figure) *Figure {
	if f.Spelled || digitsOf(f.Value) < telling {
		return nil
	}
	for i := range s.figures {
		t := &s.figures[i]
		if !t.Value.Known() || f.Value.n != t.Value.n || f.Value.d != t.Value.d {
			continue
		}
		if a, b, ok := sameTerms(f, t); ok && a != b && f.Kind == t.Kind {
			return t
		}
	}
	return nil
}

// sameTerms answers two figures as numbers of one unit; a bare number is of any.
func sameTerms(f, t *Figure) (a, b Value, ok bool) {
	if !f.Value.Known() || !t.Value.Known() {
		return a, b, false
	}
	if f.Kind == Number || t.Kind == Number {
		return f.Value, t.Value, true
	}
	m, n := measured(f.Meaning), measured(t.Meaning)
	return m.Value, n.Value, m.Kind == n.Kind && m.Unit == n.Unit
}

func digitsOf(v Value) int {
	n := 0
	for k := v.n; k != 0; k /= 10 {
		n++
	}
	return n
}

// The ways to round. Without a word for it only a multiplier tells that a
// headline rounds: 4 tỷ, but not 10 dự án.
const (
	exact = iota
	about
	over  // the body says as much or more
	below // the body says as much or less
)

var roundings = map[string]lexicon{
	"vi": newLexicon("over: hơn|trên|quá|vượt|từ", "below: gần|dưới|ngót|xấp xỉ", "about: khoảng|chừng|cỡ|tầm|gần như"),
	"en": newLexicon("over: over|more than|above|exceed|exceeds|at least|topping|tops", "below: nearly|almost|under|less than|below|close to|up to", "about: about|around|some|roughly|approximately|approx.|an estimated"),
	"zh": newLexicon("over: 超|超过|超過|逾|至少", "below: 近|将近|不到|接近", "about: 约|約|大约|约为"),
	"ja": newLexicon("over: 超", "below: 近く|弱", "about: 約|およそ|ほぼ"),
	"ko": newLexicon("over: 초과|이상", "below: 거의|미만", "about: 약|대략"),
	"km": newLexicon("over: ជាង|លើស", "below: ជិត|ក្រោម", "about: ប្រហែល|ប្រមាណ"),
}

// rounding answers how the words beside a figure round it.
func (r *reader) rounding(f *Figure) int {
	words := roundings[r.lang]
	code, _, ok := words.before(r.low, r.back(f.Start))
	if !ok {
		code, _, ok = words.at(r.low, r.space(f.End))
	}
	if !ok {
		return exact
	}
	return map[string]int{"about": about, "over": over, "below": below}[code]
}

// rounded finds what the body says more exactly than a figure.
func (s *side) rounded(f *Figure, rounds int) *Figure {
	if rounds == exact && f.by == 0 && f.Value.whole() {
		return nil
	}
	for i := range s.figures {
		given, exactly, ok := sameTerms(f, &s.figures[i])
		if ok && roundsTo(exactly, given, rounds) {
			return &s.figures[i]
		}
	}
	return nil
}

// roundsTo tells whether a number may be given as another with fewer digits.
// What has digits enough may also have the rest cut off: 315 for 315,6.
func roundsTo(exactly, given Value, rounds int) bool {
	const grain = 1e-9          // floats are not exact
	step := math.Pow10(given.e) // of the last digit that is given
	more := exactly.float() - given.float()
	switch {
	case rounds == over:
		return more >= 0 && more < step
	case rounds == below:
		return more <= 0 && more > -step
	case rounds == exact && digitsOf(exactly) <= digitsOf(given):
		return false
	}
	return math.Abs(more) <= step/2*(1+grain) || digitsOf(given) >= telling && more > 0 && more < step
}

// against answers what the body says instead of a figure of the headline.
func (s *side) against(f *Figure, headline, body string) Mismatch {
	best, least := Mismatch{Unsaid, f, nil}, math.MaxInt
	for i := range s.figures {
		t := &s.figures[i]
		if t.soft || t.Spelled {
			continue
		}
		if t.Kind == Number && t.by == 0 && t.Value.n == f.Value.n && t.Value.d == f.Value.d && f.by >= millions {
			return Mismatch{} // a column of the body whose head has the unit
		}
		if f.Kind == Number && t.Kind == Number && (digitsOf(f.Value)+f.Value.e < 2 || nextWord(headline, f.End) != nextWord(body, t.End)) {
			continue
		}
		fault, cost, ok := became(f, t)
		if ok && cost < least && contradicts(f, t, fault) {
			best, least = Mismatch{fault, f, t}, cost
		}
	}
	return best
}

// nextWord is what a bare number counts: dự án, người.
func nextWord(text string, at int) string {
	word, _, _ := strings.Cut(strings.TrimLeft(text[at:min(len(text), at+40)], " \u00a0"), " ")
	return strings.ToLower(strings.Trim(word, ".,;:!?)”\""))
}

// contradicts tells whether the body speaks of the same thing: the digits are
// the same, or the unit is and the numbers are near.
func contradicts(f, t *Figure, fault Fault) bool {
	switch {
	case fault != Altered:
		return digitsOf(f.Value) >= telling || f.Value == t.Value
	case f.Kind == Document:
		return nearly(f.Code, t.Code)
	case f.Kind == Date && t.Kind == Date:
		return f.Day != 0 && t.Day != 0 && (f.Day == t.Day || f.Month == t.Month)
	case !f.Value.Known() || !t.Value.Known() || f.Kind == Number && t.Kind != Number:
		return false
	}
	more := f.Value.float() / max(t.Value.float(), math.SmallestNonzeroFloat64)
	return f.Kind == t.Kind && f.Unit == t.Unit && nearly(f.Value.String(), t.Value.String()) && more > 0.1 && more < 10
}

// nearly tells whether two texts of one length differ in one place, or in two
// neighbours that changed places.
func nearly(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	var differ []int
	for i := range len(a) {
		if a[i] != b[i] {
			differ = append(differ, i)
		}
	}
	if len(differ) == 2 {
		i, j := differ[0], differ[1]
		return j == i+1 && a[i] == b[j] && a[j] == b[i]
	}
	return len(differ) == 1
}
