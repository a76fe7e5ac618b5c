package markup

import (
	"html/template"
	"strconv"
)

// html writes a file by its kind. What plays waits for its reader: nothing is
// fetched but what tells how long it is, and nothing begins by itself.
func (p *picture) html() string {
	src, said := template.HTMLEscapeString(p.src), template.HTMLEscapeString(p.alt)
	switch p.kind {
	case Video:
		return `<video src="` + src + `" aria-label="` + said + `"` + p.size() + ` controls="" preload="metadata"></video>`
	case Audio:
		return `<audio src="` + src + `" aria-label="` + said + `" controls="" preload="metadata"></audio>`
	case Document:
		if said == "" {
			said = template.HTMLEscapeString(p.name)
		}
		if p.about != "" {
			said += " (" + template.HTMLEscapeString(p.about) + ")"
		}
		return `<a href="` + src + `" download="">` + said + `</a>`
	}
	return `<img src="` + src + `" alt="` + said + `"` + p.size() + ` loading="lazy" decoding="async">`
}

func (p *picture) size() string {
	if p.width <= 0 || p.height <= 0 {
		return ""
	}
	return ` width="` + strconv.Itoa(p.width) + `" height="` + strconv.Itoa(p.height) + `"`
}

// figure is how a file stands by itself. Below a player stands what it is, for
// one cannot see it: its caption, else its description.
func (p *picture) figure() string {
	begin, below := "<figure>", p.caption
	switch {
	case p.kind == Document:
		begin = `<figure class="file">`
	case below == "" && p.kind != Picture:
		below = p.alt
	}
	if below != "" {
		below = "<figcaption>" + template.HTMLEscapeString(below) + "</figcaption>"
	}
	return begin + p.html() + below + "</figure>\n"
}
