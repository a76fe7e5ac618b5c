package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	appconfig "doingoai/app/config"
)

// config is the settings of the program under measurement.
func config(o options) appconfig.Config {
	return appconfig.Config{Data: o.Data, Database: o.Database, CacheMB: 128, LetterMonths: 24, SessionIdle: time.Hour, SessionLife: time.Hour, SecondFactor: "offered"}
}

func build(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "doingoai")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", program, "doingoai/cmd/doingoai")
	cmd.Stderr = os.Stderr
	return program, cmd.Run()
}

// server is the program running as a process of its own.
type server struct {
	cmd               *exec.Cmd
	readers, newsroom string // addresses without scheme
	program           string
}

// start runs the program and waits for its ready line.
func start(ctx context.Context, program string, o options) (*server, error) {
	s := &server{program: program}
	args := []string{"serve", "--data", o.Data, "--readers-addr", "127.0.0.1:0", "--newsroom-addr", "127.0.0.1:0", "--second-factor", "offered"}
	if o.Part == "desk" {
		args = append(args, "--only", "newsroom")
	}
	if o.Database != "" {
		args = append(args, "--database", o.Database)
	}
	s.cmd = exec.CommandContext(ctx, program, args...)
	log, err := os.OpenFile(filepath.Join(o.Data, "serve.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	s.cmd.Stderr = log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
			for _, field := range strings.Fields(rest) {
				name, url, _ := strings.Cut(field, "=")
				address := strings.TrimPrefix(url, "http://")
				if name == "readers" {
					s.readers = address
				} else {
					s.newsroom = address
				}
			}
			return s, nil
		}
	}
	return nil, errors.Join(errors.New("the program ended before it was ready; see serve.log"), s.cmd.Wait())
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// caughtUp waits until the newsstand has applied and indexed the corpus.
func (s *server) caughtUp(ctx context.Context, w *corpusWorld, t *table) error {
	began := time.Now()
	url := "http://" + s.readers + "/vi/a/a-" + w.ids[len(w.ids)-1]
	for {
		page, err := get(ctx, url)
		if err == nil && page.status == http.StatusMovedPermanently { // to its canonical address: it is there
			ready, err := get(ctx, "http://"+s.readers+"/-/ready")
			if err == nil && ready.status == http.StatusOK && strings.Contains(string(ready.body), "caught_up") {
				break
			}
		}
		select {
		case <-time.After(250 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if took := time.Since(began); took > 2*time.Second {
		n := 2 * len(w.ids)
		t.add("Newsstand from nothing to complete", fmt.Sprintf("%d releases in %s (%.0f/s)", n, took.Round(time.Second), float64(n)/took.Seconds()), "")
	}
	return nil
}

// processorTime is the user and system time that processes have used.
func processorTime(pids ...int) (time.Duration, error) {
	const ticksPerSecond = 100 // USER_HZ on every Linux that Go runs on
	var ticks int64
	for _, pid := range pids {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0, err
		}
		_, rest, ok := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest)
		if !ok || len(fields) < 13 {
			return 0, fmt.Errorf("cannot read the processor time of %d", pid)
		}
		for _, f := range fields[11:13] {
			n, err := strconv.ParseInt(f, 10, 64)
			if err != nil {
				return 0, err
			}
			ticks += n
		}
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond, nil
}

// memory answers the resident memory of a process and the part that is its
// own (not mapped files, which the system can drop at any time), in MB.
func memory(pid int) (resident, own int, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kb, _ := strconv.Atoi(fields[1]) // lines of other forms are not asked for
		switch fields[0] {
		case "VmRSS:":
			resident = kb / 1024
		case "RssAnon:":
			own = kb / 1024
		}
	}
	return resident, own, nil
}
