// Package figure finds the figures of a text and tells whether two texts say
// the same ones: a translation and its source, a headline and its body, two
// versions of one text.
//
// A figure is what an editor would check with a finger on the paper: a number
// with its unit, a sum of money, a percentage, a date, an hour, a year, the
// number of a document, a telephone number, a code. Figures are compared by
// what they mean, never by how they are written: "23,53 tỷ USD" is "US$23.53
// billion" is "235.3亿美元", and 15/5 is 15 May. One text may be read in more
// than one way ("2 giờ" is an hour of the day and a span of time; "$" is any
// dollar); then every reading may find its counterpart.
//
// Numbers in words ("ba", "twenty", 三) are read too, as possible counterparts
// of digits. Small ones are never reported by themselves: languages use them
// too freely.
//
// The texts are plain and NFC. Languages are vi, en, zh, ko, ja and km; all
// others are read as English. What the package does not see:
//   - which thing a figure is said of: figures that changed places are all still there;
//   - a figure said twice in one text and once in the other;
//   - a digit lost where the other text happens to have the same number in words;
//   - the order of day and month in English 3/4/2026, which may be either;
//   - sums converted into another currency, or miles into kilometres: they differ.
//
// So callers compare paragraph by paragraph, and a person may explain what remains.
package figure

// Kind tells what a figure is.
type Kind string

// The kinds of figures.
const (
	Number   Kind = "number"
	Percent  Kind = "percent"
	Money    Kind = "money"
	Quantity Kind = "quantity"
	Date     Kind = "date"     // a day, a month, or a month of a year
	Year     Kind = "year"     // a year by itself
	Time     Kind = "time"     // an hour of the day
	Document Kind = "document" // 72/2015/NĐ-CP
	Phone    Kind = "phone"
	Code     Kind = "code" // A320, 1.2.3
)

// Meaning is one thing that a figure can mean.
type Meaning struct {
	Kind Kind
	// Value is the number with its multiplier: 23,53 tỷ is 23530000000. It is
	// known for numbers, percentages, money and quantities.
	Value Value
	// Unit is "%" or "pp" of a percentage, ISO 4217 of money, and the sign of
	// a quantity: ha, m2, km, kg, MW, year.
	Unit string
	// Year, Month and Day are 0 where a date does not say them.
	Year, Month, Day int
	// Hour and Minute are those of a clock of 24 hours.
	Hour, Minute int
	// Code is the number of a document in capitals without marks, the digits
	// of a telephone number, or the code.
	Code string
}

// Figure is a figure of a text.
type Figure struct {
	Meaning
	Start, End int    // bytes of the text
	Text       string // as it stands there
	Spelled    bool   // in words

	also  []Meaning // what it may mean besides
	shown Value     // the number that is seen, which a bare number may stand for
	other Value     // the number when point and comma change their roles
	by    int       // the power of ten of its multipliers
	odd   bool      // point and comma are certainly not those of the language
	doubt bool      // they may be another's: 3.342 million
	soft  bool      // never reported by itself
}

// Find answers the figures of a text in their order. They do not overlap.
func Find(lang, text string) []Figure {
	return newReader(lang, text).all()
}

func (f *Figure) meanings(yield func(Meaning) bool) {
	if !yield(f.Meaning) {
		return
	}
	for _, m := range f.also {
		if !yield(m) {
			return
		}
	}
}
