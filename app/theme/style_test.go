package theme

import "testing"

func TestColoursAreThoseOfTheDay(t *testing.T) {
	look := load(t, files(
		"base/layout.html", `{{template "content"}}`, "base/pages/home.html", `{{define "content"}}{{end}}`,
		"base/static/base.css", `:root { --day: initial; --night: ; --paper: var(--usual, var(--own-paper)) var(--more, var(--day, #fff)); --mast: var(--paper); --round: var(--round); --dark: var(--night, #000); --wide: 1rem; }
			@media print {
			  :root { --own-paper: #fff; --paper: #fff; }
			  p { color: #000; }
			}`,
		"base/static/outlet.css", `:root { --own-paper: var(--day, #fbfaf7) var(--night, #161513); }`,
		"child/static/outlet.css", `:root { --own-paper: var(--day, #FaFaFa) var(--night, #10141c); --mast: var(--usual, var(--day, #0e2148)) var(--more, #000); --ink: #fff; }`,
	), "base", "child")
	for name, want := range map[string]string{"paper": "#fafafa", "mast": "#0e2148", "ink": "#ffffff", "round": "", "dark": "", "wide": "", "absent": ""} {
		if got := look.Colour(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestFontsAreThoseThatStylesOffer(t *testing.T) {
	look := load(t, files(
		"base/layout.html", `{{template "content"}}`, "base/pages/home.html", `{{define "content"}}{{end}}`,
		"base/static/base.css", `@font-face { font-weight: 400; src: url("text.woff2") format("woff2"); } @font-face { font-weight: 600; src: local("X"), url("title.woff2"); } @font-face { src: local("Arial"); }`,
		"base/static/script.css", `@font-face { src: url("signs.woff2"); unicode-range: U+b7,U+2018-2019, U+?; }`,
		"base/static/text.woff2", "text", "base/static/title.woff2", "title", "base/static/signs.woff2", "signs",
		"child/static/title.woff2", "another",
	), "base", "child")
	fonts := look.Fonts()
	if len(fonts) != 3 {
		t.Fatalf("there are %d fonts", len(fonts))
	}
	if f := fonts[0]; f.Bold || string(f.Body) != "text" || f.File != look.Asset("text.woff2") || f.Style != "base.css" || !f.Offers('ệ') {
		t.Errorf("the text's font: %+v", f)
	}
	if f := fonts[1]; !f.Bold || string(f.Body) != "another" {
		t.Errorf("the headings' font: %+v", f)
	}
	for sign, want := range map[rune]bool{0xb7: true, 0x2018: true, 0x2019: true, 0x201a: false, 'a': false} {
		if fonts[2].Offers(sign) != want {
			t.Errorf("%q is offered: %v", sign, !want)
		}
	}
}
