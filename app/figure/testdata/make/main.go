// Command make writes the labelled pairs of this folder from the shared test
// material, beside ../NOTICE.md, which tells what they are:
//
//	go run ./app/figure/testdata/make ../shared/testdata/bilingual > app/figure/testdata/pairs.jsonl
//
// It knows nothing of the package it is made to judge: errors are sown by
// plain replacements in the translation (sow.go). The same material and seed
// give the same pairs.
package main

import (
	"bufio"
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	_ "embed"
)

const (
	seed       = "figures 1"
	perLang    = 26  // sentences of NTREX for each language besides vi–en
	shortest   = 230 // characters of an English sentence for those languages
	everyOther = 9   // of so many sentences one is kept without an error
)

// Pair is one line of pairs.jsonl.
type Pair struct {
	FromLang string `json:"from_lang"`
	ToLang   string `json:"to_lang"`
	From     string `json:"from"`
	To       string `json:"to"`
	Label    string `json:"label"`
	Error    string `json:"error,omitempty"`
	Source   string `json:"source"`
	Split    string `json:"split"`
}

// base is a sentence in several languages.
type base struct {
	id, group string
	text      map[string]string
}

//go:embed own.jsonl
var own string

// found are the pairs that a person read and found to disagree, with what is
// wrong; "-" leaves the pair out. They are named by the language besides
// English, or by that of the translation.
var found = map[string]string{
	"to vi ntrex cnbc.com.6790#16": "written", "to vi ntrex euronews-en.153835#2": "written",
	"to vi ntrex euronews-en.153800#6": "written", "to vi ntrex reuters.218863#7": "written",
	"vi ntrex reuters.218932#11": "lost", "vi ntrex newsweek.51310#12": "unit",
	"vi tatoeba 399": "-", "vi tatoeba 417": "lost", "vi tatoeba 460": "changed", "vi tatoeba 485": "-",
	"ko tatoeba 23": "lost",
}

var anyDigit = regexp.MustCompile(`[0-9０-９០-៩]`)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: make FOLDER, the bilingual texts of the shared test material")
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	write := json.NewEncoder(out)
	write.SetEscapeHTML(false)
	m := &maker{write: write, sown: map[string]int{}}
	news := articles(filepath.Join(os.Args[1], "ntrex-docs.jsonl"))
	for _, lang := range []string{"vi", "zh", "ja", "ko", "km"} {
		for i, b := range chosen(lang, news) {
			m.pair(i, lang, b)
		}
		for i, b := range sentences(lang, filepath.Join(os.Args[1], "tatoeba."+lang+"-en.jsonl")) {
			m.pair(i, lang, b)
		}
	}
	for i, b := range lines(own) {
		for _, lang := range []string{"en", "zh", "ja", "ko", "km"} {
			if b.text[lang] != "" {
				m.pairOf(i, "vi", lang, b, b.id)
			}
		}
	}
}

func articles(file string) []base {
	var all []base
	for _, line := range readLines(file) {
		var d struct {
			ID    string `json:"doc_id"`
			Title map[string]string
			Body  map[string][]string
		}
		must(json.Unmarshal([]byte(line), &d))
		all = append(all, base{"ntrex " + d.ID + "#0", d.ID, d.Title})
		for i := range d.Body["en"] {
			text := map[string]string{}
			for lang := range d.Body {
				text[lang] = d.Body[lang][i]
			}
			all = append(all, base{fmt.Sprintf("ntrex %s#%d", d.ID, i+1), d.ID, text})
		}
	}
	return all
}

// chosen are all sentences with figures for Vietnamese, and some for the others.
func chosen(lang string, news []base) []base {
	news = slices.DeleteFunc(slices.Clone(news), func(b base) bool {
		if lang == "vi" {
			return !anyDigit.MatchString(b.text["en"]) && !anyDigit.MatchString(b.text["vi"])
		}
		return !anyDigit.MatchString(b.text["en"]) || utf8.RuneCountInString(b.text["en"]) >= shortest
	})
	if lang == "vi" {
		return news
	}
	slices.SortFunc(news, func(a, b base) int {
		return cmp.Compare(hash(lang+a.id[len("ntrex "):]), hash(lang+b.id[len("ntrex "):]))
	})
	return news[:perLang]
}

func sentences(lang, file string) []base {
	var all []base
	for i, line := range readLines(file) {
		var text map[string]string
		must(json.Unmarshal([]byte(line), &text))
		if anyDigit.MatchString(text["en"] + text[lang]) {
			all = append(all, base{fmt.Sprintf("tatoeba %d", i), fmt.Sprint(lang, i), text})
		}
	}
	return all
}

func lines(jsonl string) []base {
	var all []base
	for i, line := range strings.Split(strings.TrimSpace(jsonl), "\n") {
		var text map[string]string
		must(json.Unmarshal([]byte(line), &text))
		all = append(all, base{fmt.Sprintf("own %d", i), fmt.Sprint("own", i), text})
	}
	return all
}

type maker struct {
	write *json.Encoder
	sown  map[string]int
}

// pair writes a sentence with its translation as it is, and again with an error.
func (m *maker) pair(i int, lang string, b base) {
	from, to := "en", lang
	h := hash(seed + b.id + lang)
	if h[0] < '8' {
		from, to = to, from
	}
	if lang != "vi" && b.text["vi"] != "" && h[1] < '8' { // vi–zh and so on
		if from == "en" {
			from = "vi"
		} else {
			to = "vi"
		}
	}
	m.pairOf(i, from, to, b, lang+" "+b.id)
}

func (m *maker) pairOf(i int, from, to string, b base, id string) {
	p := Pair{FromLang: from, ToLang: to, From: b.text[from], To: b.text[to], Label: "ok", Source: b.id, Split: "develop"}
	if hash("split 3" + b.group)[0] < '8' {
		p.Split = "held"
	}
	wrong := cmp.Or(found[id], found["to "+to+" "+b.id])
	if wrong == "-" {
		return
	}
	if wrong != "" {
		p.Label, p.Error = "bad", wrong+" (real)"
		must(m.write.Encode(p))
		return
	}
	must(m.write.Encode(p))
	if i%everyOther == everyOther-1 {
		return
	}
	var key [32]byte
	copy(key[:], hash(seed+id+to))
	rnd := rand.New(rand.NewChaCha8(key))
	if sort, text, ok := m.sow(to, p, rnd); ok {
		p.To, p.Label, p.Error = text, "bad", sort
		must(m.write.Encode(p))
	}
}

// sow puts into a text the error that is rarest so far among those it can have.
func (m *maker) sow(lang string, p Pair, rnd *rand.Rand) (sort, sown string, ok bool) {
	sorts := slices.Clone(errors)
	rnd.Shuffle(len(sorts), func(i, j int) { sorts[i], sorts[j] = sorts[j], sorts[i] })
	slices.SortStableFunc(sorts, func(a, b errorSort) int { return cmp.Compare(m.sown[a.name], m.sown[b.name]) })
	for _, e := range sorts {
		sown := e.sow(lang, p.To, rnd)
		if sown != "" && sown != p.To && (e.name != "lost" || inDigits(p.From, p.To, sown)) {
			m.sown[e.name]++
			return e.name, sown, true
		}
	}
	return "", "", false
}

func hash(s string) string {
	sum := sha1.Sum([]byte(s))
	return hex.EncodeToString(sum[:])
}

func readLines(file string) []string {
	b, err := os.ReadFile(file)
	must(err)
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
