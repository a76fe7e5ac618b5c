package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// folder is a folder of files, DIR/ab/abcdef….
type folder struct{ dir string }

// Folder keeps files in a folder, which is made when something is put there.
func Folder(dir string) Store { return folder{dir} }

func (f folder) String() string { return f.dir }

func (f folder) path(hash string) string { return filepath.Join(f.dir, hash[:2], hash) }

func (f folder) Put(ctx context.Context, hash string, body io.Reader, size int64) error {
	if !IsHash(hash) {
		return errUnknown()
	}
	if there, err := f.Size(ctx, hash); err == nil && there == size {
		return nil
	}
	if err := f.write(f.path(hash), body, size); err != nil {
		return trouble(fmt.Errorf("keep a file: %w", err))
	}
	return nil
}

// write writes a file beside its final place and gives it its name at the end.
func (f folder) write(target string, body io.Reader, size int64) error {
	beside := filepath.Dir(target)
	if err := os.MkdirAll(beside, 0o750); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(beside, ".upload-*")
	if err != nil {
		return err
	}
	n, err := io.Copy(temporary, body)
	if err == nil && n != size {
		err = fmt.Errorf("%d bytes came instead of %d: %w", n, size, io.ErrUnexpectedEOF)
	}
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), target)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	return syncFolders(beside, f.dir)
}

// syncFolders makes new names in folders survive a power cut.
func syncFolders(folders ...string) error {
	for _, name := range folders {
		d, err := os.Open(name)
		if err != nil {
			return err
		}
		if err := errors.Join(d.Sync(), d.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (f folder) Open(_ context.Context, hash string) (*File, error) {
	if !IsHash(hash) {
		return nil, errUnknown()
	}
	file, err := os.Open(f.path(hash))
	if err != nil {
		return nil, trouble(err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(trouble(err), file.Close())
	}
	return &File{file, info.Size()}, nil
}

func (f folder) Size(_ context.Context, hash string) (int64, error) {
	if !IsHash(hash) {
		return 0, errUnknown()
	}
	info, err := os.Stat(f.path(hash))
	if err != nil {
		return 0, trouble(err)
	}
	return info.Size(), nil
}

func (f folder) Remove(_ context.Context, hash string) error {
	if !IsHash(hash) {
		return errUnknown()
	}
	if err := os.Remove(f.path(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return trouble(err)
	}
	return nil
}

// Check looks whether the folder, or one that it will be made in, is there.
func (f folder) Check(context.Context) error {
	for dir := f.dir; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		switch {
		case err == nil && info.IsDir():
			return nil
		case err == nil:
			return away(fmt.Errorf("%s is no folder", dir))
		case !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir):
			return trouble(err)
		}
	}
}

// trouble tells a file that is not there, and a disk that cannot be used, from
// what is our mistake.
func trouble(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errUnknown()
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return full(err)
	case errors.Is(err, syscall.EIO), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ESTALE), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.ENOTDIR):
		return away(err)
	}
	return err
}
