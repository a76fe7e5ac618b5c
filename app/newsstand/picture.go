package newsstand

import (
	"context"
	"fmt"

	"doingoai/app/release"
)

// Renditions of pictures are documents of their own. Whoever asks for articles
// gets them with the pictures: one read more, however many pictures there are.

func decodeRenditions(e release.Entry) (*release.Renditions, error) {
	var r release.Renditions
	if err := e.Decode(&r); err != nil {
		return nil, err
	}
	if r.Hash != e.ID || e.Lang != "" {
		return nil, fmt.Errorf("release %d (%s): the document says it is of %q", e.Seq, e.Key, r.Hash)
	}
	return &r, nil
}

// addToCards gives the pictures of cards their renditions.
func (s *Stand) addToCards(ctx context.Context, cards []Card) error {
	var pictures []*release.Picture
	for _, c := range cards {
		if c.Picture != nil {
			pictures = append(pictures, c.Picture)
		}
	}
	return s.addTo(ctx, pictures, nil)
}

// addToArticles gives the lead pictures of articles their renditions, and the
// articles those of the pictures in their texts.
func (s *Stand) addToArticles(ctx context.Context, articles ...*release.Article) error {
	var pictures []*release.Picture
	for _, a := range articles {
		if a.Lead != nil {
			pictures = append(pictures, a.Lead)
		}
	}
	return s.addTo(ctx, pictures, articles)
}

func (s *Stand) addTo(ctx context.Context, pictures []*release.Picture, articles []*release.Article) error {
	var hashes []string
	for _, p := range pictures {
		hashes = append(hashes, p.Hash)
	}
	for _, a := range articles {
		for _, f := range a.Files {
			hashes = append(hashes, f.Hash)
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	known, err := loadRenditions(s.db.Read(ctx), hashes)
	if err != nil {
		return err
	}
	for _, p := range pictures {
		p.Renditions = known[p.Hash]
	}
	for _, a := range articles {
		a.Renditions = map[string]*release.Renditions{}
		for _, f := range a.Files {
			if r := known[f.Hash]; r != nil {
				a.Renditions[f.Hash] = r
			}
		}
	}
	return nil
}
