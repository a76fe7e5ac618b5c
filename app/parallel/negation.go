package parallel

import "strings"

// negations are the words of a language that turn or restrict what is said.
type negations struct {
	unspaced bool     // words stand without a space between
	words    []string // the longer before those that they contain
	not      []string // what contains one and is none
}

var negationsOf = map[string]negations{
	"vi": {
		words: []string{"ngoại trừ", "loại trừ", "không", "chưa", "chẳng", "chớ", "đừng", "cấm", "trừ", "vô hiệu"},
		not: []string{"không gian", "không khí", "không quân", "không trung", "không lưu", "không vận", "không ảnh", "không phận",
			"hàng không", "phòng không", "trên không", "số không", "không những", "không chỉ", "khấu trừ", "trừ sâu", "diệt trừ",
			"bài trừ", "giải trừ", "chưa kể"},
	},
	"en": {
		words: []string{"not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "without", "except", "excluding",
			"unless", "ban", "bans", "banned", "forbid", "forbids", "forbidden", "prohibit", "prohibits", "prohibited"},
		not: []string{"not only", "no doubt"},
	},
	"zh": {
		unspaced: true,
		words:    []string{"除非", "除外", "禁止", "严禁", "嚴禁", "不", "没", "沒", "未", "无", "無", "勿", "非"},
		not: []string{"不断", "不斷", "不仅", "不僅", "不但", "不过", "不過", "不少", "不久", "不动产", "不動產", "不锈", "不論", "不论", "不管",
			"未来", "未來", "无线", "無線", "无锡", "无人机", "无论", "無論", "无数", "非常", "非洲", "南非"},
	},
	"ja": {
		unspaced: true,
		words:    []string{"禁止", "除き", "除く", "ません", "なかった", "ない", "せず", "れず", "ずに", "未", "不", "非"},
		not:      []string{"だけでなく", "未来", "不動産", "非常", "少なくない"},
	},
	"ko": {
		unspaced: true,
		words:    []string{"금지", "제외", "불가", "않", "없", "못", "아니", "아닌"},
		not:      []string{"뿐만 아니라", "뿐 아니라", "못지않"},
	},
	"km": {
		unspaced: true,
		words:    []string{"លើកលែង", "មិន", "គ្មាន", "កុំ", "ពុំ", "ហាម", "ឥត"},
		not:      []string{"មិនត្រឹមតែ"},
	},
}

// negationReasons tells which negations are said more or less often.
func negationReasons(was, is reading) []Reason {
	n, ok := negationsOf[was.lang]
	if !ok {
		return nil
	}
	before, after := n.count(was), n.count(is)
	var lost, found []string
	for _, w := range n.words {
		for range before[w] - after[w] {
			lost = append(lost, w)
		}
		for range after[w] - before[w] {
			found = append(found, w)
		}
	}
	return differences(Negation, lost, found)
}

// count says how often each word of negation stands in a text.
func (n negations) count(r reading) map[string]int {
	text := r.lower
	if n.unspaced {
		text = r.text
	} else if r.lang == "en" {
		text = contracted.Replace(text)
	}
	for _, phrase := range n.not {
		text = strings.ReplaceAll(text, n.pattern(phrase), "  ")
	}
	counts := map[string]int{}
	for _, w := range n.words {
		counts[w] = strings.Count(text, n.pattern(w))
		if counts[w] > 0 {
			text = strings.ReplaceAll(text, n.pattern(w), "  ")
		}
	}
	return counts
}

// pattern is how a phrase stands in what is counted.
func (n negations) pattern(phrase string) string {
	if n.unspaced {
		return phrase
	}
	return " " + strings.ReplaceAll(phrase, " ", "  ") + " "
}

// contracted takes apart what English writes together: don't, cannot.
var contracted = strings.NewReplacer("n  t ", "  not ", " cannot ", " not ")
