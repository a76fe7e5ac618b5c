package newsstand

import (
	"context"
	"fmt"

	"doingoai/app/kind"
	"doingoai/app/release"
)

// Compare holds the newsstand against its source: its documents must be the
// fold of the release log, its lists must hold the released articles and
// nothing else, the search index must find exactly these, and the media
// folder must hold exactly the files they need. It answers a sentence for
// each difference, none when all is well.
//
// The newsstand may be following meanwhile. Releases that it has not applied
// yet are one difference, whatever their number; a key that is released anew
// during the comparison is not judged.
func (s *Stand) Compare(ctx context.Context, source Source) ([]string, error) {
	c := comparison{s: s, local: map[release.Key]mark{}}
	for _, check := range []func(context.Context, Source) error{
		c.behind, c.documents, c.log, c.index, c.media,
	} {
		if err := check(ctx, source); err != nil {
			return c.found, err
		}
	}
	return c.found, nil
}

type comparison struct {
	s       *Stand
	applied int64
	local   map[release.Key]mark
	found   []string
}

// mark is what is remembered of a local document.
type mark struct {
	seq      int64
	hash     string
	op       release.Op
	confirms bool // the log has it too
}

func (c *comparison) say(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

func (c *comparison) behind(ctx context.Context, source Source) error {
	c.applied = c.s.Applied()
	last, err := source.Last(ctx)
	if err == nil && last != c.applied {
		c.say("the log ends at release %d, the newsstand has applied it up to release %d", last, c.applied)
	}
	return err
}

// documents looks at every local document by itself: its body is what its
// hash says, and it stands on the lists of its outlets.
func (c *comparison) documents(ctx context.Context, _ Source) error {
	articles, corrections, events, papers := 0, 0, 0, 0
	for after := int64(0); ; {
		rows, err := loadDocumentsAfter(c.s.db.Read(ctx), after, batch)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		after = rows[len(rows)-1].Seq
		n, err := c.lists(ctx, rows)
		if err != nil {
			return err
		}
		articles += n
		for _, row := range rows {
			e := row.entry()
			corrections += c.corrections(e)
			events += eventPlaces(e)
			papers += libraryPlaces(e)
			c.local[e.Key] = mark{seq: e.Seq, hash: e.Hash, op: e.Op}
			if release.Hash(e.Body) != e.Hash {
				c.say("%s (release %d) is damaged: its text is not what its hash says", e.Key, e.Seq)
			}
		}
	}
	listed, err := countListed(c.s.db.Read(ctx))
	if err != nil {
		return err
	}
	if listed != articles {
		c.say("%d articles stand on lists, but %d are released", listed, articles)
	}
	if listed, err = countAllCorrections(c.s.db.Read(ctx)); err == nil && listed != corrections {
		c.say("%d corrections stand on lists, but %d are released", listed, corrections)
	}
	if err != nil {
		return err
	}
	if listed, err = countEvents(c.s.db.Read(ctx)); err == nil && listed != events {
		c.say("%d events stand on calendars, but %d are released", listed, events)
	}
	if err != nil {
		return err
	}
	if listed, err = countLibraries(c.s.db.Read(ctx)); err == nil && listed != papers {
		c.say("%d documents stand in libraries, but %d are released", listed, papers)
	}
	return err
}

// libraryPlaces counts the libraries in which a document stands.
func libraryPlaces(e release.Entry) int {
	a, err := decode(e)
	if err != nil || a == nil || kind.Kind(a.Kind) != kind.Document {
		return 0
	}
	return len(unique(a.Outlets))
}

// eventPlaces counts the calendars on which a document stands.
func eventPlaces(e release.Entry) int {
	a, err := decode(e)
	if err != nil || a == nil || kind.Kind(a.Kind) != kind.Event {
		return 0
	}
	if _, ok := a.Facts.Happening(); !ok {
		return 0
	}
	return len(unique(a.Outlets))
}

// corrections counts the places on lists that a document's corrections have.
func (c *comparison) corrections(e release.Entry) (places int) {
	a, err := decode(e)
	if err != nil {
		return 0 // told with its lists
	}
	lists, err := correctionsOf(e, a)
	if err != nil {
		c.say("%s (release %d) cannot be read", e.Key, e.Seq)
	}
	for _, corrections := range lists {
		places += len(corrections)
	}
	return places
}

// lists answers how many articles of a batch ought to stand on lists.
func (c *comparison) lists(ctx context.Context, rows []documentRow) (articles int, err error) {
	want := map[release.Key]string{}
	var keys []release.Key
	for _, row := range rows {
		e := row.entry()
		a, err := decode(e)
		if err != nil {
			c.say("%s (release %d) cannot be read", e.Key, e.Seq)
		}
		if a == nil || len(a.Outlets) == 0 {
			continue
		}
		keys = append(keys, e.Key)
		for _, outlet := range unique(a.Outlets) {
			for _, section := range listsOf(a) {
				want[e.Key] += place(outlet, section)
			}
		}
		for _, outlet := range unique(a.Outlets) {
			for _, list := range mentions(a) {
				want[e.Key] += place(outlet, list)
			}
		}
	}
	listed, err := loadListed(c.s.db.Read(ctx), keys)
	if err != nil {
		return 0, err
	}
	for _, k := range keys {
		if listed[k] != want[k] {
			c.say("%s stands on the lists [%s] instead of [%s]", k, listed[k], want[k])
		}
	}
	return len(keys), nil
}

// log compares every key of the log with the local documents.
func (c *comparison) log(ctx context.Context, source Source) error {
	for after := int64(0); ; {
		entries, err := source.After(ctx, after, batch)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			after = e.Seq
			c.compare(e)
		}
	}
	for k, mine := range c.local {
		if !mine.confirms {
			c.say("%s (release %d) is on the newsstand but not in the log", k, mine.seq)
		}
	}
	return nil
}

func (c *comparison) compare(e release.Entry) {
	mine, ok := c.local[e.Key]
	if ok {
		mine.confirms = true
		c.local[e.Key] = mine
	}
	switch {
	case e.Seq > c.applied: // told by behind
	case !ok:
		c.say("%s (release %d) is in the log but not on the newsstand", e.Key, e.Seq)
	case mine.seq != e.Seq:
		c.say("%s is release %d in the log but release %d on the newsstand", e.Key, e.Seq, mine.seq)
	case mine.hash != e.Hash || mine.op != e.Op:
		c.say("%s (release %d) reads differently on the newsstand", e.Key, e.Seq)
	}
}

func (c *comparison) index(ctx context.Context, _ Source) error {
	indexed := map[release.Key]bool{}
	err := c.s.index.Each(ctx, func(id, lang string) error {
		k := release.Key{Kind: release.ArticleKind, ID: id, Lang: lang}
		indexed[k] = true
		if doc, ok := c.local[k]; !ok || doc.op != release.Put {
			c.say("%s can be found by search but is not released", k)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for k, doc := range c.local {
		if k.Kind == release.ArticleKind && doc.op == release.Put && !indexed[k] {
			c.say("%s is released but search does not know it", k)
		}
	}
	return nil
}

func (c *comparison) media(ctx context.Context, _ Source) error {
	return c.s.eachFolder(ctx, func(_ string, surplus, missing []string) error {
		for _, hash := range missing {
			c.say("media file %s is released but not on the newsstand", hash)
		}
		for _, name := range surplus {
			c.say("media file %s is on the newsstand but nothing released needs it", name)
		}
		return nil
	})
}
