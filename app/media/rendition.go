package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Renditions are made after a picture was taken in, by whichever process of the
// newsroom is free. What is still to be made stands in the database: a process
// takes one picture at a time and has it for the length of a lease. When it
// dies, another one takes the picture after that; making the same rendition
// twice gives the same file.

// How the making of renditions is tried.
const (
	MaxTries = 5
	lease    = 2 * time.Minute
	poll     = 10 * time.Second // a wake may be lost
)

// channel is the name under which those who make renditions are woken.
const channel = "media"

// again is how long to wait after a number of failed tries: 10 s, 20 s, … 80 s.
func again(tries int) time.Duration { return 5 * time.Second << tries }

// State says how far the renditions of a picture are.
type State string

// The states of a picture's renditions.
const (
	Ready   State = "ready"
	Waiting State = "waiting" // or in hand
	Failed  State = "failed"  // given up after MaxTries
)

// Progress is how far the renditions of a picture are.
type Progress struct {
	State   State
	Tries   int
	Trouble string // of the last try: the key of a sentence, or what a log would say
}

// Progress answers how far the renditions of a picture are.
func (r *Room) Progress(ctx context.Context, hash string) (Progress, error) {
	job, found, err := loadJob(r.db.Read(ctx), hash)
	if err != nil || !found {
		return Progress{State: Ready}, err
	}
	return Progress{State(job.State), job.Tries, job.Trouble}, nil
}

// Unfinished is what renditions are still missing in the whole library.
type Unfinished struct {
	Waiting int
	Failed  map[string]string // the trouble, by picture
}

// Unfinished answers which pictures lack renditions.
func (r *Room) Unfinished(ctx context.Context) (Unfinished, error) {
	return loadUnfinished(r.db.Read(ctx))
}

// Retry has renditions that were given up made after all.
func (r *Room) Retry(ctx context.Context, actor account.Actor, hash string) error {
	return r.change(ctx, actor, account.DescribeMedia, hash, func(tx *store.Tx, m Media) (audit.Entry, error) {
		revived, err := reviveJob(tx, hash)
		if err == nil && !revived {
			err = fault.New(fault.NotPossible, "error.media.not_failed")
		}
		if err != nil {
			return audit.Entry{}, err
		}
		return audit.Entry{Verb: "media.retry", Detail: map[string]string{"name": m.FileName}}, tx.Ring(channel)
	})
}

// Work makes renditions as they are wanted, until ctx ends.
func (r *Room) Work(ctx context.Context) {
	wake := r.db.Listen(ctx, channel)
	for ctx.Err() == nil {
		next, err := r.WorkOff(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Error("making renditions of pictures failed; trying again", "error", err)
		}
		wait := poll
		if !next.IsZero() {
			wait = max(0, min(poll, next.Sub(r.db.Now())))
		}
		select {
		case <-time.After(wait):
		case <-wake:
		case <-ctx.Done():
		}
	}
}

// WorkOff makes all renditions that are due now and answers when the next ones
// will be; zero: when a picture comes.
func (r *Room) WorkOff(ctx context.Context) (next time.Time, err error) {
	for {
		job, found, err := r.take(ctx)
		if err != nil {
			return time.Time{}, err
		}
		if !found {
			return loadNextDue(r.db.Read(ctx))
		}
		made, failed := r.make(ctx, job)
		if ctx.Err() != nil {
			return time.Time{}, ctx.Err() // the lease ends by itself, and it is tried again
		}
		if failed != nil {
			slog.Warn("renditions of a picture could not be made", "picture", job.Hash, "try", job.Tries, "error", failed)
			err = r.putOff(ctx, job, failed)
		} else {
			err = r.settle(ctx, job.Hash, made)
		}
		if err != nil {
			return time.Time{}, err
		}
	}
}

// take leases the picture that waits longest. The try is counted before it
// begins: one that takes its process along counts too.
func (r *Room) take(ctx context.Context) (job jobRow, found bool, err error) {
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		for {
			if job, found, err = nextJob(tx); err != nil || !found {
				return err
			}
			if job.Tries < MaxTries {
				job.Tries++
				job.Due = store.Micros(tx.Now.Add(lease))
				return updateJob(tx, job)
			}
			job.State = string(Failed)
			if err := updateJob(tx, job); err != nil {
				return err
			}
		}
	})
	return job, found, err
}

// make makes the renditions of a picture and puts their files into the store.
func (r *Room) make(ctx context.Context, job jobRow) ([]encoded, error) {
	m, err := r.Get(ctx, job.Hash)
	if err != nil {
		return nil, err
	}
	data, err := r.whole(ctx, m.File)
	if err != nil {
		return nil, err
	}
	leave, err := r.enter(ctx, effortOf(data, header{mediaType: m.Type, width: m.Width, height: m.Height}))
	if err != nil {
		return nil, err
	}
	defer leave()
	made, err := renditionsOf(ctx, data, m)
	if err != nil {
		return nil, err
	}
	for _, e := range made {
		if err := e.keep(ctx, r.files); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// whole reads a file and makes sure that it is what its hash says.
func (r *Room) whole(ctx context.Context, f release.File) ([]byte, error) {
	file, err := r.files.Open(ctx, f.Hash)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = io.Copy(&b, io.LimitReader(file, f.Size+1))
	if err = errors.Join(err, file.Close()); err == nil && release.Hash(b.Bytes()) != f.Hash {
		err = damaged(fmt.Errorf("the file %s is not what its hash says", f.Hash))
	}
	return b.Bytes(), err
}

// putOff notes a failure and when to try again, if at all. A store that does
// not answer is asked until it does.
func (r *Room) putOff(ctx context.Context, job jobRow, failed error) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		job.Trouble, job.Due = trouble(failed), store.Micros(tx.Now.Add(again(job.Tries)))
		switch {
		case fault.KindOf(failed) == fault.Unavailable:
			job.Tries--
		case job.Tries >= MaxTries:
			job.State = string(Failed)
		}
		return updateJob(tx, job)
	})
}

// trouble is an error as it is kept: a refusal by its key, anything else cut
// short.
func trouble(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Message.Key
	}
	text := []rune(err.Error())
	return string(text[:min(len(text), 500)])
}

// settle notes the renditions of a picture and lets readers have them who have
// the picture.
func (r *Room) settle(ctx context.Context, hash string, made []encoded) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		// Who publishes the picture meanwhile waits, and then tells readers.
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		there, err := insertRenditions(tx, hash, made)
		if err != nil || !there {
			return err
		}
		return r.tell(tx, hash)
	})
}
