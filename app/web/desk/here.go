package desk

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// here is the address at which the page of this request can be read again. A
// form's address cannot: its page is the nearest one above it.
func (d *Desk) here(c *fiber.Ctx) string {
	if c.Method() == fiber.MethodGet {
		return without(localPath(c.OriginalURL()), "done") // that was said once
	}
	segments := strings.Split(strings.Trim(c.Path(), "/"), "/")
	for n := len(segments); n > 0; n-- {
		for _, readable := range d.readable {
			if fits(readable, segments[:n]) {
				return "/" + strings.Join(segments[:n], "/")
			}
		}
	}
	return "/"
}

// paths are the addresses of a method, cut at their slashes. Forms that anybody
// may send are not among them.
func (d *Desk) paths(method string) [][]string {
	var paths [][]string
	for _, r := range d.Routes() {
		if r.Method == method && (method == fiber.MethodGet || !r.Public) {
			paths = append(paths, strings.Split(strings.Trim(r.Path, "/"), "/"))
		}
	}
	return paths
}

// fits says whether a path is of a route's form, in which ":name" is any segment.
func fits(route, path []string) bool {
	if len(route) != len(path) {
		return false
	}
	for i, segment := range route {
		if segment != path[i] && !strings.HasPrefix(segment, ":") {
			return false
		}
	}
	return true
}

// inLanguage is an address with the switch of the pages before sign-in.
func inLanguage(address, lang string) string {
	path, query, _ := strings.Cut(without(address, "lang"), "?")
	if query != "" {
		query += "&"
	}
	return path + "?" + query + "lang=" + lang
}

// without takes a parameter out of an address.
func without(address, name string) string {
	path, query, _ := strings.Cut(address, "?")
	var rest []string
	for _, pair := range strings.Split(query, "&") {
		if key, _, _ := strings.Cut(pair, "="); pair != "" && key != name {
			rest = append(rest, pair)
		}
	}
	if len(rest) == 0 {
		return path
	}
	return path + "?" + strings.Join(rest, "&")
}

// localPath accepts only a path of this desk as the place to go on to.
// Browsers drop tabs and line breaks and read a backslash as a slash, so what
// they would make of such a path is somewhere else.
func localPath(s string) string {
	odd := func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }
	if !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsFunc(s, odd) {
		return "/"
	}
	return strings.Clone(s)
}
