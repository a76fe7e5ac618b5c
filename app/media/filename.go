package media

import (
	"path"
	"strings"

	"doingoai/app/vietnamese"
)

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
