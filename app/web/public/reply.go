package public

import (
	"html/template"
	"time"

	"doingoai/app/locale"
	"doingoai/app/markup"
	"doingoai/app/release"
)

// heard is a reply of an affected party as readers see it.
type heard struct {
	Party, Position string
	Round           string // "" for the first, which needs no number
	Date, Machine   string
	Text, Answer    template.HTML
}

func (f *frame) heard(r release.Reply) heard {
	h := heard{Party: markup.Bind(r.Party), Position: markup.Bind(r.Position), Machine: r.Received, Text: r.HTML, Answer: r.Answer}
	if r.Round > 1 {
		h.Round = f.T("reply.round", "Number", r.Round)
	}
	if day, err := time.ParseInLocation(time.DateOnly, r.Received, locale.Zone()); err == nil {
		h.Date = f.T("reply.received", "Date", f.Date(day))
	}
	return h
}
