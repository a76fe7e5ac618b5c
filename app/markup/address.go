package markup

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/util"
)

// maxURL is the longest address kept; browsers and proxies agree on about this.
const maxURL = 2048

// address is a checked target of a link.
type address struct {
	href     string
	external bool
	hash     string // of the stored file it leads to, if any
}

// checkAddress answers false for every target that is not on the list of the
// package comment. Entities are resolved first: "javascript&colon;" is how
// such targets hide.
func checkAddress(destination []byte) (address, bool) {
	if len(destination) > maxURL {
		return address{}, false
	}
	href := string(util.URLEscape(destination, true))
	// Browsers read \ as /, and drop control characters, before they look at
	// the address; none of these has a place in one.
	if href == "" || strings.ContainsFunc(href, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7F }) {
		return address{}, false
	}
	if ref, ok := checkMedia(href); ok {
		return address{href: ref.path(), hash: ref.hash}, true
	}
	u, err := url.Parse(href)
	if err != nil {
		return address{}, false
	}
	switch u.Scheme {
	case "http", "https":
		return address{href: href, external: true}, u.Host != ""
	case "mailto", "tel":
		return address{href: href}, u.Opaque != ""
	case "":
		sameSite := strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//")
		return address{href: href}, sameSite || strings.HasPrefix(href, "#")
	}
	return address{}, false
}

// mediaRef is a stored file as an article names it.
type mediaRef struct{ hash, name string }

// defaultName ends the address of a file whose name nobody told us; the hash
// alone finds it.
const defaultName = "file"

var mediaAddress = regexp.MustCompile(`^(?:media:|/media/)([0-9a-f]{64})(?:/([A-Za-z0-9][A-Za-z0-9._-]{0,127}))?$`)

func checkMedia(href string) (mediaRef, bool) {
	parts := mediaAddress.FindStringSubmatch(href)
	if parts == nil {
		return mediaRef{}, false
	}
	return mediaRef{hash: parts[1], name: parts[2]}, true
}

var mediaName = regexp.MustCompile(`(?:media:|/media/)([0-9a-f]{64})`)

// Media lists the files that a text names, each once, in order. It reads no
// Markdown: also a name inside of code counts.
func Media(markdown string) []string {
	var hashes []string
	for _, parts := range mediaName.FindAllStringSubmatch(markdown, -1) {
		if !slices.Contains(hashes, parts[1]) {
			hashes = append(hashes, parts[1])
		}
	}
	return hashes
}

func (m mediaRef) path() string {
	name := m.name
	if name == "" {
		name = defaultName
	}
	return "/media/" + m.hash + "/" + name
}

// fileName makes a name fit for an address of what a person called a file.
var notInFileName = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

func fileName(name string) string {
	name = strings.TrimLeft(notInFileName.ReplaceAllString(name, "-"), "._-")
	if len(name) > 128 {
		name = name[:128]
	}
	return name
}
