package newsroomapi_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/web/newsroomapi"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// contract holds requests and answers against the description that the
// interface gives of itself.
type contract struct {
	t      *testing.T
	text   []byte
	doc    *openapi3.T
	router routers.Router

	mu     sync.Mutex      // tests ask for several things at once
	driven map[string]bool // operations that were answered without a refusal
}

func newContract(t *testing.T, app apptest.Server) *contract {
	t.Helper()
	answer := apptest.NewVisitor(t, app, origin).Get(newsroomapi.Base + "/openapi.json").Is(200)
	c := &contract{t: t, text: []byte(answer.Body), driven: map[string]bool{"readDocument": true}}
	var err error
	if c.doc, err = openapi3.NewLoader().LoadFromData(c.text); err != nil {
		t.Fatal(err)
	}
	if c.router, err = legacy.NewRouter(c.doc); err != nil {
		t.Fatal(err)
	}
	return c
}

// hold fails the test when an answer is none that the description allows, or
// when a request was taken that it does not.
func (c *contract) hold(method, path string, headers []string, sent []byte, answer *apptest.Answer) {
	c.t.Helper()
	r := httptest.NewRequest(method, newsroomapi.Base+path, bytes.NewReader(sent))
	r.RequestURI = ""
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	route, params, err := c.router.FindRoute(r)
	if err != nil {
		if answer.Status != http.StatusNotFound {
			c.t.Errorf("%s %s is not described, and was answered %d: %v", method, path, answer.Status, err)
		}
		return
	}
	asked := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, ExcludeRequestBody: isBytes(headers),
	}}
	if answer.Status < 300 {
		if err := openapi3filter.ValidateRequest(context.Background(), asked); err != nil {
			c.t.Errorf("%s %s was taken, but is not what is described: %v", method, path, err)
		}
		c.mu.Lock()
		c.driven[route.Operation.OperationID] = true
		c.mu.Unlock()
	}
	told := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: asked, Status: answer.Status, Header: answer.Header, Body: io.NopCloser(strings.NewReader(answer.Body)), Options: asked.Options,
	}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "image/") {
		told.Body, told.Options = http.NoBody, &openapi3filter.Options{ExcludeResponseBody: true, IncludeResponseStatus: true}
	}
	if err := openapi3filter.ValidateResponse(context.Background(), told); err != nil {
		c.t.Errorf("%s %s was answered with what is not described: %v", method, path, err)
	}
}

func isBytes(headers []string) bool {
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Content-Type" && headers[i+1] == "application/octet-stream" {
			return true
		}
	}
	return false
}

// undriven lists the operations that nothing has driven yet.
func (c *contract) undriven() []string {
	var names []string
	for _, item := range c.doc.Paths.Map() {
		for _, o := range item.Operations() {
			if !c.driven[o.OperationID] {
				names = append(names, o.OperationID)
			}
		}
	}
	return names
}
