package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"doingoai/app"
	"doingoai/app/live"
)

// How much is done in the newsroom while it is measured.
const (
	saves        = 25
	articleWords = 3_000
	longest      = 190_000 // characters, of the 200,000 that a text may have
	editors      = 20
	lines        = 200
	linesEach    = live.MaxOwn // of one person
)

// draft is an article that somebody writes.
type draft struct {
	who           *colleague
	path          string
	base, section string
	outlet        string
}

// begin creates an article of this person.
func begin(ctx context.Context, who *colleague, headline string) (*draft, error) {
	page, err := who.read(ctx, "/new")
	if err != nil {
		return nil, err
	}
	d := &draft{who: who, section: field(sectionField, page)}
	d.path, _, err = who.send(ctx, "/new", url.Values{
		"headline": {headline}, "lang": {"vi"}, "agency": {field(agencyField, page)}, "section": {d.section},
	})
	if err != nil {
		return nil, err
	}
	page, err = who.read(ctx, d.path)
	d.base, d.outlet = field(baseField, page), field(outletField, page)
	return d, err
}

// save writes another text, and answers how long a person waits for that. Then
// it reads the page again, as a browser does.
func (d *draft) save(ctx context.Context, headline, body string) (saved, read time.Duration, err error) {
	began := time.Now()
	_, at, err := d.who.send(ctx, d.path, url.Values{
		"headline": {headline}, "standfirst": {"Sapo của bài đo."}, "body": {body},
		"base": {d.base}, "section": {d.section}, "outlets": {d.outlet},
	})
	if err != nil {
		return 0, 0, err
	}
	again := time.Now()
	page, err := d.who.read(ctx, d.path)
	d.base = field(baseField, page)
	return at.Sub(began), time.Since(again), err
}

// prose is an article of at least so many words, in paragraphs.
func prose(r *rand.Rand, s sentences, words int) string {
	var b strings.Builder
	for n, in := 0, 0; n < words; in++ {
		line := s.lines[r.IntN(len(s.lines))]
		n += len(strings.Fields(line))
		b.WriteString(line)
		b.WriteString([]string{" ", " ", " ", "\n\n"}[in%4])
	}
	return b.String()
}

// revised is a text in which some sentences are others.
func revised(r *rand.Rand, s sentences, text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for range max(1, len(paragraphs)/10) {
		at := r.IntN(len(paragraphs))
		_, rest, _ := strings.Cut(paragraphs[at], ". ")
		paragraphs[at] = s.lines[r.IntN(len(s.lines))] + " " + rest
	}
	return strings.Join(paragraphs, "\n\n")
}

// measureActs measures what people do besides asking for pages.
func measureActs(ctx context.Context, o options, s *server, w *deskWorld, t *table) error {
	texts, err := loadTexts(o.Texts)
	if err != nil {
		return err
	}
	for _, measure := range []func(context.Context, options, *server, *deskWorld, sentences, *table) error{
		measureSaves, measureLongest, measureEditors, measureLines,
	} {
		if err := measure(ctx, o, s, w, texts["vi"], t); err != nil {
			return err
		}
	}
	return nil
}

// begin signs somebody in, by role and agency, who creates an article.
func (w *deskWorld) begin(ctx context.Context, newsroom, who, headline string) (*draft, error) {
	account, err := w.account(who)
	if err != nil {
		return nil, err
	}
	writer, err := signIn(ctx, newsroom, account)
	if err != nil {
		return nil, err
	}
	return begin(ctx, writer, headline)
}

func measureSaves(ctx context.Context, _ options, s *server, w *deskWorld, texts sentences, t *table) error {
	d, err := w.begin(ctx, s.newsroom, "reporter@portal", "Bài đo thời gian lưu")
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(11, 12))
	var saved, read times
	body := prose(r, texts, articleWords)
	for n := range saves {
		body = revised(r, texts, body)
		a, b, err := d.save(ctx, fmt.Sprintf("Bài đo thời gian lưu, lần %d", n), body)
		if err != nil {
			return err
		}
		saved, read = append(saved, a), append(read, b)
	}
	t.add(fmt.Sprintf("Saving an article of %d words", len(strings.Fields(body))), saved.String(), "median ≤ 30 ms")
	t.add("Its page after that", read.String(), "")
	return nil
}

// measureLongest compares two texts that are as long as texts may be.
func measureLongest(ctx context.Context, o options, s *server, w *deskWorld, texts sentences, t *table) error {
	d, err := w.begin(ctx, s.newsroom, "reporter@portal", "Bài dài nhất")
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(13, 14))
	text := []rune(prose(r, texts, longest/3))
	body := string(text[:min(longest, len(text))])
	for range 2 {
		if _, _, err := d.save(ctx, "Bài dài nhất", body); err != nil {
			return err
		}
		body = revised(r, texts, body)
	}
	var took times
	for range o.Rounds {
		began := time.Now()
		if _, err := d.who.read(ctx, d.path+"/revisions/3?from=2"); err != nil {
			return err
		}
		took = append(took, time.Since(began))
	}
	t.add(fmt.Sprintf("Two texts of %d characters compared", utf8.RuneCountInString(body)), took.String(), "median ≤ 100 ms")
	return nil
}

// measureEditors has people write and read without a pause, all at once.
func measureEditors(ctx context.Context, o options, s *server, w *deskWorld, texts sentences, t *table) error {
	var people []*colleague
	for _, a := range w.Accounts {
		if role := roleOf(a); len(people) < editors && (role == "reporter" || role == "editor") {
			who, err := signIn(ctx, s.newsroom, a)
			if err != nil {
				return err
			}
			people = append(people, who)
		}
	}
	before, err := processorTime(s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var mu sync.Mutex
	var saved, read times
	errs := make(chan error, len(people))
	began := time.Now()
	for n, who := range people {
		go func() {
			errs <- func() error {
				r := rand.New(rand.NewPCG(17, uint64(n)))
				d, err := begin(ctx, who, "Bài của nhiều người")
				for err == nil && time.Since(began) < o.LoadFor {
					var a, b time.Duration
					if a, b, err = d.save(ctx, "Bài của nhiều người", prose(r, texts, articleWords/5)); err == nil {
						mu.Lock()
						saved, read = append(saved, a), append(read, b)
						mu.Unlock()
					}
				}
				return err
			}()
		}()
	}
	for range people {
		err = errors.Join(err, <-errs)
	}
	if err != nil {
		return err
	}
	took := time.Since(began)
	after, err := processorTime(s.cmd.Process.Pid)
	t.add(fmt.Sprintf("%d people save without a pause", len(people)),
		fmt.Sprintf("%.0f a second, %s", float64(len(saved))/took.Seconds(), saved), "")
	t.add("The page of the text meanwhile", read.String(), "")
	t.add("Processor time of a save and its page", ((after - before) / time.Duration(max(1, len(saved)))).Round(100*time.Microsecond).String(), "")
	return err
}

// roleOf is the role in an account's address: "2.reporter@portal.example".
func roleOf(a app.DemoAccount) string {
	role, _, _ := strings.Cut(a.Email, "@")
	return role[strings.LastIndex(role, ".")+1:]
}

// measureLines has open pages listen, and changes an article that all see.
func measureLines(ctx context.Context, _ options, s *server, w *deskWorld, _ sentences, t *table) error {
	var running sync.WaitGroup
	ctx, hangUp := context.WithCancel(ctx)
	defer func() { hangUp(); running.Wait() }()
	var listeners []*colleague
	for _, a := range w.Accounts {
		role := roleOf(a)
		if !strings.HasSuffix(a.Email, "@portal.example") || role == "contributor" || role == "admin" { // who sees but their own, or nothing
			continue
		}
		who, err := signIn(ctx, s.newsroom, a)
		if err != nil {
			return err
		}
		listeners = append(listeners, who)
	}
	d, err := w.begin(ctx, s.newsroom, "contributor@portal", "Bài được nhiều người theo dõi")
	if err != nil {
		return err
	}
	topic := "edition" + strings.TrimPrefix(d.path, "/editions")
	open, told := make(chan error, lines), make(chan time.Time, lines)
	count := 0
	for _, who := range listeners {
		for range min(linesEach, lines-count) {
			count++
			running.Go(func() { listen(ctx, who, topic, open, told) })
		}
	}
	for range count {
		if err := <-open; err != nil {
			return err
		}
	}
	used, err := processorTime(s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	var took times
	const changes = 5
	for n := range changes {
		began := time.Now()
		if _, _, err := d.save(ctx, "Bài được nhiều người theo dõi", fmt.Sprintf("Lần %d.", n)); err != nil {
			return err
		}
		for range count {
			select {
			case at := <-told:
				took = append(took, at.Sub(began))
			case <-time.After(30 * time.Second):
				return errors.New("a page that listens was not told of a change")
			}
		}
	}
	after, err := processorTime(s.cmd.Process.Pid)
	t.add(fmt.Sprintf("%d pages are told of a change", count), took.String(), "")
	t.add("Processor time of telling one page", fmt.Sprintf("%.2f ms", float64((after-used).Microseconds())/1000/float64(len(took))), "")
	return err
}

// listen follows a topic until ctx ends, and says when it was told of it.
func listen(ctx context.Context, who *colleague, topic string, open chan<- error, told chan<- time.Time) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, who.base+"/live?"+url.Values{"on": {"editions", "notices"}}.Encode(), nil)
	if err != nil {
		open <- err
		return
	}
	res, err := who.client.Do(req)
	if err == nil && res.StatusCode != http.StatusOK {
		err = errors.Join(fmt.Errorf("/live answered %d", res.StatusCode), res.Body.Close())
	}
	open <- err
	if err != nil {
		return
	}
	defer res.Body.Close()
	for text := bufio.NewScanner(res.Body); text.Scan(); {
		if text.Text() == "data: "+topic {
			told <- time.Now()
		}
	}
}

// measureRecount counts anew how far all translations are behind their sources,
// within this process.
func measureRecount(ctx context.Context, o options, t *table) error {
	began := time.Now()
	n, err := app.RecountTranslations(ctx, config(o))
	if err != nil || n == 0 {
		return err
	}
	took := time.Since(began)
	t.add(fmt.Sprintf("%d translations counted anew", n), fmt.Sprintf("%s, 10,000 in %s", took.Round(time.Millisecond), (took*10_000/time.Duration(n)).Round(time.Millisecond)), "10,000 in ≤ 10 s")
	return nil
}
