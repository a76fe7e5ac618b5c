package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/media/blob"
	"doingoai/app/media/strip"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Limits of films, sound and documents that are uploaded, in bytes. They
// protect the store and the readers' lines, not memory: such a file is never
// whole in memory.
const (
	MaxFilm     = 500 << 20
	MaxSound    = 100 << 20
	MaxDocument = 50 << 20
)

// MaxFile is the largest file of any kind.
const MaxFile = MaxFilm

// Limit is the most bytes of a file of a kind.
func Limit(kind Kind) int64 {
	switch kind {
	case Film:
		return MaxFilm
	case Sound:
		return MaxSound
	case Document:
		return MaxDocument
	}
	return MaxBytes
}

// Add takes a file for an agency and answers what is kept of it: a picture
// (JPEG, PNG, GIF or WebP; of a moving GIF the first frame), a film, sound or a
// document. The same file again answers the one that is there, whoever brought
// it; so its name, which is part of the public address, is made from the
// content. name, the file's name as the person knows it, may say what is nobody
// else's business: the trail has it.
//
// Refusals are faults with a sentence for the person, under the keys
// error.media.
func (r *Room) Add(ctx context.Context, actor account.Actor, agency, name string, body io.Reader) (Media, error) {
	return r.add(ctx, actor, agency, name, body, "")
}

// AddPicture is Add where nothing but a picture is wanted; what is none is
// refused under error.media.not_image.
func (r *Room) AddPicture(ctx context.Context, actor account.Actor, agency, name string, body io.Reader) (Media, error) {
	return r.add(ctx, actor, agency, name, body, Picture)
}

func (r *Room) add(ctx context.Context, actor account.Actor, agency, name string, body io.Reader, only Kind) (Media, error) {
	role, ok := actor.May(account.Upload, agency)
	if !ok {
		return Media{}, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	held, err := hold(body, only)
	if err != nil {
		return Media{}, err
	}
	defer held.release()
	made, err := r.made(ctx, held)
	if err != nil {
		return Media{}, err
	}
	m := made.media()
	m.AgencyID, m.PersonID, m.FileName, m.Focus = agency, actor.ID, fileName(name), Middle
	// Files first: a row never names a file that is not safely kept. A file
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

// made is what was made of an upload: the renditions of a picture, or what is
// kept of any other file.
type made interface {
	media() Media
	keep(ctx context.Context, to blob.Store) error
}

// made makes of an upload what is kept.
func (r *Room) made(ctx context.Context, h held) (made, error) {
	if h.kind == Picture {
		return r.render(ctx, io.NewSectionReader(h, 0, h.size))
	}
	return r.clean(ctx, h)
}

// cleanWeight is what a document takes of the memory that is meant for decoding:
// it is read whole.
const cleanWeight = maxMemory / 4

// clean takes from a file that is no picture what it should not tell.
func (r *Room) clean(ctx context.Context, h held) (made, error) {
	if err := r.decoding.Acquire(ctx, cleanWeight); err != nil {
		return nil, busy(err)
	}
	defer r.decoding.Release(cleanWeight)
	kept, err := strip.Clean(h, h.size)
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, kept.Reader()); err != nil {
		return nil, err
	}
	return &cleaned{kept, hex.EncodeToString(sum.Sum(nil))}, nil
}

// cleaned is a film, sound or a document without what it should not tell.
type cleaned struct {
	*strip.Kept
	hash string
}

// publicName begins the name of a file in its address, by its kind.
var publicName = map[Kind]string{Film: "film", Sound: "sound", Document: "document"}

func (c *cleaned) media() Media {
	return Media{
		File: release.File{
			Hash: c.hash, Name: publicName[c.Kind] + "-" + c.hash[:8] + c.Extension, Type: c.Type,
			Size: c.Size(), Width: c.Width, Height: c.Height,
		},
		Kind: c.Kind, Seconds: c.Seconds, Pages: c.Pages,
	}
}

func (c *cleaned) keep(ctx context.Context, to blob.Store) error {
	return to.Put(ctx, c.hash, c.Reader(), c.Size())
}

// render makes the renditions of a picture. It waits for room to decode it.
func (r *Room) render(ctx context.Context, body io.Reader) (made, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	head, err := inspect(data)
	if err != nil {
		return nil, err
	}
	leave, err := r.enter(ctx, head.effort)
	if err != nil {
		return nil, busy(err)
	}
	defer leave()
	return render(ctx, data, head)
}

// held is an upload that was recognised and can be read from any place on.
type held struct {
	io.ReaderAt
	kind    Kind
	size    int64
	release func()
}

// hold recognises an upload by its content, whatever its name says, and makes
// it readable from any place on: through a temporary file, unless it is that
// already. What is refused is refused before it fills a disk.
func hold(body io.Reader, only Kind) (held, error) {
	if there, ok := body.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		size, err := there.Seek(0, io.SeekEnd)
		if err != nil {
			return held{}, err
		}
		kind, err := recognise(there, size, only)
		if err == nil && size > Limit(kind) {
			err = errTooLarge(kind)
		}
		return held{there, kind, size, func() {}}, err
	}
	head := make([]byte, strip.HeadSize)
	n, err := io.ReadFull(body, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return held{}, err
	}
	head = head[:n]
	kind, err := recognise(bytes.NewReader(head), int64(n), only)
	if err != nil {
		return held{}, err
	}
	return holdFile(io.MultiReader(bytes.NewReader(head), body), kind)
}

// holdFile puts an upload into a temporary file.
func holdFile(body io.Reader, kind Kind) (held, error) {
	file, err := os.CreateTemp("", "upload-*")
	if err != nil {
		return held{}, fmt.Errorf("hold an upload: %w", err)
	}
	release := func() {
		if err := errors.Join(file.Close(), os.Remove(file.Name())); err != nil {
			slog.Warn("a temporary file cannot be removed", "error", err)
		}
	}
	size, err := io.Copy(file, io.LimitReader(body, Limit(kind)+1))
	if err == nil && size > Limit(kind) {
		err = errTooLarge(kind)
	}
	if err != nil {
		release()
		return held{}, err
	}
	return held{file, kind, size, release}, nil
}

// recognise tells what an upload is, and refuses what is not wanted.
func recognise(src io.ReaderAt, size int64, only Kind) (Kind, error) {
	kind, err := strip.Recognise(src, size)
	if only == "" || err == nil && kind == only {
		return kind, err
	}
	// What the refusal of another file says of it, such as how to save a film,
	// would promise that it can be used here.
	if f, ok := fault.As(err); err != nil && (!ok || f.Message.Key == "error.media.format") {
		return kind, err
	}
	return kind, fault.New(fault.Invalid, "error.media.not_image")
}

func errTooLarge(kind Kind) error {
	key := "error.media.file_too_large"
	if kind == Picture {
		key = "error.media.too_large"
	}
	return fault.New(fault.TooLarge, key, "Max", Limit(kind)>>20)
}
