package release

import (
	"strings"
)

// File is a media file, stored and addressed by the hash of its content.
type File struct {
	Hash   string `json:"hash"` // SHA-256, hexadecimal
	Name   string `json:"name"` // file name in the address; ASCII
	Type   string `json:"type"` // media type
	Size   int64  `json:"size"` // bytes
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Pages  int    `json:"pages,omitempty"` // of a document that facts name, where it says
}

// Path is the file's address on every outlet.
func (f File) Path() string { return "/media/" + f.Hash + "/" + f.Name }

// Plays says whether a page shows the file or plays it. Any other is saved.
func (f File) Plays() bool {
	kind, _, _ := strings.Cut(f.Type, "/")
	return kind == "image" || kind == "video" || kind == "audio"
}

// Picture is an image with the words that must accompany it.
type Picture struct {
	File
	Small   *File  `json:"small,omitempty"`  // a narrower rendition for lists and phones
	Colour  string `json:"colour,omitempty"` // dominant colour, #rrggbb
	Alt     string `json:"alt"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
	// Renditions are not part of the document: readers learn them by themselves
	// (PictureKind), and whoever shows the picture puts them here. nil: none yet.
	Renditions *Renditions `json:"-"`
}

// Renditions are the files of one picture in all widths and formats, and what
// else is known of it that pages need. They are released beside the documents
// that name the picture, because they may come later and change more often.
type Renditions struct {
	Hash   string `json:"hash"`             // of the picture, as documents name it
	Files  []File `json:"files,omitempty"`  // from narrow to wide; the picture is among them
	Colour string `json:"colour,omitempty"` // dominant colour, #rrggbb
	Focus  *Focus `json:"focus,omitempty"`  // nil: the middle
}

// Focus is the point of a picture that stays in view where it is cropped, in
// thousandths of its width and height.
type Focus struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Media lists the files.
func (r Renditions) Media() []File { return r.Files }

// WebP lists the files in the format that takes the fewest bytes, from narrow
// to wide.
func (r *Renditions) WebP() []File { return r.of(func(f File) bool { return f.Type == webP }) }

// Plain lists the files in the picture's own format, which everybody reads.
func (r *Renditions) Plain() []File { return r.of(func(f File) bool { return f.Type != webP }) }

const webP = "image/webp"

func (r *Renditions) of(ask func(File) bool) []File {
	if r == nil {
		return nil
	}
	var files []File
	for _, f := range r.Files {
		if ask(f) {
			files = append(files, f)
		}
	}
	return files
}

// Plain lists the files in the picture's own format, from narrow to wide; until
// its renditions are known, those that came with it.
func (p *Picture) Plain() []File {
	if files := p.Renditions.Plain(); len(files) > 0 {
		return files
	}
	if p.Small != nil {
		return []File{*p.Small, p.File}
	}
	return []File{p.File}
}

// Fitting answers the file for whoever takes one only, such as a feed: the
// narrowest that is at least so wide, else the widest.
func (p *Picture) Fitting(width int) File {
	files := p.Plain()
	for _, f := range files {
		if f.Width >= width {
			return f
		}
	}
	return files[len(files)-1]
}
