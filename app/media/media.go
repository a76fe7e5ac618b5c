// Package media is the media library of all agencies: pictures, films, sound
// and documents.
//
// What people upload is hostile until proven otherwise, and private beyond
// what they know: a camera writes the place into the file. So an upload is
// never kept as it came. It is recognised by its content. The dimensions of a
// picture are read before anything is allocated for them; it is decoded, turned
// upright, scaled to the size pages need and encoded anew. Of anything else
// only the parts are kept that make what is seen and heard (package strip).
// Metadata, trailing bytes and whatever else a file may carry do not survive
// that (rule 23 of the domain: position and metadata are stripped).
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
	"time"

	"doingoai/app/fault"
	"doingoai/app/media/blob"
	"doingoai/app/media/strip"
	"doingoai/app/release"
	"doingoai/app/store"

	"golang.org/x/sync/semaphore"
)

// Kind is what a file is to people.
type Kind = strip.Kind

// The kinds of files.
const (
	Picture  = strip.Picture
	Film     = strip.Video
	Sound    = strip.Audio
	Document = strip.Document
)

// Kinds lists them in the order people are shown them.
var Kinds = []Kind{Picture, Film, Sound, Document}

// Limits of pictures that are uploaded. They protect memory, beside
// those of its effort: a decoded picture takes many bytes a pixel, however small
// its file is.
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

// Media is a file of the library; a picture with its renditions.
type Media struct {
	release.File
	Kind    Kind
	Seconds int           // how long sound or a film lasts, 0 when it does not say
	Pages   int           // of a document, 0 when it does not say
	Small   *release.File // nil when there is none
	// Renditions are a picture's other files, from narrow to wide; none until they are made.
	Renditions []release.File
	Colour     string // dominant colour of a picture, #rrggbb
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
	// decoding limits the bytes of pixels that are in memory at one time; quick is
	// for the pictures that are no work, so that they do not wait for the others.
	decoding, quick *semaphore.Weighted
}

// New gives the room over a newsroom database and the place of its files.
func New(db *store.DB, files blob.Store) *Room {
	return &Room{db, release.NewLog(db), files, semaphore.NewWeighted(maxMemory), semaphore.NewWeighted(quickLane)}
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

// In is Many inside a transaction.
func (r *Room) In(tx *store.Tx, hashes []string) (map[string]Media, error) {
	return load(tx.DB, hashes)
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

// busy is the answer to a person who waited in vain for the others' pictures.
func busy(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.unavailable.title"), RetryAfter: 10, Cause: err}
	}
	return err
}

func errUnknown() error { return fault.New(fault.NotFound, "error.media.unknown") }
