package newsroomapi

import (
	"time"

	"doingoai/app/kind"
	"doingoai/app/newsroom"
)

// text is everything of an edition that readers may see. Its fields are named
// as problems name them.
type text struct {
	Section     string       `json:"section,omitempty" doc:"Id of a section."`
	Outlets     []string     `json:"outlets,omitempty" doc:"Ids of outlets."`
	Kicker      string       `json:"kicker,omitempty"`
	Headline    string       `json:"headline,omitempty" doc:"At most 200 characters. The one field without which nothing can be saved."`
	Standfirst  string       `json:"standfirst,omitempty"`
	Body        string       `json:"body,omitempty" doc:"Markdown. A picture of the library is written ![words for those who do not see it](media:HASH \"caption\")."`
	Slug        string       `json:"slug,omitempty" doc:"The words of the address; made from the headline when absent."`
	Byline      string       `json:"byline,omitempty"`
	SourceName  string       `json:"source_name,omitempty" doc:"Whose text it is, when it is not our own."`
	SourceURL   string       `json:"source_url,omitempty"`
	LeadMedia   string       `json:"lead_media,omitempty" doc:"Hash of a picture of the library."`
	LeadAlt     string       `json:"lead_alt,omitempty"`
	LeadCaption string       `json:"lead_caption,omitempty"`
	LeadCredit  string       `json:"lead_credit,omitempty"`
	Format      string       `json:"format,omitempty" doc:"news, article, reportage, interview, commentary, photo, video, podcast, infographic, megastory, press_release, statement, clarification, document or event."`
	InfoKind    string       `json:"info_kind,omitempty" doc:"Kind of foreign information (NĐ 72/2015): official, image, world or clarification."`
	ClaimURL    string       `json:"claim_url,omitempty" doc:"Where the false claim stands that a clarification answers."`
	ClaimText   string       `json:"claim_text,omitempty"`
	ClaimBody   string       `json:"claim_body,omitempty" doc:"Who responds to the claim."`
	Origin      string       `json:"origin,omitempty" doc:"own, partner or agency. Of a text of a partner or a news agency, source_name, source_url and source_at are required."`
	SourceAt    string       `json:"source_at,omitempty" doc:"When the text appeared at its source: a day such as 2026-11-24, or 2026-11-24T08:30 in Vietnam's time."`
	Sources     []source     `json:"sources,omitempty" doc:"What the article rests on besides."`
	AI          []string     `json:"ai,omitempty" doc:"What a machine made of it: translation, text, image, audio. Whoever approves must say that a human being has verified it."`
	Tags        []string     `json:"tags,omitempty" doc:"Ids. Names are taken too, as for authors, agencies and places, and answered as ids."`
	Authors     []string     `json:"authors,omitempty" doc:"Ids, in order; guests are in byline."`
	Agencies    []string     `json:"agencies,omitempty" doc:"Ids of those it speaks of."`
	Places      []string     `json:"places,omitempty" doc:"Ids of those it speaks of."`
	Happened    string       `json:"happened,omitempty" doc:"The day of what it tells of, such as 2026-11-24; places are called as they were then."`
	Replies     []partyReply `json:"replies,omitempty" doc:"Of affected parties, in the order in which they came. Absent, they stay as they are; an empty list takes them out."`
	Facts       kind.Facts   `json:"facts,omitempty" doc:"What is known of the item beside its text, as its kind has it. Days are 2026-12-01, moments 2026-12-01T08:30 by the clock of Vietnam, numbers 1234.5. A translation has only what is written anew in each language. Absent, they stay as they are."`
}

// partyReply is one round of an exchange with an affected party.
type partyReply struct {
	Exchange string `json:"exchange,omitempty" doc:"Names the party for good, in every language; made from its name when absent."`
	Party    string `json:"party"`
	Position string `json:"position,omitempty" doc:"Office, or how it is affected."`
	Received string `json:"received" doc:"The day, such as 2026-11-24."`
	Text     string `json:"text" doc:"Markdown without headings and pictures."`
	Answer   string `json:"answer,omitempty" doc:"What the newsroom answers, likewise."`
}

// source is something that an article rests on.
type source struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	At   string `json:"at,omitempty" doc:"When it appeared, as source_at."`
}

func sourcesOf(list []newsroom.Source) []source {
	var sources []source
	for _, s := range list {
		sources = append(sources, source(s))
	}
	return sources
}

func (t text) about() newsroom.About {
	a := newsroom.About{
		Origin: t.Origin, SourceAt: t.SourceAt, InfoKind: t.InfoKind, Format: t.Format, AI: t.AI,
		Tags: t.Tags, Authors: t.Authors, Agencies: t.Agencies, Places: t.Places, Happened: t.Happened,
		Claim: newsroom.Claim{URL: t.ClaimURL, Text: t.ClaimText, Body: t.ClaimBody},
	}
	for _, s := range t.Sources {
		a.Sources = append(a.Sources, newsroom.Source(s))
	}
	return a
}

func repliesOf(list []newsroom.Reply) []partyReply {
	var replies []partyReply
	for _, r := range list {
		replies = append(replies, partyReply(r))
	}
	return replies
}

func (t text) replies() []newsroom.Reply {
	var list []newsroom.Reply
	for _, r := range t.Replies {
		list = append(list, newsroom.Reply(r))
	}
	return list
}

func textOf(c newsroom.Content) text {
	return text{
		Section: c.Section, Outlets: c.Outlets, Kicker: c.Kicker, Headline: c.Headline, Standfirst: c.Standfirst, Body: c.Body,
		Slug: c.Slug, Byline: c.Byline, SourceName: c.SourceName, SourceURL: c.SourceURL,
		LeadMedia: c.Lead.Media, LeadAlt: c.Lead.Alt, LeadCaption: c.Lead.Caption, LeadCredit: c.Lead.Credit, Replies: repliesOf(c.Replies),
		Format: c.About.Format, InfoKind: c.About.InfoKind, Origin: c.About.Origin, SourceAt: c.About.SourceAt, AI: c.About.AI,
		ClaimURL: c.About.Claim.URL, ClaimText: c.About.Claim.Text, ClaimBody: c.About.Claim.Body, Sources: sourcesOf(c.About.Sources),
		Tags: c.About.Tags, Authors: c.About.Authors, Agencies: c.About.Agencies, Places: c.About.Places, Happened: c.About.Happened,
		Facts: c.Facts,
	}
}

func (t text) content() newsroom.Content {
	return newsroom.Content{
		Section: t.Section, Outlets: t.Outlets, Kicker: t.Kicker, Headline: t.Headline, Standfirst: t.Standfirst, Body: t.Body,
		Slug: t.Slug, Byline: t.Byline, SourceName: t.SourceName, SourceURL: t.SourceURL,
		Lead: newsroom.Lead{Media: t.LeadMedia, Alt: t.LeadAlt, Caption: t.LeadCaption, Credit: t.LeadCredit}, Replies: t.replies(), About: t.about(), Facts: t.Facts,
	}
}

// revision is an immutable saved version of an edition.
type revision struct {
	Number         int       `json:"number"`
	Hash           string    `json:"hash" doc:"Names exactly this content; verbs ask for the one that was looked at."`
	Author         string    `json:"author" doc:"Person id."`
	CreatedAt      time.Time `json:"created_at"`
	BasedOn        int       `json:"based_on,omitempty" doc:"Number of the revision its author started from."`
	SourceLang     string    `json:"source_lang,omitempty" doc:"Of a translation: the language it was made from."`
	SourceRevision int       `json:"source_revision,omitempty"`
	Note           string    `json:"note,omitempty" doc:"Why it was saved, in its author's words."`
	Restored       int       `json:"restored,omitempty" doc:"Number of the older revision that it brings back."`
	Text           *text     `json:"text,omitempty" doc:"Absent in lists."`
}

func revisionOf(r newsroom.Revision) revision {
	bare, t := bareRevision(r), textOf(r.Content)
	bare.Text = &t
	return bare
}

func bareRevision(r newsroom.Revision) revision {
	return revision{
		Number: r.Number, Hash: r.Hash, Author: r.Author, CreatedAt: r.CreatedAt, BasedOn: r.BasedOn,
		SourceLang: r.SourceLang, SourceRevision: r.SourceRevision, Note: r.Note, Restored: r.Restored,
	}
}
