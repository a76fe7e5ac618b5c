package search

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
)

// readLines decodes every line of a JSON Lines file, plain or gzip.
func readLines[T any](t testing.TB, path string) []T {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var reader io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if reader, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	var out []T
	lines := bufio.NewScanner(reader)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var value T
		if err := json.Unmarshal(lines.Bytes(), &value); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, value)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// newIndex opens an index in a folder of the test.
func newIndex(t testing.TB) *Index {
	t.Helper()
	return openIndex(t, t.TempDir())
}

func openIndex(t testing.TB, dir string) *Index {
	t.Helper()
	x, err := Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// put applies documents as one batch.
func put(t testing.TB, x *Index, cursor int64, documents ...*Document) {
	t.Helper()
	changes := make([]Change, len(documents))
	for i, d := range documents {
		changes[i].Document = d
	}
	if err := x.Apply(changes, cursor); err != nil {
		t.Fatal(err)
	}
}

// find runs a query and answers the ids found, best first.
func find(t testing.TB, x *Index, q Query) []string {
	t.Helper()
	result, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	ids := []string{}
	for _, hit := range result.Hits {
		ids = append(ids, hit.ID)
	}
	return ids
}
