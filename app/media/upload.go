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
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// A file may be brought in pieces, so that a line that drops costs one piece
// and not the file. What has arrived is known to the database and lies in the
// store of files, so it outlives a restart and any process can take the next
// piece. When all of it is there it goes the way of every file, through Add.

// Limits of files on their way in.
const (
	// MaxPiece is the most bytes of a piece, which is in memory while it comes.
	MaxPiece = 4 << 20
	// MaxUploads is how many unfinished ones a person may have.
	MaxUploads = 20
	// MaxUnfinished is the most bytes that all unfinished ones together may
	// announce. Who begins at the same moment may exceed it by a file.
	MaxUnfinished = 20 << 30
	// UploadLife is how long an unfinished one waits for its next piece.
	UploadLife = 24 * time.Hour
	// finishing is how long the making of what is kept may take: longer than
	// somebody waits for a page, for the file has been brought with patience.
	finishing = 10 * time.Minute
)

// Upload is a file on its way in.
type Upload struct {
	ID            string
	Agency, Name  string
	Size, Arrived int64
	Hash          string // of the file of the library that it became, "" until then

	person string
}

// Begin prepares for a file of a size that a person will bring in pieces for an
// agency. Only they can go on with it.
func (r *Room) Begin(ctx context.Context, actor account.Actor, agency, name string, size int64) (Upload, error) {
	if _, ok := actor.May(account.Upload, agency); !ok {
		return Upload{}, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	switch {
	case size <= 0:
		return Upload{}, fault.New(fault.Invalid, "error.media.none")
	case size > MaxFile:
		return Upload{}, fault.New(fault.TooLarge, "error.media.file_too_large", "Max", MaxFile>>20)
	}
	u := Upload{ID: store.NewSecret(), Agency: agency, Name: fileName(name), Size: size, person: actor.ID}
	err := r.db.Write(ctx, func(tx *store.Tx) error {
		mine, all, err := countUnfinished(tx, actor.ID)
		switch {
		case err != nil:
			return err
		case mine >= MaxUploads:
			return fault.New(fault.TooMany, "error.upload.many", "Max", MaxUploads)
		case all+size > MaxUnfinished:
			return &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.upload.busy"), RetryAfter: 600}
		}
		return insertUpload(tx, u)
	})
	return u, err
}

// Uploading answers how far a file is that the person brings. For others it
// does not exist.
func (r *Room) Uploading(ctx context.Context, actor account.Actor, id string) (Upload, error) {
	u, err := loadUpload(r.db.Read(ctx), id)
	if err == nil && u.person != actor.ID {
		err = errNoUpload()
	}
	if err != nil {
		return Upload{}, err
	}
	return u, nil
}

// Continue takes the next piece of a file. One that begins anywhere but where
// the file ends so far is a fault of kind Conflict, and the answer says where
// that is. With the first piece it is seen what the file is: what would not be
// kept in the end is refused at once.
func (r *Room) Continue(ctx context.Context, actor account.Actor, id string, from int64, piece []byte) (Upload, error) {
	u, err := r.Uploading(ctx, actor, id)
	switch n := int64(len(piece)); {
	case err != nil:
		return u, err
	case n > MaxPiece || n > u.Size-u.Arrived && from == u.Arrived:
		return u, fault.New(fault.TooLarge, "error.upload.piece")
	case from != u.Arrived || n == 0:
		return u, errElsewhere(from, u)
	}
	if from == 0 {
		if err := r.refuseBeginning(ctx, u, piece); err != nil {
			return u, err
		}
	}
	at := newStored(from, len(piece))
	if err := r.files.Put(ctx, at.hash, bytes.NewReader(piece), at.size); err != nil {
		return u, err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if u, err = lockUpload(tx, id); err == nil && u.Arrived != from {
			err = errElsewhere(from, u) // another try at the same piece was faster
		}
		if err != nil {
			return err
		}
		return insertPiece(tx, id, at)
	})
	if err != nil {
		r.dropPieces(ctx, id, []stored{at})
		return u, err
	}
	u.Arrived = from + at.size
	return u, nil
}

// refuseBeginning forgets a file whose beginning shows that it will be refused.
func (r *Room) refuseBeginning(ctx context.Context, u Upload, piece []byte) error {
	kind, err := recognise(bytes.NewReader(piece), int64(len(piece)), "")
	if err == nil && u.Size > Limit(kind) {
		err = errTooLarge(kind)
	}
	if err != nil {
		return errors.Join(err, r.forgetUpload(ctx, u.ID))
	}
	return nil
}

// Finish makes of a file that has arrived what is kept of it, as Add does. A
// file that is refused is forgotten; one that could not be kept just now waits,
// and finishing it again is safe.
func (r *Room) Finish(ctx context.Context, actor account.Actor, id string) (Media, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishing)
	defer cancel()
	u, err := r.Uploading(ctx, actor, id)
	switch {
	case err != nil:
		return Media{}, err
	case u.Hash != "":
		return r.Get(ctx, u.Hash)
	case u.Arrived != u.Size:
		return Media{}, fault.New(fault.NotPossible, "error.upload.unfinished")
	}
	m, err := r.addPieces(ctx, actor, u)
	if err == nil {
		return m, r.settleUpload(ctx, id, m.Hash)
	}
	if now, again := r.Uploading(ctx, actor, id); again == nil && now.Hash != "" {
		return r.Get(ctx, now.Hash) // another request was faster
	}
	switch fault.KindOf(err) {
	case fault.Invalid, fault.TooLarge, fault.Forbidden:
		err = errors.Join(err, r.forgetUpload(ctx, id))
	}
	return Media{}, err
}

func (r *Room) addPieces(ctx context.Context, actor account.Actor, u Upload) (Media, error) {
	parts, err := loadPieces(r.db.Read(ctx), u.ID)
	if err != nil {
		return Media{}, err
	}
	body := &joined{ctx: ctx, room: r, rest: parts}
	m, err := r.Add(ctx, actor, u.Agency, u.Name, body)
	return m, errors.Join(err, body.close())
}

// Abandon forgets a file on its way in.
func (r *Room) Abandon(ctx context.Context, actor account.Actor, id string) error {
	if _, err := r.Uploading(ctx, actor, id); err != nil {
		return err
	}
	return r.forgetUpload(ctx, id)
}

// settleUpload notes what a file became and forgets its pieces.
func (r *Room) settleUpload(ctx context.Context, id, hash string) error {
	var parts []stored
	err := r.db.Write(ctx, func(tx *store.Tx) (err error) {
		if _, err = lockUpload(tx, id); err != nil {
			return err
		}
		if parts, err = takePieces(tx, id); err != nil {
			return err
		}
		return becomes(tx, id, hash)
	})
	r.dropPieces(ctx, id, parts)
	return err
}

func (r *Room) forgetUpload(ctx context.Context, id string) error {
	var parts []stored
	err := r.db.Write(ctx, func(tx *store.Tx) (err error) {
		if parts, err = takePieces(tx, id); err != nil {
			return err
		}
		return deleteUpload(tx, id)
	})
	r.dropPieces(ctx, id, parts)
	return err
}

// dropPieces removes the bytes of pieces that nothing knows any more. Where that
// fails they take room and do no harm.
func (r *Room) dropPieces(ctx context.Context, id string, parts []stored) {
	for _, p := range parts {
		if err := r.files.Remove(ctx, p.hash); err != nil {
			slog.Warn("a piece of an upload cannot be removed", "upload", id[:4], "error", err)
		}
	}
}

// sweepUploads forgets the files whose next piece does not come any more, and
// what is remembered of those that are done.
func (r *Room) sweepUploads(ctx context.Context) error {
	ids, err := loadStale(r.db.Read(ctx), r.db.Now().Add(-UploadLife))
	for _, id := range ids {
		err = errors.Join(err, r.forgetUpload(ctx, id))
	}
	return err
}

// stored is a piece of an upload as it lies in the store of files: under a name
// that looks like the hash of a file, but is nobody's and used once, so that
// neither a file nor another try at the same piece is ever taken for it.
type stored struct {
	start, size int64
	hash        string
}

func newStored(start int64, size int) stored {
	sum := sha256.Sum256([]byte("piece " + store.NewSecret()))
	return stored{start, int64(size), hex.EncodeToString(sum[:])}
}

// joined reads the pieces of an upload one after the other.
type joined struct {
	ctx  context.Context
	room *Room
	rest []stored
	now  io.ReadCloser
}

func (j *joined) Read(p []byte) (int, error) {
	for {
		if j.now == nil {
			if len(j.rest) == 0 {
				return 0, io.EOF
			}
			file, err := j.room.files.Open(j.ctx, j.rest[0].hash)
			if err != nil {
				return 0, fmt.Errorf("a piece of an upload: %w", err)
			}
			j.now, j.rest = file, j.rest[1:]
		}
		n, err := j.now.Read(p)
		if err == io.EOF {
			err = j.close()
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (j *joined) close() error {
	if j.now == nil {
		return nil
	}
	err := j.now.Close()
	j.now = nil
	return err
}

func errNoUpload() error { return fault.New(fault.NotFound, "error.upload.unknown") }

func errElsewhere(from int64, u Upload) error {
	return fault.New(fault.Conflict, "error.upload.offset", "From", from, "At", u.Arrived)
}
