package newsstand

import (
	"context"
	"fmt"
	"log/slog"

	"doingoai/app/markup"
	"doingoai/app/release"
	"doingoai/app/store"
)

// change is a release and what is derived from it.
type change struct {
	release.Entry
	article *release.Article // nil for everything else, for withdrawals and for what cannot be read
	text    string           // the article's plain text
	files   []release.File   // that the document needs to be shown
	// corrections are what the release puts on the lists of outlets.
	corrections map[string][]Corrected
}

// apply brings a batch to the documents: media first, so that no page misses
// a picture. The index then follows and makes it count.
func (s *Stand) apply(ctx context.Context, entries []release.Entry) error {
	if err := s.checkOrder(entries); err != nil {
		return err
	}
	changes := make([]change, len(entries))
	for i := range entries {
		var err error
		if changes[i], err = read(entries[i]); err != nil {
			// One document that cannot be read must not stop all others.
			slog.Error("a release cannot be read and is not shown", "error", err)
		}
	}
	s.files.Lock()
	defer s.files.Unlock()
	if err := s.fetchMedia(ctx, changes); err != nil {
		return err
	}
	orphans, err := s.commit(ctx, changes)
	if err != nil {
		return fmt.Errorf("apply releases up to %d: %w", entries[len(entries)-1].Seq, err)
	}
	wake(s.documents)
	s.removeMedia(orphans)
	return nil
}

// checkOrder refuses what would move the cursor over releases never seen.
func (s *Stand) checkOrder(entries []release.Entry) error {
	before, _ := s.progress.cursors()
	for _, e := range entries {
		if e.Seq <= before {
			return fmt.Errorf("the newsroom sent release %d after release %d", e.Seq, before)
		}
		before = e.Seq
	}
	return nil
}

func read(e release.Entry) (change, error) {
	c := change{Entry: e}
	if e.Kind == release.PictureKind && e.Op == release.Put {
		r, err := decodeRenditions(e)
		if err == nil {
			c.files = r.Files
		}
		return c, err
	}
	a, err := decode(e)
	if err != nil {
		return c, err
	}
	if a != nil {
		c.article, c.text, c.files = a, textOf(a), a.Media()
	}
	c.corrections, err = correctionsOf(e, a)
	return c, err
}

// textOf is what can be found and quoted of an article: its text, what is
// said of its mistakes, so that whoever looks for a wrong figure finds it put
// right, and what was answered to it.
func textOf(a *release.Article) string {
	text := markup.Text(string(a.HTML))
	if words := a.Facts.Text(); words != "" {
		text += "\n" + words
	}
	for _, c := range a.Corrections() {
		text += "\n" + c.Note + "\n" + c.Right
	}
	for _, r := range a.Replies {
		text += "\n" + r.Party + "\n" + markup.Text(string(r.HTML)) + "\n" + markup.Text(string(r.Answer))
	}
	return text
}

// decode answers the article of a release, nil for any other document and for
// a withdrawal.
func decode(e release.Entry) (*release.Article, error) {
	if e.Kind != release.ArticleKind || e.Op != release.Put {
		return nil, nil
	}
	var a release.Article
	if err := e.Decode(&a); err != nil {
		return nil, err
	}
	if a.ID != e.ID || a.Lang != e.Lang {
		return nil, fmt.Errorf("release %d (%s): the document says it is %q in %q", e.Seq, e.Key, a.ID, a.Lang)
	}
	return &a, nil
}

// commit writes a batch with its cursor, and with the articles that must be
// indexed anew because a section has moved. It answers the media files that
// no document needs any more.
func (s *Stand) commit(ctx context.Context, changes []change) (orphans []string, err error) {
	s.tree.Lock()
	defer s.tree.Unlock()
	site := s.Site()
	last := changes[len(changes)-1].Seq
	err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if orphans, err = writeChanges(tx, changes, last); err != nil || !touchesSite(changes) {
			return err
		}
		if site, err = loadSite(tx.DB); err != nil {
			return err
		}
		return markReindex(tx, s.Site().moved(site), s.handed)
	})
	if err != nil {
		return nil, err
	}
	s.site.Store(site)
	if touchesEvents(changes) {
		if err := s.learnTurns(ctx); err != nil {
			return nil, err
		}
	}
	s.progress.note(func() { s.progress.documents = last })
	return orphans, nil
}

func touchesSite(changes []change) bool {
	for _, c := range changes {
		if c.Kind != release.ArticleKind && c.Kind != release.PictureKind {
			return true
		}
	}
	return false
}

// wake leaves a mark that a task will find, also when it is busy now.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // a mark is there already
	}
}
