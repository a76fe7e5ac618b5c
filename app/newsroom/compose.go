package newsroom

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// proof is a revision as readers would get it, made before the transaction of
// a verb: a transaction holds locks, and nobody should wait for them while a
// long text is rendered.
type proof struct {
	hash string // of the content it was made from
	doc  *release.Article
	err  error // why readers cannot get it, a fault at the field
}

// proofVerbs are the steps towards readers. None is taken with a revision
// that could not be published: what is missing is told to those who can still
// add it, not at night to the schedule.
var proofVerbs = map[Verb]bool{
	Submit: true, Pass: true, Approve: true, PublishUrgent: true, Schedule: true, Publish: true, Correct: true,
}

// prove makes the proof of an edition's newest revision, for a verb that
// needs one and a person who may ask for it; the verb itself refuses others.
func (n *Newsroom) prove(ctx context.Context, actor account.Actor, ref Ref, t transition) (proof, error) {
	if !proofVerbs[t.verb] {
		return proof{}, nil
	}
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil {
		return proof{}, err
	}
	if _, may := actor.MayIn(t.action, row.AgencyID, row.Lang); !may || sightOf(db, actor).see(row) != nil {
		return proof{}, nil
	}
	head, err := loadRevision(db, ref, row.Head)
	if err != nil {
		return proof{}, err
	}
	return n.proofOf(ctx, head)
}

// proofOf keeps a refusal inside the proof; the error is one of ours.
func (n *Newsroom) proofOf(ctx context.Context, rev Revision) (proof, error) {
	p := proof{hash: rev.Hash}
	row, err := loadEdition(n.db.Read(ctx), rev.Ref)
	if err != nil {
		return proof{}, err
	}
	if p.err = rev.Content.checkComplete(row.nature()); p.err == nil {
		p.err = n.refuseFiles(ctx, rev.Content.files(), func(m media.Media) error { return m.Publishable(n.db.Now()) })
	}
	if p.err == nil {
		p.doc, p.err = n.document(ctx, rev)
	}
	if fault.KindOf(p.err) == fault.Internal {
		return proof{}, p.err
	}
	return p, nil
}

// document renders what is in the revision itself.
func (n *Newsroom) document(ctx context.Context, rev Revision) (*release.Article, error) {
	c := rev.Content
	body, files, err := n.renderBody(ctx, rev.Ref.Lang, c.Body)
	if err != nil {
		return nil, err
	}
	doc := &release.Article{
		ID: rev.Ref.Item, Lang: rev.Ref.Lang, Outlets: c.Outlets, Section: c.Section,
		Kicker: c.Kicker, Title: c.Headline, Standfirst: c.Standfirst, Slug: c.slug(),
		HTML: body.HTML, Words: body.Words, Files: files, Byline: c.Byline, Sample: c.Sample, Facts: c.Facts, Revision: rev.Hash,
	}
	for _, h := range body.Headings {
		doc.Headings = append(doc.Headings, release.Heading{Level: h.Level, ID: h.ID, Text: h.Text})
	}
	if c.SourceName != "" {
		doc.Source = &release.Source{Name: c.SourceName, URL: c.SourceURL}
	}
	c.About.tell(doc)
	if doc.Replies, err = n.replies(c); err != nil {
		return nil, err
	}
	if c.Lead.Media != "" {
		doc.Lead, err = n.media.Picture(ctx, c.Lead.Media, c.Lead.Alt, c.Lead.Caption, c.Lead.Credit)
	}
	return doc, atField("lead_media", err)
}

// renderBody makes HTML of a body, with the addresses and sizes of the files
// it refers to. One that is not in the library is a fault at the body.
func (n *Newsroom) renderBody(ctx context.Context, lang, markdown string) (markup.Rendered, []release.File, error) {
	known := map[string]media.Media{}
	var failed error
	body, err := n.markup.ArticleWith(markdown, func(hash string) (markup.File, bool) {
		if failed != nil {
			return markup.File{}, false
		}
		m, found := known[hash]
		if !found {
			if m, failed = n.media.Of(ctx, hash); failed != nil {
				return markup.File{}, false
			}
			known[hash] = m
		}
		return FileInText(m, hash, lang), true
	})
	if failed != nil {
		err = failed
	}
	if err != nil {
		return body, nil, atField("body", err)
	}
	body.HTML = markup.MarkForeign(body.HTML, lang)
	var files []release.File
	for _, hash := range body.Media {
		files = append(files, known[hash].Rendition(hash))
	}
	return body, files, nil
}

// atField tells a refusal at the field that caused it.
func atField(name string, err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	return &fault.Error{
		Kind: fault.Invalid, Message: fault.Say("error.form"), Fields: map[string]fault.Message{name: f.Message}, Cause: err,
	}
}

// complete adds to a document what is known of its item and edition.
func complete(doc *release.Article, item itemRow, row editionRow, notes []ChangeNote) {
	doc.Kind, doc.Agency, doc.SourceLang = item.Kind, item.AgencyID, item.SourceLang
	doc.Published = store.Time(row.FirstLiveAt)
	tellReaders(doc, notes)
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
