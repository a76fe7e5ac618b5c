// Package config is the one table of settings.
//
// Every setting is a field of Config with its flag name, environment variable
// (DOINGOAI_ and the name), default and a sentence of help in its tag. The
// command line fills the struct; Table prints it back with the origin of each
// value. A setting works when it is absent. Combinations that make no sense
// are refused by Check with a sentence that names both settings.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"
)

// Prefix starts the name of every environment variable.
const Prefix = "DOINGOAI_"

// Config is how this process is to run. Fields tagged secret are never printed.
type Config struct {
	Data         string        `name:"data" default:"./data" help:"Folder for everything this process keeps."`
	Database     string        `name:"database" secret:"true" help:"The newsroom's database: postgres://… or sqlite:PATH. Without it, a SQLite file in the data folder."`
	ReadersAddr  string        `name:"readers-addr" default:"127.0.0.1:8080" help:"Where readers are answered; port 0 picks a free one."`
	NewsroomAddr string        `name:"newsroom-addr" default:"127.0.0.1:8081" help:"Where the newsroom is answered; port 0 picks a free one."`
	Only         string        `name:"only" enum:",newsroom,newsstand" default:"" help:"Run one side only: newsroom or newsstand."`
	From         string        `name:"from" help:"For --only newsstand: address of the newsroom to follow."`
	Token        string        `name:"token" secret:"true" help:"For --only newsstand: the token that the newsroom knows this newsstand by."`
	Newsstands   []string      `name:"newsstand-tokens" secret:"true" help:"Tokens of the newsstands that may follow this newsroom, comma-separated; at least 32 characters each."`
	PublicURL    string        `name:"public-url" help:"Scheme and port of readers' addresses in links, such as https:// or http://:8080. Without it, http and the port of --readers-addr. With https, browsers are told to use nothing else."`
	MediaStore   string        `name:"media-store" help:"Where the newsroom keeps uploaded files: s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME for a store that speaks S3. Without it, the folder media in the data folder."`
	MediaKey     string        `name:"media-store-key" secret:"true" help:"The access key of that store."`
	MediaSecret  string        `name:"media-store-secret" secret:"true" help:"The secret that belongs to the access key."`
	NewsroomURL  string        `name:"newsroom-url" help:"Address of the newsroom as people type it, for one-time links. Without it, the listening address. With https, sessions work by https only."`
	Proxies      []string      `name:"trusted-proxies" help:"Addresses or networks of reverse proxies whose X-Forwarded-For is believed, comma-separated, such as 127.0.0.1. Without it, everybody behind a proxy has the proxy's address."`
	CacheMB      int           `name:"cache-mb" default:"128" help:"Most memory for ready pages, in megabytes."`
	SessionIdle  time.Duration `name:"session-idle" default:"12h" help:"A session ends after this long without use."`
	SessionLife  time.Duration `name:"session-life" default:"720h" help:"A session ends this long after sign-in, used or not."`
	SecondFactor string        `name:"second-factor" enum:"required,offered" default:"required" help:"Whether those who approve, publish or administer must have a second factor (required), or everybody may choose (offered)."`
	Secret       string        `name:"secret" secret:"true" help:"The key that seals what is secret in the database, at least 32 characters. Without it, the file secret.key in the data folder, made at the first start. All newsroom processes of one database need the same."`
	OIDCIssuer   string        `name:"oidc-issuer" help:"Address of an issuer of identities (OpenID Connect) that people may sign in through."`
	OIDCClient   string        `name:"oidc-client" help:"How that issuer calls this newsroom."`
	OIDCSecret   string        `name:"oidc-secret" secret:"true" help:"The secret shared with that issuer."`
	OIDCLabel    string        `name:"oidc-label" help:"What people call that issuer, for the button. Without it, its host name."`
	OIDCStrong   []string      `name:"oidc-strong" help:"Values of an identity token's amr claim that count as a second factor, comma-separated, such as mfa. Without it, the newsroom's own second factor is asked for as always."`
	SMTPHost     string        `name:"smtp-host" help:"The mail server that takes the newsroom's e-mail. Without it, people are told things at the desk only."`
	SMTPPort     int           `name:"smtp-port" help:"Its port. Without it, 587, or 465 with --smtp-tls tls."`
	SMTPTLS      string        `name:"smtp-tls" enum:"starttls,tls,none" default:"starttls" help:"How the connection to the mail server is protected: encrypted after a greeting (starttls), from the first byte (tls), or not at all (none), which is for a server on this machine or in its own network."`
	SMTPUser     string        `name:"smtp-user" help:"The name to sign in to the mail server with. Without it, nobody signs in."`
	SMTPPassword string        `name:"smtp-password" secret:"true" help:"The password to it."`
	MailFrom     string        `name:"mail-from" help:"The sender of the newsroom's e-mail, such as Tòa soạn <toasoan@example.vn>."`
	DigestAt     string        `name:"digest-at" default:"07:30" help:"When those who want one e-mail a day get it, in Vietnam's time."`
	LetterMonths int           `name:"letter-months" default:"24" help:"How many months after a reader's letter was dealt with the newsroom erases their e-mail address. The statement of privacy says it: a newsstand of its own needs the same."`
	Dev          bool          `name:"dev" help:"Show at /-/gallery on the readers' side every page of every theme with sample data, for whoever works on a theme. It is for this machine alone."`
	LogFormat    string        `name:"log-format" enum:"text,json" default:"text" help:"How log lines are written: text or json."`
}

// Env is the environment variable of a setting.
func Env(name string) string {
	return Prefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// DatabaseURL is the newsroom's database, filled in when the setting is absent.
func (c Config) DatabaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "newsroom.db")
}

// MediaDir is where the newsroom keeps uploaded files, unless --media-store
// says otherwise.
func (c Config) MediaDir() string { return filepath.Join(c.Data, "media") }

// FinderDir is where the newsroom keeps the index in which editors search.
func (c Config) FinderDir() string { return filepath.Join(c.Data, "find") }

// NewsstandDir is where the newsstand keeps its copy of what is released.
func (c Config) NewsstandDir() string { return filepath.Join(c.Data, "newsstand") }

// HasNewsroom says whether this process runs the editorial side.
func (c Config) HasNewsroom() bool { return c.Only != "newsstand" }

// HasNewsstand says whether this process runs the reader side.
func (c Config) HasNewsstand() bool { return c.Only != "newsroom" }

// minToken is the shortest token that is accepted between newsstand and newsroom.
const minToken = 32

// Check refuses combinations that cannot be meant.
func (c Config) Check() error {
	var errs []error
	refuse := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if c.Only == "newsstand" {
		if c.From == "" {
			refuse("--only newsstand needs --from, the address of the newsroom to follow")
		}
		if c.Token == "" {
			refuse("--only newsstand needs --token (or %s), the token that the newsroom was given in --newsstand-tokens", Env("token"))
		}
		if c.Database != "" {
			refuse("--database is the newsroom's and means nothing with --only newsstand: leave one of them out")
		}
	} else if c.From != "" {
		refuse("--from means nothing without --only newsstand: this process has its own newsroom")
	}
	for _, t := range c.Newsstands {
		if len(t) < minToken {
			refuse("--newsstand-tokens: every token needs at least %d characters", minToken)
			break
		}
	}
	if c.CacheMB < 1 {
		refuse("--cache-mb must be at least 1")
	}
	if c.LetterMonths < 1 {
		refuse("--letter-months must be at least 1")
	}
	if c.SessionIdle <= 0 || c.SessionLife < c.SessionIdle {
		refuse("--session-idle must be positive and not longer than --session-life")
	}
	if host, _, err := net.SplitHostPort(c.ReadersAddr); c.Dev && (err != nil || !isLoopback(host)) {
		refuse("--dev is for this machine alone, and --readers-addr %s answers others: leave one of them out", c.ReadersAddr)
	}
	c.checkMedia(refuse)
	c.checkSignIn(refuse)
	c.checkMail(refuse)
	return errors.Join(errs...)
}

// minSecret is the shortest key that is accepted.
const minSecret = 32

// checkSignIn refuses what would weaken how people prove who they are.
func (c Config) checkSignIn(refuse func(format string, args ...any)) {
	if c.Secret != "" && len(c.Secret) < minSecret {
		refuse("--secret needs at least %d characters", minSecret)
	}
	if c.OIDCIssuer == "" {
		if c.OIDCClient != "" || c.OIDCSecret != "" || len(c.OIDCStrong) > 0 {
			refuse("--oidc-client, --oidc-secret and --oidc-strong mean nothing without --oidc-issuer")
		}
		return
	}
	if c.OIDCClient == "" {
		refuse("--oidc-issuer needs --oidc-client, the name by which it knows this newsroom")
	}
	if issuer, err := url.Parse(c.OIDCIssuer); err != nil || issuer.Host == "" || issuer.Scheme != "https" && !isLocal(issuer) {
		refuse("--oidc-issuer must be an https address")
	}
}

// checkMail refuses half a mail server.
func (c Config) checkMail(refuse func(format string, args ...any)) {
	if _, err := time.Parse("15:04", c.DigestAt); c.DigestAt != "" && err != nil {
		refuse("--digest-at must be a time of day such as 07:30")
	}
	if c.SMTPHost == "" {
		if c.MailFrom != "" || c.SMTPUser != "" || c.SMTPPassword != "" {
			refuse("--mail-from, --smtp-user and --smtp-password mean nothing without --smtp-host")
		}
		return
	}
	if c.MailFrom == "" {
		refuse("--smtp-host needs --mail-from, the sender of the newsroom's e-mail")
	}
	if c.SMTPTLS == "none" && c.SMTPPassword != "" {
		refuse("--smtp-tls none would send --smtp-password where anybody can read it: leave one of them out")
	}
}

// isLocal says whether an http address leads nowhere but to this machine.
func isLocal(u *url.URL) bool {
	return u.Scheme == "http" && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Doubt is what works but is hardly meant, as a sentence for the log; "" for
// nothing.
func (c Config) Doubt() string {
	https := strings.HasPrefix(c.NewsroomURL, "https:") || strings.HasPrefix(c.PublicURL, "https:")
	if !https || len(c.Proxies) > 0 {
		return ""
	}
	return "an address says https, so there is a proxy, but --trusted-proxies names none: everybody has the proxy's address, " +
		"in the audit trail and where failed sign-ins and letters are counted"
}

// Row is one line of the table of settings.
type Row struct{ Name, Env, Value, Origin, Help string }

// Table lists every setting with its value and where it came from. flags
// holds the names that were given on the command line.
func (c Config) Table(flags map[string]bool) []Row {
	v := reflect.ValueOf(c)
	rows := make([]Row, v.NumField())
	for i := range rows {
		tag := v.Type().Field(i).Tag
		name := tag.Get("name")
		value := fmt.Sprint(v.Field(i).Interface())
		if list, ok := v.Field(i).Interface().([]string); ok {
			value = strings.Join(list, ",")
		}
		if tag.Get("secret") != "" && value != "" {
			value = "(set)"
		}
		origin := "default"
		if _, set := os.LookupEnv(Env(name)); set {
			origin = "environment"
		}
		if flags[name] {
			origin = "flag"
		}
		rows[i] = Row{name, Env(name), value, origin, tag.Get("help")}
	}
	return rows
}
