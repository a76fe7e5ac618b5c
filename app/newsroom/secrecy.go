package newsroom

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/fault"
)

// State secrets must never be on the Internet (Luật Bảo vệ bí mật nhà nước),
// and must never be typed into this program either. What looks like one is
// found by marks that a document would carry; a text with such a mark is
// approved only after the confidentiality reviewer has cleared that very
// revision. The reviewer may also stop any text, with or without marks.

// Mark is something in a text that a secret document would carry.
type Mark struct {
	Kind string // "stamp", "coordinates", "units": words for it are in the interface
	Text string // as the eye reads it in the text
}

// sign is a pattern of marks. In whatever it finds stands one of some words, in
// small letters where it asks for (?i): to look for a word first is much faster
// than to try the pattern at every character of a long text.
type sign struct {
	pattern *regexp.Regexp
	words   []string
}

// find answers what the pattern says of a text, of which lower is the same in
// small letters.
func (s sign) find(text, lower string) (found []string) {
	if !slices.ContainsFunc(s.words, func(word string) bool { return strings.Contains(text, word) || strings.Contains(lower, word) }) {
		return nil
	}
	for _, m := range s.pattern.FindAllStringSubmatch(text, -1) {
		found = append(found, strings.Join(strings.Fields(m[1]), " "))
	}
	return found
}

var (
	// All of them look into legible text. A stamp stands alone on its line, or in
	// brackets, or after "Độ mật:". "Tối mật" and "Tuyệt mật" in capitals are
	// nothing else, also spaced out and with a hyphen; "MẬT" alone could be honey.
	stamps = []sign{
		{regexp.MustCompile(`(?m)^[\s>#|(\[“"-]*(M ?Ậ ?T)[\s|)\]”".:-]*$`), []string{"Ậ"}},
		{regexp.MustCompile(`[(\[]\s*(M ?Ậ ?T)\s*[)\]]`), []string{"Ậ"}},
		{regexp.MustCompile(`((?:T ?Ố ?I|T ?U ?Y ?Ệ ?T)[\s./·|-]*M ?Ậ ?T)`), []string{"Ậ"}},
		{regexp.MustCompile(`(?i)(?:^|[^\pL])(độ\s+mật\s*[:-]\s*(?:tối[\s-]+|tuyệt[\s-]+)?mật)(?:$|[^\pL])`), []string{"mật"}},
	}
	// Decimal degrees within Viet Nam's reach to at least a hundred metres, and
	// degrees, minutes and seconds.
	coordinates = []sign{
		{regexp.MustCompile(`\b((?:8|9|1\d|2[0-3])[.,]\d{4,}\s*°?\s*[NB]?\s*[,;/ -]\s*1(?:0[2-9]|1[0-7])[.,]\d{4,})`), longitudes()},
		{regexp.MustCompile(`(\d{1,3}\s*°\s*\d{1,2}\s*['′’]\s*\d{1,2}(?:[.,]\d+)?\s*["″”])`), []string{"°"}},
	}
	// Designations of military units. One is news; three are an order of battle.
	units = sign{
		regexp.MustCompile(`(?i)(?:^|[^\pL])((?:sư|lữ|trung|tiểu)[\s-]+đoàn[\s-]+(?:[a-z]{0,3}[\s-]?)?\d{1,4}|đại[\s-]+đội[\s-]+(?:[a-z]{0,3}[\s-]?)?\d{1,4})`),
		[]string{"đoàn", "đại"},
	}
)

const unitList = 3

// longitudes are how degrees east with decimals begin within Viet Nam's reach.
func longitudes() (begin []string) {
	for degrees := 102; degrees <= 117; degrees++ {
		begin = append(begin, strconv.Itoa(degrees)+".", strconv.Itoa(degrees)+",")
	}
	return begin
}

// Marks lists what in a text a secret document would carry.
func Marks(c Content) []Mark {
	words := []string{c.Kicker, c.Headline, c.Standfirst, c.Body, c.Lead.Caption, c.Lead.Alt, c.Lead.Credit, c.Byline, c.SourceName, c.RepliesText()}
	return MarksIn(append(words, c.About.words()...)...)
}

// refuseMarks refuses words that go to readers without being part of a text
// that the confidentiality reviewer could clear. The sentence names the mark.
func refuseMarks(form *fault.Form, name string, words ...string) {
	if marks := MarksIn(words...); len(marks) > 0 {
		form.Refuse(name, "error.marks.words", "Text", marks[0].Text)
	}
}

// MarksIn is Marks of any words.
func MarksIn(words ...string) []Mark {
	text := legible(strings.Join(words, "\n"))
	lower := strings.ToLower(text)
	var marks []Mark
	for _, stamp := range stamps {
		for _, found := range stamp.find(text, lower) {
			marks = append(marks, Mark{"stamp", found})
		}
	}
	for _, place := range coordinates {
		for _, found := range place.find(text, lower) {
			marks = append(marks, Mark{"coordinates", found})
		}
	}
	var named []Mark
	for _, found := range units.find(text, lower) {
		if mark := (Mark{"units", found}); !slices.Contains(named, mark) {
			named = append(named, mark)
		}
	}
	if len(named) >= unitList {
		marks = append(marks, named...)
	}
	return once(marks)
}

// isClear refuses a text with marks that nobody has cleared in this very form.
func (a *act) isClear(head Revision) error {
	marks := Marks(head.Content)
	if len(marks) == 0 || a.row.ClearedHash == head.Hash {
		return nil
	}
	return fault.New(fault.NotPossible, "error.marks.uncleared", "Text", marks[0].Text)
}

// clear says that what looks like a secret in this revision is none.
func (a *act) clear(head Revision, columns map[string]any) error {
	if err := a.mayClear(head); err != nil {
		return err
	}
	columns["cleared_hash"], columns["cleared_by"] = head.Hash, a.actor.ID
	return nil
}

// mayClear refuses where there is nothing to clear, and whoever wrote it.
func (a *act) mayClear(head Revision) error {
	if len(Marks(head.Content)) == 0 || a.row.ClearedHash == head.Hash {
		return fault.New(fault.NotPossible, "error.clear.none")
	}
	return a.isOthers(head.Number, "error.clear.own")
}
