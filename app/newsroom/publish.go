package newsroom

import (
	"html/template"
	"regexp"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// publish releases the approved revision: the state, the release and the
// audit entry are one transaction.
func (a *act) publish(t transition, head Revision, ask Ask, columns map[string]any) error {
	if err := a.isApproved(head); err != nil {
		return err
	}
	doc, err := a.n.compose(a, head)
	if err != nil {
		return err
	}
	if t.verb == Correct {
		doc.Correction = &release.Correction{Note: ask.Reason, At: a.tx.Now}
	}
	seq, err := a.n.log.Append(a.tx, a.key(), release.Put, doc)
	if err != nil {
		return err
	}
	columns["live"], columns["live_revision"], columns["live_seq"] = string(IsLive), head.Number, seq
	columns["first_live_at"], columns["publish_at"] = store.Micros(doc.Published), int64(0)
	return nil
}

// withdraw takes the page from readers everywhere and leaves a tombstone.
func (a *act) withdraw(ask Ask, columns map[string]any) error {
	live, err := loadRevision(a.tx.DB, a.row.ref(), a.row.LiveRevision)
	if err != nil {
		return err
	}
	seq, err := a.n.log.Append(a.tx, a.key(), release.Withdraw, release.Tombstone{
		Outlets: live.Content.Outlets, Section: live.Content.Section,
		Slug: live.Content.slug(), WithdrawnAt: a.tx.Now, Note: ask.Note,
	})
	if err != nil {
		return err
	}
	columns["live"], columns["live_seq"] = string(WasLive), seq
	return nil
}

func (a *act) key() release.Key {
	return release.Key{Kind: release.ArticleKind, ID: a.row.ItemID, Lang: a.row.Lang}
}

// compose makes the public document of a revision.
func (n *Newsroom) compose(a *act, rev Revision) (*release.Article, error) {
	item, err := loadItem(a.tx.DB, rev.Ref.Item)
	if err != nil {
		return nil, err
	}
	doc, err := n.document(a, rev)
	if err != nil {
		return nil, err
	}
	doc.Kind, doc.Agency, doc.SourceLang = item.Kind, item.AgencyID, item.SourceLang
	doc.Published, doc.Updated = store.Time(a.row.FirstLiveAt), a.tx.Now
	if a.row.FirstLiveAt == 0 {
		doc.Published = a.tx.Now
	}
	return doc, nil
}

// document renders what is in the revision itself.
func (n *Newsroom) document(a *act, rev Revision) (*release.Article, error) {
	c := rev.Content
	body, err := n.markup.Article(c.Body)
	if err != nil {
		return nil, err
	}
	doc := &release.Article{
		ID: rev.Ref.Item, Lang: rev.Ref.Lang, Outlets: c.Outlets, Section: c.Section,
		Kicker: c.Kicker, Title: c.Headline, Standfirst: c.Standfirst, Slug: c.slug(),
		HTML: body.HTML, Words: body.Words, Byline: c.Byline, Sample: c.Sample, Revision: rev.Hash,
	}
	for _, h := range body.Headings {
		doc.Headings = append(doc.Headings, release.Heading{Level: h.Level, ID: h.ID, Text: h.Text})
	}
	if c.SourceName != "" {
		doc.Source = &release.Source{Name: c.SourceName, URL: c.SourceURL}
	}
	if c.Lead.Media != "" {
		doc.Lead, err = n.media.Picture(a.ctx, c.Lead.Media, c.Lead.Alt, c.Lead.Caption, c.Lead.Credit)
		if err != nil {
			return nil, err
		}
	}
	doc.HTML, doc.Files, err = n.bodyFiles(a, doc.HTML, body.Media)
	return doc, err
}

var mediaAddress = regexp.MustCompile(`/media/([0-9a-f]{64})/[^"]*`)

// bodyFiles looks up the pictures a body refers to and gives each its real
// address; one that is not in the library is a fault at the body.
func (n *Newsroom) bodyFiles(a *act, html template.HTML, hashes []string) (template.HTML, []release.File, error) {
	if len(hashes) == 0 {
		return html, nil, nil
	}
	var files []release.File
	for _, hash := range hashes {
		file, err := n.media.File(a.ctx, hash)
		if fault.KindOf(err) == fault.NotFound {
			var form fault.Form
			form.Refuse("body", "error.media.unknown")
			return "", nil, form.Err()
		}
		if err != nil {
			return "", nil, err
		}
		files = append(files, file)
	}
	addressed := mediaAddress.ReplaceAllStringFunc(string(html), func(address string) string {
		hash := mediaAddress.FindStringSubmatch(address)[1]
		i := slices.IndexFunc(files, func(f release.File) bool { return f.Hash == hash })
		if i < 0 {
			return address
		}
		return files[i].Path()
	})
	return template.HTML(addressed), files, nil
}

// slug is the words of the address: the chosen ones, else the headline's.
func (c Content) slug() string {
	if c.Slug != "" {
		return c.Slug
	}
	if s := vietnamese.Slug(c.Headline, MaxSlug); s != "" {
		return s
	}
	return "bai" // a headline of punctuation alone still needs an address
}
