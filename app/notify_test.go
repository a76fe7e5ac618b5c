package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/config"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/content"
	"doingoai/locales"
)

// staff are people of the portal, in a newsroom whose outbox is emptied when a
// test says so.
type staff struct {
	*newsroomSide
	t      *testing.T
	clock  *apptest.ManualClock
	site   site
	en     *locale.Printer
	people map[account.Role]account.Actor
}

func eachStaff(t *testing.T, f func(s *staff)) {
	t.Helper()
	world, err := content.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	apptest.EachURL(t, func(t *testing.T, database string) {
		s := &staff{
			t: t, clock: apptest.Clock(time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)), en: words.Printer("desk", "en"),
			people: map[account.Role]account.Actor{},
		}
		s.newsroomSide, err = openNewsroom(t.Context(), config.Config{Data: t.TempDir(), Database: database, SecondFactor: "offered"}, Options{Clock: s.clock.Now}, words)
		s.must(err)
		t.Cleanup(func() {
			if err := s.close(); err != nil {
				t.Error(err)
			}
		})
		s.site, err = s.ensureSite(t.Context(), world)
		s.must(err)
		for _, role := range []account.Role{account.Reporter, account.Editor, account.ManagingEditor, account.EditorInChief, account.DeskHead} {
			s.people[role] = s.hire(string(role), "portal", role)
		}
		f(s)
	})
}

func (s *staff) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *staff) hire(name, agency string, role account.Role) account.Actor {
	s.t.Helper()
	p, err := s.Accounts.Program().AddPerson(s.t.Context(), account.NewPerson{
		Email: name + "@example.vn", Name: name, Password: "hoa phượng đỏ ven sông", Agency: s.site.agencies[agency], Roles: []account.Role{role},
	})
	s.must(err)
	return s.now(p.ID)
}

// now is somebody with the posts of this moment.
func (s *staff) now(person string) account.Actor {
	s.t.Helper()
	actor, err := s.Accounts.ActorFor(s.t.Context(), person)
	s.must(err)
	return actor
}

// write begins an article of the reporter's.
func (s *staff) write() newsroom.Ref {
	s.t.Helper()
	ref, err := s.Newsroom.Create(s.t.Context(), s.people[account.Reporter], newsroom.Start{
		Kind: "article", Agency: s.site.agencies["portal"], Lang: "vi", Content: newsroom.Content{
			Section: s.site.sections["external"], Outlets: []string{s.site.outlets["portal"]}, Headline: "Cầu mới",
			Standfirst: "Cây cầu đã xong.", Body: "Xe qua được.", Byline: "An",
		},
	})
	s.must(err)
	return ref
}

// do performs a verb as a careful person would, a minute later.
func (s *staff) do(role account.Role, ref newsroom.Ref, verb newsroom.Verb, ask newsroom.Ask) {
	s.t.Helper()
	s.as(s.people[role], ref, verb, ask)
}

func (s *staff) as(who account.Actor, ref newsroom.Ref, verb newsroom.Verb, ask newsroom.Ask) {
	s.t.Helper()
	s.clock.Advance(time.Minute)
	sheet, err := s.Newsroom.Open(s.t.Context(), who, ref)
	s.must(err)
	ask.Hash, ask.Answers = sheet.Revision.Hash, map[string]newsroom.Answer{}
	for _, q := range sheet.Checklists[verb] {
		ask.Answers[q.ID()] = newsroom.Checked
	}
	s.must(s.Newsroom.Do(s.t.Context(), who, ref, verb, ask))
}

// told empties the outbox and answers what people have not read.
func (s *staff) told() []string {
	s.t.Helper()
	if _, err := s.Outbox.Deliver(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	var told []string
	for _, actor := range s.people {
		notices, _, err := s.Notices.List(s.t.Context(), actor, notice.Filter{Unread: true})
		s.must(err)
		for _, n := range notices {
			text := fmt.Sprintf("%s: %s", actor.Name, n.Say(s.en))
			if n.Quote != "" {
				text += " (" + n.Quote + ")"
			}
			told = append(told, text)
		}
	}
	slices.Sort(told)
	return told
}

// expect compares what people were told, and has all of them read it.
func (s *staff) expect(after string, want ...string) {
	s.t.Helper()
	if got := s.told(); !slices.Equal(got, want) {
		s.t.Errorf("after %s people were told\n%q\nwant\n%q", after, got, want)
	}
	for _, actor := range s.people {
		s.must(s.Notices.ReadAll(s.t.Context(), actor, 1<<40))
	}
}

// TestThoseWhomItConcernsAreTold goes the whole way of an article.
func TestThoseWhomItConcernsAreTold(t *testing.T) {
	eachStaff(t, func(s *staff) {
		ref := s.write()
		s.expect("writing")
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
		s.expect("submitting", "editor: reporter submitted an article, to be taken for editing: Cầu mới")
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.expect("taking")
		s.do(account.Editor, ref, newsroom.Return, newsroom.Ask{Reason: "Thiếu nguồn"})
		s.expect("returning", "reporter: editor returned an article for you to change: Cầu mới (Thiếu nguồn)")
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Pass, newsroom.Ask{})
		s.expect("passing on", "managing_editor: editor passed an article on to your step: Cầu mới")
		s.do(account.ManagingEditor, ref, newsroom.Pass, newsroom.Ask{})
		s.expect("passing on again", "editor_in_chief: managing_editor passed on an article for you to approve: Cầu mới")
		s.do(account.EditorInChief, ref, newsroom.Approve, newsroom.Ask{})
		s.expect("approving", "managing_editor: editor_in_chief approved an article for you to schedule: Cầu mới",
			"reporter: editor_in_chief approved your article: Cầu mới")
		s.do(account.EditorInChief, ref, newsroom.Publish, newsroom.Ask{})
		s.expect("publishing", "reporter: editor_in_chief published your article: Cầu mới")
		s.do(account.EditorInChief, ref, newsroom.Withdraw, newsroom.Ask{Reason: "Sai tên cầu"})
		s.expect("withdrawing", "reporter: editor_in_chief withdrew your article: Cầu mới (Sai tên cầu)")
	})
}

// An approval belongs to a text: whoever gave one is told when the text is
// changed after it, and nobody is told of changes that end none.
func TestWhoApprovedIsToldThatTheirApprovalIsOver(t *testing.T) {
	eachStaff(t, func(s *staff) {
		save := func(role account.Role, ref newsroom.Ref, body string) {
			s.clock.Advance(time.Minute)
			sheet, err := s.Newsroom.Open(t.Context(), s.people[role], ref)
			s.must(err)
			content := sheet.Revision.Content
			content.Body = body
			_, err = s.Newsroom.Save(t.Context(), s.people[role], ref, sheet.Revision.Number, content)
			s.must(err)
		}
		for _, more := range []func(ref newsroom.Ref){
			func(newsroom.Ref) {},
			func(ref newsroom.Ref) {
				s.do(account.ManagingEditor, ref, newsroom.Schedule, newsroom.Ask{At: s.db.Now().Add(time.Hour)})
			},
		} {
			ref := s.write()
			s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
			s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
			s.do(account.Editor, ref, newsroom.Pass, newsroom.Ask{})
			s.do(account.ManagingEditor, ref, newsroom.Pass, newsroom.Ask{})
			s.told()
			s.do(account.EditorInChief, ref, newsroom.Approve, newsroom.Ask{})
			more(ref)
			s.expect("approving", s.told()...)
			save(account.Editor, ref, "Xe tải cũng qua được.")
			s.expect("a change after approval", "editor_in_chief: editor changed an article that you had approved; it waits for approval again: Cầu mới")
			save(account.Editor, ref, "Xe tải nặng cũng qua được.")
			s.expect("one more change")
		}
	})
}

// What somebody else has done meanwhile is not asked for any more.
func TestADutyThatHasPassedIsNotTold(t *testing.T) {
	eachStaff(t, func(s *staff) {
		second := s.hire("second", "portal", account.Editor)
		s.people["second"] = second
		elsewhere := s.hire("elsewhere", "newspaper", account.Editor)
		s.people["elsewhere"] = elsewhere
		ref := s.write()
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
		if got := s.told(); len(got) != 2 {
			t.Errorf("both editors of the portal, and nobody else, are told: %q", got)
		}
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.expect("another has taken it")

		late := s.write()
		s.do(account.Reporter, late, newsroom.Submit, newsroom.Ask{})
		s.do(account.Editor, late, newsroom.Take, newsroom.Ask{})
		s.expect("both at once")
	})
}

func TestTheSubstituteIsTold(t *testing.T) {
	eachStaff(t, func(s *staff) {
		ref := s.write()
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Pass, newsroom.Ask{})
		s.expect("passing on", "managing_editor: editor passed an article on to your step: Cầu mới")
		s.must(s.Accounts.AddAbsence(t.Context(), s.people[account.EditorInChief], account.NewAbsence{
			Substitute: s.people[account.DeskHead].ID, To: s.db.Now().Add(72 * time.Hour),
		}))
		s.expect("leaving", "desk_head: editor_in_chief made you a substitute while somebody is away")
		s.do(account.ManagingEditor, ref, newsroom.Pass, newsroom.Ask{})
		s.expect("passing on to who is away", "desk_head: managing_editor passed on an article for you to approve: Cầu mới",
			"editor_in_chief: managing_editor passed on an article for you to approve: Cầu mới")
	})
}

// Who wrote some of it is not asked to approve it.
func TestFourEyesAreNotAskedOfTwo(t *testing.T) {
	eachStaff(t, func(s *staff) {
		ref := s.write()
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{Workflow: "desk"})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Pass, newsroom.Ask{})
		both := s.told()
		sheet, err := s.Newsroom.Open(t.Context(), s.people[account.DeskHead], ref)
		s.must(err)
		content := sheet.Revision.Content
		content.Body += "\n\nMột câu của người duyệt."
		_, err = s.Newsroom.Save(t.Context(), s.people[account.DeskHead], ref, sheet.Revision.Number, content)
		s.must(err)
		s.expect("writing on", both...) // they were told before they wrote
		s.do(account.EditorInChief, ref, newsroom.Return, newsroom.Ask{Reason: "Chưa đủ"})
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{Workflow: "desk"})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Pass, newsroom.Ask{})
		for _, text := range s.told() {
			if text == "desk_head: editor passed on an article for you to approve: Cầu mới" {
				t.Error("an author is asked to approve")
			}
		}
	})
}

func TestAnOverdueApprovalIsTold(t *testing.T) {
	eachStaff(t, func(s *staff) {
		ref := s.write()
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
		s.do(account.EditorInChief, ref, newsroom.PublishUrgent, newsroom.Ask{Reason: "Lũ lên nhanh"})
		asked := s.told()
		if !slices.Contains(asked, "desk_head: editor_in_chief published urgently, for you to approve: Cầu mới (Lũ lên nhanh)") ||
			!slices.Contains(asked, "reporter: editor_in_chief published your article urgently: Cầu mới (Lũ lên nhanh)") {
			t.Errorf("told %q", asked)
		}
		s.expect("publishing urgently", asked...)
		s.clock.Advance(72 * time.Hour)
		_, err := s.Newsroom.DoDue(t.Context())
		s.must(err)
		s.expect("the hour", "desk_head: The second approval of an urgent publication is overdue: Cầu mới",
			"managing_editor: The second approval of an urgent publication is overdue: Cầu mới")
	})
}

func TestThoseWhoAreSpokenToAreTold(t *testing.T) {
	eachStaff(t, func(s *staff) {
		ref := s.write()
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.expect("taking")
		chief, reporter, managing := s.people[account.EditorInChief], s.people[account.Reporter], s.people[account.ManagingEditor]
		number, err := s.Newsroom.Comment(t.Context(), chief, ref, newsroom.Remark{Body: "Xem lại số liệu.", Revision: 1, Mentions: []string{managing.ID}, Blocking: true})
		s.must(err)
		s.expect("a comment",
			"editor: editor_in_chief asks for something before Cầu mới may be approved (Xem lại số liệu.)",
			"managing_editor: editor_in_chief mentions you: Cầu mới (Xem lại số liệu.)",
			"reporter: editor_in_chief asks for something before Cầu mới may be approved (Xem lại số liệu.)")
		_, err = s.Newsroom.Answer(t.Context(), reporter, ref, number, newsroom.Remark{Body: "Đã sửa.", Revision: 1})
		s.must(err)
		s.expect("an answer", "editor: reporter commented on Cầu mới (Đã sửa.)", "editor_in_chief: reporter replied in a conversation of yours: Cầu mới (Đã sửa.)")
		notices, _, err := s.Notices.List(t.Context(), chief, notice.Filter{Sort: notice.Talk})
		s.must(err)
		if want := fmt.Sprintf("/editions/%s/vi#comment-2", ref.Item); len(notices) != 1 || notices[0].Href != want {
			t.Errorf("%+v does not lead to %s", notices, want)
		}
	})
}

func TestPeopleAreToldWhatWasDoneToTheirAccount(t *testing.T) {
	eachStaff(t, func(s *staff) {
		_, err := s.Accounts.Program().Reset(t.Context(), s.people[account.Editor].ID)
		s.must(err)
		s.expect("a reset", "editor: The system made a link to reset your password")
	})
}

// Of what happened while nobody delivered, only news is told, and what waits
// still.
func TestOldNewsIsNotTold(t *testing.T) {
	eachStaff(t, func(s *staff) {
		ref, returned, rejected := s.write(), s.write(), s.write()
		s.do(account.Reporter, returned, newsroom.Submit, newsroom.Ask{})
		s.do(account.Editor, returned, newsroom.Return, newsroom.Ask{Reason: "Trùng bài"})
		s.do(account.Reporter, rejected, newsroom.Submit, newsroom.Ask{})
		s.do(account.ManagingEditor, rejected, newsroom.Reject, newsroom.Ask{Reason: "Cũ"})
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
		s.clock.Advance(8 * 24 * time.Hour)
		s.expect("eight days", "editor: reporter submitted an article, to be taken for editing: Cầu mới",
			"reporter: editor returned an article for you to change: Cầu mới (Trùng bài)")
	})
}

// Who has left, and who has lost their role, is told nothing any more.
func TestNobodyIsToldOfWhatTheyMayNotSee(t *testing.T) {
	eachStaff(t, func(s *staff) {
		ref := s.write()
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		if got := s.told(); len(got) != 0 {
			t.Errorf("told %q", got)
		}
		s.do(account.Editor, ref, newsroom.Return, newsroom.Ask{Reason: "Bí mật của bài"})
		reporter, err := s.Accounts.Person(t.Context(), s.people[account.Reporter].ID)
		s.must(err)
		if got := s.told(); len(got) != 1 {
			t.Fatalf("told %q", got)
		}
		s.must(s.Accounts.Program().EndRole(t.Context(), reporter.Memberships[0].ID))
		s.expect("losing the role", "reporter: About an article that you may no longer see.")
	})
}

// Where a text comes to a step that nobody can do, those are told who can do
// something about it; as long as it stands there.
func TestAStepThatNobodyHoldsIsTold(t *testing.T) {
	eachStaff(t, func(s *staff) {
		s.people[account.SystemAdministrator] = s.hire("admin", "newspaper", account.SystemAdministrator)
		managing, err := s.Accounts.Person(t.Context(), s.people[account.ManagingEditor].ID)
		s.must(err)
		ref := s.write()
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{Workflow: "chain"})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.must(s.Accounts.Program().EndRole(t.Context(), managing.Memberships[0].ID))
		s.expect("nothing has come to the step", s.told()...)
		s.do(account.Editor, ref, newsroom.Pass, newsroom.Ask{})
		s.expect("the pass", "admin: An article has come to a step whose roles nobody holds. Agency: Văn phòng UBND tỉnh – Cổng thông tin điện tử tỉnh",
			"editor_in_chief: editor moved an article to a step whose roles nobody holds: Cầu mới")
	})
}

// Who is only asked to carry an article is told what it is called where they
// see it, and nothing of what its newsroom does with it.
func TestWhoIsAskedToCarryIsTold(t *testing.T) {
	eachStaff(t, func(s *staff) {
		guest := s.hire("guest", "newspaper", account.ManagingEditor)
		s.people[account.Translator] = guest // is among those whose notices are read
		ref := s.write()
		sheet, err := s.Newsroom.Open(t.Context(), s.people[account.Reporter], ref)
		s.must(err)
		content := sheet.Revision.Content
		content.Outlets = append(content.Outlets, s.site.outlets["newspaper"])
		_, err = s.Newsroom.Save(t.Context(), s.people[account.Reporter], ref, 1, content)
		s.must(err)
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{Workflow: "desk"})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Pass, newsroom.Ask{})
		s.do(account.DeskHead, ref, newsroom.Approve, newsroom.Ask{})
		if told := s.told(); !slices.Contains(told, "guest: Offered to your outlet: Cầu mới") {
			t.Errorf("told %q", told)
		}
		s.do(account.EditorInChief, ref, newsroom.Publish, newsroom.Ask{})
		list, _, err := s.Notices.List(t.Context(), guest, notice.Filter{})
		s.must(err)
		if len(list) != 1 || list[0].Href != "/editions/"+ref.Item+"/"+ref.Lang+"/outlets" {
			t.Errorf("the guest has %+v", list)
		}
		content.Headline = "Bản nháp kín"
		_, err = s.Newsroom.Save(t.Context(), s.people[account.Reporter], ref, 2, content)
		s.must(err)
		s.told()
		if list, _, err = s.Notices.List(t.Context(), guest, notice.Filter{}); err != nil || len(list) != 1 || list[0].Title != "Cầu mới" {
			t.Errorf("afterwards the guest has %+v, %v", list, err)
		}
	})
}

// No administrator makes a chief unseen: the other administrators learn of it,
// and the chief of the agency, and whoever it is.
func TestAWeightyRoleIsToldToThoseWhoWatchOverThem(t *testing.T) {
	eachStaff(t, func(s *staff) {
		s.people[account.SystemAdministrator] = s.hire("admin", "newspaper", account.SystemAdministrator)
		s.people[account.Auditor] = s.hire("second", "newspaper", account.SystemAdministrator)
		s.expect("the command line")
		give := func(role account.Role) {
			t.Helper()
			s.must(s.Accounts.GrantRole(t.Context(), s.people[account.SystemAdministrator], s.people[account.Reporter].ID, s.site.agencies["portal"], role, time.Time{}, time.Time{}))
		}
		give(account.Translator)
		s.expect("an ordinary role")
		give(account.Auditor)
		const words = ": admin gave reporter the role of auditor"
		s.expect("a weighty role", "admin"+words, "editor_in_chief"+words, "reporter"+words, "second"+words)
	})
}

// Whoever approved and scheduled what does not go out is told, once.
func TestTheyAreToldWhatDoesNotGoOut(t *testing.T) {
	eachStaff(t, func(s *staff) {
		ref := s.write()
		s.do(account.Reporter, ref, newsroom.Submit, newsroom.Ask{Workflow: "desk"})
		s.do(account.Editor, ref, newsroom.Take, newsroom.Ask{})
		s.do(account.Editor, ref, newsroom.Pass, newsroom.Ask{})
		s.do(account.DeskHead, ref, newsroom.Approve, newsroom.Ask{})
		s.do(account.ManagingEditor, ref, newsroom.Schedule, newsroom.Ask{At: s.clock.Now().Add(time.Hour)})
		s.expect("the schedule", s.told()...)
		s.clock.Advance(time.Minute)
		_, err := s.Newsroom.Comment(t.Context(), s.people[account.Editor], ref, newsroom.Remark{Body: "Khoan.", Revision: 1, Blocking: true})
		s.must(err)
		const soon = ": Will not be published at its time while blocking comments are open: Cầu mới"
		s.expect("the comment", "desk_head"+soon, "editor_in_chief"+soon, "managing_editor"+soon,
			"reporter: editor asks for something before Cầu mới may be approved (Khoan.)")
		s.clock.Advance(time.Hour)
		for range 2 {
			_, err = s.Newsroom.DoDue(t.Context())
			s.must(err)
		}
		const why = ": Not published at its time, because blocking comments are open: Cầu mới"
		s.expect("the hour", "desk_head"+why, "editor_in_chief"+why, "managing_editor"+why)
		_, err = s.Newsroom.DoDue(t.Context())
		s.must(err)
		s.expect("another try")
	})
}
