package release

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"doingoai/app/store"
)

// channel is the name under which followers are woken.
const channel = "release"

// Log is the newsroom's release log.
type Log struct{ db *store.DB }

// NewLog gives the log that lives in a newsroom database.
func NewLog(db *store.DB) *Log { return &Log{db} }

// Lock makes the caller's transaction wait for its turn among those that
// release. A verb that decides by what it reads (is this slug free?) calls it
// first, so that nobody else decides by the same at the same time.
func (l *Log) Lock(tx *store.Tx) error {
	if err := lockCounter(tx); err != nil {
		return fmt.Errorf("release log: %w", err)
	}
	return nil
}

// illustrated is a document that needs media files to be shown.
type illustrated interface{ Media() []File }

// Append releases a document, or withdraws it, as part of the caller's
// transaction and answers its sequence number. Followers are woken after the
// commit. The same document released again gets a new number.
func (l *Log) Append(tx *store.Tx, key Key, op Op, document any) (int64, error) {
	body, err := json.Marshal(document)
	if err != nil {
		return 0, fmt.Errorf("release %s: %w", key, err)
	}
	seq, err := tx.Next("release")
	if err != nil {
		return 0, fmt.Errorf("release %s: %w", key, err)
	}
	row := releaseRow{
		Kind: string(key.Kind), ID: key.ID, Lang: key.Lang, Seq: seq, Op: string(op),
		At: store.Micros(tx.Now), Hash: Hash(body), Body: string(body),
	}
	if err := replace(tx, row); err != nil {
		return 0, fmt.Errorf("release %s: %w", key, err)
	}
	if err := replaceMedia(tx, key, mediaOf(op, document)); err != nil {
		return 0, fmt.Errorf("release %s: media: %w", key, err)
	}
	return seq, tx.Ring(channel)
}

// mediaOf lists the hashes of a document's files, each once. What is
// withdrawn takes its files along, whatever its body says.
func mediaOf(op Op, document any) []string {
	d, ok := document.(illustrated)
	if !ok || op != Put {
		return nil
	}
	var hashes []string
	for _, f := range d.Media() {
		hashes = append(hashes, f.Hash)
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// NeedsMedia says whether some current release refers to a media file. Files
// of drafts and of withdrawn or superseded releases are nobody's business.
func (l *Log) NeedsMedia(ctx context.Context, hash string) (bool, error) {
	return isReleasedMedia(l.db.Read(ctx), hash)
}

// After answers up to limit releases with a sequence number greater than
// after, in ascending order. Releases that were superseded are not among them.
func (l *Log) After(ctx context.Context, after int64, limit int) ([]Entry, error) {
	return loadAfter(l.db.Read(ctx), after, limit)
}

// Wait answers when there is something after the given number, or with no
// error when patience has passed or ctx ends without one.
func (l *Log) Wait(ctx context.Context, after int64, patience time.Duration) error {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	wake := l.db.Listen(ctx, channel)
	// A lost wake costs at most this long: the number is the truth.
	poll := time.NewTicker(3 * time.Second)
	defer poll.Stop()
	for {
		last, err := l.Last(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil || last > after {
			return err
		}
		select {
		case <-wake:
		case <-poll.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// Last answers the greatest sequence number, 0 for an empty log.
func (l *Log) Last(ctx context.Context) (int64, error) { return lastSeq(l.db.Read(ctx)) }

// Current answers the newest release of a key as a transaction sees it, or a
// NotFound fault when there is none.
func (l *Log) Current(tx *store.Tx, key Key) (*Entry, error) { return loadCurrent(tx.DB, key) }

// AsOf answers the release of a key that readers had at a moment, or a
// NotFound fault when there was none yet.
func (l *Log) AsOf(ctx context.Context, key Key, at time.Time) (*Entry, error) {
	return loadAsOf(l.db.Read(ctx), key, at)
}

// Moment is when readers got something else of a key, or lost it.
type Moment struct {
	Seq int64
	Op  Op
	At  time.Time
}

// Moments lists the newest releases of a key, newest first, without their bodies.
func (l *Log) Moments(ctx context.Context, key Key, limit int) ([]Moment, error) {
	return loadMoments(l.db.Read(ctx), key, limit)
}

// AllAsOf answers every document of a kind that readers had at a moment.
func (l *Log) AllAsOf(ctx context.Context, kind Kind, at time.Time) ([]Entry, error) {
	return loadAllAsOf(l.db.Read(ctx), kind, at)
}
