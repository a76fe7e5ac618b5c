package config

import (
	"errors"
	"net/url"
	"strings"
)

// Bucket is a place in a store that speaks S3.
type Bucket struct {
	Endpoint    string // host and port
	TLS         bool
	Region      string // "": asked of the store
	Name        string
	Prefix      string // "" or with a slash at its end
	Key, Secret string
}

// amazon is where a bucket is when its address names no endpoint.
const amazon = "https://s3.amazonaws.com"

// String says where a bucket is, without what opens it.
func (b Bucket) String() string { return "s3://" + b.Name + "/" + b.Prefix + " (" + b.Endpoint + ")" }

// MediaBucket is the bucket that --media-store names. Check has refused what
// cannot be read.
func (c Config) MediaBucket() (Bucket, error) {
	// The address is not repeated in errors: somebody may have put a key into it.
	u, err := url.Parse(c.MediaStore)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User != nil || u.Fragment != "" {
		return Bucket{}, errors.New("--media-store must be like s3://BUCKET/PREFIX?endpoint=https://HOST")
	}
	b := Bucket{Name: u.Host, Key: c.MediaKey, Secret: c.MediaSecret}
	if prefix := strings.Trim(u.Path, "/"); prefix != "" {
		b.Prefix = prefix + "/"
	}
	said, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Bucket{}, errors.New("--media-store: what follows the question mark cannot be read")
	}
	for name := range said {
		if name != "endpoint" && name != "region" {
			return Bucket{}, errors.New("--media-store: after the question mark stand endpoint and region only; keys go into --media-store-key and --media-store-secret")
		}
	}
	at := said.Get("endpoint")
	if at == "" {
		at = amazon
	}
	endpoint, err := url.Parse(at)
	if err != nil || endpoint.Host == "" || endpoint.User != nil || strings.Trim(endpoint.Path, "/") != "" || endpoint.RawQuery != "" ||
		endpoint.Scheme != "https" && endpoint.Scheme != "http" {
		return Bucket{}, errors.New("--media-store: endpoint must be like https://HOST or http://HOST:PORT")
	}
	b.Endpoint, b.TLS, b.Region = endpoint.Host, endpoint.Scheme == "https", said.Get("region")
	return b, nil
}

// checkMedia refuses half a store.
func (c Config) checkMedia(refuse func(format string, args ...any)) {
	if c.MediaStore == "" {
		if c.MediaKey != "" || c.MediaSecret != "" {
			refuse("--media-store-key and --media-store-secret mean nothing without --media-store")
		}
		return
	}
	if c.Only == "newsstand" {
		refuse("--media-store is the newsroom's and means nothing with --only newsstand: leave one of them out")
	}
	if _, err := c.MediaBucket(); err != nil {
		refuse("%w", err)
	}
	if c.MediaKey == "" || c.MediaSecret == "" {
		refuse("--media-store needs --media-store-key and --media-store-secret (better as %s and %s, which other users of this machine cannot see)",
			Env("media-store-key"), Env("media-store-secret"))
	}
}
