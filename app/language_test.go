package app_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
)

// inAnyLanguage are the questions whether somebody may do something in whichever
// language, though it asks for one: the first part of a menu or a form, why
// somebody is refused, or what an outlet's people see.
var inAnyLanguage = []string{
	"newsroom/placement.go: May(rule.action, p.Agency)", "newsroom/write.go: May(rule.action, a.row.AgencyID)", // why they are refused
	"newsroom/save.go: May(account.Create, start.Agency)", "newsroom/view.go: May(account.Create, id)", "web/desk/editions.go: May(account.Create, a.Value)",
	"newsroom/sight.go: May(account.WordPlacement, agency)",             // sees the offer
	"web/desk/library_entry.go: May(account.DescribeMedia, m.AgencyID)", // of which each language asks for itself
	"web/newsroomapi/workflow.go: May(account.Submit, in.Agency)",       // workflows are of no language
}

// TestWhatAsksForALanguageIsAskedWithOne: the newsroom and its pages ask MayIn or
// PostIn of what is done to the text of a language, and nothing else.
func TestWhatAsksForALanguageIsAskedWithOne(t *testing.T) {
	policy, err := os.ReadFile("account/policy.go")
	if err != nil {
		t.Fatal(err)
	}
	asks := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\t(\w+) +Action = "([^"]+)"`).FindAllStringSubmatch(string(policy), -1) {
		asks["account."+m[1]] = account.AsksLanguage(account.Action(m[2]))
	}
	call := regexp.MustCompile(`\.((?:May|PostFor)\(([^,()]+), [^)]*\))`)
	met := map[string]bool{}
	for _, room := range []string{"newsroom", "web"} {
		err := fs.WalkDir(os.DirFS("."), room, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, m := range call.FindAllStringSubmatch(string(text), -1) {
				question, action := path+": "+m[1], m[2]
				language, named := asks[action]
				if met[question] = true; (language || !named) && !slices.Contains(inAnyLanguage, question) {
					t.Errorf("%s: in which language?", question)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, question := range inAnyLanguage {
		if !met[question] {
			t.Errorf("%s is not asked any more", question)
		}
	}
	if len(asks) < 40 {
		t.Errorf("%d actions were read", len(asks))
	}
}
