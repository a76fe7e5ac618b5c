package newsstand

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"doingoai/app/fault"
	"doingoai/app/release"

	"golang.org/x/sync/errgroup"
)

const (
	// maxMedia is the most bytes of a media file whose release names no size.
	maxMedia = 2 << 30
	// mediaTries is how often a batch waits for a media file, with growing
	// pauses, before it is applied without it.
	mediaTries = 5
	// fetchers is how many files are fetched at a time: over a long line most
	// of the time is spent waiting for answers.
	fetchers = 4
)

// fetchMedia brings the files of a batch that are not here yet. A file that
// cannot be had fails the batch a few times; then it is noted as wanted, and
// no longer holds up everything released after it.
func (s *Stand) fetchMedia(ctx context.Context, changes []change) error {
	files := s.absent(changes)
	errs := make([]error, len(files))
	var group errgroup.Group
	group.SetLimit(fetchers)
	for i, f := range files {
		group.Go(func() error {
			errs[i] = s.fetch(ctx, f)
			return nil // the others are still worth having
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var failed []error
	for i, f := range files {
		if errs[i] == nil {
			delete(s.tries, f.Hash)
			continue
		}
		if s.tries[f.Hash]++; s.tries[f.Hash] < mediaTries && !s.wanted.has(f.Hash) {
			failed = append(failed, fmt.Errorf("media file %s: %w", f.Hash, errs[i]))
			continue
		}
		delete(s.tries, f.Hash)
		s.wanted.add(f.Hash)
		slog.Error("a release is shown without a media file, which will be tried again", "hash", f.Hash, "error", errs[i])
	}
	return errors.Join(failed...)
}

// absent lists the files of a batch that are not on disk, each once.
func (s *Stand) absent(changes []change) []release.File {
	var files []release.File
	seen := map[string]bool{}
	for _, c := range changes {
		for _, f := range c.files {
			if seen[f.Hash] {
				continue
			}
			seen[f.Hash] = true
			if path, err := s.mediaPath(f.Hash); err != nil || !exists(path) {
				files = append(files, f)
			}
		}
	}
	return files
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// fetch brings one file to its place.
func (s *Stand) fetch(ctx context.Context, f release.File) error {
	path, err := s.mediaPath(f.Hash)
	if err != nil {
		return err
	}
	temp, err := s.download(ctx, f, path)
	if err != nil {
		return err
	}
	return settle(temp, path)
}

// download writes a file beside its final place. What is answered is whole,
// on disk and what its hash says.
func (s *Stand) download(ctx context.Context, f release.File, path string) (temp string, err error) {
	body, err := s.source.Media(ctx, f.Hash)
	if err != nil {
		return "", err
	}
	defer body.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return "", err
	}
	file, err := os.CreateTemp(filepath.Dir(path), incoming+"*")
	if err != nil {
		return "", err
	}
	limit := f.Size
	if limit <= 0 {
		limit = maxMedia
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(file, sum), io.LimitReader(body, limit))
	err = errors.Join(err, file.Sync(), file.Close())
	if got := hex.EncodeToString(sum.Sum(nil)); err == nil && got != f.Hash {
		err = fmt.Errorf("what came has the hash %s", got)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}

// settle gives a whole file its final name, so that it is still there after a
// power cut.
func settle(temp, path string) error {
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// mediaPath is where a file lies; only a hash leads anywhere.
func (s *Stand) mediaPath(hash string) (string, error) {
	if b, err := hex.DecodeString(hash); err != nil || len(b) != sha256.Size {
		return "", fault.New(fault.NotFound, "error.not_found.title")
	}
	return filepath.Join(s.dir, "media", hash[:2], hash), nil
}

// removeMedia deletes files that no document needs any more.
func (s *Stand) removeMedia(hashes []string) {
	for _, hash := range hashes {
		path, err := s.mediaPath(hash)
		if err != nil {
			continue // it never had a place
		}
		s.wanted.drop(hash)
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			slog.Error("a media file that nothing needs cannot be deleted", "hash", hash, "error", err)
		}
	}
}

// Media answers where a file lies and what it is. Only files that a current
// document refers to are answered.
func (s *Stand) Media(ctx context.Context, hash string) (path string, f release.File, err error) {
	path, err = s.mediaPath(hash)
	if err != nil {
		return "", f, err
	}
	f, needed, err := loadFile(s.db.Read(ctx), hash)
	if err != nil {
		return "", f, err
	}
	if !needed || !exists(path) {
		return "", f, fault.New(fault.NotFound, "error.not_found.title")
	}
	return path, f, nil
}
