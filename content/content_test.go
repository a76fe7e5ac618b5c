package content

import (
	"image/jpeg"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func demo(t *testing.T) *Demo {
	t.Helper()
	d, err := LoadDemo(FS)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// languages are those that the demo's portal speaks to readers.
var languages = []string{"vi", "en", "km", "zh", "ko", "ja"}

func world(t *testing.T) *World {
	t.Helper()
	w, err := Load(FS)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// codes answers the codes of a list, and reports one that is there twice.
func codes[T any](t *testing.T, list []T, code func(T) string) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	for _, v := range list {
		if c := code(v); c == "" || known[c] {
			t.Errorf("code %q is empty or there twice", c)
		}
		known[code(v)] = true
	}
	return known
}

func TestSetupRefersOnlyToWhatItSetsUp(t *testing.T) {
	w := world(t)
	agencies := codes(t, w.Agencies, func(a Agency) string { return a.Code })
	sections := codes(t, w.Sections, func(s Section) string { return s.Code })
	codes(t, w.Outlets, func(o Outlet) string { return o.Code })
	if len(agencies) != 6 || len(w.Outlets) != 3 || len(sections) != 10 {
		t.Errorf("%d agencies, %d outlets, %d sections", len(agencies), len(w.Outlets), len(sections))
	}
	hosts, slugs, defaults := map[string]bool{}, map[string]bool{}, 0
	for _, o := range w.Outlets {
		if !agencies[o.Agency] {
			t.Errorf("outlet %s: no agency %q", o.Code, o.Agency)
		}
		if o.Default {
			defaults++
		}
		for _, h := range o.Hosts {
			if hosts[h] {
				t.Errorf("host %s belongs to two outlets", h)
			}
			hosts[h] = true
		}
		for _, lang := range o.Languages {
			if o.Names[lang] == "" || o.Taglines[lang] == "" || o.Identity[lang].Unit == "" {
				t.Errorf("outlet %s: name, tagline or identity missing in %s", o.Code, lang)
			}
		}
	}
	if defaults != 1 {
		t.Errorf("%d default outlets, want 1", defaults)
	}
	for _, s := range w.Sections {
		if s.Parent != "" && !sections[s.Parent] {
			t.Errorf("section %s: no parent %q", s.Code, s.Parent)
		}
		for _, lang := range languages {
			if s.Names[lang] == "" || s.Slugs[lang] == "" || s.Descriptions[lang] == "" || slugs[lang+s.Slugs[lang]] {
				t.Errorf("section %s: words missing or address taken in %s", s.Code, lang)
			}
			slugs[lang+s.Slugs[lang]] = true
		}
	}
}

// Nothing in a sample may look like a real office's telephone or mailbox, and
// each page says so in its own language alone.
func TestIdentitiesArePlainlySamples(t *testing.T) {
	says := map[string]string{
		"vi": " (số mẫu)", "en": " (sample number)", "km": " (លេខគំរូ)", "zh": " (示例号码)", "ko": " (예시 번호)", "ja": " (サンプル番号)",
	}
	for _, o := range world(t).Outlets {
		for lang, i := range o.Identity {
			if !strings.HasSuffix(i.Email, ".example") || says[lang] == "" || !strings.HasSuffix(i.Phone, says[lang]) {
				t.Errorf("outlet %s, %s: %s, %s", o.Code, lang, i.Email, i.Phone)
			}
		}
	}
}

func TestEveryRoleHasASamplePerson(t *testing.T) {
	agencies := codes(t, world(t).Agencies, func(a Agency) string { return a.Code })
	posts := map[string]bool{}
	people := demo(t).People
	codes(t, people, func(p Person) string { return p.Email })
	for _, p := range people {
		if !strings.HasSuffix(p.Email, ".example") || !strings.HasSuffix(p.Name, "(mẫu)") {
			t.Errorf("%s (%s) does not look like a sample", p.Email, p.Name)
		}
		for _, r := range p.Roles {
			if !agencies[r.Agency] {
				t.Errorf("%s: no agency %q", p.Email, r.Agency)
			}
			posts[r.Agency+"/"+r.Role] = true
		}
	}
	roles := strings.Fields("contributor reporter editor translator reviser desk_head managing_editor editor_in_chief " +
		"security_reviewer spokesperson investment_officer royalty_officer auditor admin")
	for _, r := range roles {
		if !posts["portal/"+r] {
			t.Errorf("portal has no %s", r)
		}
	}
	for _, r := range []string{"reporter", "editor", "translator", "editor_in_chief"} {
		if !posts["newspaper/"+r] || !posts["broadcaster/"+r] {
			t.Errorf("newspaper or broadcaster has no %s", r)
		}
	}
}

func TestItemsReferToWhatThereIs(t *testing.T) {
	w, d := world(t), demo(t)
	sections := codes(t, w.Sections, func(s Section) string { return s.Code })
	outlets := codes(t, w.Outlets, func(o Outlet) string { return o.Code })
	offices := []string{"portal", "newspaper", "broadcaster"} // those with an editor
	states := []string{"", "withdrawn", "draft", "submitted", "editing", "approval"}
	begin, end := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	at := map[time.Time]string{}
	for _, i := range d.Items {
		if !sections[i.Section] || !slices.Contains(offices, i.Agency) || len(i.Outlets) == 0 {
			t.Errorf("%s: section %q, agency %q, outlets %v", i.Code, i.Section, i.Agency, i.Outlets)
		}
		for _, o := range i.Outlets {
			if !outlets[o] {
				t.Errorf("%s: no outlet %q", i.Code, o)
			}
		}
		if !slices.Contains(states, i.State) {
			t.Errorf("%s: state %q", i.Code, i.State)
		}
		reasons := map[string]bool{} // each edition has its own, in its language
		for _, e := range i.Editions {
			if (i.State == "withdrawn") != (e.Reason != "") || reasons[e.Reason] && e.Reason != "" {
				t.Errorf("%s.%s: state %q, reason %q", i.Code, e.Lang, i.State, e.Reason)
			}
			reasons[e.Reason] = true
		}
		if i.Published.Before(begin) || !i.Published.Before(end) {
			t.Errorf("%s: published %s", i.Code, i.Published)
		}
		if other := at[i.Published.UTC()]; other != "" {
			t.Errorf("%s and %s have the same time", i.Code, other)
		}
		at[i.Published.UTC()] = i.Code
	}
}

func TestEditionsAreSamplesFitToPrint(t *testing.T) {
	kicker := map[string]string{"vi": "Bài mẫu", "en": "Sample article", "km": "អត្ថបទគំរូ", "zh": "示例文章", "ko": "예시 기사", "ja": "サンプル記事"}
	sources := map[string]string{
		"vi": "\n## Nguồn\n", "en": "\n## Sources\n", "km": "\n## ប្រភព\n", "zh": "\n## 来源\n", "ko": "\n## 출처\n", "ja": "\n## 出典\n",
	}
	states := []string{"", "draft", "submitted", "editing", "approval"}
	for _, i := range demo(t).Items {
		for _, e := range i.Editions {
			name := i.Code + "." + e.Lang
			if e.Kicker != kicker[e.Lang] && i.Kind == "" || e.Kicker == "" {
				t.Errorf("%s: kicker %q does not say that it is a sample", name, e.Kicker)
			}
			if n := utf8.RuneCountInString(e.Title); n == 0 || n > 110 {
				t.Errorf("%s: headline of %d characters", name, n)
			}
			if e.Standfirst == "" || e.Byline == "" || !slices.Contains(states, e.State) {
				t.Errorf("%s: standfirst, byline or state %q", name, e.State)
			}
			if i.Kind != "" { // its facts say what an article says in words, and where they are from
				continue
			}
			if n := len(strings.Fields(e.Body)); isSpaced(e.Lang) && (n < 150 || n > 450) {
				t.Errorf("%s: body of %d words", name, n)
			}
			_, list, found := strings.Cut(e.Body, sources[e.Lang])
			if !found || !strings.HasPrefix(strings.TrimSpace(list), "- ") || strings.Contains(list, "\n## ") {
				t.Errorf("%s: does not end with its sources", name)
			}
		}
	}
}

// isSpaced tells whether a language puts spaces between its words.
func isSpaced(lang string) bool { return lang != "km" && lang != "zh" && lang != "ja" }

// Readers of each language find something in it, and the same items.
func TestTheDemoSpeaksSixLanguages(t *testing.T) {
	published := map[string]int{}
	for _, i := range demo(t).Items {
		for _, e := range i.Editions {
			if i.State == "" && e.State == "" {
				published[e.Lang]++
			}
		}
	}
	for _, lang := range languages {
		if published[lang] < 6 {
			t.Errorf("%d items in %s", published[lang], lang)
		}
	}
}

func TestDemoShowsEverySituation(t *testing.T) {
	counts, sections := map[string]int{}, map[string]int{}
	d := demo(t)
	for _, i := range d.Items {
		sections[i.Section]++
		if i.Lead != nil {
			counts["with picture"]++
		}
		counts[i.State]++
		langs := ""
		for _, e := range i.Editions {
			if e.Lang == "vi" || e.Lang == "en" {
				langs += e.Lang
			}
			if e.DraftBody != "" && e.DraftBody != e.Body && i.State == "" {
				counts["newer draft"]++
			}
			if e.State != "" {
				counts["translation under way"]++
				langs = "under way"
			}
		}
		if i.State == "" {
			counts[langs]++
		}
	}
	for what, least := range map[string]int{
		"vien": 28, "vi": 3, "en": 2, "withdrawn": 1, "draft": 1, "submitted": 1, "editing": 1, "approval": 2,
		"newer draft": 1, "translation under way": 1, "with picture": len(d.Items) / 3,
	} {
		if counts[what] < least {
			t.Errorf("%d items %q, want at least %d", counts[what], what, least)
		}
	}
	if len(sections) != 10 || len(d.Items) < 34 {
		t.Errorf("%d items in %d sections", len(d.Items), len(sections))
	}
	for s, n := range sections {
		if n < 2 || s != "investment" && n >= sections["investment"] {
			t.Errorf("section %s has %d items, investment %d", s, n, sections["investment"])
		}
	}
}

func TestPicturesAreThereAndHaveWords(t *testing.T) {
	var pictures []Picture
	if err := readYAML(FS, "demo/pictures.yaml", &pictures); err != nil {
		t.Fatal(err)
	}
	codes(t, pictures, func(p Picture) string { return p.File })
	for _, p := range pictures {
		f, err := FS.Open(path.Join("demo/media", p.File))
		if err != nil {
			t.Error(err)
			continue
		}
		info, statErr := f.Stat()
		size, err := jpeg.DecodeConfig(f)
		if err != nil || statErr != nil || size.Width != 1600 || size.Height != 900 || info.Size() > 90_000 {
			t.Errorf("%s: %d×%d, %v, %v", p.File, size.Width, size.Height, err, statErr)
		}
		for _, lang := range languages {
			if p.Alt[lang] == "" || p.Caption[lang] == "" || p.Credit[lang] == "" {
				t.Errorf("%s: words missing in %s", p.File, lang)
			}
		}
	}
}

func TestHelpHasTheSamePagesInBothLanguages(t *testing.T) {
	slugs := map[string][]string{}
	for _, lang := range []string{"vi", "en"} {
		pages, err := LoadHelp(FS, lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			if p.Title == "" || p.Body == "" || p.Order == 0 {
				t.Errorf("help/%s/%s.md: title, order or text missing", lang, p.Slug)
			}
			slugs[lang] = append(slugs[lang], p.Slug)
		}
		for _, p := range pages {
			for _, rest := range strings.Split(p.Body, "](/help/")[1:] {
				if to, _, _ := strings.Cut(rest, ")"); !slices.Contains(slugs[lang], to) {
					t.Errorf("help/%s/%s.md: leads to %q, which is not there", lang, p.Slug, to)
				}
			}
		}
	}
	if !slices.Equal(slugs["vi"], slugs["en"]) {
		t.Errorf("vi %v\nen %v", slugs["vi"], slugs["en"])
	}
	for _, linked := range []string{"waiting", "states", "writing", "account", "people", "letters"} {
		if !slices.Contains(slugs["vi"], linked) {
			t.Errorf("the newsroom links to help page %s, which is not there", linked)
		}
	}
}

func TestAllTextIsNFC(t *testing.T) {
	err := fs.WalkDir(FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".jpg") {
			return err
		}
		data, err := fs.ReadFile(FS, name)
		if !utf8.Valid(data) || !norm.NFC.IsNormal(data) {
			t.Errorf("%s is not UTF-8 in NFC", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMistakesInFilesAreNamed(t *testing.T) {
	const source, other = "demo/items/a.vi.md", "demo/items/a.en.md"
	good := map[string]string{
		"demo/people.yaml": "", "demo/labels.yaml": "", "demo/pictures.yaml": "- file: p.jpg\n",
		source: "---\nsource: true\nlead: p.jpg\ntitle: Một\n---\n\nbody\n\n=== draft ===\n\nnewer\n",
		other:  "---\ntitle: One\nstate: editing\nreason: why\n---\nbody\n",
	}
	cases := map[string]struct{ file, text, says string }{
		"nothing wrong":       {source, good[source], ""},
		"windows lines":       {source, strings.ReplaceAll(good[source], "\n", "\r\n"), ""},
		"unknown field":       {source, "---\nsource: true\nheadline: x\n---\n", source},
		"no head":             {source, "text", source},
		"head without end":    {source, "---\nsource: true\n", source},
		"no source":           {source, "---\ntitle: x\n---\n", "source: true"},
		"two sources":         {other, "---\nsource: true\n---\n", "2 do"},
		"facts in wrong file": {other, "---\nagency: portal\n---\n", other},
		"unknown picture":     {source, "---\nsource: true\nlead: q.jpg\n---\n", "q.jpg"},
		"no language":         {"demo/items/b.md", "---\nsource: true\n---\n", "demo/items/b.md"},
		"bad people":          {"demo/people.yaml", "- mail: x\n", "demo/people.yaml"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(good)
			files[c.file] = c.text
			fsys := fstest.MapFS{}
			for file, text := range files {
				fsys[file] = &fstest.MapFile{Data: []byte(text)}
			}
			d, err := LoadDemo(fsys)
			if c.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				e := d.Items[0].Editions
				if e[0].Lang != "vi" || e[0].Body != "body" || e[0].DraftBody != "newer" || e[1].State != "editing" || e[1].Reason != "why" || d.Items[0].Lead.File != "p.jpg" {
					t.Errorf("read as %+v", d.Items[0])
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
		})
	}
}

// Readers of every language are told the same of the site, in the same version,
// with the same links.
func TestStatementsAreTheSameInEveryLanguage(t *testing.T) {
	all, err := LoadStatements(FS)
	if err != nil {
		t.Fatal(err)
	}
	own := regexp.MustCompile(`\{[a-z]+\}`)
	for _, lang := range languages {
		for name, want := range all["vi"] {
			got, ok := all[lang][name]
			if !ok {
				t.Fatalf("%s lacks the statement %s", lang, name)
			}
			if got.Version != want.Version || strings.Count(got.Body, "\n## ") != strings.Count(want.Body, "\n## ") {
				t.Errorf("%s/%s is of %s with %d headings, the Vietnamese of %s with %d", lang, name, got.Version, strings.Count(got.Body, "\n## "), want.Version, strings.Count(want.Body, "\n## "))
			}
			a, b := own.FindAllString(got.Lead+got.Body, -1), own.FindAllString(want.Lead+want.Body, -1)
			if slices.Sort(a); !slices.Equal(a, slices.Sorted(slices.Values(b))) {
				t.Errorf("%s/%s names %v, the Vietnamese %v", lang, name, a, b)
			}
		}
	}
}
