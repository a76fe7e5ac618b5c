package strip

import (
	"bytes"
	"html"
	"slices"
	"strings"
)

// The parts of office documents are XML, of which very little is changed: so
// tags are read as they are written, and what is not changed is not written
// anew.

// xmlTag is one start tag.
type xmlTag struct {
	name    string // with its prefix
	attrs   []xmlAttr
	empty   bool // it ends itself
	changed bool
}

type xmlAttr struct{ name, value string }

// xmlFate is what becomes of an element.
type xmlFate int

const (
	xmlKeep   xmlFate = iota
	xmlDrop           // with all that is in it
	xmlNobody         // its text becomes that of nobody
)

// nobody stands where a person's name stood: Word's own word for it.
const nobody = "Author"

// localName is a name without its prefix.
func localName(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }

func (t *xmlTag) local() string { return localName(t.name) }

// get answers an attribute by its name without prefix, "" when there is none.
func (t *xmlTag) get(name string) string {
	for _, a := range t.attrs {
		if localName(a.name) == name {
			return html.UnescapeString(a.value)
		}
	}
	return ""
}

// set changes an attribute that is there.
func (t *xmlTag) set(name, value string) {
	for i, a := range t.attrs {
		if localName(a.name) == name && a.value != value {
			t.attrs[i].value, t.changed = value, true
		}
	}
}

// drop leaves attributes out.
func (t *xmlTag) drop(which func(name string) bool) {
	kept := slices.DeleteFunc(t.attrs, func(a xmlAttr) bool { return which(localName(a.name)) })
	t.changed = t.changed || len(kept) < len(t.attrs)
	t.attrs = kept
}

func (t *xmlTag) write(b *bytes.Buffer) {
	b.WriteString("<" + t.name)
	for _, a := range t.attrs {
		b.WriteString(" " + a.name + `="` + strings.ReplaceAll(a.value, `"`, "&quot;") + `"`)
	}
	if t.empty {
		b.WriteByte('/')
	}
	b.WriteByte('>')
}

// xmlEditor follows a rule for each element of a part.
type xmlEditor struct {
	rule  func(*xmlTag) (xmlFate, error)
	out   bytes.Buffer
	depth int
	until int // the depth of the element that is dropped or nobody's, 0 for none
	fate  xmlFate
	names []string // that became nobody's
}

// editXML answers a part as the rule wants it. Comments are left out, and
// definitions of entities, which can be bombs, are refused.
func editXML(data []byte, rule func(*xmlTag) (xmlFate, error)) ([]byte, []string, error) {
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, nil, damaged(nil) // another encoding
	}
	e := &xmlEditor{rule: rule}
	for len(data) > 0 {
		i := bytes.IndexByte(data, '<')
		if i < 0 {
			i = len(data)
		}
		e.text(data[:i])
		if data = data[i:]; len(data) == 0 {
			break
		}
		n := markupLength(data)
		if n < 0 {
			return nil, nil, damaged(nil)
		}
		if err := e.markup(data[:n]); err != nil {
			return nil, nil, err
		}
		data = data[n:]
	}
	if e.depth != 0 {
		return nil, nil, damaged(nil)
	}
	return e.out.Bytes(), e.names, nil
}

// markupLength is how long what begins with < is, -1 when it has no end.
func markupLength(data []byte) int {
	for begin, end := range map[string]string{"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"} {
		if bytes.HasPrefix(data, []byte(begin)) {
			if i := bytes.Index(data[len(begin):], []byte(end)); i >= 0 {
				return len(begin) + i + len(end)
			}
			return -1
		}
	}
	quote := byte(0)
	for i, c := range data {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return -1
}

func (e *xmlEditor) text(text []byte) {
	switch {
	case e.until == 0:
		e.out.Write(text)
	case e.fate == xmlNobody:
		e.name(string(text))
	}
}

// name notes a name that becomes nobody's.
func (e *xmlEditor) name(name string) {
	if name = strings.TrimSpace(name); name != "" && name != nobody {
		e.names = append(e.names, name)
	}
}

func (e *xmlEditor) markup(m []byte) error {
	switch {
	case bytes.HasPrefix(m, []byte("<!--")):
	case bytes.HasPrefix(m, []byte("<![CDATA[")):
		e.text(m)
	case bytes.HasPrefix(m, []byte("<?")):
		if e.depth == 0 && bytes.HasPrefix(m, []byte("<?xml")) {
			e.out.Write(m)
		}
	case m[1] == '!':
		return damaged(nil)
	case m[1] == '/':
		return e.end(m)
	default:
		return e.start(m)
	}
	return nil
}

func (e *xmlEditor) start(m []byte) error {
	t, ok := parseTag(m)
	if !ok {
		return damaged(nil)
	}
	fate := xmlKeep
	if e.until == 0 {
		var err error
		if fate, err = e.rule(&t); err != nil {
			return err
		}
	}
	if !t.empty {
		e.depth++
	}
	switch {
	case e.until != 0 || fate == xmlDrop:
	case t.changed:
		t.write(&e.out)
	default:
		e.out.Write(m)
	}
	if fate != xmlKeep && !t.empty {
		e.until, e.fate = e.depth, fate
	}
	return nil
}

func (e *xmlEditor) end(m []byte) error {
	switch {
	case e.depth == 0:
		return damaged(nil)
	case e.until == 0:
		e.out.Write(m)
	case e.until == e.depth:
		if e.fate == xmlNobody {
			e.out.WriteString(nobody)
			e.out.Write(m)
		}
		e.until = 0
	}
	e.depth--
	return nil
}

// parseTag reads a start tag.
func parseTag(m []byte) (xmlTag, bool) {
	s := strings.TrimSuffix(string(m[1:len(m)-1]), "/")
	t := xmlTag{empty: len(s) < len(m)-2}
	i := strings.IndexAny(s, " \t\r\n")
	if i < 0 {
		t.name = s
		return t, s != ""
	}
	t.name, s = s[:i], strings.TrimSpace(s[i:])
	for s != "" {
		name, rest, ok := strings.Cut(s, "=")
		rest = strings.TrimSpace(rest)
		if !ok || rest == "" || rest[0] != '"' && rest[0] != '\'' {
			return t, false
		}
		value, after, ok := strings.Cut(rest[1:], rest[:1])
		if !ok {
			return t, false
		}
		t.attrs = append(t.attrs, xmlAttr{strings.TrimSpace(name), value})
		s = strings.TrimSpace(after)
	}
	return t, t.name != ""
}
