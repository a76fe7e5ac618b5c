package desk

import "strings"

// browsers and systems are looked for in this order in what a browser says of
// itself, since most of them also claim to be the later ones.
var (
	browsers = []mark{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"coc_coc_browser", "Cốc Cốc"}, {"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	systems  = []mark{{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"}}
)

// Device names a browser and its system as people call them.
func (accountPage) Device(agent string) string { return deviceOf(agent) }

// deviceOf names a browser and its system, or says what the browser says of
// itself when neither is known.
func deviceOf(agent string) string {
	return nonEmpty(joined(", ", first(browsers, agent), first(systems, agent)), agent)
}

// mark is a part of a browser's description and what it stands for.
type mark struct{ part, name string }

func first(marks []mark, agent string) string {
	for _, m := range marks {
		if strings.Contains(agent, m.part) {
			return m.name
		}
	}
	return ""
}
