package parallel

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doingoai/app/vietnamese"
)

// namesNotIn are the names of a text that another does not have, each once: runs
// of capitalised words, and letters that stand for a name.
func (r reading) namesNotIn(other reading) []string {
	var lost []string
	for _, name := range r.names() {
		said := strings.Contains(other.spaced, spaced(name))
		if len(name) > 1 { // of one word, the case tells Mr An from "an"
			said = strings.Contains(other.lower, strings.ToLower(spaced(name)))
		}
		if n := joinWords(name); !said && !slices.Contains(lost, n) {
			lost = append(lost, n)
		}
	}
	return lost
}

// word is one of a text.
type word struct {
	text   string
	begins bool // a sentence, perhaps
	joined bool // to the one before: they may be one name
}

func (w word) capital() bool {
	r, _ := utf8.DecodeRuneInString(w.text)
	return unicode.IsUpper(r)
}

// initials says whether it has more than one capital: UBND, FDI, VNeID.
func (w word) initials() bool {
	n := 0
	for _, r := range w.text {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// wordsOf cuts a text into words, without the No of a number.
func wordsOf(text string) []word {
	tokens := vietnamese.Syllables(text)
	words := make([]word, 0, len(tokens))
	at := 0
	for i, t := range tokens {
		if strings.EqualFold(t.Text, "no") && i+1 < len(tokens) && isNumber(tokens[i+1].Text) {
			continue
		}
		w := word{text: t.Text, begins: len(words) == 0}
		if len(words) > 0 {
			gap := text[at:t.Start]
			if gap == "." || shortened(words[len(words)-1]) { // TP.HCM, TP. Hồ Chí Minh
				gap = strings.TrimPrefix(gap, ".")
			}
			w.joined = strings.Trim(gap, " \u00a0-&'’") == ""
			w.begins = strings.ContainsAny(gap, ".!?…:\n\"“”«»‘")
		}
		words = append(words, w)
		at = t.End
	}
	return words
}

func isNumber(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return unicode.IsNumber(r)
}

// shortened says whether a word is one that a point makes short, as in TP. Hồ
// Chí Minh or Mr. Kim.
func shortened(w word) bool {
	switch w.text {
	case "TP", "TX", "TT", "GS", "PGS", "TS", "ThS", "BS", "KS", "LS", "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Gov":
		return true
	}
	return len(w.text) == 1 && w.capital() // U.S., George W. Bush
}

// names are the runs of capitalised words. Where nearly all words have a capital
// they tell nothing: an English headline has no names but those of letters, one
// that shouts has none at all.
func (r reading) names() [][]word {
	if mostly(r.words, word.initials) {
		return nil
	}
	titled := r.lang != "vi" && mostly(r.words, word.capital) && !strings.HasSuffix(r.text, ".")
	var list [][]word
	for i := 0; i < len(r.words); i++ {
		end := i
		for end < len(r.words) && r.words[end].capital() && (end == i || r.words[end].joined && !r.words[end].begins) {
			end++
		}
		if end == i {
			continue
		}
		if titled {
			end = i + 1
		}
		if name := nameIn(r.lang, r.words[i:end], titled); name != nil {
			list = append(list, name)
		}
		i = end - 1
	}
	return list
}

// nameIn is what is a name of a run of capitalised words.
func nameIn(lang string, run []word, titled bool) []word {
	first := run[0]
	switch {
	case first.initials():
		return run
	case titled || first.begins && len(run) == 1:
		return nil
	case first.begins && isOpener(lang, first.text):
		return nameIn(lang, run[1:], titled)
	}
	return run
}

// mostly says whether most words of a text, which are some, are of that sort.
func mostly(words []word, are func(word) bool) bool {
	const some, most = 4, 0.6
	n := 0
	for _, w := range words {
		if are(w) {
			n++
		}
	}
	return len(words) >= some && float64(n) > most*float64(len(words))
}

// spaced writes words as a reading has them.
func spaced(words []word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !w.joined {
			b.WriteString("  |")
		}
		b.WriteString("  " + w.text)
	}
	return b.String() + "  "
}

func joinWords(words []word) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.text
	}
	return strings.Join(list, " ")
}

// isOpener tells the words that often begin a sentence before a name, and are
// no part of it.
func isOpener(lang, word string) bool {
	return slices.Contains(openers[lang], strings.ToLower(word))
}

var openers = map[string][]string{
	"vi": strings.Fields(`ông bà anh chị em cô chú bác ngài tại ở theo trong ngoài ngày sáng trưa chiều tối đêm để với từ đến
		khi sau trước các những một mỗi mọi hai tuy và nhưng do vì nhờ cùng về qua trên dưới riêng hiện nay còn cả bên nếu
		tỉnh xã phường huyện nước cho bằng đó đây năm tháng đoàn người`),
	"en": strings.Fields(`the a an in on at by for from to with of as and but or so if when while after before since until
		during under over this that these those it its he she they we i his her their our mr mrs ms dr both each all some
		many most more another other one two three however meanwhile according about between among through today yesterday
		also then there here`),
}
