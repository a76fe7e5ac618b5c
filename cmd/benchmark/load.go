package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// answer is a response as it came over the wire.
type answer struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

var client = &http.Client{
	Transport:     &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func get(ctx context.Context, url string, headers ...string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return answer{}, err
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	began := time.Now()
	res, err := client.Do(req)
	if err != nil {
		return answer{}, err
	}
	body, err := io.ReadAll(res.Body)
	took := time.Since(began)
	return answer{res.StatusCode, res.Header, body, took}, errors.Join(err, res.Body.Close())
}

// rate is what a load came to.
type rate struct {
	perSecond float64
	perCore   float64 // per second of the server's processor time
	took      times   // each request, while all connections ask as fast as they can
}

// load asks for one thing over and over on keep-alive connections, with as
// little work on this side as can be, and relates the count to the processor
// time that the server's processes used meanwhile.
func load(ctx context.Context, address, request string, o options, pids ...int) (rate, error) {
	before, err := processorTime(pids...)
	if err != nil {
		return rate{}, err
	}
	ctx, stop := context.WithTimeout(ctx, o.LoadFor)
	defer stop()
	took := make([]times, o.Clients)
	var wg sync.WaitGroup
	errs := make(chan error, o.Clients)
	began := time.Now()
	for i := range o.Clients {
		wg.Go(func() {
			var err error
			if took[i], err = hammer(ctx, address, request); err != nil {
				errs <- err
			}
		})
	}
	wg.Wait()
	lasted := time.Since(began)
	select {
	case err := <-errs:
		return rate{}, err
	default:
	}
	after, err := processorTime(pids...)
	if err != nil {
		return rate{}, err
	}
	all := slices.Concat(took...)
	n := float64(len(all))
	return rate{n / lasted.Seconds(), n / (after - before).Seconds(), all}, nil
}

func hammer(ctx context.Context, address, request string) (took times, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 64<<10)
	ask := []byte(request)
	for ctx.Err() == nil {
		began := time.Now()
		if _, err := conn.Write(ask); err != nil {
			return nil, err
		}
		if err := skipResponse(r); err != nil {
			return nil, fmt.Errorf("%s: %w", address, err)
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

// skipResponse reads one response with a Content-Length, or a 304.
func skipResponse(r *bufio.Reader) error {
	length, first := 0, true
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		line = bytes.TrimRight(line, "\r\n")
		if first {
			if !bytes.Contains(line, []byte(" 200 ")) && !bytes.Contains(line, []byte(" 304 ")) {
				return fmt.Errorf("unexpected answer %q", line)
			}
			first = false
		}
		if len(line) == 0 {
			break
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok && bytes.EqualFold(name, []byte("content-length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	_, err := r.Discard(length)
	return err
}

// times are durations of the same act.
type times []time.Duration

func (t times) at(share float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

func (t times) String() string {
	round := func(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }
	return fmt.Sprintf("median %s, p95 %s, p99 %s", round(t.at(.5)), round(t.at(.95)), round(t.at(.99)))
}
