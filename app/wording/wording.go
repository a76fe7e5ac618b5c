// Package wording holds words that are kept by language outside of articles to
// the source they were made from: what sections, agencies, outlets and files of
// the library are called, and what is said of them.
//
// Each part of a thing (its name, its caption) has one source: Vietnamese where
// there is one, else the language that had it first. The words of every other
// language are pinned to the source's words as they were when somebody wrote
// them. A language is behind when its source says something else now.
//
// The rooms whose words these are call Keep in the transaction that saves them.
// Two things catch up: the words are written anew, in the same act as the
// source's or later, or somebody says that they are still right (Right). Saving
// another language, another part, or the same words again does nothing.
//
// Where the source changes because Vietnamese came later, what was the source is
// level with it, and the others stay pinned to what they were made from: it is
// still there, and may change. Where a source's words are taken away, whatever
// was level with them is level with the next; what was behind stays behind.
package wording

import (
	"cmp"
	"context"
	"slices"
	"time"

	"doingoai/app/fault"
	"doingoai/app/parallel"
	"doingoai/app/store"
)

// Kind is what a thing with words is.
type Kind string

// The kinds.
const (
	Section Kind = "section"
	Agency  Kind = "agency"
	Outlet  Kind = "outlet"
	Media   Kind = "media"
)

// Subject is a thing with words.
type Subject struct {
	Kind   Kind
	ID     string
	Agency string // whose file it is, "" for what the whole site has
}

// Text is what a thing has to say in one language: words by part, such as its
// name. What is empty is not said.
type Text map[string]string

// Standing is where a language is behind.
type Standing struct {
	Subject
	Part, Lang string
	Words      string // as they stand
	SourceLang string
	Old, New   string // the source, as it was when they were written and as it is
	Severity   parallel.Severity
	Reasons    []parallel.Reason
	Since      time.Time
}

// Seen names the source's words; who says that a translation is still right
// says which ones they had before them.
func (s Standing) Seen() string { return parallel.Hash(s.New) }

// Room answers what is behind.
type Room struct{ db *store.DB }

// New gives the room over a newsroom database.
func New(db *store.DB) *Room { return &Room{db} }

// Hide takes a thing that was deleted out of what is to be done, or puts it back.
func Hide(tx *store.Tx, kind Kind, id string, gone bool) error { return hide(tx, kind, id, gone) }

// Forget forgets a thing that is over.
func Forget(tx *store.Tx, kind Kind, id string) error { return forget(tx, kind, id) }

// HandOver gives the files of an agency to another one.
func HandOver(tx *store.Tx, from, to string) error { return handOver(tx, from, to) }

// Of lists where a thing's languages are behind.
func (r *Room) Of(ctx context.Context, kind Kind, id string) ([]Standing, error) {
	rows, err := load(r.db.Read(ctx), kind, []string{id})
	if err != nil {
		return nil, err
	}
	return rows.standings(), nil
}

// Keep takes note of all that a thing says, by language, as part of the act that
// saves it. What is said in other words than before was made from what the
// source says now.
func Keep(tx *store.Tx, s Subject, texts map[string]Text) error {
	before, err := lock(tx, s)
	if err != nil {
		return err
	}
	said := map[string]map[string]string{} // by part and language
	for lang, text := range texts {
		for part, words := range text {
			if words != "" {
				if said[part] == nil {
					said[part] = map[string]string{}
				}
				said[part][lang] = words
			}
		}
	}
	for part, words := range said {
		for _, r := range before.laid(part, words, store.Micros(tx.Now)) {
			r.Kind, r.ID, r.Part, r.AgencyID, r.Gone = string(s.Kind), s.ID, part, s.Agency, len(before) > 0 && before[0].Gone
			if r == before.of(part, r.Lang) {
				continue
			}
			if err := save(tx, r); err != nil {
				return err
			}
		}
	}
	for _, r := range before {
		if said[r.Part][r.Lang] == "" {
			if err := remove(tx, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// laid are the rows of a part that says these words from a moment on.
func (rows rows) laid(part string, words map[string]string, at int64) []row {
	was := rows.source(part)
	source := sourceOf(words, was.Lang)
	var list []row
	for lang, text := range words {
		r := rows.of(part, lang)
		pinned := rows.of(part, r.SourceLang)
		switch {
		case lang == source || r.Lang == "" || !same(r.Words, text) || r.Lang == was.Lang:
			r.SourceLang, r.Source = source, words[source]
		case words[r.SourceLang] == "" && same(r.Source, pinned.Words):
			r.SourceLang, r.Source = source, words[source]
		case words[r.SourceLang] == "":
			r.SourceLang = source
		}
		r.Lang, r.Words = lang, text
		r.weigh(words[r.SourceLang], at)
		list = append(list, r)
	}
	return list
}

// weigh notes how far a language is behind what its source says now.
func (r *row) weigh(now string, at int64) {
	if same(r.Source, now) {
		r.Behind, r.BehindAt = 0, 0
		return
	}
	severity, _ := parallel.Weigh(r.SourceLang, r.Source, now)
	r.Behind = grade[severity]
	if r.BehindAt == 0 {
		r.BehindAt = at
	}
}

// sourceOf is the language the others are made from: Vietnamese, else the one
// that was it, else the first there is.
func sourceOf(words map[string]string, was string) string {
	for _, lang := range []string{"vi", was, "en"} {
		if words[lang] != "" {
			return lang
		}
	}
	var first string
	for lang := range words {
		if first == "" || lang < first {
			first = lang
		}
	}
	return first
}

// same says whether two texts differ in nothing that a translation would show.
func same(a, b string) bool { return parallel.Hash(a) == parallel.Hash(b) }

// Right says that the words of a language are right though their source has
// changed. seen is Standing.Seen of what the person had before them: when it has
// changed since, nothing happens and the error is a conflict. It answers the
// detail for the audit trail.
func Right(tx *store.Tx, s Subject, part, lang, seen string) (map[string]string, error) {
	rows, err := lock(tx, s)
	if err != nil {
		return nil, err
	}
	r := rows.of(part, lang)
	source := rows.of(part, r.SourceLang)
	switch {
	case r.Lang == "":
		return nil, fault.New(fault.NotFound, "error.wording.unknown")
	case r.Behind == 0:
		return nil, fault.New(fault.NotPossible, "error.wording.level")
	case parallel.Hash(source.Words) != seen:
		return nil, fault.New(fault.Conflict, "error.wording.moved_on")
	}
	detail := map[string]string{"part": part, "lang": lang, "source": source.Words, "source.before": r.Source}
	r.Source, r.Behind, r.BehindAt = source.Words, 0, 0
	return detail, save(tx, r)
}

// standings lists what is behind, what changed facts first.
func (rows rows) standings() []Standing {
	var list []Standing
	for _, r := range rows {
		if r.Behind == 0 {
			continue
		}
		now := rows.at(Subject{Kind: Kind(r.Kind), ID: r.ID}).of(r.Part, r.SourceLang).Words
		s := Standing{
			Subject: r.subject(), Part: r.Part, Lang: r.Lang, Words: r.Words,
			SourceLang: r.SourceLang, Old: r.Source, New: now, Since: store.Time(r.BehindAt),
		}
		s.Severity, s.Reasons = parallel.Weigh(s.SourceLang, s.Old, s.New)
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(grade[b.Severity], grade[a.Severity]), a.Since.Compare(b.Since), cmp.Compare(a.key(), b.key()))
	})
	return list
}

func (s Standing) key() string { return string(s.Kind) + " " + s.ID + " " + s.Part + " " + s.Lang }

// grade is how a severity is written down.
var grade = map[parallel.Severity]int{parallel.Minor: 1, parallel.Critical: 2}
