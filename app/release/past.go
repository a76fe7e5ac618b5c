package release

import (
	"slices"
	"time"
)

// Past is what readers had of an article at a moment: the article, the notice
// that it was withdrawn, or neither; and what stood around it then.
type Past struct {
	Key
	At       time.Time
	Since    time.Time // when they got it, or lost it
	Article  *Article
	Stone    *Tombstone
	Outlets  []Outlet
	Sections []Section
	Agencies []Agency
}

// On lists the outlets on which it stood, the canonical one first.
func (p Past) On() []string {
	switch {
	case p.Stone != nil:
		return p.Stone.Outlets
	case p.Article == nil:
		return nil
	}
	list := slices.Clone(p.Article.Outlets)
	if i := slices.Index(list, p.Article.MainOutlet); i > 0 {
		list[0], list[i] = list[i], list[0]
	}
	return list
}
