package public

import (
	"html/template"
	"strconv"
	"strings"

	"doingoai/app/markup"
	"doingoai/app/release"
)

// picture is a picture as a page shows it: the files a browser may choose from,
// what stands in its place until one has come, and what of it stays in view
// where it is cropped.
type picture struct {
	*release.Picture
	Src   string
	WebP  template.Srcset
	Plain template.Srcset
	Sizes string
	Class string
	First bool // it is the page's largest, and is not waited with
}

// How wide a picture is shown: beside a headline, above one, as the lead of a
// page, above an article, and in its text.
const (
	itemSizes    = "(min-width: 48rem) 14rem, 6.5rem"
	secondSizes  = "(min-width: 64rem) 22rem, (min-width: 48rem) 48vw, 100vw"
	leadSizes    = "(min-width: 70rem) 48rem, 100vw"
	articleSizes = "(min-width: 56rem) 52rem, 100vw"
	textSizes    = "(min-width: 42rem) 38.5rem, 100vw"
)

// plainWidth is how wide the file is, in pixels, for whoever does not choose one
// by themselves, and sharedWidth for pages and programs elsewhere that show the
// picture large.
const (
	plainWidth  = 640
	sharedWidth = 1200
)

// show prepares a picture, nil for none.
func show(p *release.Picture, sizes string) *picture {
	if p == nil {
		return nil
	}
	s := &picture{Picture: p, Src: p.Fitting(plainWidth).Path(), Plain: srcset(p.Plain()), WebP: srcset(p.Renditions.WebP()), Sizes: sizes}
	s.Class = strings.TrimSpace(tint(p.Type, p.Colour) + " " + aim(p.Renditions))
	return s
}

// srcset lists files with their widths. One file is no choice, unless it is the
// only one of its format.
func srcset(files []release.File) template.Srcset {
	if len(files) == 0 || len(files) == 1 && files[0].Type != "image/webp" {
		return ""
	}
	list := make([]string, len(files))
	for i, f := range files {
		if f.Width == 0 {
			return ""
		}
		list[i] = f.Path() + " " + strconv.Itoa(f.Width) + "w"
	}
	return template.Srcset(strings.Join(list, ", "))
}

// tint names a picture's dominant colour, in eight steps of red, green and
// blue: pages hold no style of their own. What one can see through has none,
// for it would be seen for good.
func tint(mediaType, colour string) string {
	rgb, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 24)
	if err != nil || len(colour) != len("#rrggbb") || mediaType != "image/jpeg" {
		return ""
	}
	step := func(shift uint) string { return strconv.FormatUint(rgb>>shift&0xff/32, 10) }
	return "tint tint-r" + step(16) + " tint-g" + step(8) + " tint-b" + step(0)
}

// aim names the point of a picture that stays in view, in tenths of its sides.
func aim(r *release.Renditions) string {
	if r == nil || r.Focus == nil {
		return ""
	}
	tenth := func(thousandths int) string { return strconv.Itoa((min(max(thousandths, 0), 1000) + 50) / 100) }
	return "aim aim-x" + tenth(r.Focus.X) + " aim-y" + tenth(r.Focus.Y)
}

// text is an article's text with its pictures in all their sizes. Where there is
// none above it, its first picture is not waited with.
func text(a *release.Article) template.HTML {
	return markup.Offering(a.HTML, a.Lead == nil, textSizes, func(hash string) markup.Offer {
		r := a.Renditions[hash]
		if r == nil {
			return markup.Offer{}
		}
		plain := r.Plain()
		o := markup.Offer{WebP: string(srcset(r.WebP())), Plain: string(srcset(plain))}
		if len(plain) > 0 {
			o.Class = tint(plain[0].Type, r.Colour)
		}
		return o
	})
}
