package newsroom

import (
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// both holds two chairs of the agency at once.
func (w *world) both(t *testing.T, id string, roles ...account.Role) account.Actor {
	t.Helper()
	var posts []account.Post
	for _, role := range roles {
		posts = append(posts, account.Post{Agency: portal, Role: role})
	}
	return w.person(t, id, posts...)
}

// approving tries to approve the newest revision and answers the refusal's key.
func (w *world) approving(t *testing.T, who account.Actor, ref Ref) string {
	t.Helper()
	return key(t, w.Do(t.Context(), who, ref, Approve, w.ask(t, ref, Approve)))
}

// offered says whether the page offers somebody a verb.
func (w *world) offered(t *testing.T, who account.Actor, ref Ref, verb Verb) bool {
	t.Helper()
	sheet, err := w.Open(t.Context(), who, ref)
	must(t, err)
	for _, v := range sheet.Verbs {
		if v == verb {
			return true
		}
	}
	return false
}

const own = "error.approve.own"

func TestWriterNeverApprovesWhateverTheirRoles(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		chief := w.both(t, "writing_chief", account.Reporter, account.Editor, account.EditorInChief)
		ref := w.draft(t, chief, "vi", "Người viết cũng là người duyệt")
		w.do(t, chief, ref, Submit, Take, Pass, Pass)
		if got := w.approving(t, chief, ref); got != own {
			t.Errorf("the writer's approval: %q", got)
		}
		if w.offered(t, chief, ref, Approve) {
			t.Error("the page offers the writer to approve")
		}
		if tasks, err := w.Waiting(t.Context(), chief); err != nil || len(tasks) != 0 {
			t.Errorf("it waits for the writer's approval: %v %v", tasks, err)
		}
		if got := w.approving(t, w.chief, ref); got != "" {
			t.Errorf("somebody else's approval: %q", got)
		}
	})
}

// Whoever changed a word after the last approval is a writer of what is to be
// approved: editors, the approver, also when somebody wrote after them.
func TestWhoChangedSinceTheLastApprovalNeverApproves(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approval)
		second := w.both(t, "second_chief", account.EditorInChief)
		w.save(t, second, ref, func(c *Content) { c.Body += "\n\nCâu của phó ban." })
		w.save(t, w.editor, ref, func(c *Content) { c.Body += "\n\nCâu của biên tập viên." })
		if got := w.approving(t, second, ref); got != own {
			t.Errorf("the second chief approved a text with a sentence of theirs: %q", got)
		}
		w.do(t, w.chief, ref, Approve)
		// The chief's own comma re-opens it; now the second, whose sentence the
		// chief approved, is the second pair of eyes and the chief is not.
		w.save(t, w.chief, ref, func(c *Content) { c.Standfirst += " Thêm." })
		if got := w.approving(t, w.chief, ref); got != own {
			t.Errorf("the chief approved their own comma: %q", got)
		}
		if got := w.approving(t, second, ref); got != "" {
			t.Errorf("the second chief: %q", got)
		}
	})
}

// Putting the old words back does not bring the old approval back, and those
// who wrote in between stay writers.
func TestWritingBackAndForthDoesNotHideTheWriter(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approved)
		old := w.head(t, ref).Content
		w.save(t, w.chief, ref, func(c *Content) { c.Body = "Hoàn toàn khác." })
		w.save(t, w.editor, ref, func(c *Content) { *c = old })
		if got := row(t, w.db, ref); State(got.State) != Approval {
			t.Errorf("state %s", got.State)
		}
		for _, verb := range []Verb{Publish, Schedule} {
			expectKind(t, w.Do(t.Context(), w.chief, ref, verb, w.ask(t, ref, verb)), fault.NotPossible)
		}
		if got := w.approving(t, w.chief, ref); got != own {
			t.Errorf("the chief: %q", got)
		}
	})
}

func TestTranslatorNeverApprovesTheirTranslation(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		translator := w.both(t, "translating_head", account.Translator, account.Reviser, account.Editor, account.EditorInChief)
		source := w.bring(t, w.reporter, Published)
		ref, err := w.Translate(t.Context(), translator, source, "en")
		must(t, err)
		w.save(t, translator, ref, func(c *Content) { *c = w.content("A headline") })
		w.do(t, translator, ref, Submit)
		w.do(t, w.editor, ref, Take, Pass)
		w.do(t, w.managing, ref, Pass)
		if got := w.approving(t, translator, ref); got != own {
			t.Errorf("the translator: %q", got)
		}
		// Of the source they wrote nothing, so there they may.
		w.save(t, w.reporter, source, func(c *Content) { c.Body += "\n\nMới." })
		w.do(t, w.reporter, source, Submit)
		w.do(t, translator, source, Take, Pass, Pass, Approve)
	})
}

// Beginning a translation makes a first revision without words; whoever began
// it, even if another wrote every word, had a hand in it.
func TestWhoBeganAnEditionDoesNotApproveIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		head := w.both(t, "head_translator", account.Translator, account.EditorInChief)
		ref, err := w.Translate(t.Context(), head, w.bring(t, w.reporter, Published), "en")
		must(t, err)
		w.save(t, w.translator, ref, func(c *Content) { *c = w.content("A headline") })
		w.do(t, w.translator, ref, Submit)
		w.do(t, w.editor, ref, Take, Pass)
		w.do(t, w.managing, ref, Pass)
		if got := w.approving(t, head, ref); got != own {
			t.Errorf("%q", got)
		}
	})
}

// An approval is for what was on the screen: when somebody saves in between,
// the verb with the old hash does nothing.
func TestApprovalIsOfTheRevisionThatWasRead(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approval)
		read := w.ask(t, ref, Approve)
		w.save(t, w.editor, ref, func(c *Content) { c.Body += "\n\nLén thêm." })
		err := w.Do(t.Context(), w.chief, ref, Approve, read)
		expectKind(t, err, fault.Conflict)
		if got := row(t, w.db, ref); got.Approved != 0 || State(got.State) != Approval {
			t.Errorf("%+v", got)
		}
		for _, hash := range []string{"", "0", read.Hash[:63], read.Hash + "0"} {
			expectKind(t, w.Do(t.Context(), w.chief, ref, Approve, Ask{Hash: hash}), fault.Conflict)
		}
		w.do(t, w.chief, ref, Approve)
		got, head := row(t, w.db, ref), w.head(t, ref)
		if got.Approved != head.Number || got.ApprovedHash != head.Hash || got.ApprovedBy != w.chief.ID || got.ApprovedAt == 0 {
			t.Errorf("the approval is of %+v, want %+v", got, head)
		}
	})
}

// Every part of the content is covered: changing any of them re-opens.
func TestAnyChangeReopensTheApproval(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		m := w.picture(t, 1)
		refs := []Ref{w.bring(t, w.reporter, Approved), w.bring(t, w.reporter, Scheduled)}
		for name, change := range map[string]func(*Content){
			"section":     func(c *Content) { c.Section = w.otherSection },
			"outlets":     func(c *Content) { c.Outlets = w.outlets[:1] },
			"kicker":      func(c *Content) { c.Kicker = "Mới" },
			"headline":    func(c *Content) { c.Headline += "!" },
			"standfirst":  func(c *Content) { c.Standfirst += "!" },
			"body":        func(c *Content) { c.Body += "," },
			"slug":        func(c *Content) { c.Slug = "dia-chi-khac" },
			"byline":      func(c *Content) { c.Byline = "" },
			"source name": func(c *Content) { c.SourceName = "TTXVN" },
			"picture":     func(c *Content) { c.Lead = Lead{m.Hash, "Một hình", "Chú thích", "Nguồn"} },
			"sample":      func(c *Content) { c.Sample = true },
		} {
			for _, ref := range refs {
				before := row(t, w.db, ref)
				w.save(t, w.editor, ref, change)
				got := row(t, w.db, ref)
				if State(got.State) != Approval || got.PublishAt != 0 {
					t.Errorf("%s changed in %s: %+v", name, before.State, got)
				}
				expectKind(t, w.Do(t.Context(), w.chief, ref, Publish, w.ask(t, ref, Publish)), fault.NotPossible)
				w.forget(t, before)
			}
		}
	})
}

// Even a row that says "approved" does not publish what was not: the hash and
// the number must both be those that were approved.
func TestPublishingAsksForTheApprovedRevisionItself(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bringLive(t, w.reporter, Approved)
		before, edition := w.releaseOf(t, ref).Seq, row(t, w.db, ref)
		for _, spoil := range []string{"approved = approved + 1", "approved_hash = 'x'", "approved = 0", "approved_hash = ''"} {
			for _, verb := range []Verb{Publish, Schedule, Correct} {
				restore(t, w.db, edition)
				sql(t, w.db, "UPDATE edition SET "+spoil)
				err := w.Do(t.Context(), w.chief, ref, verb, w.ask(t, ref, verb))
				if key(t, err) != "error.publish.unapproved" {
					t.Errorf("%s with %s: %v", verb, spoil, err)
				}
				if w.releaseOf(t, ref).Seq != before {
					t.Errorf("%s with %s released", verb, spoil)
				}
			}
		}
	})
}

// What is not complete takes no step towards readers, and everybody on the
// way is told which field is missing.
func TestIncompleteTextTakesNoStepTowardsReaders(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		m := w.picture(t, 2)
		missing := map[string]func(*Content){
			"standfirst":  func(c *Content) { c.Standfirst = "" },
			"body":        func(c *Content) { c.Body = " \n" },
			"section":     func(c *Content) { c.Section = "" },
			"outlets":     func(c *Content) { c.Outlets = nil },
			"lead_alt":    func(c *Content) { c.Lead = Lead{Media: m.Hash, Caption: "c", Credit: "n"} },
			"lead_credit": func(c *Content) { c.Lead = Lead{Media: m.Hash, Alt: "a", Caption: "c"} },
			"source_name": func(c *Content) { c.SourceURL = "https://vnanet.vn/bai" },
		}
		for verb, state := range map[Verb]State{Submit: Draft, Pass: Editing, Approve: Approval} {
			ref := w.bring(t, w.reporter, state)
			before := row(t, w.db, ref)
			for name, spoil := range missing {
				w.forget(t, before)
				who := w.editor
				if state == Draft {
					who = w.reporter
				}
				w.save(t, who, ref, spoil)
				if state == Approval {
					who = w.chief
				}
				err := w.Do(t.Context(), who, ref, verb, w.ask(t, ref, verb))
				if at(t, err, name) == "" || State(row(t, w.db, ref).State) != state {
					t.Errorf("%s without %s: %v", verb, name, err)
				}
			}
		}
	})
}

// A picture that is not in the library is told to the writer who submits, not
// to the schedule at night.
func TestBodyWithAnUnknownPictureIsNotSubmitted(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Hình không có")
		const unknown = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "![Hình](media:" + unknown + ")" })
		err := w.Do(t.Context(), w.reporter, ref, Submit, w.ask(t, ref, Submit))
		if at(t, err, "body") != "error.media.unknown" {
			t.Errorf("%v", err)
		}
		// Somebody who may not see the draft is not told about its body.
		stranger := w.person(t, "stranger", account.Post{Agency: paper, Role: account.Reporter})
		expectKind(t, w.Do(t.Context(), stranger, ref, Submit, w.ask(t, ref, Submit)), fault.NotFound)
	})
}

// A double press of the same person has succeeded; anybody else's is late.
func TestApprovedTwiceIsApprovedOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approved)
		before, entries := row(t, w.db, ref), w.entries(t)
		w.do(t, w.chief, ref, Approve)
		if row(t, w.db, ref) != before || w.entries(t) != entries {
			t.Error("the second press did something")
		}
		other := w.person(t, "other_chief", account.Post{Agency: portal, Role: account.EditorInChief})
		expectKind(t, w.Do(t.Context(), other, ref, Approve, w.ask(t, ref, Approve)), fault.NotPossible)
		w.save(t, w.editor, ref, func(c *Content) { c.Body += " Khác." })
		old := Ask{Hash: before.ApprovedHash, Answers: allChecked}
		expectKind(t, w.Do(t.Context(), w.chief, ref, Approve, old), fault.Conflict)
	})
}
