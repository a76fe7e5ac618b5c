package newsroom

import (
	"path"
	"strings"

	"doingoai/app/locale"
	"doingoai/app/markup"
	"doingoai/app/media"
)

// FileInText says of a file of the library what a text that names it needs to know;
// hash is the file's own, or that of one of its renditions. lang is that of
// the text.
func FileInText(m media.Media, hash, lang string) markup.File {
	f := m.Rendition(hash)
	in := markup.File{Name: f.Name, Width: f.Width, Height: f.Height}
	switch m.Kind {
	case media.Film:
		in.Kind = markup.Video
	case media.Sound:
		in.Kind = markup.Audio
	case media.Document:
		in.Kind = markup.Document
		about := []string{strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), "."))}
		if m.Pages > 0 {
			about = append(about, locale.Pages(lang, m.Pages))
		}
		in.About = strings.Join(append(about, locale.Size(lang, f.Size)), ", ")
	}
	return in
}
