// Package media is the media library of all agencies.
//
// What people upload is hostile until proven otherwise, and private beyond
// what they know: a camera writes the place into the file. So an upload is
// never kept. It is recognised by its content, its dimensions are read before
// anything is allocated for them, it is decoded, turned upright, scaled to the
// size pages need and encoded anew. Metadata, trailing bytes and whatever else
// a file may carry do not survive that (rule 23 of the domain: position and
// metadata are stripped).
//
// Files are stored under the SHA-256 of their content (package blob), so a
// picture that is uploaded twice is one picture and an address never changes
// its content. Readers are given only files that a current release refers to.
//
// A file belongs to the agency that brought it first; that agency says what it
// shows, in every language, and on which terms it may be used. The agency
// itself, whoever brings the same file too, and where it is shared all others
// may put it into texts, until its rights expire. Which texts use a file is
// written down in the transaction that saves or publishes them. A file that no
// text uses can be deleted; its bytes go later, and only when readers never had
// them: a page must be able to be shown as it read on a date.
package media

import (
	"context"
	"errors"
	"io"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/media/blob"
	"doingoai/app/release"
	"doingoai/app/store"

	"golang.org/x/sync/semaphore"
)

// Limits of what may be uploaded. They protect memory: a decoded picture takes
// four to sixteen bytes a pixel, however small its file is.
const (
	MaxBytes  = 25 << 20
	MaxPixels = 50_000_000
	MaxSide   = 12_000 // pixels
)

// Widths of the picture itself and of the smaller rendition that is made with
// it, in pixels. Pictures are never enlarged.
const (
	fullWidth  = 1920
	smallWidth = 640
)

// Media is a picture of the library with its renditions.
type Media struct {
	release.File
	Small *release.File // nil when the picture itself is small
	// Renditions are its other files, from narrow to wide; none until they are made.
	Renditions []release.File
	Colour     string // dominant colour, #rrggbb
	AgencyID   string // whose it is: who brought it first
	PersonID   string
	CreatedAt  time.Time
	FileName   string           // as people know it; readers are not told
	Words      map[string]Words // by language
	Focus      Focus
	Rights     Rights
	Holders    []string  // the agencies that brought it themselves
	Version    int       // of what people say of it
	DeletedAt  time.Time // zero: it is there
}

// Room keeps the pictures of a newsroom.
type Room struct {
	db    *store.DB
	log   *release.Log
	files blob.Store
	// decoding limits the pixels that are in memory at one time.
	decoding *semaphore.Weighted
}

// New gives the room over a newsroom database and the place of its files.
func New(db *store.DB, files blob.Store) *Room {
	return &Room{db, release.NewLog(db), files, semaphore.NewWeighted(MaxPixels)}
}

// Add takes a picture (JPEG, PNG, GIF or WebP; of a moving GIF the first
// frame) for an agency and answers what is kept of it. The same picture again
// answers the one that is there, whoever brought it; so its name, which is part
// of the public address, is made from the picture. name, the file's name as the
// person knows it, may say what is nobody else's business: the trail has it.
//
// Refusals are faults with a sentence for the person: error.media.too_large,
// .format, .not_image, .too_many_pixels, .damaged.
func (r *Room) Add(ctx context.Context, actor account.Actor, agency, name string, body io.Reader) (Media, error) {
	role, ok := actor.May(account.Upload, agency)
	if !ok {
		return Media{}, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	made, err := r.render(ctx, body)
	if err != nil {
		return Media{}, err
	}
	m := made.media()
	m.AgencyID, m.PersonID, m.FileName, m.Focus = agency, actor.ID, fileName(name), Middle
	// Files first: a row never names a file that is not safely on disk. A file
	// without a row harms nobody.
	if err := made.keep(ctx, r.files); err != nil {
		return Media{}, err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		m.CreatedAt = tx.Now
		added, err := insert(tx, m)
		if err != nil || !added {
			return err
		}
		return audit.Append(tx, audit.Entry{
			ActorID: actor.ID, AgencyID: agency, Role: string(role), Address: actor.Address,
			Verb: "media.add", Subject: "media/" + m.Hash, Detail: actor.Trace(account.Post{}, map[string]string{"name": m.FileName}),
		})
	})
	if err != nil {
		return Media{}, err
	}
	// Sweep may have removed the files of an earlier deletion meanwhile.
	if err := made.keep(ctx, r.files); err != nil {
		return Media{}, err
	}
	return r.Get(ctx, m.Hash)
}

// Get answers a picture of the library, or a fault of kind NotFound.
func (r *Room) Get(ctx context.Context, hash string) (Media, error) {
	found, err := r.Many(ctx, []string{hash})
	if err == nil && len(found) == 0 {
		err = errUnknown()
	}
	return found[hash], err
}

// Many answers pictures by hash; unknown hashes are absent.
func (r *Room) Many(ctx context.Context, hashes []string) (map[string]Media, error) {
	return load(r.db.Read(ctx), hashes)
}

// ByFile answers, for each of some files, the picture it is a rendition of, or
// is; unknown files are absent.
func (r *Room) ByFile(ctx context.Context, hashes []string) (map[string]Media, error) {
	return loadByFile(r.db.Read(ctx), hashes)
}

// Picture makes the public form of a picture with the words that go with it.
func (r *Room) Picture(ctx context.Context, hash, alt, caption, credit string) (*release.Picture, error) {
	m, err := r.Get(ctx, hash)
	if err != nil {
		return nil, err
	}
	known := m.renditions()
	return &release.Picture{
		File: m.File, Small: m.Small, Colour: m.Colour, Alt: alt, Caption: caption, Credit: credit, Renditions: &known,
	}, nil
}

// File answers a file by its hash, be it a picture or one of its renditions, or
// a fault of kind NotFound.
func (r *Room) File(ctx context.Context, hash string) (release.File, error) {
	m, err := r.Of(ctx, hash)
	return m.Rendition(hash), err
}

// Of answers the picture that a file belongs to, be it the picture itself or
// one of its renditions, or a fault of kind NotFound.
func (r *Room) Of(ctx context.Context, hash string) (Media, error) {
	found, err := r.ByFile(ctx, []string{hash})
	m, known := found[hash]
	if err == nil && !known {
		err = errUnknown()
	}
	return m, err
}

// Rendition is the file of a picture that has this hash.
func (m Media) Rendition(hash string) release.File {
	if m.Small != nil && m.Small.Hash == hash {
		return *m.Small
	}
	for _, f := range m.Renditions {
		if f.Hash == hash {
			return f
		}
	}
	return m.File
}

// Open opens a file of the library, released or not: for the newsroom's own
// pages. Whoever asks must have been permitted to.
func (r *Room) Open(ctx context.Context, hash string) (*blob.File, error) {
	return r.files.Open(ctx, hash)
}

// OpenReleased opens a file that some current release refers to. Any other
// does not exist for newsstands: the answer is a fault of kind NotFound.
func (r *Room) OpenReleased(ctx context.Context, hash string) (*blob.File, error) {
	if !blob.IsHash(hash) {
		return nil, errUnknown()
	}
	needed, err := r.log.NeedsMedia(ctx, hash)
	if err != nil {
		return nil, err
	}
	if !needed {
		return nil, errUnknown()
	}
	return r.files.Open(ctx, hash)
}

// render makes the renditions of an upload. It waits while others decode as
// many pixels as memory is meant for: two pictures at most, or one large one.
func (r *Room) render(ctx context.Context, body io.Reader) (*renditions, error) {
	data, err := io.ReadAll(io.LimitReader(body, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxBytes {
		return nil, fault.New(fault.TooLarge, "error.media.too_large", "Max", MaxBytes>>20)
	}
	head, err := inspect(data)
	if err != nil {
		return nil, err
	}
	weight := max(int64(head.width)*int64(head.height), MaxPixels/2)
	if err := r.decoding.Acquire(ctx, weight); err != nil {
		return nil, busy(err)
	}
	defer r.decoding.Release(weight)
	return render(data, head)
}

// busy is the answer to a person who waited in vain for the others' pictures.
func busy(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.unavailable.title"), RetryAfter: 10, Cause: err}
	}
	return err
}

func errUnknown() error { return fault.New(fault.NotFound, "error.media.unknown") }
