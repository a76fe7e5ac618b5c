package newsroom

import (
	"context"
	"slices"

	"doingoai/app/account"
	"doingoai/app/kind"
	"doingoai/app/markup"
	"doingoai/app/media"
)

// filed is a file of the library where a text names it.
type filed struct{ field, hash string }

// files are those that the text uses: its lead picture, those in its body, and
// those that its facts name.
func (c Content) files() []filed {
	var files []filed
	if c.Lead.Media != "" {
		files = append(files, filed{"lead_media", c.Lead.Media})
	}
	for _, hash := range markup.Media(c.Body) {
		files = append(files, filed{"body", hash})
	}
	named := c.Facts.Files()
	for _, key := range kind.Keys(c.Facts) {
		if hash := named[key]; hash != "" {
			files = append(files, filed{kind.Prefix + key, hash})
		}
	}
	return files
}

func (c Content) fileHashes() []string {
	var hashes []string
	for _, f := range c.files() {
		if !slices.Contains(hashes, f.hash) {
			hashes = append(hashes, f.hash)
		}
	}
	return hashes
}

// refuseFiles asks the library about each file of a text, and tells a refusal
// at its field. Files it does not know are told elsewhere.
func (n *Newsroom) refuseFiles(ctx context.Context, files []filed, ask func(media.Media) error) error {
	hashes := make([]string, len(files))
	for i, f := range files {
		hashes[i] = f.hash
	}
	known, err := n.media.ByFile(ctx, hashes)
	if err != nil {
		return err
	}
	for _, f := range files {
		m, found := known[f.hash]
		if !found {
			continue
		}
		if err := ask(m); err != nil {
			return atField(f.field, err)
		}
	}
	return nil
}

// refuseNewFiles refuses what is put into a text of an agency and may not be
// used there. What was in the text before stays its writer's to keep; whether
// readers may have it is asked on its way to them.
func (n *Newsroom) refuseNewFiles(ctx context.Context, agency string, before, now Content) error {
	old := before.fileHashes()
	files := slices.DeleteFunc(now.files(), func(f filed) bool { return slices.Contains(old, f.hash) })
	if len(files) == 0 {
		return nil
	}
	return n.refuseFiles(ctx, files, func(m media.Media) error { return m.Usable(agency, n.db.Now()) })
}

// FileUse is an edition that uses a file of the library.
type FileUse struct {
	Edition
	media.Use
}

// FileUses lists the editions that use a file and that the person may see, and
// says how many others there are.
func (n *Newsroom) FileUses(ctx context.Context, actor account.Actor, hash string) (uses []FileUse, others int, err error) {
	all, err := n.media.Uses(ctx, hash)
	if err != nil || len(all) == 0 {
		return nil, 0, err
	}
	refs, by := make([]Ref, len(all)), map[Ref]media.Use{}
	for i, u := range all {
		refs[i] = Ref{u.Item, u.Lang}
		by[refs[i]] = u
	}
	db := n.db.Read(ctx)
	rows, err := loadMany(db, refs)
	if err != nil {
		return nil, 0, err
	}
	editions, err := sightOf(db, actor).seen(rows)
	for _, e := range editions {
		uses = append(uses, FileUse{e, by[e.Ref]})
	}
	return uses, len(all) - len(uses), err
}
