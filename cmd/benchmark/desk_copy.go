package main

import (
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"

	"doingoai/app/audit"
	"doingoai/app/newsroom"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// batch gathers rows to be written together, table by table.
type batch []rows

func newBatch(tables []struct{ table, where string }) batch {
	b := make(batch, len(tables))
	for i, t := range tables {
		b[i].table = t.table
	}
	return b
}

// cell is a value of a row, with the row it stands in.
type cell struct {
	table, column string
	value         any
	row           []any
	columns       []string
}

// beside is the text in another column of the row.
func (c cell) beside(column string) string {
	text, _ := c.row[slices.Index(c.columns, column)].(string) // asked for columns of text only
	return text
}

// add takes rows of the same tables, each value as change makes it.
func (b batch) add(found []rows, change func(cell) any) {
	for i, r := range found {
		b[i].columns = r.columns
		for _, row := range r.values {
			copied := make([]any, len(row))
			for at, value := range row {
				copied[at] = change(cell{r.table, r.columns[at], value, row, r.columns})
			}
			b[i].values = append(b[i].values, copied)
		}
	}
}

func (b batch) write(tx *store.Tx) error {
	for _, r := range b {
		if err := writeRows(tx, r); err != nil {
			return err
		}
	}
	return nil
}

// impression is one copy of a plate.
type impression struct {
	*plate
	item  string
	later time.Duration      // after the pattern
	words map[string]wording // by language
	names map[string]string  // of what the pattern names → of what this one does
	texts map[string]string  // of revisions and releases, by the pattern's hash
	seqs  map[int64]int64    // numbers of releases
	event int64              // the last number of an event that was given away
}

// wording is what an edition says.
type wording struct {
	headline, standfirst string
	paragraphs           []string
}

// impression makes the copy that is the n-th of all.
func (p *press) impression(n, all int) (*impression, error) {
	archive := all * 19 / 20
	made := p.choose(n < archive)
	c := &impression{
		plate: made, item: store.NewID(), names: map[string]string{}, texts: map[string]string{}, seqs: map[int64]int64{},
		words: map[string]wording{"vi": p.write("vi", n), "en": p.write("en", n)},
	}
	if made.Old {
		before := time.Duration(archive-n) * (archiveYears * 365 * 24 * time.Hour / time.Duration(archive))
		c.later = p.now.Add(-before).Sub(made.Begun)
	} else {
		c.later = -time.Duration(p.r.Int64N(int64(25 * 24 * time.Hour)))
	}
	c.names[made.Item] = c.item
	c.names[made.picture] = p.pictures[p.r.IntN(len(p.pictures))]
	for _, s := range made.people {
		c.names[s.PersonID] = p.colleague(s)
	}
	p.remember(c)
	return c, c.compose()
}

// remember notes some articles that the portal's first reporter wrote, for the
// measurements: everybody of the portal may open those.
func (p *press) remember(c *impression) {
	own := func(s seat) bool { return s.Role == "reporter" && c.names[s.PersonID] == s.PersonID }
	if c.Agency != "portal" || c.Old && !c.Kept || !slices.ContainsFunc(c.people, own) {
		return
	}
	list := &p.world.Open
	if c.Old {
		list = &p.world.Old
		p.world.Headline = c.words["vi"].headline
	}
	*list = append(*list, newsroom.Ref{Item: c.item, Lang: "vi"})
	if len(c.of("edition").values) > 1 {
		p.world.Both = append(p.world.Both, newsroom.Ref{Item: c.item, Lang: "en"})
	}
}

// colleague answers somebody who may do the same.
func (p *press) colleague(of seat) string {
	var desk []string
	for _, s := range p.seats {
		if s.AgencyID == of.AgencyID && s.Role == of.Role {
			desk = append(desk, s.PersonID)
		}
	}
	return desk[p.r.IntN(len(desk))]
}

// write makes an article of real sentences, of about 300 words.
func (p *press) write(lang string, n int) wording {
	s := p.texts[lang]
	pick := func() string { return s.lines[p.r.IntN(len(s.lines))] }
	w := wording{headline: fmt.Sprintf("%s (%d)", clip(s.heads[p.r.IntN(len(s.heads))], 90), n), standfirst: clip(pick(), 220)}
	for words := 0; words < 300; {
		paragraph := pick() + " " + pick()
		words += len(strings.Fields(paragraph))
		w.paragraphs = append(w.paragraphs, paragraph)
	}
	return w
}

// compose writes the content of each revision: the last says everything, the
// ones before it less and less.
func (c *impression) compose() error {
	other := c.replacer()
	heads := map[string]int{}
	revisions := c.of("revision")
	lang, hash, text := revisions.at("lang"), revisions.at("hash"), revisions.at("content")
	for _, row := range revisions.values {
		heads[row[lang].(string)]++
	}
	hashes := map[string]string{}
	for _, row := range revisions.values {
		heads[row[lang].(string)]--
		var content newsroom.Content
		if err := json.Unmarshal([]byte(other.Replace(row[text].(string))), &content); err != nil {
			return err
		}
		c.words[row[lang].(string)].fill(&content, heads[row[lang].(string)])
		encoded, err := json.Marshal(content)
		if err != nil {
			return err
		}
		c.texts[row[hash].(string)], hashes[row[hash].(string)] = string(encoded), content.Hash()
	}
	maps.Copy(c.names, hashes)
	return nil
}

// of is the pattern's rows of a table.
func (p *plate) of(table string) rows {
	return p.rows[slices.IndexFunc(p.rows, func(r rows) bool { return r.table == table })]
}

// fill puts the words into a text that has some; missing is how many revisions
// came later.
func (w wording) fill(c *newsroom.Content, missing int) {
	if c.Headline == "" {
		return // a translation that was only begun
	}
	c.Headline, c.Standfirst = w.headline, w.standfirst
	var body []string
	for _, paragraph := range w.paragraphs[:max(1, len(w.paragraphs)-missing)] {
		body = append(body, escapeMarkdown(paragraph))
	}
	if missing > 0 {
		body = append(body, fmt.Sprintf("(Còn viết tiếp: %d.)", missing))
	}
	c.Body = strings.Join(body, "\n\n")
}

func (c *impression) replacer() *strings.Replacer {
	var pairs []string
	for from, to := range c.names {
		if from != "" {
			pairs = append(pairs, from, to)
		}
	}
	return strings.NewReplacer(pairs...)
}

// number gives the copies the numbers of releases and events that they need,
// and nobody else has.
func number(tx *store.Tx, copies []*impression) error {
	releases, events := 0, 0
	for _, c := range copies {
		for _, seq := range c.releases() {
			c.seqs[seq] = int64(releases) // from 0, as yet
			releases++
		}
		c.event = int64(events)
		events += len(c.of("notice").values)
	}
	lastRelease, err := tx.Reserve("release", releases)
	if err != nil {
		return err
	}
	lastEvent, err := tx.Reserve("outbox", events)
	if err != nil {
		return err
	}
	for _, c := range copies {
		for seq := range c.seqs {
			c.seqs[seq] += lastRelease - int64(releases) + 1
		}
		c.event += lastEvent - int64(events)
	}
	return nil
}

// releases are the numbers of the pattern's releases, in their order.
func (c *impression) releases() []int64 {
	var seqs []int64
	for _, r := range c.plate.rows {
		if r.table == "release" || r.table == "release_history" {
			for _, row := range r.values {
				seqs = append(seqs, row[r.at("seq")].(int64))
			}
		}
	}
	slices.Sort(seqs)
	return seqs
}

// print adds the rows of the copy.
func (c *impression) print(into batch) error {
	other := c.replacer()
	var failed error
	into.add(c.plate.rows, func(v cell) any {
		value, err := c.changed(v, other)
		if err != nil {
			failed = err
		}
		return value
	})
	return failed
}

// earliest is a number that only a moment reaches: microseconds in 2001.
const earliest = 1_000_000_000_000_000

func (c *impression) changed(v cell, other *strings.Replacer) (any, error) {
	switch v.table + "." + v.column {
	case "revision.content":
		return c.texts[v.beside("hash")], nil
	case "edition.headline":
		return c.words[v.beside("lang")].headline, nil
	case "edition.headline_folded":
		return vietnamese.FoldSearch(c.words[v.beside("lang")].headline), nil
	case "edition.headline_filed":
		return false, nil // the program files it when it starts
	case "notice.title":
		return c.words["vi"].headline, nil
	case "notice.id", "clock_run.id", "letter.id":
		return store.NewID(), nil
	case "notice.event":
		c.event++
		return c.event, nil
	case "release.seq", "release_history.seq", "edition.live_seq":
		return c.seqs[v.value.(int64)], nil // 0 of what was never released
	case "release.body", "release_history.body":
		return c.document(v, other)
	case "release.hash", "release_history.hash":
		body, err := c.document(v, other)
		return release.Hash([]byte(body)), err
	}
	switch value := v.value.(type) {
	case string:
		return other.Replace(value), nil
	case int64:
		if value > earliest {
			return value + c.later.Microseconds(), nil
		}
	}
	return v.value, nil
}

// document is what was released, under the copy's words.
func (c *impression) document(v cell, other *strings.Replacer) (string, error) {
	if body, done := c.texts[v.beside("hash")]; done {
		return body, nil
	}
	body := other.Replace(v.beside("body"))
	if release.Op(v.beside("op")) != release.Put {
		return body, nil
	}
	var doc release.Article
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		return "", err
	}
	w := c.words[doc.Lang]
	doc.Title, doc.Standfirst, doc.Slug = w.headline, w.standfirst, vietnamese.Slug(w.headline, newsroom.MaxSlug)
	doc.Published, doc.Updated = doc.Published.Add(c.later), doc.Updated.Add(c.later)
	var html strings.Builder
	for _, paragraph := range w.paragraphs {
		html.WriteString("<p>" + template.HTMLEscapeString(paragraph) + "</p>\n")
	}
	doc.HTML = template.HTML(html.String()) // escaped above
	text, err := json.Marshal(doc)
	c.texts[v.beside("hash")] = string(text)
	return string(text), err
}

// trail is what the audit trail says of the copy.
func (c *impression) trail() []audit.Entry {
	other := c.replacer()
	entries := make([]audit.Entry, len(c.plate.trail))
	for i, e := range c.plate.trail {
		e.At = e.At.Add(c.later)
		e.ActorID, e.Subject, e.Revision = other.Replace(e.ActorID), other.Replace(e.Subject), other.Replace(e.Revision)
		e.Detail = maps.Clone(e.Detail)
		for name, value := range e.Detail {
			e.Detail[name] = other.Replace(value)
		}
		entries[i] = e
	}
	return entries
}
