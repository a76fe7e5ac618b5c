package media

import (
	"slices"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// renditions is what readers are told of a picture beside the documents that
// name it.
func (m Media) renditions() release.Renditions {
	doc := release.Renditions{Hash: m.Hash, Colour: m.Colour, Files: m.Files()}
	if m.Focus != Middle {
		doc.Focus = &m.Focus
	}
	return doc
}

// Files are a picture's own and its renditions, from narrow to wide; none until
// these are made.
func (m Media) Files() []release.File {
	if len(m.Renditions) == 0 {
		return nil
	}
	files := append(slices.Clone(m.Renditions), m.File)
	if m.Small != nil {
		files = append(files, *m.Small)
	}
	slices.SortStableFunc(files, func(a, b release.File) int { return a.Width - b.Width })
	return files
}

// tell makes what readers know of a picture what it should be: its renditions
// while some released text uses it and there is something to know, nothing
// otherwise. It is part of whatever transaction changes either; the release log
// must be locked by it.
func (r *Room) tell(tx *store.Tx, hash string) error {
	known, err := load(tx.DB, []string{hash})
	if err != nil {
		return err
	}
	live, err := isLive(tx, hash)
	if err != nil {
		return err
	}
	doc := known[hash].renditions()
	wanted := live && (len(doc.Files) > 0 || doc.Focus != nil)
	key := release.Key{Kind: release.PictureKind, ID: hash}
	current, err := r.log.Current(tx, key)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	told := err == nil && current.Op == release.Put
	switch {
	case wanted && (!told || !current.Says(doc)):
		_, err = r.log.Append(tx, key, release.Put, doc)
	case !wanted && told:
		_, err = r.log.Append(tx, key, release.Withdraw, struct{}{})
	default:
		err = nil
	}
	return err
}
