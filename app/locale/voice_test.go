package locale

import (
	"strings"
	"testing"
)

func TestAVoiceIsHeardKeyByKey(t *testing.T) {
	house := map[string]string{
		"public.vi.toml": "\"a\" = \"nhà\"\n\"b\" = \"có {{.Name}}\"\n", "public.en.toml": "\"a\" = \"house\"\n\"b\" = \"has {{.Name}}\"\n", "desk.vi.toml": "",
		"paper/public.vi.toml": "\"a\" = \"báo\"\n",
	}
	c := mustLoad(t, house)
	for _, want := range []struct{ voice, lang, said string }{
		{"", "vi", "nhà có X"}, {"none", "vi", "nhà có X"}, {"paper", "vi", "báo có X"}, {"paper", "en", "house has X"},
	} {
		p := c.As(want.voice).Printer("public", want.lang)
		if got := p.T("a") + " " + p.T("b", "Name", "X"); got != want.said {
			t.Errorf("%q says in %s %q, not %q", want.voice, want.lang, got, want.said)
		}
	}
	for file, text := range map[string]string{
		"paper/public.vi.toml": "\"lost\" = \"x\"", "paper/public.en.toml": "\"b\" = \"has {{.Other}}\"", "paper/public.fr.toml": "\"a\" = \"x\"", "paper/words.toml": "\"a\" = \"x\"",
	} {
		wrong := map[string]string{file: text}
		for name, body := range house {
			if wrong[name] == "" {
				wrong[name] = body
			}
		}
		if _, err := load(t, wrong); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s holding %s: %v", file, text, err)
		}
	}
}
