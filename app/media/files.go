package media

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"doingoai/app/vietnamese"
)

// files is a folder of files that are named by the hash of their content.
type files struct{ dir string }

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// isHash guards every path: what is no hash reaches no file.
func isHash(s string) bool { return hashForm.MatchString(s) }

func (f files) path(hash string) string { return filepath.Join(f.dir, hash[:2], hash) }

// put writes a file so that it is either whole and on disk, or not there.
func (f files) put(hash string, data []byte) error {
	target := f.path(hash)
	if info, err := os.Stat(target); err == nil && info.Size() == int64(len(data)) {
		return nil
	}
	folder := filepath.Dir(target)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(folder, ".upload-*")
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), target)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep picture: %w", err), os.Remove(temporary.Name()))
	}
	return syncFolders(folder, f.dir)
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

// open opens a file, or answers a fault of kind NotFound.
func (f files) open(hash string) (io.ReadCloser, error) {
	if !isHash(hash) {
		return nil, errUnknown()
	}
	file, err := os.Open(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errUnknown()
	}
	if err != nil {
		return nil, err // not file: a nil *os.File in an interface would not be nil
	}
	return file, nil
}

// maxStem is the longest name of a file in an address, in bytes.
const maxStem = 60

// fileStem makes the words of an address from a file's name, which may come
// with the path it has on somebody's computer. The result is ASCII.
func fileStem(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	stem := vietnamese.Slug(strings.TrimSuffix(name, path.Ext(name)), maxStem)
	for _, r := range stem {
		if r >= 0x80 {
			return "anh"
		}
	}
	if stem == "" {
		return "anh"
	}
	return stem
}
