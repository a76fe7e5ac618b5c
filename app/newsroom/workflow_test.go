package newsroom

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// three is a workflow of an agency's own: an optional confidentiality step
// between editing and approval, and a question in each.
func three() Workflow {
	ask := func(key string) []Question {
		return []Question{{Key: key, Texts: map[string]string{"vi": "Câu " + key, "en": "Question " + key}}}
	}
	name := func(vi, en string) map[string]string { return map[string]string{"vi": vi, "en": en} }
	return Workflow{
		Names: name("Ba bước", "Three steps"),
		Steps: []Step{
			{Key: "bien_tap", State: Editing, Names: name("Biên tập", "Editing"), Roles: []account.Role{account.Editor}, SkipBy: []account.Role{account.EditorInChief}, Questions: ask("nguon")},
			{Key: "bao_mat", State: DeskReview, Names: name("Bảo mật", "Confidentiality"), Roles: []account.Role{account.SecurityReviewer}, Optional: true, Questions: ask("mat")},
			{Key: "thu_ky", State: DeskReview, Names: name("Thư ký", "Managing editor"), Roles: []account.Role{account.ManagingEditor}, SkipBy: []account.Role{account.Editor, account.EditorInChief}},
			{Key: "duyet", State: Approval, Names: name("Duyệt", "Approval"), Roles: []account.Role{account.EditorInChief, account.DeskHead}, Questions: ask("cuoi")},
		},
		Urgent: Urgent{Roles: []account.Role{account.EditorInChief}, Hours: 3},
	}
}

// own gives the agency its own workflow and makes it the usual one.
func (w *world) own(t *testing.T, change func(*Workflow)) {
	t.Helper()
	flow := three()
	if change != nil {
		change(&flow)
	}
	base := 0
	list, err := w.Workflows(t.Context(), portal)
	must(t, err)
	if i := slices.IndexFunc(list, func(f *Workflow) bool { return f.Code == "rieng" }); i >= 0 {
		base = list[i].Version
	}
	must(t, w.SaveWorkflow(t.Context(), w.chief, portal, "rieng", base, flow))
	must(t, w.PreferWorkflow(t.Context(), w.chief, portal, "rieng"))
}

// to asks for a pass to a step.
func (w *world) to(t *testing.T, who account.Actor, ref Ref, step, reason string, answers map[string]Answer) error {
	t.Helper()
	return w.Do(t.Context(), who, ref, Pass, Ask{Hash: w.head(t, ref).Hash, To: step, Reason: reason, Answers: answers})
}

func TestATextGoesAlongItsAgencysOwnWorkflow(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.own(t, nil)
		ref := w.draft(t, w.reporter, "vi", "Theo quy trình riêng")
		w.do(t, w.reporter, ref, Submit)
		sheet, err := w.Open(t.Context(), w.editor, ref)
		must(t, err)
		if sheet.State != Submitted || sheet.Workflow.Code != "rieng" || sheet.Step != "bien_tap" {
			t.Fatalf("it was submitted to %+v at %q", sheet.Workflow, sheet.Step)
		}
		w.do(t, w.editor, ref, Take)
		sheet, err = w.Open(t.Context(), w.editor, ref)
		must(t, err)
		ways := ""
		for _, way := range sheet.Ways {
			ways += way.Key
			for _, s := range way.Skipped {
				ways += " without " + s.Key
			}
			ways += "; "
		}
		if want := "bao_mat; thu_ky; duyet without thu_ky; "; ways != want {
			t.Errorf("the editor may pass it to %q, want %q", ways, want)
		}
		// The optional step needs no reason to be passed over, the other does.
		err = w.to(t, w.editor, ref, "duyet", "", map[string]Answer{"bien_tap.nguon": Checked})
		if at(t, err, "reason") != "error.pass.reason" {
			t.Errorf("no reason was asked for: %v", err)
		}
		if err := w.to(t, w.editor, ref, "nowhere", "Lý do", nil); key(t, err) != "error.pass.to" {
			t.Errorf("a step that there is not: %v", err)
		}
		must(t, w.to(t, w.editor, ref, "duyet", "Thư ký nghỉ", map[string]Answer{"bien_tap.nguon": Checked}))
		if e := w.newest(t, ref); e.Reason != "Thư ký nghỉ" || e.Detail["skipped"] != "thu_ky" || e.Detail["step"] != "duyet" || e.Detail["checklist"] != "bien_tap.nguon=yes" {
			t.Errorf("recorded %+v", e)
		}
		must(t, w.Do(t.Context(), w.deskHead, ref, Approve, Ask{Hash: w.head(t, ref).Hash, Answers: map[string]Answer{"duyet.cuoi": DoesNotApply}}))
	})
}

// Whoever holds none of a step's roles does nothing there, although the policy
// permits the verb; the editor-in-chief passes over it, and says why.
func TestAStepIsItsRolesAlone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.own(t, nil)
		ref := w.draft(t, w.reporter, "vi", "Bước của ai")
		w.do(t, w.reporter, ref, Submit)
		reviser := w.both(t, "reviser", account.Reviser)
		if err := w.Do(t.Context(), reviser, ref, Take, w.ask(t, ref, Take)); key(t, err) != "error.verb.step" {
			t.Errorf("a reviser took it: %v", err)
		}
		if err := w.to(t, w.managing, ref, "", "Lý do", nil); key(t, err) != "error.verb.step" {
			t.Errorf("the managing editor passed over editing: %v", err)
		}
		if err := w.to(t, w.chief, ref, "thu_ky", "", nil); at(t, err, "reason") == "" {
			t.Errorf("the chief passed over editing without a reason: %v", err)
		}
		must(t, w.to(t, w.chief, ref, "thu_ky", "Gấp", nil))
		if e := w.newest(t, ref); e.Detail["skipped"] != "bien_tap" {
			t.Errorf("recorded %+v", e)
		}
	})
}

// A workflow may be changed at any time: what is on its way finishes on the
// version it was submitted under, and what comes later takes the new one.
func TestChangingAWorkflowStrandsNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.own(t, nil)
		old := w.draft(t, w.reporter, "vi", "Đang trên đường")
		w.do(t, w.reporter, old, Submit)
		w.do(t, w.editor, old, Take)
		w.own(t, func(f *Workflow) { f.Steps = f.Steps[3:] }) // only the approval is left
		fresh := w.draft(t, w.reporter, "vi", "Theo quy trình mới")
		w.do(t, w.reporter, fresh, Submit)
		if got := row(t, w.db, fresh); State(got.State) != Approval || got.Step != "duyet" {
			t.Errorf("submitted to a workflow without editing it is %s at %s", got.State, got.Step)
		}
		must(t, w.RetireWorkflow(t.Context(), w.chief, portal, "rieng"))
		must(t, w.to(t, w.editor, old, "thu_ky", "", map[string]Answer{"bien_tap.nguon": Checked}))
		w.do(t, w.managing, old, Pass)
		must(t, w.Do(t.Context(), w.chief, old, Approve, Ask{Hash: w.head(t, old).Hash, Answers: map[string]Answer{"duyet.cuoi": Checked}}))
		must(t, w.Do(t.Context(), w.chief, fresh, Approve, Ask{Hash: w.head(t, fresh).Hash, Answers: map[string]Answer{"duyet.cuoi": Checked}}))
		later := w.bring(t, w.reporter, Submitted)
		if got := row(t, w.db, later); got.WorkflowID != "chain" {
			t.Errorf("after the own one was retired texts go to %q", got.WorkflowID)
		}
	})
}

// The answers are about one exact text. Whoever changes it opens them again,
// those of earlier steps too, and the approver is asked what nobody has
// answered about it.
func TestAnswersAreAboutOneExactRevision(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approval)
		sheet, err := w.Open(t.Context(), w.chief, ref)
		must(t, err)
		var open []string
		for _, q := range sheet.Checklists[Approve] {
			if q.Answer == "" {
				open = append(open, q.ID())
			} else if q.By != w.managing.ID {
				t.Errorf("%s was answered by %q", q.ID(), q.By)
			}
		}
		if !slices.Equal(open, []string{"approval.secrets"}) {
			t.Errorf("open: %v", open)
		}
		secrets := map[string]Answer{"approval.secrets": Checked}
		w.save(t, w.editor, ref, func(c *Content) { c.Body += "\n\nThêm." })
		ask := Ask{Hash: w.head(t, ref).Hash, Answers: secrets}
		err = w.Do(t.Context(), w.chief, ref, Approve, ask)
		if at(t, err, "answer-desk.sources") != "error.checklist.open" || at(t, err, "answer-approval.secrets") != "" {
			t.Errorf("a changed text was approved on old answers: %v", err)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM answer WHERE hash = ?", ask.Hash); n != 0 {
			t.Errorf("a refusal left %d answers", n)
		}
		ask.Answers = allChecked
		must(t, w.Do(t.Context(), w.chief, ref, Approve, ask))
	})
}

func TestOnlyRealAnswersCount(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, DeskReview)
		for name, answer := range map[string]Answer{"none": "", "no": "no", "not applicable, where it always applies": DoesNotApply, "nonsense": "yes "} {
			err := w.to(t, w.managing, ref, "", "", map[string]Answer{"desk.sources": answer, "desk.figures": DoesNotApply, "desk.pictures": Checked, "other.secrets": Checked})
			if at(t, err, "answer-desk.sources") == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestABadWorkflowIsRefusedAtItsFields(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for field, spoil := range map[string]func(*Workflow){
			"names":             func(f *Workflow) { f.Names = map[string]string{"en": "Only English"} },
			"steps":             func(f *Workflow) { f.Steps = nil },
			"steps-0-key":       func(f *Workflow) { f.Steps[0].Key = "Biên tập" },
			"steps-1-key":       func(f *Workflow) { f.Steps[1].Key = f.Steps[0].Key },
			"steps-1-names":     func(f *Workflow) { f.Steps[1].Names = map[string]string{"vi": strings.Repeat("ề", maxName+1)} },
			"steps-1-state":     func(f *Workflow) { f.Steps[1].State = Editing },
			"steps-2-state":     func(f *Workflow) { f.Steps[2].State = Approval },
			"steps-3-state":     func(f *Workflow) { f.Steps[3].State = DeskReview },
			"steps-0-state":     func(f *Workflow) { f.Steps[0].State = Published },
			"steps-3-skip":      func(f *Workflow) { f.Steps[3].Optional = true },
			"steps-2-roles":     func(f *Workflow) { f.Steps[2].Roles = nil },
			"steps-3-roles":     func(f *Workflow) { f.Steps[3].Roles = []account.Role{account.Editor} },
			"steps-0-skip":      func(f *Workflow) { f.Steps[0].SkipBy = []account.Role{account.Reporter} },
			"steps-0-questions": func(f *Workflow) { f.Steps[0].Questions[0].Texts = nil },
			"urgent_roles":      func(f *Workflow) { f.Urgent.Roles = []account.Role{account.Editor} },
			"urgent_hours":      func(f *Workflow) { f.Urgent.Hours = 0 },
		} {
			flow := three()
			spoil(&flow)
			if err := w.SaveWorkflow(t.Context(), w.chief, portal, "rieng", 0, flow); at(t, err, field) == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		for code, want := range map[string]string{"": "code", "Riêng": "code", strings.Repeat("a", 40): "code"} {
			if err := w.SaveWorkflow(t.Context(), w.chief, portal, code, 0, three()); at(t, err, want) == "" {
				t.Errorf("code %q: %v", code, err)
			}
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM workflow"); n != 0 {
			t.Errorf("%d workflows were kept", n)
		}
	})
}

func TestWhoManagesWorkflows(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		there := w.person(t, "there", account.Post{Agency: paper, Role: account.EditorInChief})
		admin := w.person(t, "admin", account.Post{Agency: paper, Role: account.SystemAdministrator})
		for _, who := range []account.Actor{w.reporter, w.editor, w.managing, there} {
			expectKind(t, w.SaveWorkflow(t.Context(), who, portal, "rieng", 0, three()), fault.Forbidden)
			expectKind(t, w.PreferWorkflow(t.Context(), who, portal, "desk"), fault.Forbidden)
			expectKind(t, w.RetireWorkflow(t.Context(), who, portal, "desk"), fault.Forbidden)
		}
		expectKind(t, w.SaveWorkflow(t.Context(), admin, "no-agency", "rieng", 0, three()), fault.NotFound)
		must(t, w.SaveWorkflow(t.Context(), admin, portal, "rieng", 0, three()))
		// Two change it at once: the second is told.
		changed := three()
		changed.Urgent.Hours = 5
		must(t, w.SaveWorkflow(t.Context(), w.chief, portal, "rieng", 1, changed))
		expectKind(t, w.SaveWorkflow(t.Context(), admin, portal, "rieng", 1, three()), fault.Conflict)
		must(t, w.RetireWorkflow(t.Context(), admin, portal, "rieng"))
		must(t, w.RetireWorkflow(t.Context(), admin, portal, "desk"))
		if err := w.RetireWorkflow(t.Context(), admin, portal, "chain"); key(t, err) != "error.workflow.only" {
			t.Errorf("the last one: %v", err)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb LIKE 'workflow.%'"); n != 4 {
			t.Errorf("%d entries about workflows", n)
		}
	})
}

// A step whose people have all gone is noticed while texts stand there.
func TestVacantStepsAreKnown(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.bring(t, w.reporter, DeskReview)
		w.bring(t, w.reporter, DeskReview)
		w.bring(t, w.reporter, Submitted)
		hold := func(id string, role account.Role, until time.Time) {
			sql(t, w.db, "INSERT INTO membership (id, person_id, agency_id, role, valid_from, valid_to) VALUES (?, ?, ?, ?, 1, ?)",
				id, id, portal, string(role), store.Micros(until))
		}
		hold("editor", account.Editor, time.Time{})
		hold("managing", account.ManagingEditor, w.db.Now().Add(time.Hour))
		empty, err := w.Vacancies(t.Context(), w.chief)
		must(t, err)
		if len(empty) != 0 {
			t.Errorf("everybody is there, but for %+v", empty)
		}
		w.clock.Advance(2 * time.Hour)
		empty, err = w.Vacancies(t.Context(), w.chief)
		must(t, err)
		if len(empty) != 1 || empty[0].Step.Key != "desk" || empty[0].Waiting != 2 {
			t.Errorf("%+v", empty)
		}
		// Who may repair it is told: the chief there, and who serves all agencies.
		admin := w.person(t, "admin", account.Post{Agency: paper, Role: account.SystemAdministrator})
		for _, c := range []struct {
			who  account.Actor
			told bool
		}{{w.chief, true}, {admin, true}, {w.managing, false}, {w.person(t, "paper_chief", account.Post{Agency: paper, Role: account.EditorInChief}), false}} {
			empty, err := w.Vacancies(t.Context(), c.who)
			if told := len(empty) == 1 && empty[0].Agency == portal; err != nil || told != c.told {
				t.Errorf("%s is told %+v (%v)", c.who.ID, empty, err)
			}
		}
	})
}

// Whoever passes a text on, and whoever sees where it stands, is told that
// nobody is there to take it.
func TestAVacantStepIsToldAtTheText(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Editing)
		hold := func(id string, role account.Role) {
			sql(t, w.db, "INSERT INTO membership (id, person_id, agency_id, role, valid_from, valid_to) VALUES (?, ?, ?, ?, 1, 0)", id, id, portal, string(role))
		}
		look := func() *Sheet {
			sheet, err := w.Open(t.Context(), w.editor, ref)
			must(t, err)
			return sheet
		}
		hold("managing", account.ManagingEditor)
		if s := look(); s.Vacant.Key != "edit" || len(s.Ways) == 0 || s.Ways[0].Vacant {
			t.Errorf("without an editor: at %q, ways %+v", s.Vacant.Key, s.Ways)
		}
		hold("editor", account.Editor)
		sql(t, w.db, "DELETE FROM membership WHERE role = ?", string(account.ManagingEditor))
		if s := look(); s.Vacant.Key != "" || !s.Ways[0].Vacant {
			t.Errorf("without a managing editor: at %q, ways %+v", s.Vacant.Key, s.Ways)
		}
	})
}

// Nobody locks a text for ever: a colleague takes it over.
func TestATextIsTakenOver(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Editing)
		entries := w.entries(t)
		w.do(t, w.editor, ref, Take) // a double press
		if n := w.entries(t); n != entries {
			t.Errorf("taking twice left %d entries", n-entries)
		}
		colleague := w.both(t, "colleague", account.Editor)
		w.do(t, colleague, ref, Take)
		for who, want := range map[*account.Actor]int{&w.editor: 0, &colleague: 1} {
			tasks, err := w.Waiting(t.Context(), *who)
			must(t, err)
			if len(tasks) != want {
				t.Errorf("%s has %d things to do", who.ID, len(tasks))
			}
		}
	})
}

// A substitute has the absent person's turns and posts; the trail says for
// whom they acted, and they never approve their own words.
func TestASubstituteActsInSomebodysPlace(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approval)
		taken := w.bring(t, w.reporter, Editing)
		deputy := w.both(t, "deputy", account.Reporter)
		deputy.Posts = append(deputy.Posts,
			account.Post{Agency: portal, Role: account.EditorInChief, For: w.chief.ID},
			account.Post{Agency: portal, Role: account.Editor, For: w.editor.ID})
		tasks, err := w.Waiting(t.Context(), deputy)
		must(t, err)
		found := map[Ref]string{}
		for _, task := range tasks {
			found[task.Ref] = task.For
		}
		if found[ref] != w.chief.ID || found[taken] != w.editor.ID {
			t.Errorf("what waits: %v", found)
		}
		w.do(t, deputy, ref, Approve)
		if e := w.newest(t, ref); e.Detail["for"] != w.chief.ID || e.ActorID != deputy.ID || e.Role != string(account.EditorInChief) {
			t.Errorf("recorded %+v", e)
		}
		own := w.draft(t, deputy, "vi", "Tự viết")
		w.do(t, deputy, own, Submit)
		w.do(t, w.editor, own, Take, Pass)
		w.do(t, w.managing, own, Pass)
		if got := w.approving(t, deputy, own); got != "error.approve.own" {
			t.Errorf("the deputy approved their own words: %q", got)
		}
	})
}

// A text that was returned goes the way it was on again, in its newest version,
// unless the writer chooses another, which is written down.
func TestReturnedTextKeepsItsWorkflow(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		submit := func(code string) (step string, e audit.Entry) {
			t.Helper()
			ask := w.ask(t, ref, Submit)
			ask.Workflow = code
			must(t, w.Do(t.Context(), w.reporter, ref, Submit, ask))
			sheet, err := w.Open(t.Context(), w.reporter, ref)
			must(t, err)
			e = w.newest(t, ref)
			w.do(t, w.editor, ref, Return)
			return sheet.Workflow.Code, e
		}
		for i, c := range []struct{ code, want, from string }{
			{"desk", "desk", ""}, {"", "desk", ""}, {"chain", "chain", "Quy trình ngắn"}, {"", "chain", ""},
		} {
			got, e := submit(c.code)
			if got != c.want || (e.Detail["workflow_from"] != "") != (c.from != "") || (e.Detail["workflow"] != "") != (c.from != "") {
				t.Errorf("%d: submitted to %s, recorded as %v", i, got, e.Detail)
			}
		}
	})
}
