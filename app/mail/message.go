package mail

import (
	"html/template"
	"strings"
	"time"
)

// Message is what somebody is written.
type Message struct {
	ID       string // of this message for ever: sent twice, it is recognised
	At       time.Time
	To, Name string
	Lang     string
	Subject  string
	Parts    []Part
	Why      string // a sentence that says why they are written to
	Settings string // the address at which they choose whether to be; "" where there is no choice
}

// Part is a paragraph of a message. What is empty is left out.
type Part struct {
	Heading string
	Text    string
	Quote   string // of somebody else's words
	Label   string // of the link
	Href    string
}

// text is the message for those who read plain text.
func (m Message) text() string {
	var b strings.Builder
	paragraph := func(s string) {
		if s != "" {
			b.WriteString(s + "\n\n")
		}
	}
	for _, p := range m.Parts {
		paragraph(p.Heading)
		paragraph(p.Text)
		if p.Quote != "" {
			paragraph("> " + strings.ReplaceAll(p.Quote, "\n", "\n> "))
		}
		if p.Href != "" {
			paragraph(p.Label + ": " + p.Href)
		}
	}
	b.WriteString("-- \n" + m.Why + "\n")
	if m.Settings != "" {
		b.WriteString(m.Settings + "\n")
	}
	return b.String()
}

// page is the same for those who read HTML. Mail programs know no style sheets.
var page = template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Subject}}</title></head>
<body style="margin:0;padding:24px 16px;font:16px/1.6 system-ui,'Segoe UI','Noto Sans',sans-serif">
<div style="max-width:36em">
{{range .Parts}}{{with .Heading}}<h2 style="margin:24px 0 8px;font-size:18px;line-height:1.35">{{.}}</h2>
{{end}}{{with .Text}}<p style="margin:0 0 8px">{{.}}</p>
{{end}}{{with .Quote}}<blockquote style="margin:0 0 8px;padding:0 0 0 12px;border-left:3px solid #dcd8cf;white-space:pre-line">{{.}}</blockquote>
{{end}}{{if .Href}}<p style="margin:0 0 16px"><a href="{{.Href}}">{{.Label}}</a></p>
{{end}}{{end}}<p style="margin:24px 0 0;padding-top:8px;border-top:1px solid #dcd8cf;font-size:13px">{{with .Settings}}<a href="{{.}}">{{end}}{{.Why}}{{if .Settings}}</a>{{end}}</p>
</div>
</body>
</html>
`))

func (m Message) html() (string, error) {
	var b strings.Builder
	err := page.Execute(&b, m)
	return b.String(), err
}
