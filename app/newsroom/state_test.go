package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
)

// workflow is the table of domain §2 and §3 for the standard chain, written out
// by hand: which verb leads from where to where, who may ask for it of a text
// that a contributor wrote, and whether a reason is given. "any" means every state, "=" that the state stays, and a state with
// "!" that readers must have the article, with "-" that they must not.
const workflow = `
submit        | draft returned                          | submitted   | contributor editor                                                      |
take          | submitted                               | editing     | editor reviser                                                          |
take          | editing                                 | =           | editor reviser                                                          |
return        | submitted editing desk_review approval  | returned    | editor reviser desk_head managing_editor editor_in_chief security_reviewer | reason
pass          | submitted                               | desk_review | desk_head managing_editor editor_in_chief                               | reason
pass          | editing                                 | desk_review | editor reviser desk_head managing_editor editor_in_chief                | reason
pass          | desk_review                             | approval    | managing_editor editor_in_chief                                         | reason
approve       | approval                                | approved    | editor_in_chief                                                         |
urgent        | submitted editing desk_review approval  | published   | managing_editor editor_in_chief                                         | reason
block         | draft submitted editing returned desk_review approval published corrected | = | security_reviewer                               | reason
block         | approved scheduled                      | approval    | security_reviewer                                                       | reason
reject        | submitted editing desk_review approval  | rejected    | desk_head managing_editor editor_in_chief                               | reason
schedule      | approved scheduled                      | scheduled   | managing_editor editor_in_chief                                         |
unschedule    | scheduled                               | approved    | managing_editor editor_in_chief                                         |
publish       | approved scheduled                      | published   | editor_in_chief                                                         |
correct       | approved!                               | corrected   | editor_in_chief                                                         | reason
withdraw      | published! corrected!                   | withdrawn   | editor_in_chief                                                         | reason
withdraw      | draft! submitted! editing! returned! desk_review! approval! rejected! | = | editor_in_chief                                        | reason
withdraw      | approved! scheduled!                    | approval    | editor_in_chief                                                         | reason
embargo       | draft submitted editing returned desk_review approval approved scheduled | = | contributor reporter editor translator desk_head managing_editor editor_in_chief spokesperson investment_officer |
expiry        | draft submitted editing returned desk_review approval approved scheduled published corrected | = | managing_editor editor_in_chief     |
archive       | withdrawn- rejected-                    | archived    | managing_editor editor_in_chief                                         |
`

// permits are the roles that the policy permits a verb, whatever the workflow
// says, where the table names fewer.
var permits = map[Verb]string{
	Submit:        "contributor reporter editor translator spokesperson investment_officer",
	Take:          "editor reviser desk_head managing_editor editor_in_chief",
	Pass:          "editor reviser desk_head managing_editor editor_in_chief security_reviewer spokesperson",
	Approve:       "desk_head editor_in_chief",
	PublishUrgent: "desk_head managing_editor editor_in_chief",
	Confirm:       "desk_head managing_editor editor_in_chief",
	Unblock:       "security_reviewer", Clear: "security_reviewer",
}

// keeping is the same for saving: in which state, by whom, and where it leads.
const keeping = `
draft returned                  | =        | contributor editor
published corrected withdrawn   | draft    | contributor editor
rejected!                       | draft    | contributor editor
editing desk_review approval    | =        | editor reviser desk_head managing_editor editor_in_chief
approved scheduled              | approval | editor reviser desk_head managing_editor editor_in_chief
`

// seers are the roles that see every edition of their agency; contributors
// see their own, the administrator none.
const seers = "reporter editor translator reviser desk_head managing_editor editor_in_chief security_reviewer " +
	"spokesperson investment_officer royalty_officer auditor"

// rule is one row of a table for one state and one answer to "do readers have it?".
type rule struct {
	to     State
	roles  []string
	reason bool
}

type cell struct {
	verb  Verb
	state State
	live  bool
}

func readTable(t *testing.T, text string, verbs bool) map[cell]rule {
	t.Helper()
	rules := map[cell]rule{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		verb := Verb("")
		if verbs {
			verb, cells = Verb(cells[0]), cells[1:]
		}
		for _, from := range strings.Fields(cells[0]) {
			state := State(strings.TrimRight(from, "!-"))
			r := rule{State(cells[1]), strings.Fields(cells[2]), verbs && cells[3] == "reason"}
			if r.to == "=" {
				r.to = state
			}
			for _, live := range []bool{false, true} {
				if strings.HasSuffix(from, "!") && !live || strings.HasSuffix(from, "-") && live {
					continue
				}
				rules[cell{verb, state, live}] = r
			}
		}
	}
	return rules
}

// situation is an edition in a state, with or without readers.
type situation struct {
	state State
	live  bool
	ref   Ref
}

// situations are all there can be: readers never have what is archived, and
// always have what is published or corrected.
func (w *world) situations(t *testing.T) []situation {
	t.Helper()
	var all []situation
	for _, s := range States {
		switch s {
		case Published, Corrected:
		case Withdrawn: // from both outlets
			ref := w.bring(t, w.contributor, Published)
			must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
			w.do(t, w.chief, ref, Withdraw)
			all = append(all, situation{s, false, ref})
		default:
			all = append(all, situation{s, false, w.bring(t, w.contributor, s)})
		}
		if s != Withdrawn && s != Archived {
			all = append(all, situation{s, true, w.bringLive(t, w.contributor, s)})
		}
	}
	for _, s := range all {
		if s.live {
			must(t, w.place(t, w.carrier, s.ref, w.outlets[1], CarryIt, PlaceAsk{}))
		}
	}
	for _, s := range all {
		if r := row(t, w.db, s.ref); State(r.State) != s.state || (Live(r.Live) == IsLive) != s.live {
			t.Fatalf("this should be %v: %+v", s, r)
		}
	}
	return all
}

var allVerbs = []Verb{
	Submit, Take, Return, Pass, Approve, Reject, PublishUrgent, Confirm, Block, Unblock, Clear, Schedule, Unschedule, Publish, Correct, Withdraw, Archive, SetEmbargo, SetExpiry,
}

// inRole is somebody who wrote nothing, except that a contributor is asked
// about what they wrote themselves.
func (w *world) inRole(role account.Role, agency string, stranger account.Actor) account.Actor {
	if role == account.Contributor && agency == portal {
		return w.contributor
	}
	stranger.Posts = []account.Post{{Agency: agency, Role: role}}
	return stranger
}

// sees says whether an edition exists for somebody. All in these tables is for
// both outlets: the chief of the other agency's sees what readers have or had. Of
// what is approved they see an offer, and not the edition (Newsroom.Offer).
func (s situation) sees(role account.Role, agency string) bool {
	if agency == paper {
		return role == account.Auditor || role == account.EditorInChief && (s.live || s.state == Withdrawn)
	}
	return role == account.Contributor || slices.Contains(strings.Fields(seers), string(role))
}

// outcome is what the table says: the kind of refusal, "" for none.
// verb is "" for saving.
func (s situation) outcome(verb Verb, r rule, possible bool, role account.Role, agency string, permitted func(account.Role) bool) fault.Kind {
	switch {
	case !s.sees(role, agency):
		return fault.NotFound
	case agency == paper && (verb != Withdraw || !s.live && s.state != Withdrawn) || !permitted(role):
		return fault.Forbidden
	case !possible:
		return fault.NotPossible
	case !slices.Contains(r.roles, string(role)):
		return fault.Forbidden
	}
	return ""
}

// posts are every role within the agency, and from another agency those who
// could do most there, see most, and manage all.
var posts = func() []account.Post {
	all := []account.Post{{Agency: paper, Role: account.EditorInChief}, {Agency: paper, Role: account.Auditor}, {Agency: paper, Role: account.SystemAdministrator}}
	for _, role := range account.Roles {
		all = append(all, account.Post{Agency: portal, Role: role})
	}
	return all
}()

// TestEveryStateVerbAndRoleIsAsTheDomainSays tries every verb in every
// situation in every post.
func TestEveryStateVerbAndRoleIsAsTheDomainSays(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		rules := readTable(t, workflow, true)
		stranger := w.person(t, "stranger")
		for _, s := range w.situations(t) {
			for _, verb := range allVerbs {
				r, possible := rules[cell{verb, s.state, s.live}]
				before, entries := row(t, w.db, s.ref), w.entries(t)
				ask := w.ask(t, s.ref, verb)
				for _, post := range posts {
					role, agency := post.Role, post.Agency
					err := w.Do(t.Context(), w.inRole(role, agency, stranger), s.ref, verb, ask)
					want := s.outcome(verb, r, possible, role, agency, func(role account.Role) bool { return verbRoles(rules, verb, role) })
					if fault.KindOf(err) != want {
						t.Errorf("%s in %s (live %t) as %s of %s: %v, want %q", verb, s.state, s.live, role, agency, err, want)
					}
					if err == nil {
						w.expectStep(t, before, verb, r, post)
						entries++
						restore(t, w.db, before)
					}
				}
				if after := row(t, w.db, s.ref); after != before {
					t.Errorf("%s in %s (live %t): a refusal changed the edition to %+v", verb, s.state, s.live, after)
				}
				if n := w.entries(t); n != entries {
					t.Errorf("%s in %s (live %t): %d audit entries instead of %d", verb, s.state, s.live, n, entries)
				}
			}
		}
	})
}

// verbRoles says whether the policy permits a role a verb: by the list of it,
// or because the table names the role in some state.
func verbRoles(rules map[cell]rule, verb Verb, role account.Role) bool {
	if slices.Contains(strings.Fields(permits[verb]), string(role)) {
		return true
	}
	for p, r := range rules {
		if p.verb == verb && slices.Contains(r.roles, string(role)) {
			return true
		}
	}
	return false
}

// expectStep looks at what a verb that was not refused has left behind.
func (w *world) expectStep(t *testing.T, before editionRow, verb Verb, r rule, post account.Post) {
	t.Helper()
	ref := before.ref()
	after, e := row(t, w.db, ref), w.newest(t, ref)
	what := fmt.Sprintf("%s from %s", verb, before.State)
	if State(after.State) != r.to {
		t.Errorf("%s leads to %s, want %s", what, after.State, r.to)
	}
	if e.Verb != "edition."+string(verb) || e.From != before.State || e.To != string(r.to) || e.Role != string(post.Role) ||
		e.AgencyID != post.Agency || e.Address == "" || e.ActorID == "" {
		t.Errorf("%s is recorded as %+v", what, e)
	}
	if (e.Reason != "") != r.reason {
		t.Errorf("%s: reason %q in the trail", what, e.Reason)
	}
	live := Live(after.Live)
	switch verb {
	case Publish, Correct, PublishUrgent:
		if live != IsLive || after.LiveRevision != before.Head || w.releaseOf(t, ref).Op != release.Put {
			t.Errorf("%s: readers have %+v", what, after)
		}
	case Withdraw:
		if live != WasLive || w.releaseOf(t, ref).Op != release.Withdraw {
			t.Errorf("%s: readers have %+v", what, after)
		}
	default:
		if after.Live != before.Live || after.LiveSeq != before.LiveSeq {
			t.Errorf("%s changed what readers have", what)
		}
	}
}

// TestSavingInEveryStateAndRoleIsAsTheDomainSays does the same for saving.
func TestSavingInEveryStateAndRoleIsAsTheDomainSays(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		rules := readTable(t, keeping, false)
		stranger := w.person(t, "stranger")
		for _, s := range w.situations(t) {
			r, possible := rules[cell{"", s.state, s.live}]
			for _, post := range posts {
				role, agency := post.Role, post.Agency
				before := row(t, w.db, s.ref)
				head := w.head(t, s.ref)
				typed := head.Content
				typed.Body += "\n\nThêm."
				_, err := w.Save(t.Context(), w.inRole(role, agency, stranger), s.ref, head.Number, typed)
				// Whether the state can be saved in is asked before the role.
				want := s.outcome("", r, possible, role, agency, func(account.Role) bool { return true })
				if !possible && s.sees(role, agency) {
					want = fault.NotPossible
				}
				if fault.KindOf(err) != want {
					t.Errorf("save in %s (live %t) as %s of %s: %v, want %q", s.state, s.live, role, agency, err, want)
				}
				after := row(t, w.db, s.ref)
				if err == nil {
					if State(after.State) != r.to || after.Head != before.Head+1 || after.PublishAt != 0 || after.Live != before.Live {
						t.Errorf("save in %s (live %t) left %+v", s.state, s.live, after)
					}
					w.forget(t, before)
				} else if after != before {
					t.Errorf("a refused save in %s changed the edition", s.state)
				}
			}
		}
	})
}

// forget takes the newest revision back, so that the situation is as before.
func (w *world) forget(t *testing.T, before editionRow) {
	t.Helper()
	restore(t, w.db, before)
	sql(t, w.db, "DELETE FROM revision WHERE "+byRef+" AND number > ?", before.ItemID, before.Lang, before.Head)
}

// What the page offers is what the verbs allow, no more and no less.
func TestSheetOffersExactlyWhatIsPossible(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		rules, saves := readTable(t, workflow, true), readTable(t, keeping, false)
		stranger := w.person(t, "stranger")
		for _, s := range w.situations(t) {
			for _, role := range account.Roles {
				sheet, err := w.Open(t.Context(), w.inRole(role, portal, stranger), s.ref)
				if !s.sees(role, portal) {
					expectKind(t, err, fault.NotFound)
					continue
				}
				must(t, err)
				var want []Verb
				for _, verb := range allVerbs {
					if r, ok := rules[cell{verb, s.state, s.live}]; ok && slices.Contains(r.roles, string(role)) {
						want = append(want, verb)
					}
				}
				if !slices.Equal(sheet.Verbs, want) {
					t.Errorf("%s (live %t) as %s offers %v, want %v", s.state, s.live, role, sheet.Verbs, want)
				}
				r, ok := saves[cell{"", s.state, s.live}]
				if may := ok && slices.Contains(r.roles, string(role)); sheet.MaySave != may {
					t.Errorf("%s (live %t) as %s: may save %t", s.state, s.live, role, sheet.MaySave)
				}
			}
		}
	})
}

func TestReasonIsRequiredAndKept(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for verb, state := range map[Verb]State{Return: Approval, Reject: Approval, Withdraw: Published, Correct: Approved} {
			ref := w.bringLive(t, w.reporter, state)
			before := row(t, w.db, ref)
			for name, reason := range map[string]string{
				"no reason": "", "white space": " \n\t ", "only control characters": "\x00\x1b", "a thousand and one": strings.Repeat("ề", MaxReason+1),
				"no text": "a\xff",
			} {
				ask := w.ask(t, ref, verb)
				ask.Reason = reason
				err := w.Do(t.Context(), w.chief, ref, verb, ask)
				expectKind(t, err, fault.Invalid)
				if at(t, err, "reason") == "" {
					t.Errorf("%s with %s: %v", verb, name, err)
				}
			}
			if row(t, w.db, ref) != before {
				t.Errorf("%s without a reason changed the edition", verb)
			}
			ask := w.ask(t, ref, verb)
			ask.Reason = "  Sai số liệu vo\u0302\u0301n đầu tư\x00 "
			must(t, w.Do(t.Context(), w.chief, ref, verb, ask))
			if got := w.newest(t, ref).Reason; got != "Sai số liệu vốn đầu tư" {
				t.Errorf("%s: %q is recorded", verb, got)
			}
		}
	})
}

func TestUnknownVerbAndUnknownEditionAreNotFound(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		expectKind(t, w.Do(t.Context(), w.chief, ref, "delete", Ask{}), fault.NotFound)
		for _, none := range []Ref{{}, {ref.Item, "en"}, {ref.Item, "xx"}, {"x", "vi"}, {"\x00", "vi"}, {"\xff", "vi"}, {strings.Repeat("x", 5000), "vi"}} {
			_, err := w.Open(t.Context(), w.chief, none)
			expectKind(t, err, fault.NotFound)
			_, err = w.Save(t.Context(), w.editor, none, 1, w.content("Tít"))
			expectKind(t, err, fault.NotFound)
			_, err = w.Revision(t.Context(), w.editor, none, 1)
			expectKind(t, err, fault.NotFound)
			for _, verb := range allVerbs {
				ask := Ask{Reason: "Lý do", Right: "Điều đúng", At: morning.AddDate(1, 0, 0)}
				expectKind(t, w.Do(t.Context(), w.chief, none, verb, ask), fault.NotFound)
			}
		}
	})
}
