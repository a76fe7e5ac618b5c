package newsroom

import (
	"html/template"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/vietnamese"
)

func TestReleaseIsTheApprovedContent(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lead, inBody := w.picture(t, 5), w.picture(t, 6)
		ref := w.draft(t, w.reporter, "vi", "Khởi công khu công nghiệp")
		w.save(t, w.reporter, ref, func(c *Content) {
			c.Kicker, c.SourceName, c.SourceURL, c.Slug = "Đầu tư", "TTXVN", "https://vnanet.vn/1", "Khởi công KCN"
			c.Lead = Lead{lead.Hash, "Mô tả", "Chú thích", "Minh Hà"}
			c.Body = "Một **câu** <script>alert(1)</script>.\n\n![Sơ đồ](media:" + inBody.Hash + ")\n\n## Vốn 投资"
			c.Outlets = w.outlets[:1]
		})
		w.lead(t, w.reporter, ref, Approved)
		w.clock.Advance(time.Minute)
		w.do(t, w.chief, ref, Publish)
		doc, c := w.article(t, ref), w.head(t, ref).Content
		if doc.ID != ref.Item || doc.Lang != "vi" || doc.Kind != "article" || doc.Agency != portal || doc.SourceLang != "vi" ||
			doc.Section != c.Section || !slices.Equal(doc.Outlets, c.Outlets) || doc.Kicker != c.Kicker || doc.Title != c.Headline ||
			doc.Standfirst != c.Standfirst || doc.Byline != c.Byline || doc.Sample || doc.Correction != nil {
			t.Errorf("%+v", doc)
		}
		if doc.Slug != "khoi-cong-kcn" || *doc.Source != (release.Source{Name: "TTXVN", URL: "https://vnanet.vn/1"}) {
			t.Errorf("slug %q, source %+v", doc.Slug, doc.Source)
		}
		if doc.Revision != row(t, w.db, ref).ApprovedHash || doc.Revision != c.Hash() {
			t.Errorf("revision %s", doc.Revision)
		}
		if !doc.Published.Equal(w.clock.Now()) || !doc.Updated.Equal(w.clock.Now()) {
			t.Errorf("published %v, updated %v", doc.Published, doc.Updated)
		}
		if doc.Lead.Hash != lead.Hash || doc.Lead.Alt != "Mô tả" || doc.Lead.Caption != "Chú thích" || doc.Lead.Credit != "Minh Hà" {
			t.Errorf("lead %+v", doc.Lead)
		}
		if len(doc.Files) != 1 || doc.Files[0].Hash != inBody.Hash || !contains(doc.HTML, doc.Files[0].Path(), `width="40"`, `height="30"`, "<strong>câu</strong>") {
			t.Errorf("files %+v in %s", doc.Files, doc.HTML)
		}
		if contains(doc.HTML, "<script") || len(doc.Headings) != 1 || doc.Headings[0].Text != "Vốn 投资" || !contains(doc.HTML, `Vốn <span lang="zh">投资</span></h2>`) {
			t.Errorf("%s %+v", doc.HTML, doc.Headings)
		}
	})
}

func contains(html template.HTML, parts ...string) bool {
	for _, part := range parts {
		if !strings.Contains(string(html), part) {
			return false
		}
	}
	return true
}

// An address of a picture that stands in the text as words stays words, and
// what follows it stays too.
func TestAddressOfAPictureInTheTextIsLeftAlone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		m := w.picture(t, 7)
		ref := w.draft(t, w.reporter, "vi", "Địa chỉ trong bài")
		w.save(t, w.reporter, ref, func(c *Content) {
			c.Body = "![Hình](media:" + m.Hash + ")\n\nXem `/media/" + m.Hash + "/ten-khac` ở đây.\n\n[Liên kết](https://vnanet.vn)"
		})
		w.lead(t, w.reporter, ref, Published)
		if doc := w.article(t, ref); !contains(doc.HTML, "/ten-khac</code> ở đây.</p>", `href="https://vnanet.vn"`) {
			t.Errorf("%s", doc.HTML)
		}
	})
}

// secret is a word that no release may hold.
const secret = "bimatkhongdangdau"

// plant puts the word into every text of a content.
func plant(c *Content) {
	c.Kicker, c.Headline, c.Standfirst, c.Byline = secret, secret+" tít", secret+" sapo", secret
	c.Body = "Đoạn có " + secret + ".\n\n## " + secret
	c.SourceName, c.SourceURL, c.Slug = secret, "https://example.vn/"+secret, secret
}

// TestNoWordOfADraftReachesTheLog plants a word in everything that is not
// published, in the reasons people give each other and in unsaved text, and
// looks for it in every release and in the history of releases.
func TestNoWordOfADraftReachesTheLog(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		hidden := w.picture(t, 8)
		reason := func(ref Ref, verb Verb) {
			ask := w.ask(t, ref, verb)
			ask.Reason = secret
			must(t, w.Do(t.Context(), w.chief, ref, verb, ask))
		}
		for _, state := range []State{Draft, Submitted, Editing, DeskReview, Approval, Approved, Scheduled} {
			for _, ref := range []Ref{w.bring(t, w.reporter, Draft), w.bring(t, w.reporter, Published)} {
				w.save(t, w.reporter, ref, func(c *Content) {
					plant(c)
					c.Lead = Lead{hidden.Hash, secret, secret, secret}
					c.Body += "\n\n![" + secret + "](media:" + hidden.Hash + ")"
				})
				w.lead(t, w.reporter, ref, state)
				if state == Submitted || state == Approval {
					reason(ref, Return)
				}
			}
		}
		rejected := w.bring(t, w.reporter, Approval)
		reason(rejected, Reject)
		live := w.bring(t, w.reporter, Published)
		_, err := w.Autosave(t.Context(), w.reporter, live, Unsaved{Base: 1, Content: Content{Headline: secret, Body: secret}})
		must(t, err)
		en := w.translate(t, live, "en")
		w.save(t, w.translator, en, plant)
		// Everything that is live is released once more, and one is withdrawn.
		w.save(t, w.reporter, live, func(c *Content) { c.Body += "\n\nCông khai." })
		w.lead(t, w.reporter, live, Approved)
		w.do(t, w.chief, live, Publish)
		reason(live, Withdraw)
		if all := released(t, w.db); strings.Contains(strings.ToLower(all), secret) {
			t.Errorf("the word is in the log, near %.200s", all[strings.Index(strings.ToLower(all), secret):])
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM release_media"); n != 0 {
			t.Errorf("%d files of drafts are released", n)
		}
		_, err = w.room.OpenReleased(t.Context(), hidden.Hash)
		expectKind(t, err, fault.NotFound)
	})
}

func TestPicturesFollowWhatReadersHave(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		first, second := w.picture(t, 10), w.picture(t, 11)
		public := func(hash string) bool {
			f, err := w.room.OpenReleased(t.Context(), hash)
			if err == nil {
				must(t, f.Close())
			}
			return err == nil
		}
		show := func(hash string) func(*Content) {
			return func(c *Content) { c.Lead = Lead{hash, "Mô tả", "Chú thích", "Nguồn"} }
		}
		ref := w.draft(t, w.reporter, "vi", "Đổi hình")
		w.save(t, w.reporter, ref, show(first.Hash))
		w.lead(t, w.reporter, ref, Approved)
		if public(first.Hash) {
			t.Error("an approved picture is public before its article")
		}
		w.do(t, w.chief, ref, Publish)
		w.save(t, w.reporter, ref, show(second.Hash))
		if !public(first.Hash) || public(second.Hash) {
			t.Error("a new draft changed which picture is public")
		}
		w.lead(t, w.reporter, ref, Published)
		if public(first.Hash) || !public(second.Hash) {
			t.Error("the update did not exchange the pictures")
		}
		w.do(t, w.chief, ref, Withdraw)
		if public(first.Hash) || public(second.Hash) {
			t.Error("a withdrawn article's picture is public")
		}
	})
}

func TestTombstoneHoldsNoWordOfTheText(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		m := w.picture(t, 12)
		ref := w.draft(t, w.reporter, "vi", "x")
		w.save(t, w.reporter, ref, func(c *Content) {
			plant(c)
			c.Lead = Lead{m.Hash, secret, secret, secret}
			c.Outlets = w.outlets[:1]
		})
		w.lead(t, w.reporter, ref, Published)
		w.clock.Advance(time.Hour)
		ask := w.ask(t, ref, Withdraw)
		ask.Reason, ask.Note = "Lý do nội bộ", " Rút để kiểm tra lại số liệu. "
		must(t, w.Do(t.Context(), w.chief, ref, Withdraw, ask))
		e := w.releaseOf(t, ref)
		var stone release.Tombstone
		must(t, e.Decode(&stone))
		if e.Op != release.Withdraw || stone.Note != "Rút để kiểm tra lại số liệu." || !stone.WithdrawnAt.Equal(w.clock.Now()) ||
			stone.Section != w.section || !slices.Equal(stone.Outlets, w.outlets[:1]) {
			t.Errorf("%s %+v", e.Op, stone)
		}
		for _, word := range []string{secret, m.Hash, "nội bộ"} {
			if strings.Contains(string(e.Body), word) {
				t.Errorf("%q is in the tombstone: %s", word, e.Body)
			}
		}
		// What readers had is kept on the server, for those who may look it up.
		was, err := w.log.AsOf(t.Context(), e.Key, morning.Add(time.Minute))
		must(t, err)
		if was.Op != release.Put || !strings.Contains(string(was.Body), secret) {
			t.Errorf("as it read: %+v", was)
		}
	})
}

// Withdrawing is about what readers have: whatever state a newer draft is in,
// it goes on, with its place in the queue and the reason it was returned with.
func TestWithdrawingLeavesANewerDraftToItsWriter(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, state := range []State{Draft, Submitted, Editing, Returned, DeskReview, Approval, Rejected} {
			ref := w.bringLive(t, w.reporter, state)
			before := row(t, w.db, ref)
			live, err := loadRevision(w.db.Read(t.Context()), ref, before.LiveRevision)
			must(t, err)
			w.clock.Advance(time.Minute)
			// The chief has the page of yesterday open: writers do not shield it.
			must(t, w.Do(t.Context(), w.chief, ref, Withdraw, Ask{Hash: live.Hash, Reason: "Yêu cầu gỡ"}))
			after := row(t, w.db, ref)
			before.Live, before.LiveSeq = string(WasLive), after.LiveSeq
			if after != before {
				t.Errorf("%s: withdrawing left %+v, want %+v", state, after, before)
			}
			e := w.newest(t, ref)
			if e.Revision != live.Hash || e.From != string(state) || e.To != string(state) || e.Reason != "Yêu cầu gỡ" {
				t.Errorf("%s: recorded as %+v", state, e)
			}
			expectKind(t, w.Do(t.Context(), w.chief, ref, Withdraw, w.ask(t, ref, Withdraw)), fault.NotPossible)
		}
	})
}

// What was approved while the page stood was approved without knowing why it
// was withdrawn: neither the schedule nor the managing editor brings it back.
func TestWithdrawingVoidsTheApprovalOfANewerText(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, state := range []State{Approved, Scheduled} {
			ref := w.bringLive(t, w.reporter, state)
			before := row(t, w.db, ref)
			w.clock.Advance(time.Minute)
			w.do(t, w.chief, ref, Withdraw)
			got := row(t, w.db, ref)
			if State(got.State) != Approval || got.PublishAt != 0 || got.ApprovedHash == before.ApprovedHash || got.ApprovedBy != w.chief.ID {
				t.Errorf("%s: withdrawing left %+v", state, got)
			}
			if got.Reason != w.newest(t, ref).Reason || got.Approved != before.LiveRevision || Live(got.Live) != WasLive {
				t.Errorf("%s: withdrawing left %+v", state, got)
			}
			w.clock.Advance(2 * time.Hour)
			if n := w.publishDue(t); n != 0 {
				t.Errorf("%s: %d came back by themselves", state, n)
			}
			for _, verb := range []Verb{Schedule, Unschedule, Publish, Correct} {
				for _, who := range []account.Actor{w.managing, w.chief} {
					if err := w.Do(t.Context(), who, ref, verb, w.ask(t, ref, verb)); err == nil {
						t.Errorf("%s: %s brought it to %s", state, who.ID, verb)
					}
				}
			}
			if e := w.releaseOf(t, ref); e.Op != release.Withdraw {
				t.Errorf("%s: readers have %+v", state, e)
			}
			// Approved anew, with the withdrawal known, it may come back.
			w.do(t, w.chief, ref, Approve)
			w.do(t, w.managing, ref, Schedule)
			w.clock.Advance(2 * time.Hour)
			if n := w.publishDue(t); n != 1 || w.releaseOf(t, ref).Op != release.Put {
				t.Errorf("%s: %d came back when it may", state, n)
			}
		}
	})
}

// Even a database in which such an approval has survived does not bring the
// page back by itself.
func TestScheduleRefusesWhatWasWithdrawnAfterItsApproval(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bringLive(t, w.reporter, Scheduled)
		before := row(t, w.db, ref)
		w.clock.Advance(time.Minute)
		w.do(t, w.chief, ref, Withdraw)
		before.Live, before.LiveSeq = string(WasLive), row(t, w.db, ref).LiveSeq
		restore(t, w.db, before)
		w.clock.Advance(2 * time.Hour)
		n, err := w.DoDue(t.Context())
		if n != 0 || err != nil || Hindrance(row(t, w.db, ref).Hindrance) != ByApproval || w.releaseOf(t, ref).Op != release.Withdraw {
			t.Errorf("%d came back (%v)", n, err)
		}
	})
}

func TestWithdrawnArticleComesBackOnlyApproved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Withdrawn)
		expectKind(t, w.Do(t.Context(), w.chief, ref, Publish, w.ask(t, ref, Publish)), fault.NotPossible)
		w.clock.Advance(time.Hour)
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Đã sửa." })
		w.lead(t, w.reporter, ref, Published)
		doc := w.article(t, ref)
		if !doc.Published.Equal(morning) || !doc.Updated.Equal(w.clock.Now()) || !contains(doc.HTML, "Đã sửa.") {
			t.Errorf("published %v, updated %v: %s", doc.Published, doc.Updated, doc.HTML)
		}
	})
}

// A correction is told to readers and stays with the page (NĐ 237/2026 Đ19):
// the next update does not wipe it out, another correction takes its place.
func TestCorrectionStaysWithThePage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bringLive(t, w.reporter, Approved)
		w.clock.Advance(time.Hour)
		ask := w.ask(t, ref, Correct)
		ask.Reason = "Bài đã viết 23,53 triệu USD; đúng là 23,53 tỷ USD."
		must(t, w.Do(t.Context(), w.chief, ref, Correct, ask))
		at := w.clock.Now()
		doc := w.article(t, ref)
		if doc.Correction == nil || doc.Correction.Note != ask.Reason || !doc.Correction.At.Equal(at) || !doc.Published.Equal(morning) {
			t.Errorf("%+v", doc)
		}
		w.clock.Advance(time.Hour)
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nCập nhật." })
		w.lead(t, w.reporter, ref, Published)
		doc = w.article(t, ref)
		if doc.Correction == nil || doc.Correction.Note != ask.Reason || !doc.Correction.At.Equal(at) || doc.Updated.Equal(at) {
			t.Errorf("after an update: %+v", doc.Correction)
		}
		preview, err := w.Preview(t.Context(), w.editor, ref, w.head(t, ref).Content)
		must(t, err)
		if preview.Correction == nil || !preview.Published.Equal(morning) {
			t.Errorf("the preview differs from the page: %+v", preview)
		}
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nSửa nữa." })
		w.lead(t, w.reporter, ref, Approved)
		ask = w.ask(t, ref, Correct)
		ask.Reason = "Sai tên xã."
		must(t, w.Do(t.Context(), w.chief, ref, Correct, ask))
		if doc = w.article(t, ref); doc.Correction.Note != "Sai tên xã." {
			t.Errorf("%+v", doc.Correction)
		}
	})
}

// A rejected update must not close an article: what readers have can still be
// updated and corrected, and cannot be put away while they have it.
func TestRejectedUpdateLeavesThePageOpenToCorrection(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bringLive(t, w.reporter, Rejected)
		if key := key(t, w.Do(t.Context(), w.managing, ref, Archive, w.ask(t, ref, Archive))); key != "error.verb.live" {
			t.Errorf("archiving: %q", key)
		}
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Bản đúng." })
		if got := row(t, w.db, ref); State(got.State) != Draft || got.Reason != "" {
			t.Errorf("%+v", got)
		}
		w.lead(t, w.reporter, ref, Approved)
		w.do(t, w.chief, ref, Correct)
		if doc := w.article(t, ref); !contains(doc.HTML, "Bản đúng.") {
			t.Errorf("%s", doc.HTML)
		}
	})
}

// The address is a slug and the item's identifier, so a slug needs no other
// guard: equal headlines have different addresses, and a changed slug is the
// same release under the same identifier, which the newsstand redirects.
func TestAddressesStayApartAndTheSame(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var refs []Ref
		for range 2 {
			ref := w.draft(t, w.reporter, "vi", "Cùng một tít")
			w.lead(t, w.reporter, ref, Published)
			refs = append(refs, ref)
		}
		one, two := w.article(t, refs[0]), w.article(t, refs[1])
		if one.Slug != "cung-mot-tit" || two.Slug != one.Slug || one.ID == two.ID {
			t.Errorf("%s-%s and %s-%s", one.Slug, one.ID, two.Slug, two.ID)
		}
		w.save(t, w.reporter, refs[0], func(c *Content) { c.Headline = "Tít mới" })
		w.lead(t, w.reporter, refs[0], Published)
		if doc := w.article(t, refs[0]); doc.Slug != "tit-moi" || doc.ID != one.ID {
			t.Errorf("%s-%s", doc.Slug, doc.ID)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM release WHERE kind = 'article'"); n != 2 {
			t.Errorf("%d releases", n)
		}
	})
}

func TestSlugIsAlwaysAnAddress(t *testing.T) {
	for headline, want := range map[string]string{
		"Đối ngoại tỉnh": "doi-ngoai-tinh", "???": "bai", "🙂": "bai", "../../etc": "etc", "a/b?c#d": "a-b-c-d",
	} {
		if got := (Content{Headline: headline}).Tidy().slug(); got != want {
			t.Errorf("%q: %q, want %q", headline, got, want)
		}
	}
	if got := (Content{Headline: "Tít", Slug: "/Đường Dẫn/ "}).Tidy().slug(); got != "duong-dan" || vietnamese.Slug(got, MaxSlug) != got {
		t.Errorf("chosen: %q", got)
	}
}

func TestPreviewShowsWithoutReleasing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.contributor, Draft)
		entries, last := w.entries(t), count(t, w.db, "SELECT MAX(seq) FROM release")
		doc, err := w.Preview(t.Context(), w.contributor, ref, w.content("Xem trước"))
		must(t, err)
		if doc.Title != "Xem trước" || doc.Kind != "article" || doc.Agency != portal || !doc.Published.Equal(morning) {
			t.Errorf("%+v", doc)
		}
		_, err = w.Preview(t.Context(), w.contributor, ref, Content{Body: "\xff"})
		if at(t, err, "body") != "error.not_utf8" {
			t.Errorf("%v", err)
		}
		c := w.content("Hình lạ")
		c.Lead.Media = strings.Repeat("a", 64)
		_, err = w.Preview(t.Context(), w.contributor, ref, c)
		if at(t, err, "lead_media") != "error.media.unknown" {
			t.Errorf("%v", err)
		}
		other := w.person(t, "other", w.contributor.Posts...)
		_, err = w.Preview(t.Context(), other, ref, w.content("Xem trước"))
		expectKind(t, err, fault.NotFound)
		if w.entries(t) != entries || count(t, w.db, "SELECT MAX(seq) FROM release") != last {
			t.Error("previewing wrote something")
		}
	})
}
