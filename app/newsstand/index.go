package newsstand

import (
	"context"
	"fmt"

	"doingoai/app/release"
	"doingoai/app/search"
	"doingoai/app/store"
)

// followIndex brings the index one slice nearer to the documents, or waits
// until there is something to do.
func (s *Stand) followIndex(ctx context.Context) error {
	worked, err := s.indexSlice(ctx)
	if err != nil {
		// Search may stay behind, but pages must not: a withdrawal counts.
		s.epoch.Add(1)
		return err
	}
	if !worked {
		select {
		case <-s.documents:
		case <-ctx.Done():
		}
	}
	return nil
}

// indexSlice indexes the next releases; when there are none, articles whose
// section has moved. worked is false when there was nothing to do.
func (s *Stand) indexSlice(ctx context.Context) (worked bool, err error) {
	changes, next, err := s.unindexed(ctx)
	if err != nil {
		return false, err
	}
	if _, indexed := s.progress.cursors(); next > indexed {
		if err := s.index.Apply(changes, next); err != nil {
			return false, fmt.Errorf("index releases up to %d: %w", next, err)
		}
		s.announce(next)
		return true, nil
	}
	return s.indexMoved(ctx)
}

// unindexed reads what follows the index's cursor, and the cursor after it.
func (s *Stand) unindexed(ctx context.Context) (changes []search.Change, next int64, err error) {
	s.tree.Lock()
	defer s.tree.Unlock()
	documents, indexed := s.progress.cursors()
	if indexed >= documents {
		return nil, indexed, nil
	}
	rows, err := loadDocumentsAfter(s.db.Read(ctx), indexed, batch)
	if err != nil {
		return nil, 0, err
	}
	if len(rows) == batch {
		documents = rows[batch-1].Seq
	}
	s.handed = documents
	return s.indexChanges(rows), documents, nil
}

// indexMoved indexes some of the articles whose section has moved. Nothing
// else is applied meanwhile, so that what is forgotten is what was indexed.
func (s *Stand) indexMoved(ctx context.Context) (worked bool, err error) {
	const few = 100
	s.tree.Lock()
	defer s.tree.Unlock()
	documents, indexed := s.progress.cursors()
	if documents < indexed {
		return false, nil // the documents are older: what they say is out of date
	}
	keys, err := loadReindex(s.db.Read(ctx), few)
	if err != nil || len(keys) == 0 {
		return false, err
	}
	rows, err := loadArticles(s.db.Read(ctx), keys)
	if err != nil {
		return false, err
	}
	if err := s.index.Apply(s.indexChanges(rows), indexed); err != nil {
		return false, fmt.Errorf("index moved sections: %w", err)
	}
	if err := s.db.Write(ctx, func(tx *store.Tx) error { return deleteReindex(tx, keys) }); err != nil {
		return false, err
	}
	s.announce(indexed)
	return true, nil
}

// announce makes the releases up to a number count everywhere.
func (s *Stand) announce(indexed int64) {
	s.epoch.Add(1)
	s.progress.note(func() { s.progress.indexed = indexed })
}

func (s *Stand) indexChanges(rows []documentRow) []search.Change {
	var changes []search.Change
	for _, row := range rows {
		if row.Kind == string(release.ArticleKind) {
			changes = append(changes, s.indexChange(row))
		}
	}
	return changes
}

func (s *Stand) indexChange(row documentRow) search.Change {
	a, err := decode(row.entry())
	if err != nil || a == nil {
		return search.Change{ID: row.ID, Lang: row.Lang, Delete: true}
	}
	return search.Change{ID: row.ID, Lang: row.Lang, Document: &search.Document{
		ID: a.ID, Lang: a.Lang, Outlets: a.Outlets, Sections: s.Site().lineage(a.Section),
		Title: a.Title, Kicker: a.Kicker, Standfirst: a.Standfirst, Body: withStands(a, row.Text), Published: a.Published,
	}}
}

// withStands adds the words of outlets to a text, so that an article is found
// by the headline under which somebody has read it.
func withStands(a *release.Article, text string) string {
	for _, outlet := range a.Outlets {
		stand := a.Stands[outlet]
		for _, words := range []string{stand.Kicker, stand.Title, stand.Standfirst} {
			if words != "" {
				text += "\n" + words
			}
		}
	}
	return text
}
