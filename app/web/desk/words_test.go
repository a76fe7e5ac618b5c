package desk_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/letter"
	"doingoai/app/locale"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/app/parallel"
	"doingoai/app/place"
	"doingoai/app/term"
	"doingoai/app/wording"
	"doingoai/locales"
	"doingoai/themes"

	dom "golang.org/x/net/html"
)

// The words of the desk, and the program that says them, checked against each
// other: no page may show a key for want of words, and no sentence is kept
// that nobody can meet.

// keyForm is what a whole key looks like in the program.
var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[a-z0-9_]+)+$`)

// builtKeys are the keys that the program puts together, by what it puts
// together: none of them stands anywhere as it is.
func builtKeys(t *testing.T) []string {
	t.Helper()
	var keys []string
	add := func(prefix, suffix string, names ...string) {
		for _, name := range names {
			keys = append(keys, prefix+name+suffix)
		}
	}
	states := texts(newsroom.States)
	verbs := []string{
		"submit", "take", "return", "pass", "approve", "reject", "urgent", "confirm", "block", "unblock", "clear", "schedule", "unschedule", "publish", "correct", "withdraw", "archive", "embargo", "expiry",
	}
	add("state.", "", states...)
	add("error.verb.state.", "", states...)
	add("error.save.", "", "submitted", "rejected", "archived") // states in which nobody saves
	add("verb.", "", verbs...)
	add("verb.save_and_", "", "submit")
	add("reason.", "", "return", "reject", "correct", "withdraw", "urgent", "block", "unblock", "clear")
	add("waiting.", "", "returned", "submit", "approve", "publish", "schedule", "take", "pass", "confirm", "clear", "withdraw")
	add("audit.edition.", "", append([]string{"create", "save"}, verbs...)...)
	add("audit.", "", recordedVerbs(t)...)
	add("role.", "", texts(account.Roles)...)
	add("field.", "", formFields(t)...)
	add("flash.", "", verbs...)
	add("refused.", "", verbs...)
	add("refused.saved_", "", "submit", "pass")
	add("workflow.kind.", "", "editing", "desk_review", "approval")
	add("flash.", "", "added", "audit_checked", "merged", "moved", "outlet_saved", "places_imported", "section_closed", "section_reopened")
	for _, part := range []string{"agencies", "outlets", "places", "sections"} {
		add("site.", "", part, part+"_lead")
	}
	add("agencies.", "", "merged_into", "merged_into_here", "split_from", "split_from_here")
	add("places.", "", "merged_into", "merged_into_here", "split_from", "split_from_here", "renamed", "upgraded", "part_of")
	add("place.", "", place.Kinds...)
	add("place_kind.", "", place.Kinds...)
	add("theme.", "", "base", "broadcaster", "newspaper", "portal")
	add("people.state_", "", "active", "invited", "disabled")
	add("audit.number_", "", "comment", "editions", "entries", "late", "left", "media", "outlets", "people", "revision", "rounds", "terms", "version")
	add("audit.column_", "", "seq", "time", "who", "role", "agency", "address", "what", "verb", "about", "subject", "from", "to", "reason", "detail", "hash")
	add("audit.", "", "audit.export")
	add("audit_kind.", "", "absence", "agency", "audit", "edition", "factor", "identity", "letter", "media", "outlet", "person", "place", "role",
		"section", "service", "session", "term", "token", "workflow")
	add("flash.", "", "workflow_saved", "workflow_preferred", "workflow_retired", "preview_revoked")
	add("hint.", "", "embargo", "expiry")
	add("flash.", "", "media_added", "media_described", "media_licensed", "media_deleted", "media_restored", "media_retried", "picked")
	add("picker.", "", "for_lead", "for_body", "for_file")
	add("media.notice.", "", "expired", "expiring", "unspoken")
	add("media.", "", "alt", "caption", "description")
	add("media.kind.", "", texts(media.Kinds)...)
	add("media.credit.", "", texts(media.Kinds)...)
	add("licence.", "", append(texts(media.Licences), "none")...)
	add("audit.shared_", "", "yes", "no")
	add("term.locked_", "", "true", "false")
	add("flash.", "", "terms_saved", "terms_imported")
	add("terms.", "", texts(term.Standings)...)
	add("terms.", "_short", "allowed", "forbidden")
	add("terms.outcome_", "", texts(term.Outcomes)...)
	add("change.kind.", "", "minor", "major", "correction")
	add("audit.edition.", "", "expire", "plan", "clock", "clock_stop")
	for _, k := range kind.All() {
		add("kind.", "", string(k))
		for _, f := range k.Facts() {
			add("field.fact.", "", f.Key)
			add("fact."+f.Key+".", "", f.Choices...)
		}
	}
	for _, in := range kind.Checked {
		add("error.fact.", "", string(in))
	}
	add("hindrance.", "", texts(newsroom.Hindrances)...)
	add("notice.hindered.", "", texts(newsroom.Hindrances)...)
	add("notice.hindered_early.", "", texts([]newsroom.Hindrance{newsroom.ByComments, newsroom.ByApproval, newsroom.ByLag})...)
	for _, need := range newsroom.Needs {
		if need != newsroom.NeedBegun {
			add("set.met.", "", string(need))
		}
		if need != newsroom.NeedTime {
			add("set.lacks.", "", string(need))
		}
	}
	add("set.lacks.", "", "news")
	add("set.noted.", "", texts([]newsroom.Need{newsroom.NeedAbreast, newsroom.NeedClear, newsroom.NeedRight, newsroom.NeedSound, newsroom.NeedTime})...)
	add("flash.set_", "", "bind", "dissolve", "publish", "schedule", "unschedule")
	add("audit.edition.", "", string(newsroom.Hinder), string(newsroom.Bind), string(newsroom.Unbind), string(newsroom.NewFacts), "as_read")
	add("edition.to_", "", "decision", "sending")
	add("clock.", "", "confirm", "hinder", "recheck", "state_ok", "state_soon", "state_overdue")
	add("flash.", "", "search_saved", "search_forgotten", "rescheduled", "planned", "clock_started", "clock_stopped", "targets")
	for i := range 12 {
		add("month.", "", fmt.Sprintf("%02d", i+1))
	}
	add("weekday.", "", "1", "2", "3", "4", "5", "6", "7")
	add("audit.preview.", "", "share", "revoke", "open")
	add("revision.", "", "since_approved", "since_live", "since_saved")
	add("flash.", "", "restored")
	add("audit.comment.", "", "add", "mend", "delete", "resolve", "reopen")
	add("urgent.", "", "waiting", "overdue")
	add("labels.", "", "tags", "authors", "agencies", "places", "add_tags", "add_authors")
	add("flash.", "", "label_closed", "label_reopened")
	add("audit_kind.", "", "label")
	add("format.", "", newsroom.Formats...)
	add("info_kind.", "", newsroom.InfoKinds...)
	add("origin.", "", newsroom.Origins...)
	add("field.", "", "tags", "authors", "agencies", "places")
	add("field.ai_", "", newsroom.AIUses...)
	add("marks.", "", "stamp", "coordinates", "units")
	add("checklist.", "", "yes", "na")
	add("next.", "", "draft", "submitted", "editing", "returned", "desk_review", "approval", "approved", "scheduled", "rejected", "archived")
	add("saving.", "", "approval", "approved", "scheduled")
	add("language.", "", newsroom.Languages...)
	add("notice.moved.", "", "return", "reject", "approve", "publish", "urgent", "correct", "withdraw", "expire", "block", "unblock", "reopen")
	add("notice.waiting.", "", "withdraw", "confirm", "clear", "submit", "approve", "publish", "schedule", "pass", "take", "carry", "recheck", "source_gone", "catch_up", "vacant", "vacant_at")
	add("notice.security.", "", "factor.app_add", "factor.app_remove", "factor.code_use", "factor.codes_renew", "factor.forget", "factor.passkey_add",
		"factor.passkey_remove", "role.grant.admin", "role.grant.auditor", "role.grant.desk_head", "role.grant.editor_in_chief",
		"role.grant.managing_editor", "role.grant.security_reviewer", "identity.link", "identity.unlink", "person.password", "person.reset", "token.add")
	add("notices.sort.", "", texts(notice.Sorts)...)
	add("notices.about.", "", texts(notice.Sorts)...)
	add("notices.way.", "", "mail", "digest", "desk", "off")
	add("mail.why.", "", texts(notice.Sorts)...)
	add("mail.encryption.", "", "starttls", "tls", "none")
	add("mail.work.", "", "mail", "notice", "leave")
	add("audit_kind.", "", "outbox")
	add("audit.", "", "outbox.retry")
	add("flash.", "", "notices_read", "notice_ways", "mail_sent", "delivery_retried")
	add("flash.", "", "notices_read")
	add("flash.place_", "", texts(newsroom.PlaceVerbs())...)
	add("placement.", "", texts(newsroom.PlaceVerbs())...)
	add("audit.placement.", "", append(texts(newsroom.PlaceVerbs()), "live", "reopen")...)
	for _, placing := range newsroom.Placings {
		add("placements.", "", string(placing))
		add("error.placement.state.", "", string(placing))
	}
	add("placements.check_", "", string(newsroom.Correction), string(newsroom.MajorChange))
	add("placements.reason_", "", string(newsroom.DeclineIt), string(newsroom.DropIt))
	add("side.what_", "", string(parallel.Stale), string(parallel.New), string(parallel.Gone), string(parallel.Unsure))
	add("side.matter_", "", string(parallel.Figure), string(parallel.Date), string(parallel.Document), string(parallel.Name), string(parallel.Negation))
	add("waiting.", "", "carry", "recheck", "hinder", "source_gone", "catch_up")
	add("audit.edition.", "", string(newsroom.CatchUp), string(newsroom.StillRight), "explain", "unexplain")
	add("finding.figure.", "", "missing", "extra", "changed", "scale", "unit", "written", "unsaid")
	add("finding.term.", "", "missing", "forbidden")
	add("flash.", "", "explained", "unexplained")
	add("audit.reply.", "", "refuse", "end")
	add("as_read.op_", "", "put", "withdraw")
	add("audit.letter.", "", "answer")
	add("flash.", "", "letter_answered", "translation")
	add("letters.kind.", "", letter.ErrorReport, letter.Contact, letter.Rating)
	add("letters.topic.", "", letter.Topics...)
	add("flash.reply_", "", "save", "drop", "refuse", "end")
	add("replies.ruling_", "", string(newsroom.ReplyRefused), string(newsroom.ExchangeEnded))
	add("field.", "", "replies")
	add("flash.", "", "still_right")
	add("names.kind_", "", string(wording.Section), string(wording.Agency), string(wording.Outlet), string(wording.Media))
	add("coverage.track_", "", append(texts(newsroom.Tracks), "gaps", "all")...)
	add("coverage.why_", "", texts(newsroom.Whys)...)
	add("scope.", "", texts(account.AllScopes)...)
	add("audit.absence.", "", "add", "end")
	add("flash.", "", "saved", "saved_approved", "saved_scheduled", "saved_live", "created", "discarded", "password", "revoked", "granted", "ended", "disabled", "enabled", "renamed", "closed", "signed_out", "ready", "absence", "app", "app_removed", "back", "codes", "forgotten", "passkey", "passkey_removed", "service", "token_revoked", "unlinked")
	add("error.", ".body", texts([]fault.Kind{
		fault.Malformed, fault.SignedOut, fault.Forbidden, fault.NotFound, fault.Conflict, fault.NotPossible, fault.TooLarge, fault.TooMany,
		fault.Unavailable, fault.Internal, fault.Invalid, fault.Gone,
	})...)
	return keys
}

func texts[S ~string](list []S) []string {
	var out []string
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

func TestEveryWordTheDeskSaysExists(t *testing.T) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	said := slices.Concat(builtKeys(t), spokenKeys(t), templateKeys(t))
	if len(said) < 300 {
		t.Fatalf("only %d keys were found: the search is broken", len(said))
	}
	for _, lang := range []string{"vi", "en"} {
		own := append(words.Keys("desk", lang), words.Keys("public", lang)...)
		for _, key := range said {
			if !slices.Contains(own, key) {
				t.Errorf("%s lacks %q", lang, key)
			}
		}
	}
}

func TestNoWordOfTheDeskIsUnused(t *testing.T) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, key := range slices.Concat(builtKeys(t), templateKeys(t)) {
		used[key] = true
	}
	eachLiteral(t, func(file string, _ ast.Node, text string) { used[text] = true })
	for _, key := range words.Keys("desk", "vi") {
		if !used[key] {
			t.Errorf("nobody says %q", key)
		}
	}
}

// A page's words come from the locales, so that it speaks every language.
func TestNoPageOfTheDeskHasWordsOfItsOwn(t *testing.T) {
	eachTemplate(t, func(file string, tree *parse.Tree) {
		var markup strings.Builder
		gather(tree.Root, &markup)
		words := func(where, s string) {
			if strings.ContainsFunc(s, unicode.IsLetter) && !sameEverywhere.MatchString(strings.TrimSpace(s)) {
				t.Errorf("%s: %s says %q by itself", file, where, strings.TrimSpace(s))
			}
		}
		for z := dom.NewTokenizer(strings.NewReader(markup.String())); z.Next() != dom.ErrorToken; {
			switch tok := z.Token(); tok.Type {
			case dom.TextToken:
				words("the text", tok.Data)
			case dom.StartTagToken, dom.SelfClosingTagToken:
				for _, a := range tok.Attr {
					if slices.Contains([]string{"alt", "title", "placeholder", "aria-label", "aria-description"}, a.Key) {
						words(a.Key, a.Val)
					}
				}
			}
		}
	})
}

// sameEverywhere are words that are the same in every language: the names of
// keys, of Markdown, and the beginning of a web address.
var sameEverywhere = regexp.MustCompile(`^((Ctrl|Alt|Shift)\+)+([A-Z0-9↑↓]|Enter|F10)$|^Markdown$|^https://$`)

// gather writes what a template writes by itself, of every branch.
func gather(n parse.Node, into *strings.Builder) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, each := range n.Nodes {
				gather(each, into)
			}
		}
	case *parse.TextNode:
		into.Write(n.Text)
	case *parse.IfNode:
		gather(n.List, into)
		gather(n.ElseList, into)
	case *parse.RangeNode:
		gather(n.List, into)
		gather(n.ElseList, into)
	case *parse.WithNode:
		gather(n.List, into)
		gather(n.ElseList, into)
	}
}

// eachTemplate hands over every template of the desk's theme, parsed.
func eachTemplate(t *testing.T, f func(file string, tree *parse.Tree)) {
	t.Helper()
	found := 0
	err := fs.WalkDir(themes.FS, "desk", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".html" {
			return err
		}
		found++
		text, err := fs.ReadFile(themes.FS, file)
		if err != nil {
			return err
		}
		tree := parse.New(file)
		tree.Mode = parse.SkipFuncCheck
		set := map[string]*parse.Tree{}
		if _, err := tree.Parse(string(text), "", "", set); err != nil {
			return err
		}
		for _, each := range set {
			f(file, each)
		}
		return nil
	})
	if err != nil || found < 15 {
		t.Fatalf("%d templates: %v", found, err)
	}
}

// saidInTemplate finds whole keys; those in parentheses are put together.
var saidInTemplate = regexp.MustCompile(`\.T "([^"]+)"`)

func templateKeys(t *testing.T) []string {
	t.Helper()
	var keys []string
	eachTemplate(t, func(_ string, tree *parse.Tree) {
		for _, found := range saidInTemplate.FindAllStringSubmatch(tree.Root.String(), -1) {
			keys = append(keys, found[1])
		}
	})
	return keys
}

// speakers are the functions whose text argument is a key.
var speakers = map[string]bool{"T": true, "Say": true, "Refuse": true, "New": true, "page": true}

// spokenKeys are the keys that Go code says as they are, wherever the desk
// may pass them on.
func spokenKeys(t *testing.T) []string {
	t.Helper()
	var keys []string
	eachLiteral(t, func(file string, parent ast.Node, text string) {
		if call, ok := parent.(*ast.CallExpr); ok && speakers[nameOf(call.Fun)] && keyForm.MatchString(text) && !strings.HasPrefix(file, "app/web/public/") {
			keys = append(keys, text)
		}
	})
	return keys
}

// recorders are the rooms that write the audit trail under verbs of their own.
var recorders = []string{"app/account/", "app/agency/", "app/section/", "app/label/", "app/outlet/", "app/place/", "app/term/", "app/audit/", "app/media/", "app/letter/", "app/notice/ways.go", "app/newsroom/workflow_manage.go", "app/newsroom/clock_target.go"}

var verbForm = regexp.MustCompile(`^(person|role|session|factor|identity|token|service|agency|section|label|outlet|media|letter|workflow|place|term|audit)\.[a-z_]+$`)

// recordedVerbs are what stands in the audit trail besides editions' verbs.
func recordedVerbs(t *testing.T) []string {
	t.Helper()
	var verbs []string
	eachLiteral(t, func(file string, _ ast.Node, text string) {
		room := slices.ContainsFunc(recorders, func(r string) bool { return strings.HasPrefix(file, r) })
		if room && verbForm.MatchString(text) && file != "app/account/policy.go" && file != "app/account/scope.go" && text != letter.Answered && !slices.Contains(verbs, text) {
			verbs = append(verbs, text)
		}
	})
	if len(verbs) < 15 {
		t.Fatalf("only the verbs %q were found: the search is broken", verbs)
	}
	return verbs
}

// silent are fields of the desk's forms that no message is ever about.
var silent = []string{"text", "markdown", "format", "key", "through", "seq", "handler", "forward", "base", "hash", "verb", "next", "lead_remove", "take", "source", "stamp", "id", "page", "writing",
	"prefix", "suffix", "thread", "revision", // of comments
	"proof_next", "proof_token", "proof_answer", "proof_code", "token", "resend",
	"back", "pick", "query",
	"form", "exchange", "number",
	"cells",
	"part", "seen", "only"} // of names that are still right

// formFields are the fields that the desk's forms read and may refuse.
func formFields(t *testing.T) []string {
	t.Helper()
	fields := []string{"name_vi", "name_en", "name_km", "name_zh", "name_ko", "name_ja", "lead_media", "names", "steps", "urgent_roles"}
	readers := []string{"Text", "List", "LocalTime", "LocalDate", "File"}
	eachLiteral(t, func(file string, parent ast.Node, text string) {
		call, ok := parent.(*ast.CallExpr)
		if ok && strings.HasPrefix(file, "app/web/desk/") && slices.Contains(readers, nameOf(call.Fun)) &&
			!slices.Contains(silent, text) && !strings.HasSuffix(text, "_") && !slices.Contains(fields, text) {
			fields = append(fields, text)
		}
	})
	return append(fields, "old", "new", "password")
}

func nameOf(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// eachLiteral hands over every text in the program's Go files, without tests,
// with what it stands in; files are named from the module's folder.
func eachLiteral(t *testing.T, f func(file string, parent ast.Node, text string)) {
	t.Helper()
	root := apptest.Root()
	err := filepath.WalkDir(filepath.Join(root, "app"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		var stack []ast.Node
		ast.Inspect(parsed, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil {
					f(filepath.ToSlash(name), stack[len(stack)-1], text)
				}
			}
			stack = append(stack, n)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
