package config

import (
	"strings"
	"testing"
	"time"
)

func valid() Config {
	return Config{Data: "d", CacheMB: 1, LetterMonths: 24, SessionIdle: time.Hour, SessionLife: time.Hour}
}

func TestCheckNamesBothSettingsOfABadCombination(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Config)
		says   []string // nothing: accepted
	}{
		{"as it comes", func(c *Config) {}, nil},
		{"newsstand alone", func(c *Config) { c.Only, c.From, c.Token = "newsstand", "http://127.0.0.1:1", "t" }, nil},
		{"newsstand without source", func(c *Config) { c.Only, c.Token = "newsstand", "t" }, []string{"--only", "--from"}},
		{"newsstand without token", func(c *Config) { c.Only, c.From = "newsstand", "http://x" }, []string{"--only", "--token"}},
		{"newsstand with a database", func(c *Config) { c.Only, c.From, c.Token, c.Database = "newsstand", "http://x", "t", "sqlite:x" }, []string{"--database", "--only"}},
		{"source without newsstand", func(c *Config) { c.From = "http://x" }, []string{"--from", "--only"}},
		{"short token", func(c *Config) { c.Newsstands = []string{"short"} }, []string{"--newsstand-tokens"}},
		{"short secret", func(c *Config) { c.Secret = "short" }, []string{"--secret"}},
		{"issuer", func(c *Config) { c.OIDCIssuer, c.OIDCClient = "https://id.example", "newsroom" }, nil},
		{"issuer on this machine", func(c *Config) { c.OIDCIssuer, c.OIDCClient = "http://127.0.0.1:5556", "newsroom" }, nil},
		{"issuer in the clear", func(c *Config) { c.OIDCIssuer, c.OIDCClient = "http://id.example", "newsroom" }, []string{"--oidc-issuer", "https"}},
		{"issuer without client", func(c *Config) { c.OIDCIssuer = "https://id.example" }, []string{"--oidc-issuer", "--oidc-client"}},
		{"half a mail server", func(c *Config) { c.SMTPHost = "mail.example.vn" }, []string{"--smtp-host", "--mail-from"}},
		{"a sender without a server", func(c *Config) { c.MailFrom = "toasoan@example.vn" }, []string{"--mail-from", "--smtp-host"}},
		{"a password in the clear", func(c *Config) {
			c.SMTPHost, c.MailFrom, c.SMTPTLS, c.SMTPPassword = "mail.example.vn", "toasoan@example.vn", "none", "x"
		}, []string{"--smtp-tls", "--smtp-password"}},
		{"a bucket", func(c *Config) {
			c.MediaStore, c.MediaKey, c.MediaSecret = "s3://media/x?endpoint=http://127.0.0.1:9000&region=vn", "k", "s"
		}, nil},
		{"a bucket without keys", func(c *Config) { c.MediaStore = "s3://media" }, []string{"--media-store", "--media-store-key", "--media-store-secret"}},
		{"keys without a bucket", func(c *Config) { c.MediaKey = "k" }, []string{"--media-store-key", "--media-store"}},
		{"no bucket", func(c *Config) { c.MediaStore, c.MediaKey, c.MediaSecret = "/srv/media", "k", "s" }, []string{"--media-store", "s3://"}},
		{"a key in the address", func(c *Config) {
			c.MediaStore, c.MediaKey, c.MediaSecret = "s3://media?key=hidden", "k", "s"
		}, []string{"--media-store-key"}},
		{"an endpoint that is none", func(c *Config) {
			c.MediaStore, c.MediaKey, c.MediaSecret = "s3://media?endpoint=s3.example", "k", "s"
		}, []string{"--media-store", "endpoint"}},
		{"a newsstand with a bucket", func(c *Config) {
			c.Only, c.From, c.Token, c.MediaStore, c.MediaKey, c.MediaSecret = "newsstand", "http://x", "t", "s3://media", "k", "s"
		}, []string{"--media-store", "--only"}},
		{"no time of day", func(c *Config) { c.DigestAt = "25:00" }, []string{"--digest-at"}},
		{"client without issuer", func(c *Config) { c.OIDCClient = "newsroom" }, []string{"--oidc-client", "--oidc-issuer"}},
		{"no cache", func(c *Config) { c.CacheMB = 0 }, []string{"--cache-mb"}},
		{"addresses that are never kept", func(c *Config) { c.LetterMonths = 0 }, []string{"--letter-months"}},
		{"a gallery for everybody", func(c *Config) { c.Dev, c.ReadersAddr = true, "0.0.0.0:80" }, []string{"--dev", "--readers-addr"}},
		{"idle longer than life", func(c *Config) { c.SessionIdle = 2 * time.Hour }, []string{"--session-idle", "--session-life"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := valid()
			c.change(&cfg)
			err := cfg.Check()
			if (err == nil) != (len(c.says) == 0) {
				t.Fatalf("Check() = %v", err)
			}
			for _, word := range c.says {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("Check() = %q, want it to name %s", err, word)
				}
			}
		})
	}
}

func TestHTTPSWithoutAProxyIsDoubted(t *testing.T) {
	for _, c := range []struct {
		newsroom, public, proxy string
		doubted                 bool
	}{
		{"", "", "", false}, {"http://127.0.0.1:8081", "http://:8080", "", false},
		{"https://newsroom.example", "", "", true}, {"", "https://", "", true}, {"https://newsroom.example", "https://", "", true},
		{"https://newsroom.example", "https://", "127.0.0.1", false},
	} {
		cfg := valid()
		cfg.NewsroomURL, cfg.PublicURL = c.newsroom, c.public
		if c.proxy != "" {
			cfg.Proxies = []string{c.proxy}
		}
		if doubt := cfg.Doubt(); (doubt != "") != c.doubted || c.doubted && !strings.Contains(doubt, "--trusted-proxies") {
			t.Errorf("%+v: %q", c, doubt)
		}
	}
}

func TestTableHidesSecretsAndTellsOrigin(t *testing.T) {
	t.Setenv("DOINGOAI_TOKEN", "hidden-token")
	cfg := valid()
	cfg.Token, cfg.Database = "hidden-token", "postgres://u:password@h/d"
	origins := map[string]string{}
	for _, r := range cfg.Table(map[string]bool{"data": true}) {
		origins[r.Name] = r.Origin
		if strings.Contains(r.Value, "password") || strings.Contains(r.Value, "hidden") {
			t.Errorf("%s prints a secret: %q", r.Name, r.Value)
		}
		if r.Help == "" {
			t.Errorf("%s has no help", r.Name)
		}
	}
	for name, want := range map[string]string{"data": "flag", "token": "environment", "cache-mb": "default"} {
		if origins[name] != want {
			t.Errorf("origin of %s = %s, want %s", name, origins[name], want)
		}
	}
}

func TestABucketIsReadFromItsAddress(t *testing.T) {
	for address, want := range map[string]Bucket{
		"s3://media": {Endpoint: "s3.amazonaws.com", TLS: true, Name: "media", Key: "hidden", Secret: "hidden"},
		"s3://media/a/b/?endpoint=http://store:9000&region=vn-1": {
			Endpoint: "store:9000", Region: "vn-1", Name: "media", Prefix: "a/b/", Key: "hidden", Secret: "hidden",
		},
	} {
		got, err := Config{MediaStore: address, MediaKey: "hidden", MediaSecret: "hidden"}.MediaBucket()
		if err != nil || got != want {
			t.Errorf("%s: %+v (%v)", address, got, err)
		}
		if said := got.String(); strings.Contains(said, "hidden") {
			t.Errorf("it tells its keys: %s", said)
		}
	}
}

func TestKeysOfTheStoreAreNotPrinted(t *testing.T) {
	for _, row := range (Config{MediaKey: "hidden", MediaSecret: "hidden"}).Table(nil) {
		if row.Value == "hidden" {
			t.Errorf("%s is printed", row.Name)
		}
	}
}
