package figure

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// labelled is a sentence and its translation that a person calls right or wrong.
type labelled struct {
	FromLang string `json:"from_lang"`
	ToLang   string `json:"to_lang"`
	From     string
	To       string
	Label    string
	Error    string
	Source   string
	Split    string
}

func labelledPairs(t *testing.T) []labelled {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "pairs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var pairs []labelled
	for s := bufio.NewScanner(file); s.Scan(); {
		var p labelled
		if err := json.Unmarshal(s.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// score counts what the guard said of pairs.
type score struct{ caught, missed, alarms, right int }

func (s *score) count(bad, told bool) {
	switch {
	case bad && told:
		s.caught++
	case bad:
		s.missed++
	case told:
		s.alarms++
	default:
		s.right++
	}
}

func (s score) recall() float64    { return float64(s.caught) / float64(max(s.caught+s.missed, 1)) }
func (s score) precision() float64 { return float64(s.caught) / float64(max(s.caught+s.alarms, 1)) }

// TestTheGuardIsRightAboutRealTranslations: of testdata/pairs.jsonl, which
// NOTICE.md explains, one half was there to develop with; the other judges.
func TestTheGuardIsRightAboutRealTranslations(t *testing.T) {
	const recall, precision = 0.98, 0.95
	for _, split := range []string{"develop", "held"} {
		t.Run(split, func(t *testing.T) {
			var all score
			sorts, languages := map[string]*score{}, map[string]*score{}
			for _, p := range labelledPairs(t) {
				if p.Split != split {
					continue
				}
				found := Compare(p.FromLang, p.From, p.ToLang, p.To)
				bad, told := p.Label == "bad", len(found) > 0
				all.count(bad, told)
				of(sorts, p.Error).count(bad, told)
				of(languages, p.FromLang+"–"+p.ToLang).count(bad, told)
				if bad != told && split == "develop" {
					t.Logf("%s %s %s\n  %s: %s\n  %s: %s\n  %s", p.Label, p.Error, p.Source, p.FromLang, p.From, p.ToLang, p.To, faults(found))
				}
			}
			t.Logf("%d pairs: recall %.3f, precision %.3f", all.caught+all.missed+all.alarms+all.right, all.recall(), all.precision())
			tell(t, sorts)
			tell(t, languages)
			if all.recall() < recall || all.precision() < precision {
				t.Errorf("less than recall %.2f at precision %.2f", recall, precision)
			}
		})
	}
}

func of(scores map[string]*score, name string) *score {
	if scores[name] == nil {
		scores[name] = &score{}
	}
	return scores[name]
}

func tell(t *testing.T, scores map[string]*score) {
	t.Helper()
	var names []string
	for name := range scores {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		s := scores[name]
		t.Logf("%-16s caught %d, missed %d; false alarms %d, rightly silent %d", name, s.caught, s.missed, s.alarms, s.right)
	}
}
