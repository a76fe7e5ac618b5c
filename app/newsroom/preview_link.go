package newsroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// A preview link lets somebody without an account, a chief or another
// department, read one edition as it stands: always the newest revision, for a
// link to an old one would be answered with remarks about what has been mended.
// It opens nothing else, ends by itself, and can be revoked; each opening is
// on the trail. An embargo does not forbid it, for it is not publication; a
// block by the confidentiality reviewer, and marks that nobody has cleared, do.

// PreviewLink is such a link. Its token is known only to who made it.
type PreviewLink struct {
	ID        string
	Reader    string // for whom it is
	CreatedBy string // person id
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt time.Time
	Opened    int
	OpenedAt  time.Time // last
}

// Open says whether the link still leads somewhere.
func (l PreviewLink) Open(now time.Time) bool { return l.RevokedAt.IsZero() && now.Before(l.ExpiresAt) }

// Limits of preview links.
const (
	UsualPreviewDays = 3
	MaxPreviewDays   = 30
	MaxPreviewReader = 120
	maxPreviewLinks  = 20  // open ones of an edition
	maxPreviewHour   = 120 // openings
)

// SharePreview makes a link to an edition for a reader, for a number of days,
// and answers its token, which is told this once.
func (n *Newsroom) SharePreview(ctx context.Context, actor account.Actor, ref Ref, reader string, days int) (token string, err error) {
	reader = line(reader)
	var form fault.Form
	if reader == "" {
		form.Refuse("reader", "error.required")
	}
	field{"reader", reader, MaxPreviewReader}.check(&form)
	if days < 1 || days > MaxPreviewDays {
		form.Refuse("days", "error.preview.days", "Max", MaxPreviewDays)
	}
	if err := form.Err(); err != nil {
		return "", err
	}
	token = store.NewSecret()
	err = n.on(ctx, actor, ref, account.SharePreview, func(a *act) error {
		head, err := loadRevision(a.tx.DB, ref, a.row.Head)
		if err != nil {
			return err
		}
		if err := a.mayBeShown(head); err != nil {
			return err
		}
		open, err := countOpenLinks(a.tx, ref)
		if err != nil {
			return err
		}
		if open >= maxPreviewLinks {
			return fault.New(fault.NotPossible, "error.preview.many", "Max", maxPreviewLinks)
		}
		row := previewRow{
			ID: store.NewID(), TokenHash: hashToken(token), ItemID: ref.Item, Lang: ref.Lang, Reader: reader, CreatedBy: actor.ID,
			CreatedAt: store.Micros(a.tx.Now), ExpiresAt: store.Micros(a.tx.Now.AddDate(0, 0, days)),
		}
		if err := insertPreview(a.tx, row); err != nil {
			return err
		}
		return a.recordPreview("share", head.Hash, row, map[string]string{"days": strconv.Itoa(days)})
	})
	return token, err
}

// mayBeShown refuses to show outside what may be a State secret.
func (a *act) mayBeShown(head Revision) error {
	if err := a.row.blocked(); err != nil {
		return err
	}
	return a.isClear(head)
}

func (a *act) recordPreview(verb, hash string, row previewRow, detail map[string]string) error {
	detail["link"], detail["reader"] = row.ID, row.Reader
	return a.recordAs("preview."+verb, State(a.row.State), hash, "", detail)
}

// RevokePreview ends a link at once.
func (n *Newsroom) RevokePreview(ctx context.Context, actor account.Actor, ref Ref, id string) error {
	return n.on(ctx, actor, ref, account.SharePreview, func(a *act) error {
		row, err := previewByID(a.tx, ref, id)
		if err != nil {
			return err
		}
		if !row.link().Open(a.tx.Now) {
			return fault.New(fault.NotPossible, "error.preview.over")
		}
		if err := updatePreview(a.tx, id, map[string]any{"revoked_at": store.Micros(a.tx.Now)}); err != nil {
			return err
		}
		return a.recordPreview("revoke", "", row, map[string]string{})
	})
}

// PreviewLinks lists an edition's links, newest first, to those who may share it.
func (n *Newsroom) PreviewLinks(ctx context.Context, actor account.Actor, ref Ref) ([]PreviewLink, error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil {
		return nil, err
	}
	if _, err := sightOf(db, actor).demand(account.SharePreview, row); err != nil {
		return nil, err
	}
	return loadPreviews(db, ref, 50)
}

// Shown is what a preview link shows.
type Shown struct {
	Ref     Ref
	Number  int // of the revision
	Reader  string
	Until   time.Time
	Embargo time.Time // zero: none
	Outlets []string
	Article *release.Article
}

// OpenPreview answers what a link leads to, and notes that it was opened from
// an address. A link that is over, revoked or never was leads nowhere.
func (n *Newsroom) OpenPreview(ctx context.Context, token, address string) (*Shown, error) {
	if err := n.mayFollow(ctx, token); err != nil {
		return nil, err
	}
	var shown *Shown
	var head Revision
	err := n.db.Write(ctx, func(tx *store.Tx) error {
		a, link, err := n.follow(ctx, tx, token)
		if err != nil {
			return err
		}
		if head, err = loadRevision(tx.DB, a.row.ref(), a.row.Head); err != nil {
			return err
		}
		if err := a.mayBeShown(head); err != nil {
			return err
		}
		if err := countOpening(tx, link); err != nil {
			return err
		}
		embargo, err := a.embargo()
		if err != nil {
			return err
		}
		shown = &Shown{
			Ref: a.row.ref(), Number: head.Number, Reader: link.Reader, Until: store.Time(link.ExpiresAt),
			Embargo: embargo, Outlets: head.Content.Outlets,
		}
		return a.recordPreview("open", head.Hash, link, map[string]string{"from": Network(address)})
	})
	if err != nil {
		return nil, err
	}
	shown.Article, err = n.previewOf(ctx, head)
	return shown, err
}

// mayFollow refuses, before anything is locked, a token that leads nowhere, and
// the link of somebody who is no longer with us.
func (n *Newsroom) mayFollow(ctx context.Context, token string) error {
	link, err := previewKnown(n.db.Read(ctx), hashToken(token))
	if err != nil {
		return err
	}
	gone, err := n.isGone(ctx, link.CreatedBy)
	if err == nil && gone {
		err = errNoPreview()
	}
	return err
}

// follow finds the edition a token leads to.
func (n *Newsroom) follow(ctx context.Context, tx *store.Tx, token string) (*act, previewRow, error) {
	link, err := previewByToken(tx, hashToken(token))
	if err != nil {
		return nil, link, err
	}
	if !link.link().Open(tx.Now) {
		return nil, link, errNoPreview()
	}
	row, err := lockEdition(tx, Ref{link.ItemID, link.Lang})
	return &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}, link, err
}

// PreviewPicture says whether an open link's edition shows a picture, and
// answers the file.
func (n *Newsroom) PreviewPicture(ctx context.Context, token, hash string) (release.File, error) {
	if err := n.mayFollow(ctx, token); err != nil {
		return release.File{}, err
	}
	var head Revision
	err := n.db.Write(ctx, func(tx *store.Tx) error {
		a, _, err := n.follow(ctx, tx, token)
		if err != nil {
			return err
		}
		head, err = loadRevision(tx.DB, a.row.ref(), a.row.Head)
		if err == nil {
			err = a.mayBeShown(head)
		}
		return err
	})
	if err != nil {
		return release.File{}, err
	}
	doc, err := n.previewOf(ctx, head)
	if err != nil {
		return release.File{}, err
	}
	files := doc.Media()
	i := slices.IndexFunc(files, func(f release.File) bool { return f.Hash == hash })
	if i < 0 {
		return release.File{}, errNoPreview()
	}
	return files[i], nil
}

// Network is an address as far as the trail needs it: the network it is in.
// Whoever opens such a link has no account here, and is not followed.
func Network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	bits := 48
	if a = a.Unmap(); a.Is4() {
		bits = 24
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func errNoPreview() error { return fault.New(fault.NotFound, "error.preview.none") }
