package apptest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"doingoai/app/config"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// S3 is a store that speaks S3, with one bucket, on this machine.
type S3 struct {
	config.Bucket
	server *httptest.Server
	refuse atomic.Pointer[refusal]
	// Asked counts the requests that it answered.
	Asked atomic.Int64
}

type refusal struct {
	status int
	code   string
}

// NewS3 starts a store that ends with the test.
func NewS3(t testing.TB) *S3 {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("media"); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(backend, gofakes3.WithAutoBucket(false)).Server()
	s := &S3{}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Asked.Add(1)
		if no := s.refuse.Load(); no != nil {
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(no.status)
			_, _ = w.Write([]byte("<Error><Code>" + no.code + "</Code><Message>no</Message></Error>"))
			return
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(s.server.Close)
	s.Bucket = config.Bucket{
		Endpoint: strings.TrimPrefix(s.server.URL, "http://"), Region: "us-east-1", Name: "media", Prefix: "newsroom/", Key: "key", Secret: "secret",
	}
	return s
}

// Address is what --media-store says of it.
func (s *S3) Address() string {
	return "s3://" + s.Name + "/" + strings.TrimSuffix(s.Prefix, "/") + "?region=" + s.Region + "&endpoint=" + s.server.URL
}

// Refuse makes it answer everything with an error from now on; status 0 ends that.
func (s *S3) Refuse(status int, code string) {
	if status == 0 {
		s.refuse.Store(nil)
		return
	}
	s.refuse.Store(&refusal{status, code})
}

// Close makes it unreachable.
func (s *S3) Close() { s.server.Close() }
