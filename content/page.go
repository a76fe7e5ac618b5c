package content

import (
	"fmt"
	"io/fs"
	"strings"
)

// readPage reads a file of YAML between two lines of three hyphens, followed
// by Markdown: the YAML into head, the Markdown as the answer.
func readPage(fsys fs.FS, name string, head any) (body string, err error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return "", err
	}
	text, ok := strings.CutPrefix(strings.ReplaceAll(string(data), "\r\n", "\n"), "---\n")
	if !ok {
		return "", fmt.Errorf("%s: does not begin with a line ---", name)
	}
	front, body, ok := strings.Cut(text, "\n---\n")
	if !ok {
		return "", fmt.Errorf("%s: no line --- ends the head", name)
	}
	if err := parseYAML(name, []byte(front), head); err != nil {
		return "", err
	}
	return strings.TrimSpace(body), nil
}
