package media

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/store"
	"doingoai/app/wording"
)

func (m Media) subject() wording.Subject {
	return wording.Subject{Kind: wording.Media, ID: m.Hash, Agency: m.AgencyID}
}

// keepWords takes note of what is said of the file in each language.
func (m Media) keepWords(tx *store.Tx) error {
	texts := map[string]wording.Text{}
	for lang, w := range m.Words {
		texts[lang] = wording.Text{"alt": w.Alt, "caption": w.Caption}
	}
	return wording.Keep(tx, m.subject(), texts)
}

// StillRight says that what is said of a file in a language is right though its
// source has changed. seen is wording.Standing.Seen.
func (r *Room) StillRight(ctx context.Context, actor account.Actor, hash, part, lang, seen string) error {
	return r.change(ctx, actor, account.DescribeMedia, hash, func(tx *store.Tx, m Media) (audit.Entry, error) {
		if !m.MayWord(actor, lang) {
			return audit.Entry{}, errOfAnother(lang)
		}
		detail, err := wording.Right(tx, m.subject(), part, lang, seen)
		return audit.Entry{Verb: "media.still_right", Detail: detail}, err
	})
}
