package desk

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"doingoai/app/media"
	"doingoai/app/newsroom"
)

// unsaved is what the editor's page knows of a text that the person typed and
// has not saved. Verbs that do not save are about the newest revision, and
// must not let such a text go without a word.
type unsaved struct {
	InForm bool    // the form shows it
	Stamp  string  // of the draft that the newsroom has; what is typed goes on with it
	Fields string  // of that draft, as script reads and writes them
	Differ []field // where it differs from the newest revision, with its texts
	Lost   []field // the beginning of what discarding it would lose
}

// Pending says whether there is such a text at all.
func (p editionPage) Pending() bool { return p.Unsaved.InForm || p.Sheet.Unsaved != nil }

// Offered says whether the newsroom's draft is to be taken back or dropped
// before anything is typed: the form shows another text.
func (p editionPage) Offered() bool {
	typed := p.Errors.Summary != "" && p.Unsaved.InForm // and comes after it
	return p.Sheet.Unsaved != nil && p.Sheet.MaySave && !p.Restored && !typed
}

// MaxPicture is the most bytes of a picture.
func (editionPage) MaxPicture() int { return media.MaxBytes }

// MaxPictureMB is the same in megabytes, as people say it.
func (editionPage) MaxPictureMB() int { return media.MaxBytes >> 20 }

// lostLength is how many characters of a text are shown before it is discarded.
const lostLength = 200

// readUnsaved compares what is unsaved with the newest revision. The page
// knows the names of sections and outlets already.
func (p *editionPage) readUnsaved(head newsroom.Content) error {
	p.Unsaved.InForm = p.Content.Tidy().Hash() != head.Hash()
	stored := p.Sheet.Unsaved
	if stored == nil {
		return nil
	}
	fields, err := json.Marshal(formFields(*stored, p.Lang()))
	if err != nil {
		return err
	}
	p.Unsaved.Stamp, p.Unsaved.Fields = stampOf(stored), string(fields)
	left := lostLength
	for _, ch := range p.changes(head, stored.Content, nameOf(p.Sections), p.Outlets, p.names) {
		if ch.Kind != "picture" {
			p.Unsaved.Differ = append(p.Unsaved.Differ, field{ch.Name, ch.shown()})
		}
		if left > 0 {
			text := shorten(ch.added(), left)
			left -= len([]rune(text))
			p.Unsaved.Lost = append(p.Unsaved.Lost, field{ch.Name, text})
		}
	}
	return nil
}

// shown is what a field now says, in words.
func (c fieldChange) shown() string {
	if c.Kind != "section" && c.Kind != "code" && c.Kind != "fact" {
		return c.Now
	}
	return c.added()
}

// added are the words that only the later text has.
func (c fieldChange) added() string {
	var parts []string
	for _, p := range c.Pieces {
		if text := strings.TrimLeft(strings.TrimSpace(p.Text), ".,;: "); p.Op == '+' && text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " … ")
}

// shorten keeps whole words of the beginning of a text.
func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	kept := string(runes[:most])
	if space := strings.LastIndexByte(kept, ' '); space > 0 {
		kept = kept[:space]
	}
	return kept + " …"
}

// formFields are the texts of a draft by the names of the form's fields.
func formFields(u newsroom.Unsaved, lang string) map[string]any {
	values := map[string]any{"base": strconv.Itoa(u.Base), "outlets": append([]string{}, u.Content.Outlets...)}
	for _, f := range fields(u.Content) {
		values[f.Name] = f.Text
	}
	for _, f := range factFields(u.Content, lang) {
		values[f.Name] = f.Text
	}
	return values
}

// stampOf is how a page names the draft that it goes on with, "" for none.
func stampOf(u *newsroom.Unsaved) string {
	if u == nil {
		return ""
	}
	return stamp(u.SavedAt)
}

func stamp(at time.Time) string { return at.Format(time.RFC3339Nano) }

// stampTime reads a stamp; what is none names no draft.
func stampTime(stamp string) time.Time {
	at, _ := time.Parse(time.RFC3339Nano, stamp)
	return at
}
