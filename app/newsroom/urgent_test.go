package newsroom

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"golang.org/x/text/unicode/norm"
)

func TestUrgentNewsIsPublishedNowAndApprovedByASecondPerson(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Submitted)
		second := w.both(t, "second_chief", account.EditorInChief)
		ask := w.ask(t, ref, PublishUrgent)
		ask.Answers = nil
		if err := w.Do(t.Context(), w.chief, ref, PublishUrgent, ask); at(t, err, "answer-approval.secrets") == "" || at(t, err, "answer-desk.figures") != "" {
			t.Errorf("in haste it was not asked for secrets, or asked for everything: %v", err)
		}
		w.do(t, w.chief, ref, PublishUrgent)
		if doc := w.article(t, ref); doc.Revision != w.head(t, ref).Hash {
			t.Error("readers do not have it")
		}
		sheet, err := w.Open(t.Context(), second, ref)
		must(t, err)
		if !sheet.Urgent() || sheet.SecondLook(w.db.Now()) != "waiting" {
			t.Errorf("it does not say that a second person is missing: %+v", sheet.Edition)
		}
		if tasks, err := w.Waiting(t.Context(), second); err != nil || len(tasks) != 1 || tasks[0].Verb != Confirm || tasks[0].Overdue(w.db.Now()) {
			t.Errorf("what waits for the second: %+v %v", tasks, err)
		}
		if tasks, err := w.Waiting(t.Context(), w.chief); err != nil || len(tasks) != 0 {
			t.Errorf("it waits for the one who published it: %+v %v", tasks, err)
		}
		w.clock.Advance(25 * time.Hour)
		if tasks, _ := w.Waiting(t.Context(), second); len(tasks) != 1 || !tasks[0].Overdue(w.db.Now()) {
			t.Errorf("it is not overdue: %+v", tasks)
		}
		if err := w.Do(t.Context(), w.chief, ref, Confirm, w.ask(t, ref, Confirm)); key(t, err) != "error.confirm.own" {
			t.Errorf("who published it approved it: %v", err)
		}
		// Meanwhile somebody writes on; what is confirmed is what readers have.
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nTin mới." })
		w.do(t, second, ref, Confirm)
		if r := row(t, w.db, ref); r.UrgentBy != "" || r.ApprovedBy != second.ID || r.Approved != r.LiveRevision || State(r.State) != Draft {
			t.Errorf("after the second person's approval: %+v", r)
		}
		if err := w.Do(t.Context(), second, ref, Confirm, w.ask(t, ref, Confirm)); key(t, err) != "error.verb.confirm" {
			t.Errorf("confirmed twice: %v", err)
		}
	})
}

func TestFourEyesAlsoInHaste(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		author := w.both(t, "author", account.Reporter, account.EditorInChief)
		ref := w.draft(t, author, "vi", "Tự đăng khẩn")
		w.do(t, author, ref, Submit)
		if err := w.Do(t.Context(), author, ref, PublishUrgent, w.ask(t, ref, PublishUrgent)); key(t, err) != "error.approve.own" {
			t.Errorf("the author published it: %v", err)
		}
		if w.offered(t, author, ref, PublishUrgent) {
			t.Error("the page offers it to the author")
		}
		w.do(t, w.managing, ref, PublishUrgent)
		if err := w.Do(t.Context(), author, ref, Confirm, w.ask(t, ref, Confirm)); key(t, err) != "error.approve.own" {
			t.Errorf("the author is the second pair of eyes: %v", err)
		}
		if err := w.Do(t.Context(), w.deskHead, ref, PublishUrgent, w.ask(t, ref, PublishUrgent)); fault.KindOf(err) != fault.NotPossible {
			t.Errorf("published twice: %v", err)
		}
		w.do(t, w.chief, ref, Confirm)
	})
}

// Nothing is left to approve when the page is taken away, or replaced by a
// text that was approved.
func TestWithdrawalAndApprovalEndTheUrgency(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		gone := w.bring(t, w.reporter, Editing)
		w.do(t, w.managing, gone, PublishUrgent)
		w.do(t, w.chief, gone, Withdraw)
		replaced := w.bring(t, w.reporter, Editing)
		w.do(t, w.managing, replaced, PublishUrgent)
		w.save(t, w.reporter, replaced, func(c *Content) { c.Body += "\n\nĐủ hơn." })
		w.lead(t, w.reporter, replaced, Published)
		for _, ref := range []Ref{gone, replaced} {
			if r := row(t, w.db, ref); r.UrgentBy != "" || r.UrgentDue != 0 {
				t.Errorf("%+v", r)
			}
		}
		if tasks, err := w.Waiting(t.Context(), w.both(t, "second", account.EditorInChief)); err != nil || len(tasks) != 0 {
			t.Errorf("still waiting: %+v %v", tasks, err)
		}
	})
}

func TestABlockStopsEverythingTowardsReaders(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for state, stoppedVerbs := range map[State][]Verb{
			Submitted: {PublishUrgent}, Approval: {Approve, PublishUrgent}, Approved: {Publish, Schedule}, Scheduled: {Publish},
		} {
			ref := w.bring(t, w.reporter, state)
			w.do(t, w.security, ref, Block)
			for _, verb := range stoppedVerbs {
				err := w.Do(t.Context(), w.chief, ref, verb, w.ask(t, ref, verb))
				expectKind(t, err, fault.NotPossible)
				if w.offered(t, w.chief, ref, verb) {
					t.Errorf("%s: the page offers %s", state, verb)
				}
			}
			w.clock.Advance(2 * time.Hour)
			if n, err := w.DoDue(t.Context()); err != nil || n != 0 {
				t.Errorf("%s: the schedule published %d: %v", state, n, err)
			}
			if w.releaseOf(t, ref) != nil {
				t.Errorf("%s: readers have it", state)
			}
			sheet, err := w.Open(t.Context(), w.reporter, ref)
			must(t, err)
			if !sheet.Blocked() || sheet.BlockedBy != w.security.ID || sheet.BlockReason == "" {
				t.Errorf("%s: the page does not say by whom and why: %+v", state, sheet.Edition)
			}
			if err := w.Do(t.Context(), w.security, ref, Block, w.ask(t, ref, Block)); key(t, err) != "error.verb.block" {
				t.Errorf("blocked twice: %v", err)
			}
			w.do(t, w.security, ref, Unblock)
			if state == Approved || state == Scheduled { // the approval is void
				expectKind(t, w.Do(t.Context(), w.chief, ref, Publish, w.ask(t, ref, Publish)), fault.NotPossible)
				w.do(t, w.chief, ref, Approve, Publish)
			}
		}
	})
}

// A block of what readers have does not take it away: that is the chief's act,
// with its tombstone. But it is the first thing the chief is told.
func TestABlockOfWhatIsPublicAsksForWithdrawal(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		w.do(t, w.security, ref, Block)
		tasks, err := w.Waiting(t.Context(), w.chief)
		if err != nil || len(tasks) != 1 || tasks[0].Verb != Withdraw {
			t.Errorf("%+v %v", tasks, err)
		}
		w.do(t, w.chief, ref, Withdraw)
		if w.releaseOf(t, ref).Op != release.Withdraw {
			t.Error("readers have it")
		}
		if tasks, err := w.Waiting(t.Context(), w.chief); err != nil || len(tasks) != 0 {
			t.Errorf("%+v %v", tasks, err)
		}
	})
}

func TestMarksOfSecrecyWaitForTheReviewer(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approval)
		if w.offered(t, w.security, ref, Clear) {
			t.Error("there is nothing to clear")
		}
		expectKind(t, w.Do(t.Context(), w.security, ref, Clear, w.ask(t, ref, Clear)), fault.NotPossible)
		w.save(t, w.editor, ref, func(c *Content) { c.Body += "\n\nTỐI MẬT\n\nTọa độ 11.75213, 106.72341." })
		if got := w.approving(t, w.chief, ref); got != "error.marks.uncleared" {
			t.Errorf("approved: %q", got)
		}
		if tasks, err := w.Waiting(t.Context(), w.security); err != nil || len(tasks) != 1 || tasks[0].Verb != Clear {
			t.Errorf("what waits for the reviewer: %+v %v", tasks, err)
		}
		w.do(t, w.security, ref, Clear)
		if tasks, err := w.Waiting(t.Context(), w.security); err != nil || len(tasks) != 0 {
			t.Errorf("still waiting: %+v %v", tasks, err)
		}
		w.do(t, w.chief, ref, Approve)
		// Another word, and it has to be cleared again.
		w.save(t, w.editor, ref, func(c *Content) { c.Body += " Thêm." })
		if got := w.approving(t, w.chief, ref); got != "error.marks.uncleared" {
			t.Errorf("a changed text: %q", got)
		}
		if err := w.Do(t.Context(), w.managing, ref, PublishUrgent, w.ask(t, ref, PublishUrgent)); key(t, err) != "error.marks.uncleared" {
			t.Errorf("in haste: %v", err)
		}
	})
}

func TestWhatLooksLikeASecret(t *testing.T) {
	for text, want := range map[string]string{
		"Mật ong rừng Bù Gia Mập":        "",
		"MẬT ONG BÙ GIA MẬP":             "",
		"bí mật nhà nước, mật độ dân số": "",
		"**MẬT**":                      "stamp",
		"MẬT\n\nKế hoạch":              "stamp",
		"Văn bản (MẬT) số 5":           "stamp",
		"TUYỆT  MẬT":                   "stamp",
		"Độ mật: Tối mật":              "stamp",
		"Giá 11.752 đồng, 106.723 tấn": "",
		"điểm 11.7521, 106.7234":       "coordinates",
		"11°45'12\" B":                 "coordinates",
		"Trung đoàn 736 giúp dân":      "",
		"Trung đoàn 1, Trung đoàn 2 và Tiểu đoàn 3 đóng quân tại": "units",
		"Trung đoàn 1, trung đoàn 1, Trung đoàn 1":                "",
	} {
		marks := Marks(Content{Body: text})
		got := ""
		if len(marks) > 0 {
			got = marks[0].Kind
		}
		if got != want {
			t.Errorf("%q: %+v, want %q", text, marks, want)
		}
	}
}

// However a stamp is typed, pasted from Word or hidden, the eye reads it.
func TestAStampIsFoundHoweverItIsWritten(t *testing.T) {
	for _, text := range []string{
		"TỐI MẬT", "TỐI\u00a0MẬT", "TỐI\u202fMẬT", "TỐI\u3000MẬT", "TỐI\tMẬT", "TỐI&nbsp;MẬT", "TỐI&#160;MẬT", "TỐI&#xA0;MẬT", "TỐI&ensp;MẬT",
		"TỐI **MẬT**", "**TỐI** MẬT", "T**ỐI** M_Ậ_T", "TỐI `MẬT`", "~~TỐI~~ MẬT", "TỐI_MẬT", `TỐI\-MẬT`, "[TỐI](https://vd.vn) MẬT", "TỐI [MẬT](/x)", "TỐI [MẬT][1]",
		"TỐI\u200bMẬT", "TỐI \u200dMẬT", "T\u00adỐI M\u2060ẬT", "T\ufeffỐI MẬT", "TỐI M\u034fẬT",
		"TỐI-MẬT", "TỐI\u2011MẬT", "TỐI–MẬT", "TỐI — MẬT", "TỐI\u2212MẬT", "TỐI/MẬT", "TỐI.MẬT",
		"TỐI M&#7852;T", "T&#x1ED0;I MẬT", "T<b>Ố</b>I MẬT", "TỐI<br>MẬT", "TỐI <!-- x -->MẬT", "<TỐI MẬT>", "< TUYỆT MẬT >",
		norm.NFD.String("TỐI MẬT"), norm.NFD.String("TUYỆT MẬT"), "T Ố I  M Ậ T", "T U Y Ệ T  M Ậ T", "TỐI\nMẬT", "ＴỐＩ MẬＴ",
		"(\u00a0MẬT )", "M Ậ T", "- MẬT", "Độ&nbsp;mật: Tối\u00a0mật", "độ mật – tuyệt mật",
		"11.75213,\u00a0106.72341", "11.75213&#44; 106.72341", "11.75**213**, 106.72341", "11°45'12&quot; B", "11&deg;45′12″ B",
		"Sư\u00a0đoàn 302, Trung-đoàn 88, Tiểu **đoàn** 3",
	} {
		if marks := Marks(Content{Body: "Câu trước.\n\n" + text + "\n\nCâu sau."}); len(marks) == 0 {
			t.Errorf("%q has no mark", text)
		}
	}
	for _, text := range []string{
		"MẬT ONG RỪNG", "tối mật độ xe giảm", "Mật-ong", "buổi tối, mật ong", "[mật ong](https://vd.vn/toi-mat)", "2020-2025, 10.5 - 106.7 ha",
		"đại-đội 3", "Tọa độ không nêu", "giá 11.752 – 12.300 đồng",
	} {
		if marks := Marks(Content{Body: text}); len(marks) != 0 {
			t.Errorf("%q has %+v", text, marks)
		}
	}
	for name, c := range map[string]Content{
		"kicker": {Kicker: "TỐI MẬT"}, "byline": {Byline: "TỐI MẬT"}, "source": {SourceName: "TỐI MẬT"}, "credit": {Lead: Lead{Credit: "TỐI MẬT"}},
		"caption": {Lead: Lead{Caption: "TỐI MẬT"}}, "alt": {Lead: Lead{Alt: "TỐI MẬT"}},
	} {
		if len(Marks(c)) != 1 {
			t.Errorf("%s: %+v", name, Marks(c))
		}
	}
}

// Words that reach readers without anybody else's approval carry no marks.
func TestPublicWordsCarryNoMarks(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const secret, refusal = "TỐI&nbsp;MẬT: 11.53211, 106.89123", "error.marks.words"
		ref := w.bringLive(t, w.reporter, Approved)
		before := w.releaseOf(t, ref).Seq
		for name, try := range map[string]struct {
			verb Verb
			ask  Ask
		}{
			"note":   {Withdraw, Ask{Reason: "Yêu cầu gỡ", Note: secret}},
			"reason": {Correct, Ask{Reason: secret, Right: "Đúng"}},
			"right":  {Correct, Ask{Reason: "Sai", Right: secret}},
		} {
			try.ask.Hash, try.ask.Answers = w.head(t, ref).Hash, allChecked
			if err := w.Do(t.Context(), w.chief, ref, try.verb, try.ask); at(t, err, name) != refusal {
				t.Errorf("%s of %s: %v", name, try.verb, err)
			}
		}
		must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
		before = max(before, w.releaseOf(t, ref).Seq)
		for name, words := range map[string]Words{"kicker": {Kicker: secret}, "headline": {Headline: secret}, "standfirst": {Standfirst: secret}} {
			if err := w.place(t, w.carrier, ref, w.outlets[1], WordIt, PlaceAsk{Words: words}); at(t, err, name) != refusal {
				t.Errorf("an outlet's %s: %v", name, err)
			}
		}
		if w.releaseOf(t, ref).Seq != before {
			t.Error("readers have something")
		}
		// Why, which stays inside, may name the stamp.
		must(t, w.Do(t.Context(), w.chief, ref, Withdraw, Ask{Reason: "Bài có dấu TỐI MẬT", Note: "Bài đã được gỡ."}))
	})
}

func FuzzMarks(f *testing.F) {
	f.Add("TỐI MẬT 11.75, 106.72 Sư đoàn 5")
	f.Add("[M Ậ T] ĐỘ MẬT: MẬT 11.7512, 106.7234 và 11°45'3\" SƯ ĐOÀN 5, Đại đội 3")
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range Marks(Content{Body: text}) {
			if m.Text == "" || m.Kind == "" {
				t.Errorf("%q: an empty mark", text)
			}
		}
		// What is looked for first stands in whatever a pattern finds.
		text = legible(text)
		lower := strings.ToLower(text)
		for _, s := range slices.Concat(stamps, coordinates, []sign{units}) {
			if s.pattern.MatchString(text) && len(s.find(text, lower)) == 0 {
				t.Errorf("%q: %s is passed over", text, s.pattern)
			}
		}
	})
}
