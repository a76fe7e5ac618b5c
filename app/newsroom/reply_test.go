package newsroom

import (
	"errors"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// company is a reply of one party, received the day before the test begins.
func company(text string) Reply {
	return Reply{Party: "Công ty Minh Hưng", Position: "Chủ đầu tư", Received: morning.Add(-24 * time.Hour).Format(time.DateOnly), Text: text}
}

// hear puts a reply into an edition that readers have, and publishes it.
func (w *world) hear(t *testing.T, ref Ref, reply Reply) {
	t.Helper()
	_, err := w.SaveReply(t.Context(), w.reporter, ref, w.head(t, ref).Number, 0, reply)
	must(t, err)
	w.lead(t, w.reporter, ref, Published)
}

func TestAReplyGoesTheWayOfEveryText(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Bài bị phản hồi")
		bare := w.head(t, ref).Hash
		_, err := w.SaveReply(t.Context(), w.reporter, ref, 1, 0, company("Chúng tôi phản đối."))
		if expectKind(t, err, fault.NotPossible); key(t, err) != "error.reply.not_public" {
			t.Errorf("a reply to what nobody has read: %v", err)
		}
		w.lead(t, w.reporter, ref, Published)
		saved, err := w.SaveReply(t.Context(), w.reporter, ref, 1, 0, company("Chúng tôi **phản đối**.\n\n## Không phải tít\n\n- một"))
		must(t, err)
		if saved.Hash == bare || row(t, w.db, ref).State != string(Draft) {
			t.Errorf("saved as %+v", saved)
		}
		if doc := w.article(t, ref); doc.Replies != nil {
			t.Error("readers have it before anybody approved it")
		}
		w.lead(t, w.reporter, ref, Approved)
		change := saved.Content.Replies[0]
		change.Answer = "Tòa soạn đã kiểm tra."
		_, err = w.SaveReply(t.Context(), w.editor, ref, 2, 1, change)
		must(t, err)
		if got := row(t, w.db, ref).State; got != string(Approval) {
			t.Errorf("a change of an approved reply leaves the edition %s", got)
		}
		expectKind(t, w.Do(t.Context(), w.chief, ref, Publish, Ask{Hash: w.head(t, ref).Hash}), fault.NotPossible)
		w.do(t, w.chief, ref, Approve, Publish)
		doc := w.article(t, ref)
		if len(doc.Replies) != 1 {
			t.Fatalf("readers have %+v", doc.Replies)
		}
		got := doc.Replies[0]
		if got.Party != "Công ty Minh Hưng" || got.Position != "Chủ đầu tư" || got.Round != 1 || got.Received != change.Received ||
			!strings.Contains(string(got.HTML), "<strong>phản đối</strong>") || strings.Contains(string(got.HTML), "<h") ||
			string(got.Answer) != "<p>Tòa soạn đã kiểm tra.</p>\n" {
			t.Errorf("readers have %+v", got)
		}
		w.save(t, w.reporter, ref, func(c *Content) { c.Replies = nil })
		if head := w.head(t, ref); head.Hash != bare {
			t.Error("a text without replies has another hash than before there were any")
		}
	})
}

func TestTheThirdRoundMayBeDeclinedAfterTwo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		w.hear(t, ref, company("Lần một"))
		english := w.translate(t, ref, "en")
		exchange := w.head(t, ref).Content.Replies[0].Exchange
		end := func(actor account.Actor, reason string) error {
			return w.EndExchange(t.Context(), actor, ref, exchange, reason)
		}
		if err := end(w.chief, "Không có gì mới"); key(t, err) != "error.reply.too_few" {
			t.Errorf("after one round: %v", err)
		}
		second := company("Lần hai")
		second.Party = "Công ty Minh Hưng"
		w.hear(t, ref, second)
		if doc := w.article(t, ref); len(doc.Replies) != 2 || doc.Replies[1].Round != 2 {
			t.Errorf("readers have %+v", doc.Replies)
		}
		if err := end(w.chief, " "); at(t, err, "reason") != "error.reason.required" {
			t.Errorf("without a reason: %v", err)
		}
		expectKind(t, end(w.reporter, "Thôi"), fault.Forbidden)
		before := w.entries(t)
		must(t, end(w.managing, "Không có gì mới"))
		if e := w.newest(t, ref); w.entries(t) != before+1 || e.Verb != "reply.end" || e.Reason != "Không có gì mới" || e.Detail["party"] != "Công ty Minh Hưng" || e.Detail["rounds"] != "2" {
			t.Errorf("the trail says %+v", e)
		}
		if err := end(w.chief, "Lại nữa"); key(t, err) != "error.reply.ended_already" {
			t.Errorf("ended twice: %v", err)
		}
		_, err := w.SaveReply(t.Context(), w.reporter, ref, w.head(t, ref).Number, 0, company("Lần ba"))
		if at(t, err, "reply_party") != "error.reply.ended" {
			t.Errorf("a third round after the end: %v", err)
		}
		other := company("Lần một của bên khác")
		other.Party = "Hộ dân ven đường"
		_, err = w.SaveReply(t.Context(), w.reporter, ref, w.head(t, ref).Number, 0, other)
		must(t, err)
		// What was there before stays, and is translated; no more is added in any language.
		words := w.head(t, english).Content.Replies
		if len(words) != 1 || words[0].Text != "" || words[0].Exchange != exchange || words[0].Received == "" {
			t.Errorf("the translator begins with %+v", words)
		}
		w.save(t, w.translator, english, func(c *Content) { c.Headline = "An article" })
		told := words[0]
		told.Party, told.Text = "Minh Hung Company", "Round one"
		rev, err := w.SaveReply(t.Context(), w.translator, english, 2, 1, told)
		must(t, err)
		more := told
		for i, want := range []string{"", "error.reply.ended"} { // the second round is missing there still
			_, err = w.SaveReply(t.Context(), w.translator, english, rev.Number+i, 0, more)
			if got := at(t, err, "reply_party"); got != want {
				t.Errorf("round %d in English: %q", i+2, got)
			}
		}
		rulings, err := w.Rulings(t.Context(), w.reporter, english)
		must(t, err)
		if len(rulings) != 1 || rulings[0].Kind != ExchangeEnded || rulings[0].Rounds != 2 || rulings[0].By != w.managing.ID {
			t.Errorf("%+v", rulings)
		}
	})
}

func TestWithoutARulingThereIsAThirdRound(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		for _, text := range []string{"Lần một", "Lần hai", "Lần ba"} {
			w.hear(t, ref, company(text))
		}
		if doc := w.article(t, ref); len(doc.Replies) != 3 || doc.Replies[2].Round != 3 {
			t.Errorf("%+v", doc.Replies)
		}
		must(t, w.EndExchange(t.Context(), w.chief, ref, w.head(t, ref).Content.Replies[0].Exchange, "Đủ rồi"))
	})
}

func TestARefusedReplyIsKeptAndSaysWhy(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		before, head := w.entries(t), w.head(t, ref).Hash
		refuse := func(actor account.Actor, r Reply, reason string) error {
			return w.RefuseReply(t.Context(), actor, ref, r, reason)
		}
		expectKind(t, refuse(w.reporter, company("Xúc phạm"), "Xúc phạm người khác"), fault.Forbidden)
		expectKind(t, refuse(w.contributor, company("Xúc phạm"), "Xúc phạm người khác"), fault.NotFound)
		for name, c := range map[string]struct {
			change func(*Reply)
			reason string
			field  string
		}{
			"no reason": {func(*Reply) {}, "", "reason"},
			"no text":   {func(r *Reply) { r.Text = "" }, "Vì", "reply_text"},
			"no party":  {func(r *Reply) { r.Party = " " }, "Vì", "reply_party"},
			"no day":    {func(r *Reply) { r.Received = "" }, "Vì", "reply_received"},
			"a bad day": {func(r *Reply) { r.Received = "31/02/2026" }, "Vì", "reply_received"},
		} {
			r := company("Xúc phạm")
			c.change(&r)
			if err := refuse(w.chief, r, c.reason); at(t, err, c.field) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.entries(t) != before {
			t.Error("what was refused left a trace")
		}
		must(t, refuse(w.chief, company("Xúc phạm"), "Xúc phạm người khác"))
		if e := w.newest(t, ref); e.Verb != "reply.refuse" || e.Reason != "Xúc phạm người khác" {
			t.Errorf("the trail says %+v", e)
		}
		rulings, err := w.Rulings(t.Context(), w.editor, ref)
		must(t, err)
		if len(rulings) != 1 || rulings[0].Text != "Xúc phạm" || rulings[0].Reason != "Xúc phạm người khác" || !rulings[0].At.Equal(w.db.Now()) {
			t.Errorf("%+v", rulings)
		}
		if w.head(t, ref).Hash != head || w.article(t, ref).Replies != nil {
			t.Error("a refusal changed the text")
		}
		_, err = w.Rulings(t.Context(), w.contributor, ref)
		expectKind(t, err, fault.NotFound)
	})
}

func TestAReplyThatCannotBeIsRefusedAtItsField(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		add := func(change func(*Reply)) error {
			r := company("Lời")
			change(&r)
			_, err := w.SaveReply(t.Context(), w.reporter, ref, w.head(t, ref).Number, 0, r)
			return err
		}
		for name, c := range map[string]struct {
			change     func(*Reply)
			field, key string
		}{
			"tomorrow":  {func(r *Reply) { r.Received = morning.Add(48 * time.Hour).Format(time.DateOnly) }, "reply_received", "error.day_future"},
			"no day":    {func(r *Reply) { r.Received = "hôm qua" }, "reply_received", "error.bad_date"},
			"no party":  {func(r *Reply) { r.Party = "" }, "reply_party", "error.required"},
			"too long":  {func(r *Reply) { r.Text = strings.Repeat("ế", MaxReply+1) }, "reply_text", "error.too_long"},
			"no text":   {func(r *Reply) { r.Answer = "a\xff" }, "reply_answer", "error.not_utf8"},
			"an office": {func(r *Reply) { r.Position = strings.Repeat("ế", MaxPosition+1) }, "reply_position", "error.too_long"},
		} {
			if err := add(c.change); at(t, err, c.field) != c.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		for i := range MaxReplies {
			must(t, add(func(r *Reply) { r.Text = strings.Repeat("lời ", i+1) }))
		}
		if err := add(func(*Reply) {}); at(t, err, "replies") != "error.reply.too_many" {
			t.Errorf("one too many: %v", err)
		}
		base := w.head(t, ref).Number
		for _, number := range []int{-1, MaxReplies + 1} {
			_, err := w.SaveReply(t.Context(), w.reporter, ref, base, number, company("Lời"))
			expectKind(t, err, fault.NotFound)
		}
		_, err := w.DropReply(t.Context(), w.reporter, ref, base, 0)
		expectKind(t, err, fault.NotFound)
		_, err = w.DropReply(t.Context(), w.reporter, ref, base, MaxReplies)
		must(t, err)
		_, err = w.DropReply(t.Context(), w.reporter, ref, base, 1)
		var conflict *ConflictError
		if !errors.As(err, &conflict) {
			t.Errorf("a reply was taken out of an older version: %v", err)
		}
		// An unfinished one can be kept, and goes no further.
		w.save(t, w.reporter, ref, func(c *Content) { c.Replies = []Reply{{Party: "Bên phản hồi"}} })
		err = w.Do(t.Context(), w.reporter, ref, Submit, w.ask(t, ref, Submit))
		if at(t, err, "reply_text") != "error.required" || at(t, err, "reply_received") != "error.required" {
			t.Errorf("an unfinished reply was submitted: %v", err)
		}
	})
}

// Nothing but the page of replies takes a reply away: not an older text that is
// brought back, nor one that was typed before the reply came.
func TestRepliesStayWhenTheTextChanges(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		typed := w.content("Tít đang gõ")
		_, err := w.Autosave(t.Context(), w.reporter, ref, Unsaved{Base: 1, Content: typed})
		must(t, err)
		must(t, w.Discard(t.Context(), w.reporter, ref))
		_, err = w.SaveReply(t.Context(), w.reporter, ref, 1, 0, company("Lời"))
		must(t, err)
		back, err := w.Restore(t.Context(), w.reporter, ref, 1, 2)
		must(t, err)
		if len(back.Content.Replies) != 1 {
			t.Error("an older text that was brought back took the reply away")
		}
		base := w.head(t, ref).Number
		_, err = w.Autosave(t.Context(), w.reporter, ref, Unsaved{Base: base, Content: typed})
		must(t, err)
		s, err := w.Open(t.Context(), w.reporter, ref)
		must(t, err)
		if s.Unsaved == nil || len(s.Unsaved.Content.Replies) != 1 {
			t.Errorf("what was typed: %+v", s.Unsaved)
		}
		typed = w.head(t, ref).Content
		typed.Replies = nil
		_, err = w.Autosave(t.Context(), w.reporter, ref, Unsaved{Base: base, Content: typed, SavedAt: s.Unsaved.SavedAt})
		must(t, err)
		if s, err = w.Open(t.Context(), w.reporter, ref); err != nil || s.Unsaved != nil {
			t.Errorf("the same text counts as unsaved: %+v %v", s.Unsaved, err)
		}
	})
}

func TestAReplyIsSearchedForMarksOfSecrets(t *testing.T) {
	if marks := Marks(Content{Replies: []Reply{company("(MẬT)")}}); len(marks) != 1 {
		t.Errorf("%+v", marks)
	}
}
