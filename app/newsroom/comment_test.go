package newsroom

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"
)

// says makes somebody begin a thread about the newest text.
func (w *world) says(t *testing.T, who account.Actor, ref Ref, r Remark) int {
	t.Helper()
	if r.Revision == 0 {
		r.Revision = w.head(t, ref).Number
	}
	number, err := w.Comment(t.Context(), who, ref, r)
	must(t, err)
	return number
}

// talk is what somebody sees of the talk about the newest text.
func (w *world) talk(t *testing.T, who account.Actor, ref Ref) Talk {
	t.Helper()
	talk, err := w.Talk(t.Context(), who, ref, w.head(t, ref).Content)
	must(t, err)
	return talk
}

// told are the data of the comments that others have been told of.
func (w *world) told(t *testing.T) []map[string]string {
	t.Helper()
	var rows []string
	must(t, w.db.Read(t.Context()).Raw("SELECT data FROM outbox WHERE topic = ? ORDER BY seq", CommentAdded).Scan(&rows).Error)
	told := make([]map[string]string, len(rows))
	for i, r := range rows {
		must(t, json.Unmarshal([]byte(r), &told[i]))
	}
	return told
}

func TestPeopleWhoSeeAnEditionTalkAboutIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Editing)
		number := w.says(t, w.chief, ref, Remark{Body: "  Nên nêu nguồn số liệu.\r\n", Mentions: []string{"reporter", "editor", "reporter"}})
		answer, err := w.Answer(t.Context(), w.reporter, ref, number, Remark{Body: "Em bổ sung rồi ạ.", Revision: 1})
		must(t, err)
		if number != 1 || answer != 2 {
			t.Errorf("numbers %d and %d", number, answer)
		}
		talk := w.talk(t, w.editor, ref)
		if len(talk.Threads) != 1 || len(talk.Threads[0].Answers) != 1 {
			t.Fatalf("the talk is %+v", talk.Threads)
		}
		if c := talk.Threads[0]; c.Body != "Nên nêu nguồn số liệu." || c.Author != "chief" || !slices.Equal(c.Mentions, []string{"editor", "reporter"}) || !c.At.Equal(w.db.Now()) || !c.Open() || c.Blocks() {
			t.Errorf("the comment is %+v", c)
		}
		if e := w.newest(t, ref); e.Verb != "comment.add" || e.ActorID != "reporter" || e.Role != string(account.Reporter) || e.Detail["comment"] != "2" {
			t.Errorf("recorded %+v", e)
		}
		told := w.told(t)
		if len(told) != 2 || told[0]["mentions"] != "editor reporter" || told[0]["comment"] != "1" || told[0]["blocking"] != "false" ||
			told[0]["excerpt"] != "Nên nêu nguồn số liệu." || told[0]["agency"] != portal || told[0]["involved"] != "" || told[1]["involved"] != "chief" {
			t.Errorf("told %v", told)
		}
	})
}

func TestWhoCannotSeeAnEditionNeitherTalksNorIsMentioned(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Bài")
		stranger := w.person(t, "stranger", account.Post{Agency: paper, Role: account.EditorInChief})
		number := w.says(t, w.editor, ref, Remark{Body: "Tốt."})
		for what, try := range map[string]func() error{
			"comment": func() error {
				_, err := w.Comment(t.Context(), stranger, ref, Remark{Body: "A", Revision: 1})
				return err
			},
			"answer": func() error {
				_, err := w.Answer(t.Context(), stranger, ref, number, Remark{Body: "A"})
				return err
			},
			"mend":    func() error { return w.MendComment(t.Context(), stranger, ref, number, "B") },
			"delete":  func() error { return w.DeleteComment(t.Context(), stranger, ref, number) },
			"resolve": func() error { return w.ResolveComment(t.Context(), stranger, ref, number) },
			"reopen":  func() error { return w.ReopenComment(t.Context(), stranger, ref, number) },
			"read": func() error {
				_, err := w.Talk(t.Context(), stranger, ref, Content{})
				return err
			},
		} {
			if got := key(t, try()); got != "error.edition.none" {
				t.Errorf("%s: %q", what, got)
			}
		}
		for _, id := range []string{"stranger", "nobody", "contributor", "\x00"} {
			_, err := w.Comment(t.Context(), w.editor, ref, Remark{Body: "Xin xem.", Revision: 1, Mentions: []string{id}})
			if got := at(t, err, "mentions"); got != "error.comment.unseen" && id != "\x00" || err == nil {
				t.Errorf("%q is mentioned: %v", id, err)
			}
		}
		if n := len(w.talk(t, w.editor, ref).Threads); n != 1 {
			t.Errorf("%d comments are kept", n)
		}
		own := w.draft(t, w.contributor, "vi", "Bài của cộng tác viên")
		w.says(t, w.editor, own, Remark{Body: "Xin xem.", Mentions: []string{"contributor"}})
		w.says(t, w.contributor, own, Remark{Body: "Vâng."})
	})
}

func TestABlockingCommentStopsApprovalAndPublication(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approval)
		number := w.says(t, w.editor, ref, Remark{Body: "Số liệu chưa đúng.", Blocking: true})
		w.says(t, w.editor, ref, Remark{Body: "Tít hơi dài."}) // is only advice
		refused := func(who account.Actor, verb Verb) {
			t.Helper()
			err := w.Do(t.Context(), who, ref, verb, w.ask(t, ref, verb))
			if f, ok := fault.As(err); !ok || f.Message.Key != "error.comment.blocking" || f.Message.Args["count"] != int64(1) {
				t.Errorf("%s: %v", verb, err)
			}
		}
		refused(w.chief, Approve)
		refused(w.chief, PublishUrgent)
		if got := w.talk(t, w.chief, ref).Blocking(); got != 1 {
			t.Errorf("%d are said to block", got)
		}
		for _, who := range []account.Actor{w.reporter, w.deskHead, w.security} {
			expectKind(t, w.ResolveComment(t.Context(), who, ref, number), fault.Forbidden)
		}
		must(t, w.ResolveComment(t.Context(), w.editor, ref, number)) // it is theirs
		w.do(t, w.chief, ref, Approve)

		expectKind(t, w.ReopenComment(t.Context(), w.reporter, ref, number), fault.Forbidden)
		must(t, w.ReopenComment(t.Context(), w.editor, ref, number))
		refused(w.chief, Publish)
		must(t, w.ResolveComment(t.Context(), w.managing, ref, number)) // who may overrule
		if e := w.newest(t, ref); e.Verb != "comment.resolve" || e.ActorID != "managing" {
			t.Errorf("recorded %+v", e)
		}
		w.do(t, w.chief, ref, Publish)
	})
}

// A scheduled edition stays where it is while somebody has something against it.
func TestTheScheduleWaitsForABlockingComment(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Scheduled)
		number := w.says(t, w.editor, ref, Remark{Body: "Chưa đăng được.", Blocking: true})
		w.clock.Advance(2 * time.Hour)
		if n, err := w.DoDue(t.Context()); n != 0 || err != nil || Hindrance(row(t, w.db, ref).Hindrance) != ByComments {
			t.Errorf("published %d, %v", n, err)
		}
		must(t, w.DeleteComment(t.Context(), w.editor, ref, number))
		if n, err := w.DoDue(t.Context()); n != 1 || err != nil {
			t.Errorf("published %d, %v", n, err)
		}
	})
}

func TestACommentIsMendedShortlyAndTakenBackWithAMark(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Bài")
		number := w.says(t, w.editor, ref, Remark{Body: "Bỏ đoạn hai."})
		_, err := w.Answer(t.Context(), w.reporter, ref, number, Remark{Body: "Vì sao ạ?"})
		must(t, err)
		w.clock.Advance(EditingComment - time.Second)
		expectKind(t, w.MendComment(t.Context(), w.reporter, ref, number, "Giữ đoạn hai."), fault.Forbidden)
		must(t, w.MendComment(t.Context(), w.editor, ref, number, "Bỏ đoạn ba."))
		if c := w.talk(t, w.editor, ref).Threads[0]; c.Body != "Bỏ đoạn ba." || c.Edited.IsZero() || !MayMend(w.editor, c.Comment, w.db.Now()) {
			t.Errorf("mended to %+v", c)
		}
		w.clock.Advance(time.Second)
		if got := key(t, w.MendComment(t.Context(), w.editor, ref, number, "Bỏ hết.")); got != "error.comment.late" {
			t.Errorf("mended too late: %q", got)
		}
		expectKind(t, w.DeleteComment(t.Context(), w.chief, ref, number), fault.Forbidden)
		must(t, w.DeleteComment(t.Context(), w.editor, ref, number))
		thread := w.talk(t, w.reporter, ref).Threads[0]
		if thread.Body != "" || thread.Deleted.IsZero() || thread.Open() || len(thread.Answers) != 1 {
			t.Errorf("taken back: %+v", thread)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM comment WHERE body LIKE ?", "%đoạn ba%"); n != 0 {
			t.Error("its words are kept")
		}
		if e := w.newest(t, ref); e.Verb != "comment.delete" || strings.Contains(fmt.Sprint(e), "đoạn ba") {
			t.Errorf("recorded %+v", e)
		}
		for _, err := range []error{
			w.DeleteComment(t.Context(), w.editor, ref, number), w.MendComment(t.Context(), w.editor, ref, number, "Lại."),
			w.ResolveComment(t.Context(), w.editor, ref, number), w.ReopenComment(t.Context(), w.editor, ref, number),
		} {
			if got := key(t, err); got != "error.comment.deleted" {
				t.Errorf("afterwards: %q", got)
			}
		}
	})
}

func TestADoublePressSaysItOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Bài")
		first := w.says(t, w.editor, ref, Remark{Body: "Hay."})
		if again := w.says(t, w.editor, ref, Remark{Body: "Hay."}); again != first {
			t.Errorf("said again as %d", again)
		}
		must(t, w.ResolveComment(t.Context(), w.editor, ref, first))
		before := w.entries(t)
		must(t, w.ResolveComment(t.Context(), w.reporter, ref, first))
		if got := w.talk(t, w.editor, ref).Threads[0]; got.ResolvedBy != "editor" || w.entries(t) != before {
			t.Errorf("resolved twice: %+v", got)
		}
		for _, other := range []Remark{{Body: "Hay.", Passage: 1}, {Body: "Hay lắm."}} {
			if w.says(t, w.editor, ref, other) == first {
				t.Errorf("%+v is taken for the same", other)
			}
		}
		w.clock.Advance(time.Minute)
		if w.says(t, w.editor, ref, Remark{Body: "Hay lắm."}) == 3 {
			t.Error("a minute later it is taken for the same")
		}
		if n := len(w.told(t)); n != 4 {
			t.Errorf("told %d times", n)
		}
	})
}

func TestWhatACommentCannotBe(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Bài")
		for name, c := range map[string]struct {
			r          Remark
			field, key string
		}{
			"nothing":                {Remark{Body: " \n "}, "comment", "error.required"},
			"too much":               {Remark{Body: strings.Repeat("ế", MaxComment+1)}, "comment", "error.too_long"},
			"no text":                {Remark{Body: "\xff"}, "comment", "error.not_utf8"},
			"on words of none":       {Remark{Body: "A", Quote: "không có chữ này"}, "quote", "error.comment.quote"},
			"on an empty passage":    {Remark{Body: "A", Passage: 3}, "passage", "error.invalid"},
			"on a passage of none":   {Remark{Body: "A", Passage: 99}, "passage", "error.invalid"},
			"on one before them all": {Remark{Body: "A", Passage: -1}, "passage", "error.invalid"},
			"on too many words":      {Remark{Body: "A", Quote: strings.Repeat("a", MaxQuote+1)}, "quote", "error.too_long"},
			"for a crowd":            {Remark{Body: "A", Mentions: strings.Fields("a b c d e f g h i j k l m n o p q r s t u")}, "mentions", "error.comment.mentions"},
		} {
			c.r.Revision = 1
			if _, err := w.Comment(t.Context(), w.editor, ref, c.r); at(t, err, c.field) != c.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := w.Comment(t.Context(), w.editor, ref, Remark{Body: "A", Revision: 2})
		expectKind(t, err, fault.NotFound)
		number := w.says(t, w.editor, ref, Remark{Body: "A"})
		answer, err := w.Answer(t.Context(), w.editor, ref, number, Remark{Body: "B"})
		must(t, err)
		for _, to := range []int{answer, 0 - 1, 99} {
			_, err := w.Answer(t.Context(), w.editor, ref, to, Remark{Body: "C"})
			expectKind(t, err, fault.NotFound)
		}
		for i := range MaxComments - 2 {
			must(t, insertRows(t, w, ref, i+3))
		}
		if _, err := w.Answer(t.Context(), w.editor, ref, number, Remark{Body: "D"}); key(t, err) != "error.comment.many" {
			t.Errorf("one too many: %v", err)
		}
	})
}

func insertRows(t *testing.T, w *world, ref Ref, number int) error {
	return w.db.Read(t.Context()).Create(&commentRow{ItemID: ref.Item, Lang: ref.Lang, Number: number, Thread: number, AuthorID: "editor", CreatedAt: 1, Body: "x"}).Error
}

func TestWordsAreFoundAgainWhileTheTextChanges(t *testing.T) {
	w := newWorld(t, apptest.NewDatabase(t))
	ref := w.draft(t, w.reporter, "vi", "Cửa khẩu Hoa Lư")
	write := func(body string) {
		t.Helper()
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = body })
	}
	write("Đoạn một có 5 dự án.\n\n- mục *đầu* có 5 dự án\n- mục hai\n\nĐoạn cuối có 5 dự án mới.")
	number := w.says(t, w.editor, ref, Remark{Body: "Nguồn?", Quote: "5 dự án", Prefix: "cuối có ", Suffix: " mới."})
	whole := w.says(t, w.editor, ref, Remark{Body: "Bỏ.", Passage: BodyPassage + 3})
	found := func(number int) (words string, ok bool) {
		t.Helper()
		talk := w.talk(t, w.editor, ref)
		place := talk.Threads[number-1].Place
		if !place.Found {
			return talk.Threads[number-1].Anchor.Quote, false
		}
		text := talk.Passages[place.Passage]
		return last(text[:place.Start], 5) + "[" + text[place.Start:place.End] + "]", true
	}
	for _, step := range []struct {
		body, want, whole string
	}{
		{"Đoạn một có 5 dự án.\n\n- mục *đầu* có 5 dự án\n- mục hai\n\nĐoạn cuối có 5 dự án mới.", "i có [5 dự án]", "[mục hai]"},
		{"Thêm đoạn.\n\nĐoạn một có 5 dự án.\n\nĐoạn cuối có **5 dự án** mới.\n\n- mục hai", "i có [5 dự án]", "[mục hai]"},
		{"Đoạn một có 5 dự án. Vẫn nói về năm 2025.", "t có [5 dự án]", "mục hai"},
		{"Không còn con số nào.", "5 dự án", "mục hai"},
	} {
		write(step.body)
		if got, _ := found(number); got != step.want {
			t.Errorf("in %q it is at %q, want %q", step.body, got, step.want)
		}
		if got, _ := found(whole); !strings.HasSuffix(got, step.whole) {
			t.Errorf("in %q the whole passage is at %q, want %q", step.body, got, step.whole)
		}
	}
	if _, ok := found(number); ok {
		t.Error("words that are gone are said to stand somewhere")
	}
}

// Whatever is looked for in whatever text, what is said to be found is there.
func FuzzAnchor(f *testing.F) {
	f.Add("Một hai ba", "hai một hai", "hai", "Một ", " ba", 0)
	f.Add("aaaa", "aaaaaaaa", "aa", "a", "a", 7)
	f.Fuzz(func(t *testing.T, one, two, quote, prefix, suffix string, passage int) {
		passages := []string{one, two}
		a := Anchor{passage, quote, prefix, suffix}
		place := a.find(passages)
		there := quote != "" && (strings.Contains(one, quote) || strings.Contains(two, quote))
		if place.Found != there {
			t.Fatalf("found: %t, is there: %t", place.Found, there)
		}
		if there && passages[place.Passage][place.Start:place.End] != quote {
			t.Errorf("other words stand there")
		}
	})
}

// What has been approved is stopped by those who review or wrote it, not by
// everybody who may read it.
func TestOnlyReviewersAndWritersObjectToWhatIsApproved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		auditor := w.person(t, "auditor", account.Post{Agency: portal, Role: account.Auditor})
		royalty := w.person(t, "royalty", account.Post{Agency: portal, Role: account.RoyaltyOfficer})
		other := w.person(t, "other_reporter", account.Post{Agency: portal, Role: account.Reporter})
		early := w.bring(t, w.reporter, Approval)
		number, err := w.Comment(t.Context(), auditor, early, Remark{Body: "Xem lại.", Revision: 1, Blocking: true})
		must(t, err)
		must(t, w.ResolveComment(t.Context(), auditor, early, number))
		w.do(t, w.chief, early, Approve)
		if got := at(t, w.ReopenComment(t.Context(), auditor, early, number), "blocking"); got != "error.comment.object" {
			t.Errorf("opened again: %q", got)
		}
		ref := w.bring(t, w.reporter, Scheduled)
		for _, who := range []account.Actor{auditor, royalty, other} {
			_, err := w.Comment(t.Context(), who, ref, Remark{Body: "Khoan.", Revision: 1, Blocking: true})
			if got := at(t, err, "blocking"); got != "error.comment.object" {
				t.Errorf("%s: %q", who.ID, got)
			}
			sheet, err := w.Open(t.Context(), who, ref)
			must(t, err)
			if sheet.MayObject {
				t.Errorf("%s is offered it", who.ID)
			}
			_, err = w.Comment(t.Context(), who, ref, Remark{Body: "Chỉ là nhận xét của " + who.ID, Revision: 1})
			must(t, err)
		}
		for _, who := range []account.Actor{w.reporter, w.editor, w.security, w.chief} {
			_, err := w.Comment(t.Context(), who, ref, Remark{Body: "Khoan, " + who.ID, Revision: 1, Blocking: true})
			must(t, err)
		}
	})
}
