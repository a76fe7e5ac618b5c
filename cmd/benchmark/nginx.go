package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// nginx serves files beside the program, for comparison.
type nginx struct {
	cmd     *exec.Cmd
	address string
	dir     string
}

const nginxConf = `worker_processes 1;
daemon off;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=100;
  gzip_static on;
  default_type text/html;
  client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/fastcgi;
  uwsgi_temp_path %[1]s/uwsgi; scgi_temp_path %[1]s/scgi;
  server { listen %[2]s; root %[1]s/www; }
}
`

// startNginx serves page as /page.html, plain and as ready gzip. It answers
// nil where nginx is not installed.
func startNginx(ctx context.Context, dir string, page []byte) (*nginx, error) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		return nil, nil
	}
	n := &nginx{dir: filepath.Join(dir, "nginx")}
	if err := os.MkdirAll(filepath.Join(n.dir, "www"), 0o755); err != nil {
		return nil, err
	}
	var zipped bytes.Buffer
	z, err := gzip.NewWriterLevel(&zipped, 6)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(page); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	n.address = free.Addr().String()
	err = errors.Join(free.Close(),
		os.WriteFile(filepath.Join(n.dir, "www", "page.html"), page, 0o644),
		os.WriteFile(filepath.Join(n.dir, "www", "page.html.gz"), zipped.Bytes(), 0o644),
		os.WriteFile(filepath.Join(n.dir, "nginx.conf"), fmt.Appendf(nil, nginxConf, n.dir, n.address), 0o644),
		openTo(n.dir))
	if err != nil {
		return nil, err
	}
	n.cmd = exec.CommandContext(ctx, program, "-c", filepath.Join(n.dir, "nginx.conf"))
	if err := n.cmd.Start(); err != nil {
		return nil, err
	}
	for range 100 {
		if _, err := get(ctx, "http://"+n.address+"/page.html"); err == nil {
			return n, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("nginx did not answer"), n.stop())
}

// openTo lets nginx's unprivileged worker read the files.
func openTo(dir string) error {
	for d := dir; len(d) > 1 && strings.HasPrefix(d, os.TempDir()+"/"); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// pids are the worker's, which does the serving.
func (n *nginx) pids() ([]int, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", n.cmd.Process.Pid, n.cmd.Process.Pid))
	if err != nil {
		return nil, err
	}
	var pids []int
	for _, f := range strings.Fields(string(text)) {
		pid, err := strconv.Atoi(f)
		if err != nil {
			return nil, err
		}
		pids = append(pids, pid)
	}
	return pids, nil
}

func (n *nginx) stop() error {
	if err := n.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	_ = n.cmd.Wait() // it ends by our signal, which Wait calls an error
	return nil
}
