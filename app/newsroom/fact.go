package newsroom

import (
	"context"
	"maps"
	"slices"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/media"
	"doingoai/app/parallel"
	"doingoai/app/release"
)

// The facts of an item (app/kind) are part of its text. Its source edition has
// all of them, in its revisions and under its approval; a translation has those
// that are written anew in each language, as passages like any other. What is
// the same in every language reaches the readers of a translation from what they
// have of the source: with the translation's own release, and with each later
// one of the source, in the same transaction. So two languages never tell two
// different days, and nobody has to release five translations for a postponed
// event.

// nature is what an edition is: of which kind, and whether a translation.
type nature struct {
	kind       kind.Kind
	translated bool
}

func (r editionRow) nature() nature { return nature{kind.Kind(r.Kind), r.Translated} }

// words are the facts that are translated, as passages.
func (c Content) words() []parallel.Segment {
	worded := c.Facts.Worded()
	var list []parallel.Segment
	for _, key := range kind.Keys(worded) {
		list = append(list, parallel.Segment{Key: kind.Prefix + key, Text: worded[key]})
	}
	return list
}

// oneLine is a typed text in the form in which a field keeps it.
func oneLine(key, text string) string {
	if in, _ := kind.InputOf(strings.TrimPrefix(key, kind.Prefix)); in.Type == kind.Words {
		return tidy(text)
	}
	return line(text)
}

// isField says whether a passage of that key is a field, and no paragraph.
func (c Content) isField(key string) bool {
	return strings.HasPrefix(key, kind.Prefix) || c.field(key) != nil
}

// said is what a text says in a field that is translated; "" in none.
func (c Content) said(key string) string {
	if fact, ok := strings.CutPrefix(key, kind.Prefix); ok {
		return c.Facts[fact]
	}
	if field := c.field(key); field != nil {
		return *field
	}
	return ""
}

// say puts a text into such a field.
func (c *Content) say(key, text string) {
	if fact, ok := strings.CutPrefix(key, kind.Prefix); ok {
		c.Facts = c.Facts.With(fact, text)
	} else if field := c.field(key); field != nil {
		*field = text
	}
}

// checkFacts refuses a place, an agency, an item or a file that does not exist.
func (n *Newsroom) checkFacts(ctx context.Context, c Content, form *fault.Form) error {
	for _, key := range kind.Keys(c.Facts) {
		in, _ := kind.InputOf(key)
		known, err := n.exists(ctx, in.Type, c.Facts[key])
		if err != nil {
			return err
		}
		if !known {
			form.Refuse(kind.Prefix+key, "error.fact."+string(in.Type))
		}
	}
	return nil
}

// exists says whether there is what a fact names; what names nothing always is.
func (n *Newsroom) exists(ctx context.Context, t kind.Type, id string) (bool, error) {
	var err error
	switch t {
	case kind.Place:
		return n.places.Exists(ctx, id)
	case kind.Agency:
		_, err = n.agencies.Get(ctx, id)
	case kind.Item:
		_, err = loadItem(n.db.Read(ctx), id)
	case kind.File:
		var m media.Media
		if m, err = n.media.Get(ctx, id); err == nil {
			return m.Kind == media.Document, nil
		}
	}
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// besideSource completes the facts of a translation that is about to be released
// with those of what readers have of its source. Where they have nothing of it,
// a translation that needs some is not released.
func (a *act) besideSource(doc *release.Article, item itemRow) error {
	if !kind.Kind(item.Kind).IsNeutral() || item.SourceLang == a.row.Lang {
		return nil
	}
	i := slices.IndexFunc(a.readers, func(r editionRow) bool { return r.Lang == item.SourceLang })
	if i < 0 {
		return fault.New(fault.NotPossible, "error.publish.source_first")
	}
	source, err := loadRevision(a.tx.DB, a.readers[i].ref(), a.readers[i].LiveRevision)
	doc.Facts = doc.Facts.Beside(source.Content.Facts)
	return err
}

// NewFacts is the verb of giving readers of a translation the facts of its
// source, which were released anew.
const NewFacts Verb = "new_facts"

// hasNewFacts says whether readers of a translation have other facts than this
// text of the original tells, and has them given with its next release.
func (a *act) hasNewFacts(translation *act, now Revision) (bool, error) {
	if a.row.Translated || !kind.Kind(a.row.Kind).IsNeutral() {
		return false, nil
	}
	entry, err := a.n.log.Current(a.tx, translation.key())
	if err != nil {
		return false, err
	}
	var doc release.Article
	if err := entry.Decode(&doc); err != nil {
		return false, err
	}
	translation.neutral = now.Content.Facts
	return !doc.Facts.Same(doc.Facts.Beside(now.Content.Facts)), nil
}

// giveFacts releases a translation with them and nothing else that is new.
func (a *act) giveFacts(translation *act, head Revision) error {
	seq, err := translation.again(func(*release.Article) {})
	if err != nil {
		return err
	}
	a.overtook = append(a.overtook, overtaking{translation, head, NewFacts, false})
	return updateEdition(a.tx, translation.row.ref(), map[string]any{"live_seq": seq})
}

// previewFacts completes the facts of a translation with those of the newest
// text of its source.
func (n *Newsroom) previewFacts(ctx context.Context, doc *release.Article, item itemRow) error {
	if !kind.Kind(item.Kind).IsNeutral() || item.SourceLang == doc.Lang {
		return nil
	}
	db := n.db.Read(ctx)
	row, err := loadEdition(db, Ref{item.ID, item.SourceLang})
	if err != nil {
		return err
	}
	source, err := loadRevision(db, row.ref(), row.Head)
	doc.Facts = doc.Facts.Beside(source.Content.Facts)
	return err
}

// attach puts into a document the files that its facts name.
func attach(doc *release.Article, known func(hashes []string) (map[string]media.Media, error)) error {
	named := doc.Facts.Files()
	if doc.Attached = nil; len(named) == 0 {
		return nil
	}
	found, err := known(slices.Collect(maps.Values(named)))
	if err != nil {
		return err
	}
	for _, key := range kind.Keys(doc.Facts) {
		if m, ok := found[named[key]]; ok {
			file := m.File
			file.Pages = m.Pages
			doc.Attached = append(doc.Attached, file)
		}
	}
	return nil
}

// NeutralFacts are those that readers of an edition get beside its own: of a
// translation, what the newest text of its source says in every language alike.
func (n *Newsroom) NeutralFacts(ctx context.Context, s *Sheet) (kind.Facts, error) {
	doc := release.Article{Lang: s.Ref.Lang}
	err := n.previewFacts(ctx, &doc, itemRow{ID: s.Item, Kind: string(s.Kind), SourceLang: s.SourceLang})
	return doc.Facts, err
}
