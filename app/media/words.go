package media

import (
	"context"
	"strings"
	"unicode/utf8"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Limits of what is said of a file, in characters.
const (
	MaxAlt     = 300
	MaxCaption = 400
	MaxCredit  = 120
	MaxTerms   = 500
)

// Words are what a file shows, in one language.
type Words struct {
	Alt     string // for who does not see it
	Caption string
}

// Focus is the point of a picture that stays in view when it is cropped.
type Focus = release.Focus

// Middle is the focus of a picture of which nobody has said anything else.
var Middle = Focus{X: 500, Y: 500}

// Description is what people say of a file.
type Description struct {
	Words map[string]Words // by language; what is empty is not said
	Focus Focus
}

// Describe says what a file of one's agency shows, in the languages of one's
// posts, and where its motif is.
// version is that of the description the person saw: when somebody has changed
// it since, nothing is kept and the error is a fault of kind Conflict.
func (r *Room) Describe(ctx context.Context, actor account.Actor, hash string, version int, d Description) error {
	return r.change(ctx, actor, account.DescribeMedia, hash, func(tx *store.Tx, m Media) (audit.Entry, error) {
		d = d.tidy()
		if err := d.check(); err != nil {
			return audit.Entry{}, err
		}
		if m.Version != version {
			return audit.Entry{}, errMovedOn()
		}
		for _, words := range []map[string]Words{m.Words, d.Words} {
			for lang := range words {
				if d.Words[lang] != m.Words[lang] && !m.MayWord(actor, lang) {
					return audit.Entry{}, errOfAnother(lang)
				}
			}
		}
		m.Words, m.Focus = d.Words, d.Focus
		if err := m.keepWords(tx); err != nil {
			return audit.Entry{}, err
		}
		if err := replaceWords(tx, hash, d.Words); err != nil {
			return audit.Entry{}, err
		}
		err := update(tx, hash, map[string]any{
			"focus_x": d.Focus.X, "focus_y": d.Focus.Y, "search": m.searchText(), "version": version + 1,
		})
		if err != nil {
			return audit.Entry{}, err
		}
		return audit.Entry{Verb: "media.describe"}, r.tell(tx, hash)
	})
}

// MayWord says whether a person may say in a language what the file shows. Where
// its motif is, is of no language.
func (m Media) MayWord(actor account.Actor, lang string) bool {
	_, may := actor.MayIn(account.DescribeMedia, m.AgencyID, lang)
	return may
}

func errOfAnother(lang string) error {
	return fault.New(fault.Forbidden, "error.verb.language", "Language", fault.Language(lang))
}

// change is the frame of the verbs on a file: it is there for the person, they
// may do it to the files of its agency, and the trail has it.
func (r *Room) change(ctx context.Context, actor account.Actor, action account.Action, hash string, do func(*store.Tx, Media) (audit.Entry, error)) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		// Publishing locks the log first and then what it says of files.
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		m, err := lock(tx, hash)
		if err == nil && !m.MaySee(actor) {
			err = errUnknown()
		}
		if err != nil {
			return err
		}
		post, ok := actor.PostFor(action, m.AgencyID)
		if !ok {
			return fault.New(fault.Forbidden, "error.media.others")
		}
		entry, err := do(tx, m)
		if err != nil {
			return err
		}
		entry.ActorID, entry.AgencyID, entry.Role, entry.Address = actor.ID, m.AgencyID, string(post.Role), actor.Address
		entry.Subject, entry.Detail = "media/"+hash, actor.Trace(post, entry.Detail)
		return audit.Append(tx, entry)
	})
}

func errMovedOn() error { return fault.New(fault.Conflict, "error.media.moved_on") }

func (d Description) tidy() Description {
	kept := map[string]Words{}
	for lang, w := range d.Words {
		if w = (Words{tidy(w.Alt), tidy(w.Caption)}); w != (Words{}) {
			kept[lang] = w
		}
	}
	d.Words = kept
	return d
}

// tidy makes a text one line of NFC.
func tidy(s string) string {
	s, _ = vietnamese.Clean(strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

func (d Description) check() error {
	var form fault.Form
	for lang, w := range d.Words {
		checkLength(&form, "alt_"+lang, w.Alt, MaxAlt)
		checkLength(&form, "caption_"+lang, w.Caption, MaxCaption)
	}
	for field, n := range map[string]int{"focus_x": d.Focus.X, "focus_y": d.Focus.Y} {
		if n < 0 || n > 1000 {
			form.Refuse(field, "error.media.focus")
		}
	}
	return form.Err()
}

func checkLength(form *fault.Form, field, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		form.Refuse(field, "error.too_long", "Max", most)
	}
}

// searchText is what a search of the library looks into.
func (m Media) searchText() string {
	parts := []string{m.FileName, m.Rights.Credit}
	for _, w := range m.Words {
		parts = append(parts, w.Alt, w.Caption)
	}
	return vietnamese.FoldSearch(strings.Join(parts, " "))
}
