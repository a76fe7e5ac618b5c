package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"doingoai/app"
	"doingoai/app/kind"
	"doingoai/app/markup"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
	"doingoai/content"
)

// corpusWorld is what the measurements need to know of the corpus.
type corpusWorld struct {
	ids      []string
	titles   map[string][]string // headlines by language, in the order of ids
	editor   app.DemoAccount
	chief    app.DemoAccount
	reporter app.DemoAccount
	last     int64
	agency   string // that some of the articles are about
}

// sentences are real sentences of one language, to be mixed into articles.
type sentences struct{ heads, lines []string }

// prepare fills the folder unless an earlier run already has.
func prepare(ctx context.Context, o options, t *table) (*corpusWorld, error) {
	file := dataFile(o, "benchmark.json")
	if text, err := os.ReadFile(file); err == nil {
		var kept struct{ World corpusFile }
		if err := json.Unmarshal(text, &kept); err != nil {
			return nil, err
		}
		return kept.World.world(), nil
	}
	began := time.Now()
	bench, err := app.SeedBenchmark(ctx, config(o))
	if err != nil {
		return nil, err
	}
	defer bench.Close()
	w := &corpusWorld{titles: map[string][]string{}}
	w.reporter, w.editor, w.chief, w.agency = bench.Reporter, bench.Editor, bench.Chief, bench.Agency
	if err := fill(ctx, o, bench, w); err != nil {
		return nil, err
	}
	took := time.Since(began)
	t.add("Corpus released", fmt.Sprintf("%d releases in %s (%.0f/s)", 2*o.Articles, took.Round(time.Second), float64(2*o.Articles)/took.Seconds()), "")
	text, err := json.Marshal(struct{ World corpusFile }{w.file()})
	if err != nil {
		return nil, err
	}
	return w, os.WriteFile(file, text, 0o600)
}

// fill appends releases in batches: the documents are those that publishing
// would compose, the log is the real one.
func fill(ctx context.Context, o options, bench *app.Benchmark, w *corpusWorld) error {
	texts, err := loadTexts(o.Texts)
	if err != nil {
		return err
	}
	const perBatch = 250
	r := rand.New(rand.NewPCG(1, 2))
	render := markup.New()
	begin := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := tag(ctx, bench); err != nil {
		return err
	}
	for done := 0; done < o.Articles; {
		err := bench.DB.Write(ctx, func(tx *store.Tx) error {
			for range min(perBatch, o.Articles-done) {
				id := store.NewID()
				w.ids = append(w.ids, id)
				at := begin.Add(time.Duration(done) * 13 * time.Minute)
				section := bench.Sections[r.IntN(len(bench.Sections))]
				for _, lang := range []string{"vi", "en"} {
					doc, err := compose(render, texts[lang], r, lang, done)
					if err != nil {
						return err
					}
					doc.ID, doc.Section, doc.Outlets, doc.Agency = id, section, bench.Outlets, bench.Agency
					doc.Published, doc.Updated = at, at
					vary(doc, done, bench.Agency)
					w.titles[lang] = append(w.titles[lang], doc.Title)
					if w.last, err = bench.Log.Append(tx, release.Key{Kind: release.ArticleKind, ID: id, Lang: lang}, release.Put, doc); err != nil {
						return err
					}
				}
				done++
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tags are how many topics the corpus has.
const tags = 20

func tagID(n int) string { return fmt.Sprintf("tttttttt%02d", 22+n) }

// tag releases the topics.
func tag(ctx context.Context, bench *app.Benchmark) error {
	return bench.DB.Write(ctx, func(tx *store.Tx) error {
		for n := range tags {
			l := release.Label{ID: tagID(n), Names: map[string]release.LabelName{
				"vi": {Name: fmt.Sprint("Chủ đề ", n), Slug: fmt.Sprint("chu-de-", n)}, "en": {Name: fmt.Sprint("Topic ", n), Slug: fmt.Sprint("topic-", n)},
			}}
			if _, err := bench.Log.Append(tx, release.Key{Kind: release.TagKind, ID: l.ID}, release.Put, l); err != nil {
				return err
			}
		}
		return nil
	})
}

// vary makes the corpus what a newsroom's is: every article has two topics, one
// in ten is about an agency, and among them are events, legal documents and
// articles that were corrected.
func vary(doc *release.Article, n int, agency string) {
	doc.Tags = []string{tagID(n % tags), tagID((n + 1 + n/tags%(tags-1)) % tags)}
	if n%10 == 0 {
		doc.Agencies = []string{agency}
	}
	switch day := time.Now().AddDate(0, 0, n%200-100).Format(time.DateOnly); n % 40 {
	case 1:
		doc.Kind, doc.Facts = string(kind.Event), kind.Facts{"starts": day + "T09:00", "ends": day + "T11:00", "status": kind.Planned, "venue": "Hội trường", "organiser": agency}
	case 2:
		doc.Kind, doc.Facts = string(kind.Document), kind.Facts{"number": fmt.Sprint(n, "/QĐ-UBND"), "issuer": agency, "issued": "2024-05-02", "force": kind.InForce, "field": "investment"}
	case 3:
		doc.Correction = &release.Correction{Note: "Bài ghi sai số liệu.", Right: "72 xã", At: doc.Updated, Outlets: doc.Outlets}
	}
}

// compose writes one article: a real headline, a standfirst, and about 450
// words of real sentences in paragraphs under headings.
func compose(render *markup.Renderer, s sentences, r *rand.Rand, lang string, n int) (*release.Article, error) {
	pick := func() string { return s.lines[r.IntN(len(s.lines))] }
	title := fmt.Sprintf("%s (%d)", clip(s.heads[r.IntN(len(s.heads))], 90), n)
	var body strings.Builder
	for words := 0; words < 450; {
		if words > 0 && r.IntN(4) == 0 {
			body.WriteString("## " + clip(pick(), 50) + "\n\n")
		}
		paragraph := pick() + " " + pick() + " " + pick()
		words += len(strings.Fields(paragraph))
		body.WriteString(escapeMarkdown(paragraph) + "\n\n")
	}
	rendered, err := render.Article(body.String())
	if err != nil {
		return nil, err
	}
	return &release.Article{
		Lang: lang, Kind: "article", Title: title, Standfirst: clip(pick(), 220), Slug: vietnamese.Slug(title, 80),
		HTML: rendered.HTML, Words: rendered.Words, Byline: "Đối Ngoại", SourceLang: "vi", Sample: true,
		Revision: release.Hash([]byte(title)),
	}, nil
}

func escapeMarkdown(s string) string {
	return strings.NewReplacer("*", `\*`, "_", `\_`, "#", `\#`, "<", `\<`, "[", `\[`, "`", "\\`").Replace(s)
}

func clip(s string, runes int) string {
	r := []rune(s)
	if len(r) <= runes {
		return s
	}
	return strings.TrimSpace(string(r[:runes]))
}

// loadTexts reads real sentences, or the demo's own where there are none.
func loadTexts(dir string) (map[string]sentences, error) {
	texts := map[string]sentences{}
	vi, err := readNews(filepath.Join(dir, "news-vi", "wikipedia-vi.jsonl.gz"), filepath.Join(dir, "news-vi", "baomoi.jsonl.gz"))
	if err != nil {
		return demoTexts()
	}
	en, err := readLines(filepath.Join(dir, "bilingual", "iwslt15-tst2012.en-vi.jsonl"), "en")
	if err != nil {
		return demoTexts()
	}
	texts["vi"], texts["en"] = vi, en
	return texts, nil
}

func readNews(files ...string) (sentences, error) {
	var s sentences
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return s, err
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			return s, errors.Join(err, f.Close())
		}
		for d := json.NewDecoder(z); ; {
			var article struct {
				Title string
				Body  []string
			}
			if err := d.Decode(&article); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return s, errors.Join(err, f.Close())
			}
			s.add(article.Title, article.Body...)
		}
		if err := f.Close(); err != nil {
			return s, err
		}
	}
	return s, nil
}

func readLines(file, field string) (sentences, error) {
	var s sentences
	text, err := os.ReadFile(file)
	if err != nil {
		return s, err
	}
	for line := range strings.Lines(string(text)) {
		var pair map[string]any
		if err := json.Unmarshal([]byte(line), &pair); err != nil {
			return s, err
		}
		if sentence, ok := pair[field].(string); ok {
			s.add(clip(sentence, 90), sentence)
		}
	}
	return s, nil
}

func (s *sentences) add(head string, lines ...string) {
	if n := len([]rune(head)); n >= 20 {
		s.heads = append(s.heads, vietnamese.NFC(head))
	}
	for _, l := range lines {
		if n := len([]rune(l)); n >= 40 && n <= 600 {
			s.lines = append(s.lines, vietnamese.NFC(l))
		}
	}
}

func demoTexts() (map[string]sentences, error) {
	demo, err := content.LoadDemo(content.FS)
	if err != nil {
		return nil, err
	}
	texts := map[string]sentences{}
	for _, item := range demo.Items {
		for _, e := range item.Editions {
			s := texts[e.Lang]
			s.add(e.Title, strings.Split(e.Body, "\n")...)
			texts[e.Lang] = s
		}
	}
	return texts, nil
}

// corpusFile is how the corpus is remembered between runs.
type corpusFile struct {
	IDs                     []string
	Titles                  map[string][]string
	Reporter, Editor, Chief app.DemoAccount
	Last                    int64
	Agency                  string
}

func (w *corpusWorld) file() corpusFile {
	return corpusFile{w.ids, w.titles, w.reporter, w.editor, w.chief, w.last, w.agency}
}

func (f corpusFile) world() *corpusWorld {
	return &corpusWorld{ids: f.IDs, titles: f.Titles, reporter: f.Reporter, editor: f.Editor, chief: f.Chief, last: f.Last, agency: f.Agency}
}
