package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// AssetPrefix is where static files are served, by every listener.
const AssetPrefix = "/-/assets/"

type asset struct {
	hash      string // the first 12 hexadecimal digits of the content's SHA-256
	mediaType string
	body      []byte
}

// mediaTypes are those of the files that themes hold. The table is ours,
// because what the operating system knows differs from one to the next.
var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".json": "application/json", ".map": "application/json",
}

// loadAssets reads static files; styles last, since they name others.
func (t *Theme) loadAssets(fsys fs.FS, files map[string]string) error {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return !strings.HasPrefix(name, "static/") })
	slices.SortStableFunc(names, func(a, b string) int { return lateness(a) - lateness(b) })
	for _, name := range names {
		body, err := fs.ReadFile(fsys, files[name])
		if err != nil {
			return fmt.Errorf("theme: %w", err)
		}
		if path.Ext(name) == ".css" {
			if body, err = t.resolve(files[name], bare(body)); err != nil {
				return err
			}
		}
		sum := sha256.Sum256(body)
		mediaType := mediaTypes[path.Ext(name)]
		if mediaType == "" {
			mediaType = "application/octet-stream"
		}
		t.assets[strings.TrimPrefix(name, "static/")] = asset{hex.EncodeToString(sum[:6]), mediaType, body}
	}
	return nil
}

func lateness(name string) int {
	if path.Ext(name) == ".css" {
		return 1
	}
	return 0
}

// comment is what a style says to its next author alone, with the space around it.
var comment = regexp.MustCompile(`\s*/\*(?s:.*?)\*/`)

// indent is the space before a line, and empty lines.
var indent = regexp.MustCompile(`\n\s+`)

// bare is a style without what only its author needs: every reader would wait
// for those bytes. It must have no comment signs in its texts.
func bare(style []byte) []byte {
	return indent.ReplaceAll(comment.ReplaceAll(style, nil), []byte("\n"))
}

// neighbour is a file of the theme that a style asks for.
var neighbour = regexp.MustCompile(`url\("([A-Za-z0-9][A-Za-z0-9._-]*)"\)`)

// resolve writes into a style the addresses of the files it asks for.
func (t *Theme) resolve(file string, style []byte) ([]byte, error) {
	var missing []string
	resolved := neighbour.ReplaceAllFunc(style, func(found []byte) []byte {
		name := string(neighbour.FindSubmatch(found)[1])
		address := t.Asset(name)
		if address == "" {
			missing = append(missing, name)
		}
		return []byte(`url("` + address + `")`)
	})
	if len(missing) > 0 {
		return nil, fmt.Errorf("theme: %s: the theme has no static/%s", file, strings.Join(missing, ", static/"))
	}
	return resolved, nil
}

// Asset is the address of a static file, "" when there is none of that name.
func (t *Theme) Asset(name string) string {
	a, ok := t.assets[name]
	if !ok {
		return ""
	}
	return AssetPrefix + a.hash + "/" + name
}

// Open answers a static file by the parts of its address.
func (t *Theme) Open(hash, name string) (body []byte, mediaType string, ok bool) {
	a, ok := t.assets[name]
	if !ok || a.hash != hash {
		return nil, "", false
	}
	return a.body, a.mediaType, true
}
