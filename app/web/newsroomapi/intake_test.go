package newsroomapi_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"testing"

	"doingoai/app/account"
	"doingoai/app/media"
	"doingoai/app/web/newsroomapi"
)

// Much is read only where a text or a file goes, of whoever shows a token.
func TestMuchIsReadOnlyWhereItGoes(t *testing.T) {
	w := oneWorld(t)
	token := "Authorization: Bearer " + w.one(w.portal, account.Reporter).token + "\r\n"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	go w.app.Listener(listener)
	t.Cleanup(func() { w.must(w.app.Shutdown()) })
	body := bytes.Repeat([]byte("x"), media.MaxBytes+2)
	for _, c := range []struct {
		method, path, headers string
		size                  int
		large                 bool // too large
	}{
		{"POST", "/editions", token, 7 << 20, false},
		{"POST", "/editions", token, 9 << 20, true},
		{"POST", "/editions", "", 300 << 10, true},
		{"PUT", "/editions/a/vi/content", token, 7 << 20, false},
		{"PUT", "/editions/a/vi/unsaved", token, 7 << 20, false},
		{"POST", "/editions/a/vi/acts", token, 300 << 10, true},
		{"POST", "/media", token, media.MaxBytes, false},
		{"POST", "/media", token, media.MaxBytes + 2, true},
		{"POST", "/nothing", token, 300 << 10, true},
		{"POST", "/editions", token, 200 << 10, false},
	} {
		line, err := net.Dial("tcp", listener.Addr().String())
		w.must(err)
		go func() { // the server may close before it has read all
			fmt.Fprintf(line, "%s %s%s HTTP/1.1\r\nHost: newsroom\r\n%sContent-Length: %d\r\n\r\n", c.method, newsroomapi.Base, c.path, c.headers, c.size)
			line.Write(body[:c.size])
		}()
		answer, err := http.ReadResponse(bufio.NewReader(line), nil)
		w.must(err)
		if large := answer.StatusCode == http.StatusRequestEntityTooLarge; large != c.large {
			t.Errorf("%s %s with %d bytes: %d", c.method, c.path, c.size, answer.StatusCode)
		}
		w.must(answer.Body.Close())
		w.must(line.Close())
	}
}
