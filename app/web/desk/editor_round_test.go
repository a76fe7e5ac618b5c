package desk_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/markup"
	"doingoai/app/vietnamese"
	"doingoai/content"
)

// The editor must never damage a text. Two promises are tested on every sample:
// unedited it comes back byte for byte, and an edit of one block changes what
// readers see of that block alone.

// samples are the texts of the demo and those that show each kind of Markdown.
func samples(t *testing.T) map[string]string {
	t.Helper()
	demo, err := content.LoadDemo(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	texts := material(t, "markdown/*.md")
	for _, item := range demo.Items {
		for _, e := range item.Editions {
			texts[item.Code+"."+e.Lang] = e.Body
		}
	}
	return texts
}

func TestAnUneditedTextKeepsEveryByte(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	for name, text := range samples(t) {
		s.show(text)
		if got := s.body(); got != text {
			t.Errorf("%s: became\n%s\nwas\n%s", name, got, text)
		}
		// Looking at the Markdown and back is no edit either.
		s.click("[data-markdown]")
		s.click("[data-markdown]")
		if got := s.body(); got != text {
			t.Errorf("%s: the switch to Markdown and back changed it to\n%s", name, got)
		}
	}
}

// mark is a letter that no sample has; it is typed into each block in turn.
const mark = "ẵ"

// tableName repeats the heading above a table, for those who do not see it.
var tableName = regexp.MustCompile(` aria-label="[^"]*"`)

func TestAnEditChangesItsOwnBlockOnly(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	render := markup.New()
	for name, text := range samples(t) {
		if strings.HasSuffix(name, ".en") {
			continue // shaped like the Vietnamese it was made from
		}
		text = strings.ReplaceAll(text, mark, "ă")
		before := tableName.ReplaceAllString(html(t, render, text), "")
		typedInto := 0
		for block, edited := range s.editEach(text, mark).Blocks {
			if edited == "" {
				continue // a line, a picture, a text shown as it is
			}
			typedInto++
			if !strings.Contains(edited, mark) {
				t.Errorf("%s: typed into block %d, and the text has not got it", name, block)
				continue
			}
			after := strings.Replace(tableName.ReplaceAllString(html(t, render, edited), ""), mark, "", 1)
			if after != before {
				t.Errorf("%s: a letter in block %d changed the page\n%s", name, block, firstDifference(before, after))
			}
			checkOtherBlocks(t, name, text, edited)
		}
		if typedInto == 0 {
			t.Errorf("%s: nothing could be typed into", name)
		}
	}
}

// edits are what the form would send of a text: untouched, and after typing
// into each of its blocks, "" for a block in which one cannot type.
type edits struct {
	Untouched string
	Blocks    []string
}

// editEach shows a text once for each of its blocks and types a letter behind
// the block's first words.
func (s *screen) editEach(text, letter string) edits {
	s.t.Helper()
	return run[edits](s, `async (text, letter) => {
		const textarea = document.querySelector("textarea[data-editor]");
		const prose = document.querySelector(".prose");
		const pause = () => new Promise((done) => setTimeout(done));
		const show = () => { textarea.value = text; textarea.dispatchEvent(new Event("replaced")) };
		const body = () => new FormData(textarea.form).get("body");
		const edited = [];
		show();
		const untouched = body();
		for (let block = 0; block < prose.children.length; block++) {
			show();
			prose.focus();
			const walker = document.createTreeWalker(prose.children[block], NodeFilter.SHOW_TEXT, (n) =>
				n.parentElement.isContentEditable ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
			const node = walker.nextNode();
			edited.push("");
			if (!node) continue;
			getSelection().collapse(node, node.length);
			await pause();
			document.execCommand("insertText", false, letter);
			await pause();
			edited[block] = body();
		}
		return { Untouched: untouched, Blocks: edited };
	}`, text, letter)
}

// checkOtherBlocks compares bytes: the difference lies within lines that have
// no empty line between them, or within one list or quotation.
func checkOtherBlocks(t *testing.T, name, before, after string) {
	t.Helper()
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	for i, line := range a {
		if line == "" && i+1 < len(a) && !strings.ContainsAny(a[i+1][:1], " \t>-*+0123456789") {
			t.Errorf("%s: more than one block was written anew:\n%s", name, strings.Join(a, "\n"))
			return
		}
	}
}

// html is what readers get.
func html(t *testing.T, r *markup.Renderer, text string) string {
	t.Helper()
	rendered, err := r.Article(text)
	if err != nil {
		t.Fatal(err)
	}
	out := headingID.ReplaceAllString(string(rendered.HTML), "$1>")
	out = emptyCell.ReplaceAllString(out, "<td></td>")
	return nested.ReplaceAllStringFunc(out, func(tags string) string {
		list := strings.SplitAfter(tags, ">")
		slices.Sort(list)
		return strings.Join(list, "")
	})
}

// What the comparison overlooks, because readers do: the ids of headings, how
// an empty cell is aligned, and which of two marks around the same words is
// the outer one.
var (
	headingID = regexp.MustCompile(`(<h[2-6]) id="[^"]*">`)
	emptyCell = regexp.MustCompile(`<td class="align-[a-z]*"></td>`)
	nested    = regexp.MustCompile(`(?:<(?:em|strong|del|a [^>]*)>){2,}|(?:</(?:em|strong|del|a)>){2,}`)
)

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return strings.ToValidUTF8(s[max(0, i-80):min(len(s), i+120)], "") }
	return "was …" + cut(a) + "…\nis  …" + cut(b) + "…"
}

// unlike lists the specification's examples after whose edit the page is not
// byte for byte the same, each for a reason that harms no text.
var unlike = map[int]string{
	228: "spaces before a line break", 638: "spaces before a line break",
	356: "the letter typed makes the emphasis possible",
	371: "emphasis within emphasis", 375: "emphasis within emphasis", 391: "emphasis within emphasis",
	409: "emphasis within emphasis", 410: "emphasis within emphasis", 411: "emphasis within emphasis",
	419: "emphasis within emphasis", 420: "emphasis within emphasis", 421: "emphasis within emphasis",
	427: "emphasis within emphasis", 428: "emphasis within emphasis", 429: "emphasis within emphasis",
	434: "emphasis within emphasis", 463: "emphasis within emphasis", 465: "emphasis within emphasis",
	466: "emphasis within emphasis", 467: "emphasis within emphasis", 468: "emphasis within emphasis",
	470: "emphasis within emphasis",
	604: "a bare address after <, which goldmark leaves as text", 608: "a bare address after <, which goldmark leaves as text",
}

// The examples of the CommonMark specification, where they are at hand.
func TestSpecificationsExamplesSurviveAnEdit(t *testing.T) {
	raw, err := os.ReadFile(apptest.TestData(t, "markdown", "commonmark-spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Markdown string
		Example  int
	}
	if err := json.Unmarshal(raw, &examples); err != nil {
		t.Fatal(err)
	}
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	render := markup.New()
	for _, e := range examples {
		text, ok := vietnamese.Clean(e.Markdown)
		if _, known := unlike[e.Example]; known || !ok || strings.Contains(text, "\r") {
			continue
		}
		text += "\n\nCuối."
		got := s.editEach(text, mark)
		if got.Untouched != text {
			t.Errorf("example %d: %q became %q", e.Example, text, got.Untouched)
		}
		edited := got.Blocks[0]
		if edited == "" {
			continue
		}
		before := html(t, render, text)
		if after := strings.Replace(html(t, render, edited), mark, "", 1); after != before {
			t.Errorf("example %d: %q became %q\n%s", e.Example, text, edited, firstDifference(before, after))
		}
	}
}
