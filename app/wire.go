package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"sync"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/audit"
	"doingoai/app/config"
	"doingoai/app/fault"
	"doingoai/app/label"
	"doingoai/app/letter"
	"doingoai/app/locale"
	"doingoai/app/mail"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/newsstand"
	"doingoai/app/notice"
	"doingoai/app/outbox"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/app/term"
	"doingoai/app/theme"
	"doingoai/app/web"
	"doingoai/app/web/api"
	"doingoai/app/web/desk"
	"doingoai/app/web/newsroomapi"
	"doingoai/app/web/public"
	"doingoai/app/wording"
	"doingoai/migrations"
	"doingoai/themes"
)

// newsroomSide is the editorial side: rooms over one database.
type newsroomSide struct {
	cfg    config.Config
	db     *store.DB
	log    *release.Log
	words  *locale.Catalogue
	themes map[string]*theme.Theme
	relay  *api.Relay
	api    *newsroomapi.API

	Accounts *account.Accounts
	Agencies *agency.Room
	Sections *section.Room
	Outlets  *outlet.Room
	Places   *place.Room
	Tags     *label.Room
	Authors  *label.Room
	Terms    *term.Room
	Media    *media.Room
	Letters  *letter.Room
	Wording  *wording.Room
	Newsroom *newsroom.Newsroom
	Finder   *newsroom.Finder // nil where nobody is answered, as on the command line
	Outbox   *outbox.Room     // what happened, on its way to what follows from it
	Notices  *notice.Room
}

// openNewsroom opens the database, brings it to this program's schema and
// puts the rooms on it.
func openNewsroom(ctx context.Context, cfg config.Config, o Options, words *locale.Catalogue) (*newsroomSide, error) {
	db, err := store.Open(ctx, store.Options{URL: cfg.DatabaseURL(), Clock: o.Clock, Asked: o.Asked})
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, migrations.Newsroom()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	looks, err := readersThemes()
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	n := &newsroomSide{cfg: cfg, db: db, log: release.NewLog(db), words: words, themes: looks}
	files, err := openFiles(cfg)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	key, err := secretKey(cfg)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	n.Accounts = account.New(db, account.Options{
		MaxSessionIdle: cfg.SessionIdle, MaxSession: cfg.SessionLife, SecondFactor: account.Demand(cfg.SecondFactor), Key: key, Tell: tellSecurity,
	})
	n.Agencies = agency.New(db, n.log)
	n.Sections = section.New(db, n.log)
	n.Outlets = outlet.New(db, n.log)
	n.Places = place.New(db, n.log)
	n.Tags, n.Authors = label.New(db, n.log, label.Tag), label.New(db, n.log, label.Author)
	n.Terms = term.New(db)
	n.Media = media.New(db, files)
	n.Letters = letter.New(db)
	n.Wording = wording.New(db)
	n.Outbox = outbox.New(db)
	n.Newsroom = newsroom.New(newsroom.Rooms{
		DB: db, Log: n.log, Markup: markup.New(), Media: n.Media, Sections: n.Sections, Outlets: n.Outlets, Agencies: n.Agencies, Places: n.Places, Terms: n.Terms,
		Registers: newsroom.Registers{"tags": n.Tags, "authors": n.Authors, "agencies": n.Agencies, "places": n.Places},
		Person:    n.Accounts.ActorFor,
	})
	n.Notices = notice.New(db, n.Newsroom.SeesAll)
	n.tellPeople()
	n.Agencies.Inherit(
		agency.Heir{Of: "terms", Take: n.Terms.Inherit}, // first: whoever changes terms takes the trail's number last
		agency.Heir{Of: "people", Take: n.Accounts.Inherit}, agency.Heir{Of: "outlets", Take: n.Outlets.Inherit},
		agency.Heir{Of: "editions", Take: n.Newsroom.Inherit}, agency.Heir{Of: "media", Take: n.Media.Inherit},
	)
	n.relay = api.New(api.Options{Tokens: cfg.Newsstands, Log: n.log, Media: n.Media, Letters: n.Letters})
	n.api = newsroomapi.New(newsroomapi.Options{
		DB: n.db, Accounts: n.Accounts, Newsroom: n.Newsroom, Media: n.Media, Agencies: n.Agencies, Sections: n.Sections,
		Outlets: n.Outlets, Places: n.Places, Terms: n.Terms, Wording: n.Wording, Notices: n.Notices, Words: n.words,
		Find: func(ctx context.Context, actor account.Actor, w newsroom.Wanted) (newsroom.Found, error) {
			return n.Finder.Find(ctx, actor, w)
		},
	})
	return n, nil
}

func (n *newsroomSide) close() error {
	var err error
	if n.Finder != nil {
		err = n.Finder.Close()
	}
	return errors.Join(err, n.db.Close())
}

// source is what a newsstand of this process follows.
func (n *newsroomSide) source() newsstand.Source { return localSource{n.log, n.Media, n.Letters} }

// announceFirst writes the link that makes the first administrator to the
// log, when there is nobody yet who could let people in.
func (n *newsroomSide) announceFirst(ctx context.Context, address string) error {
	token, needed, err := n.Accounts.FirstTicket(ctx)
	if err != nil || !needed {
		return err
	}
	slog.Info("nobody can manage people yet: open this link within a day to become the administrator", "link", address+"/first/"+token)
	return nil
}

// courier carries notices to people's mailboxes. address is how people reach
// the newsroom.
func (n *newsroomSide) courier(address string) (*notice.Courier, error) {
	o := notice.CourierOptions{Outbox: n.Outbox, Accounts: n.Accounts, Words: n.words, Address: address, DigestAt: n.cfg.DigestAt}
	if n.cfg.SMTPHost != "" {
		var err error
		o.Mail, err = mail.New(mail.Options{
			Host: n.cfg.SMTPHost, Port: n.cfg.SMTPPort, Encryption: mail.Encryption(n.cfg.SMTPTLS), User: n.cfg.SMTPUser,
			Password: n.cfg.SMTPPassword, From: n.cfg.MailFrom,
		})
		if err != nil {
			return nil, err
		}
	}
	courier, err := notice.NewCourier(n.Notices, o)
	if err == nil {
		n.Outbox.On(letter.Answered, "mail", func(ctx context.Context, e outbox.Event) error { return n.mailAnswer(ctx, courier, e.Data["letter"]) })
	}
	return courier, err
}

// mailAnswer sends whoever wrote a letter what they were answered, in the
// language that they wrote from. An address that was erased meanwhile is gone.
func (n *newsroomSide) mailAnswer(ctx context.Context, courier *notice.Courier, id string) error {
	l, err := n.Letters.Get(ctx, id)
	if err != nil || l.Contact == "" || l.Answer == "" {
		return err
	}
	from, err := n.Outlets.Get(ctx, l.Outlet)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	p := n.words.Printer("public", l.Lang)
	name := from.Texts[l.Lang].Name
	return courier.Write(ctx, mail.Message{
		ID: "letter." + l.ID, At: n.db.Now(), To: l.Contact, Lang: p.Lang(), Subject: p.T("mail.answer.subject", "Number", l.ID, "Outlet", name),
		Parts: []mail.Part{{Text: l.Answer}, {Text: p.T("mail.answer.yours"), Quote: l.Message}}, Why: p.T("mail.answer.why", "Outlet", name),
	})
}

// serve answers people and newsstands until ctx ends. address is how people
// reach the newsroom, readers the scheme and port of readers' addresses.
func (n *newsroomSide) serve(ctx context.Context, l net.Listener, address, readers string, courier *notice.Courier) error {
	look, err := theme.Load(themes.FS, web.Funcs(), "desk")
	if err != nil {
		return err
	}
	d, err := desk.New(desk.Deps{
		DB: n.db, Accounts: n.Accounts, Newsroom: n.Newsroom, Finder: n.Finder, Agencies: n.Agencies, Sections: n.Sections, Outlets: n.Outlets, Places: n.Places, Terms: n.Terms,
		Tags: n.Tags, Authors: n.Authors,
		Media: n.Media, Letters: n.Letters, Wording: n.Wording, Notices: n.Notices, Courier: courier, Words: n.words, Theme: look, Address: address, Readers: readers,
		Preview: public.Preview(n.words, n.themes), AsRead: public.AsRead(n.words, n.themes), Looks: n.themes, Issuer: n.issuer(address),
	})
	if err != nil {
		return err
	}
	app := d.App(n.cfg.Proxies, slices.Concat(n.relay.Routes(), web.Health(n.db.Ping)), n.api.Part())
	ctx, cancel := context.WithCancel(ctx)
	var following sync.WaitGroup
	following.Go(func() { d.Follow(ctx) })
	defer following.Wait()
	defer cancel()
	for _, letGo := range []func(){d.Stop, n.relay.Stop, n.api.Stop} {
		stop := context.AfterFunc(ctx, letGo)
		defer stop()
	}
	return web.Serve(ctx, app, l)
}

// tellSecurity lets people know what was done to their account.
func tellSecurity(tx *store.Tx, n account.News) error {
	data := map[string]string{"person": n.Person, "what": n.What}
	if n.Role != "" {
		data["agency"], data["role"] = n.Agency, string(n.Role)
	}
	return outbox.Append(tx, outbox.Event{Topic: accountChanged, Subject: "person/" + n.Person, Actor: n.By, Data: data})
}

// issuer is who vouches for people besides the newsroom itself.
func (n *newsroomSide) issuer(address string) *account.Issuer {
	label := n.cfg.OIDCLabel
	if u, err := url.Parse(n.cfg.OIDCIssuer); err == nil && label == "" {
		label = u.Hostname()
	}
	return n.Accounts.IssuerAt(account.IssuerOptions{
		URL: n.cfg.OIDCIssuer, ClientID: n.cfg.OIDCClient, Secret: n.cfg.OIDCSecret, Label: label, Strong: n.cfg.OIDCStrong,
	}, address+desk.IssuerReturn)
}

// sweep forgets ended sessions, old tickets and readers' addresses now and then,
// and looks after the database and the audit trail, until ctx ends.
func (n *newsroomSide) sweep(ctx context.Context) {
	for {
		if err := n.Accounts.Program().Sweep(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("sweeping ended sessions failed; trying again in an hour", "error", err)
		}
		if err := n.api.Sweep(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("sweeping answered requests of programs failed; trying again in an hour", "error", err)
		}
		if err := n.Notices.Sweep(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("sweeping old notices failed; trying again in an hour", "error", err)
		}
		if err := n.Newsroom.SweepPresence(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("sweeping pages that were left failed; trying again in an hour", "error", err)
		}
		if err := n.Media.Sweep(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("sweeping deleted files of the library failed; trying again in an hour", "error", err)
		}
		if err := n.Letters.EraseContacts(ctx, n.cfg.LetterMonths); err != nil && ctx.Err() == nil {
			slog.Warn("erasing the addresses of readers who were answered long ago failed; trying again in an hour", "error", err)
		}
		if err := n.db.Learn(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("looking at what the database holds failed; trying again in an hour", "error", err)
		}
		if err := n.prove(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("checking the audit trail failed; trying again in an hour", "error", err)
		}
		select {
		case <-time.After(time.Hour):
		case <-ctx.Done():
			return
		}
	}
}

// prove has the audit trail read whole once a day, and says so loudly when it
// does not hold.
func (n *newsroomSide) prove(ctx context.Context) error {
	last, ok, err := audit.LastProof(ctx, n.db)
	if err != nil || ok && n.db.Now().Sub(last.At) < 24*time.Hour {
		return err
	}
	proof, err := audit.Prove(ctx, n.db, audit.Entry{ActorID: account.SystemID})
	if err == nil && proof.Broken != "" {
		slog.Error("the audit trail does not hold: run doctor", "whole", proof.Entries, "broken", proof.Broken)
	}
	return err
}

// readerSide is a newsstand and the pages over it.
type readerSide struct {
	cfg    config.Config
	words  *locale.Catalogue
	themes map[string]*theme.Theme
	stand  *newsstand.Stand
}

func openReaders(ctx context.Context, cfg config.Config, source newsstand.Source, words *locale.Catalogue) (*readerSide, error) {
	looks, err := readersThemes()
	if err != nil {
		return nil, err
	}
	stand, err := openStand(ctx, cfg, source)
	if err != nil {
		return nil, err
	}
	return &readerSide{cfg, words, looks, stand}, nil
}

func openStand(ctx context.Context, cfg config.Config, source newsstand.Source) (*newsstand.Stand, error) {
	return newsstand.Open(ctx, newsstand.Options{
		Dir: cfg.NewsstandDir(), Source: source, CacheBytes: int64(cfg.CacheMB) << 20,
	})
}

func (r *readerSide) close() error { return r.stand.Close() }

// serve answers readers until ctx ends. address is the scheme and port of
// their addresses.
func (r *readerSide) serve(ctx context.Context, l net.Listener, address string) error {
	site, err := public.New(public.Options{
		Stand: r.stand, Words: r.words, Themes: r.themes, PublicURL: address, Proxies: r.cfg.Proxies, Gallery: r.cfg.Dev,
		LetterMonths: r.cfg.LetterMonths,
	})
	if err != nil {
		return err
	}
	return site.Serve(ctx, l)
}

// children are the readers' themes over base.
var children = []string{"portal", "newspaper", "broadcaster"}

// readersThemes loads base and its children.
func readersThemes() (map[string]*theme.Theme, error) {
	looks := map[string]*theme.Theme{}
	base, err := theme.Load(themes.FS, web.Funcs(), "base")
	if err != nil {
		return nil, err
	}
	looks["base"] = base
	for _, child := range children {
		if looks[child], err = theme.Load(themes.FS, web.Funcs(), "base", child); err != nil {
			return nil, err
		}
	}
	return looks, nil
}
