package apptest

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Write opens a page with a form, and sends it as a browser does that runs the
// page's script: with the challenge solved.
func (v *Visitor) Write(path string, form url.Values) *Answer {
	v.t.Helper()
	page := v.Get(path).Is(http.StatusOK)
	bits, err := strconv.Atoi(page.Attr("[data-challenge]", "data-bits"))
	if err != nil {
		v.t.Fatalf("%s: no challenge: %v", path, err)
	}
	proven := maps.Clone(form)
	proven.Set("proof", Solve(page.Attr("[data-challenge]", "data-challenge"), bits))
	path, _, _ = strings.Cut(path, "?")
	return v.Post(path, proven)
}

// Solve finds what a newsstand's challenge asks for.
func Solve(challenge string, bits int) string {
	signature := challenge[strings.LastIndex(challenge, ".")+1:]
	for n := int64(0); ; n++ {
		found := strconv.FormatInt(n, 36)
		hash := sha256.Sum256([]byte(signature + "." + found))
		if binary.BigEndian.Uint32(hash[:])>>(32-bits) == 0 {
			return challenge + "." + found
		}
	}
}
