package newsroom

import (
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// What is done with an edition by its people, as who is only asked to carry it
// may try it.
var behindTheOffer = map[string]func(w *world, t *testing.T, who account.Actor, ref Ref) error{
	"open": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Open(t.Context(), who, ref)
		return err
	},
	"revision": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Revision(t.Context(), who, ref, 1)
		return err
	},
	"history": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.History(t.Context(), who, ref, 9)
		return err
	},
	"notes": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.ChangeNotes(t.Context(), who, ref)
		return err
	},
	"past": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Moments(t.Context(), who, ref)
		return err
	},
	"as read": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.AsRead(t.Context(), who, ref, morning)
		return err
	},
	"known": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Known(t.Context(), who, ref)
		return err
	},
	"replies": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Rulings(t.Context(), who, ref)
		return err
	},
	"preview": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Preview(t.Context(), who, ref, w.content("Tít"))
		return err
	},
	"talk": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Talk(t.Context(), who, ref, w.content("Tít"))
		return err
	},
	"comment": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Comment(t.Context(), who, ref, Remark{Body: "Lời"})
		return err
	},
	"presence": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		return w.Attend(t.Context(), who, ref, "page", false)
	},
	"move": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		return w.MoveTo(t.Context(), who, ref, w.head(t, ref).Hash, morning.AddDate(0, 0, 3))
	},
	"save": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.Save(t.Context(), who, ref, w.head(t, ref).Number, w.content("Tít"))
		return err
	},
	"share": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		_, err := w.SharePreview(t.Context(), who, ref, "Ai đó", 1)
		return err
	},
	"withdraw": func(w *world, t *testing.T, who account.Actor, ref Ref) error {
		return w.Do(t.Context(), who, ref, Withdraw, w.ask(t, ref, Withdraw))
	},
}

// Who is only asked to carry a story sees what they are asked about, decides,
// and for everything else there is no such edition.
func TestWhoIsOnlyAskedSeesNoMoreThanThat(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		editor, managing, chief := w.paperDesk(t)
		other := w.outlets[1]
		asked := map[string]Ref{"approved": w.bring(t, w.reporter, Approved), "scheduled": w.bring(t, w.reporter, Scheduled), "with readers": w.bring(t, w.reporter, Published)}
		w.save(t, w.reporter, asked["with readers"], func(c *Content) { c.Headline = "Tít của bản nháp kín" })
		w.lead(t, w.reporter, asked["with readers"], Returned)
		for name, ref := range asked {
			for _, who := range []account.Actor{editor, managing, chief} {
				for what, do := range behindTheOffer {
					if got := fault.KindOf(do(w, t, who, ref)); got != fault.NotFound {
						t.Errorf("%s %s: %s answers %q", name, what, who.ID, got)
					}
				}
				if seen, err := w.Seen(t.Context(), who, []Ref{ref}); err != nil || len(seen) > 0 {
					t.Errorf("%s: %s is told what happens with it: %v", name, who.ID, err)
				}
				offer, err := w.Offer(t.Context(), who, ref)
				must(t, err)
				want := w.head(t, ref)
				if name == "with readers" {
					want, err = w.Revision(t.Context(), w.chief, ref, 1)
					must(t, err)
				}
				e := offer.Edition
				if offer.Text.Hash != want.Hash || e.Headline != want.Content.Headline || !e.Glimpse || e.Reason != "" || e.CreatedBy != "" || e.State == Returned {
					t.Errorf("%s: %s sees %+v", name, who.ID, e)
				}
				doc, err := w.PreviewOffer(t.Context(), who, ref, other)
				must(t, err)
				if doc.Title != want.Content.Headline {
					t.Errorf("%s: %s is shown %q", name, who.ID, doc.Title)
				}
				if task := w.task(t, who, ref); who.ID != editor.ID && (task.Verb != Carry || !task.Glimpse || task.Headline != want.Content.Headline) {
					t.Errorf("%s: for %s waits %+v", name, who.ID, task)
				}
				sees, err := w.SeesAll(t.Context(), who.ID, []string{ref.subject(), ref.OfferSubject()})
				if err != nil || sees[ref.subject()] || !sees[ref.OfferSubject()] {
					t.Errorf("%s: %s may be told of %v (%v)", name, who.ID, sees, err)
				}
			}
		}
		if got := w.list(t, managing, Filter{}); len(got) > 0 {
			t.Errorf("listed: %v", got)
		}
		if days, _, err := w.Calendar(t.Context(), managing, "", morning, morning.AddDate(0, 0, 2)); err != nil || len(days) > 0 {
			t.Errorf("in the calendar: %v, %v", days, err)
		}
		if whole, err := w.Offer(t.Context(), w.chief, asked["with readers"]); err != nil || whole.Glimpse || whole.Head != 2 {
			t.Errorf("its own chief: %+v, %v", whole, err)
		}
		// They decide all the same; and on an outlet where it stands the chief
		// answers for it, and sees it (decision 0003).
		for _, ref := range asked {
			must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít của báo"}}))
			must(t, w.place(t, managing, ref, other, CarryIt, PlaceAsk{}))
		}
		_, err := w.Open(t.Context(), chief, asked["with readers"])
		must(t, err)
		_, err = w.Open(t.Context(), managing, asked["with readers"])
		expectKind(t, err, fault.NotFound)
	})
}

// An offer that is over shows nothing more.
func TestAnOfferEnds(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		managing := w.carrier
		offered := func(ref Ref) (*Offer, fault.Kind) {
			t.Helper()
			offer, err := w.Offer(t.Context(), managing, ref)
			return offer, fault.KindOf(err)
		}
		reopened, stopped, withdrawn := w.bring(t, w.reporter, Approved), w.bring(t, w.reporter, Approved), w.bring(t, w.reporter, Published)
		w.save(t, w.editor, reopened, func(c *Content) { c.Headline = "Tít chưa ai duyệt" })
		if _, kind := offered(reopened); kind != fault.NotFound {
			t.Errorf("changed since: %q", kind)
		}
		w.do(t, w.security, stopped, Block)
		if _, kind := offered(stopped); kind != fault.NotFound {
			t.Errorf("stopped: %q", kind)
		}
		w.do(t, w.chief, withdrawn, Withdraw)
		offer, kind := offered(withdrawn)
		if kind != "" || len(offer.Placements) > 0 || offer.Text.Number != 0 || offer.State != Withdrawn || offer.Headline == "" {
			t.Errorf("withdrawn: %+v, %q", offer, kind)
		}
	})
}

// The pictures of what one is asked to carry are shown, those of later drafts are not.
func TestWhoIsAskedSeesThePicturesOfThat(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		with, without := w.picture(t, 10), w.picture(t, 200)
		ref := w.draft(t, w.reporter, "vi", "Bài có ảnh")
		w.save(t, w.reporter, ref, func(c *Content) {
			c.Lead = Lead{Media: without.Hash, Alt: "Ảnh cũ", Caption: "Ảnh cũ", Credit: "An"}
		})
		w.save(t, w.reporter, ref, func(c *Content) { c.Lead = Lead{Media: with.Hash, Alt: "Ảnh", Caption: "Ảnh", Credit: "An"} })
		w.lead(t, w.reporter, ref, Approved)
		_, err := w.Picture(t.Context(), w.carrier, with.Hash)
		must(t, err)
		_, err = w.Picture(t.Context(), w.carrier, without.Hash)
		expectKind(t, err, fault.NotFound)
	})
}
