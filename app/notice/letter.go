package notice

import (
	"slices"

	"doingoai/app/locale"
	"doingoai/app/mail"
)

// settings is the page on which people choose how they are told.
const settings = "/account/notices"

// letter writes one notice as a message: who did what, what they said, and the
// way to it.
func (c *Courier) letter(p *locale.Printer, n Notice) mail.Message {
	return mail.Message{
		ID: "notice." + n.ID, Subject: n.Say(p), Parts: []mail.Part{c.part(p, n)},
		Why: p.T("mail.why."+string(n.Sort), "Newsroom", p.T("desk.name")), Settings: c.o.Address + settings,
	}
}

func (c *Courier) part(p *locale.Printer, n Notice) mail.Part {
	return mail.Part{Text: n.Say(p), Quote: n.Quote, Label: p.T("mail.open"), Href: c.o.Address + n.Href}
}

// digestLetter writes a day's notices as one message, sort by sort.
func (c *Courier) digestLetter(p *locale.Printer, person, day string, notices []Notice) mail.Message {
	m := mail.Message{
		ID: "digest." + person + "." + day, Subject: p.T("mail.digest", "count", len(notices), "Day", p.Date(c.db.Now())),
		Why: p.T("mail.why.digest", "Newsroom", p.T("desk.name")), Settings: c.o.Address + settings,
	}
	for _, sort := range Sorts {
		ofSort := slices.DeleteFunc(slices.Clone(notices), func(n Notice) bool { return n.Sort != sort })
		for i, n := range ofSort {
			part := c.part(p, n)
			if i == 0 {
				part.Heading = p.T("notices.sort." + string(sort))
			}
			m.Parts = append(m.Parts, part)
		}
	}
	return m
}
