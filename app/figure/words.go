package figure

import (
	"strings"
	"sync"
)

// words is what one language says about figures. Lists are lines of a code
// and the words for it.
type words struct {
	lang   string
	scales string // powers of ten
	spells string // values in words
	units  string // ISO 4217, %, or the sign of a quantity
	months string
	year   string // words before (Latin, Khmer) or after a year
	clock  string // am, pm, noon, night of a word beside an hour
	papers string // words before the number of a document
	ranges string // words between the two ends of a range
	clause string // words before the number of an article, which is no number
}

// anywhere are the signs that all languages use.
var anywhere = words{
	scales: `
6: mn|mln|mio
9: bn|bln
12: tn|trn
`,
	units: `
%: %|％
pp: pp|%p
USD: usd|us$|us dollars|us dollar
EUR: eur|€|euro|euros
VND: vnd|vnđ|đ|₫
CNY: cny|rmb|cn¥
JPY: jpy
KRW: krw|₩
GBP: gbp|£
KHR: khr|៛
THB: thb|฿
LAK: lak
SGD: sgd|s$
AUD: aud|a$
CAD: cad|c$
HKD: hkd|hk$
NZD: nzd|nz$
TWD: twd|nt$
CHF: chf
INR: inr|₹
RUB: rub
MYR: myr
IDR: idr
PHP: php
ha: ha
m2: m2|m²|㎡|sqm|sq m|sq. m
km2: km2|km²|㎢|sq km|sq. km
cm2: cm2|cm²
m3: m3|m³|㎥
km: km|㎞
m: m
cm: cm|㎝
mm: mm|㎜
kg: kg|㎏
g: g
mg: mg
t: t
l: l
ml: ml
km/h: km/h|kph|kmh|km/giờ
mi/h: mph|dặm/giờ
mi: mi
ft: ft
lb: lb|lbs
W: w
kW: kw
MW: mw
GW: gw
kWh: kwh
MWh: mwh
GWh: gwh
TWh: twh
kWp: kwp
MWp: mwp
MVA: mva
kVA: kva
V: v
kV: kv
°C: °c|℃|độ c|degrees celsius|degrees c
°F: °f|℉|độ f|degrees fahrenheit
°: °
TEU: teu|teus
GB: gb
MB: mb
TB: tb
`,
	ranges: "range: -|–|—|~|〜|～|/",
	clause: "clause: §",
}

// inSigns tells the languages that write dates and hours in signs: 5月15日.
func (w words) inSigns() bool { return w.lang == "zh" || w.lang == "ja" || w.lang == "ko" }

// tongue is words made ready for looking up.
type tongue struct {
	words
	lexicons
}

type lexicons struct {
	scale, spell, unit, month, yearWord, daypart, paper, between, article lexicon
}

func newTongue(w words) *tongue {
	return &tongue{w, lexicons{
		scale: newLexicon(w.scales, anywhere.scales), spell: newLexicon(w.spells),
		unit: newLexicon(w.units, anywhere.units), month: newLexicon(w.months), yearWord: newLexicon(w.year),
		daypart: newLexicon(w.clock), paper: newLexicon(w.papers),
		between: newLexicon(w.ranges, anywhere.ranges), article: newLexicon(w.clause, anywhere.clause),
	}}
}

var tongues = sync.OnceValue(func() map[string]*tongue {
	all := map[string]*tongue{}
	for _, w := range []words{vietnamese, english, chinese, japanese, korean, khmer} {
		all[w.lang] = newTongue(w)
	}
	return all
})

// tongueOf answers the words of a language, "zh" for "zh-Hant" too.
func tongueOf(lang string) *tongue {
	primary, _, _ := strings.Cut(lang, "-")
	if t := tongues()[primary]; t != nil {
		return t
	}
	return tongues()["en"]
}
