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

// remove forgets a file. One that is not there is forgotten already.
func (f files) remove(hash string) error {
	if err := os.Remove(f.path(hash)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// maxName is the longest file name that is noted, in characters.
const maxName = 120

// fileName is the name of an upload as its person knows it, without the path
// it has on their computer.
func fileName(name string) string {
	name, _ = vietnamese.Clean(strings.ToValidUTF8(name, ""))
	name = strings.TrimSpace(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if runes := []rune(name); len(runes) > maxName {
		return string(runes[:maxName])
	}
	return name
}
