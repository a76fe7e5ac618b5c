package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/spreadsheet"
	"doingoai/app/store"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// The trail can be taken away: as a table for people (CSV), and as lines of
// JSON, which have everything that the hashes are made of. It is written while
// it is read, in portions, so that a long one needs no more memory than a
// short one; and that it was taken away is an entry of it.

// exportAudit sends the entries that a filter finds. When something goes wrong
// half-way the connection is broken off, so that nobody takes a part for the
// whole.
func (d *Desk) exportAudit(c *fiber.Ctx) error {
	q, err := d.readAuditQuery(c)
	if err != nil {
		return err
	}
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	e := &trailExport{desk: d, page: d.page(c, "audit.title", "audit"), filter: q.filter, format: form.Text("format", 10)}
	mediaType, known := exportTypes[e.format]
	if !known {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	if e.upTo, err = audit.Last(web.Context(c), d.DB); err != nil {
		return err
	}
	if q.nobody {
		e.upTo = 0
	}
	entry := auditEntryOf(e.page.Actor)
	entry.Verb, entry.Subject = "audit.export", "audit"
	if entry.Detail == nil {
		entry.Detail = map[string]string{}
	}
	for name, values := range q.Values() {
		entry.Detail["asked_"+name] = values[0]
	}
	entry.Detail["format"], entry.Detail["entries"] = e.format, strconv.FormatInt(e.upTo, 10)
	err = d.DB.Write(web.Context(c), func(tx *store.Tx) error { return audit.Append(tx, entry) })
	if err != nil {
		return err
	}
	name := "nhat-ky-" + d.DB.Now().In(locale.Zone()).Format("2006-01-02-1504") + "." + e.format
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	c.Set(fiber.HeaderCacheControl, "no-store")
	e.begin()
	c.Context().SetBodyStream(e, -1)
	return nil
}

var exportTypes = map[string]string{"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}

// trailExport is the answer's body. The server reads it after the handler has
// ended, so that it keeps no more of the request than was copied.
type trailExport struct {
	desk        *Desk
	page        page
	filter      audit.Filter
	format      string
	after, upTo int64
	ready       bytes.Buffer
	done        bool
}

const (
	exportPortion  = 500              // entries
	exportPatience = 20 * time.Second // for one portion
)

// begin writes what comes before the entries: for tables the heading, after
// the mark by which spreadsheets know UTF-8.
func (e *trailExport) begin() {
	if e.format != "csv" {
		return
	}
	e.ready.WriteString("\uFEFF")
	var heading []string
	for _, column := range []string{"seq", "time", "who", "role", "agency", "address", "what", "verb", "about", "subject", "from", "to", "reason", "detail", "hash"} {
		heading = append(heading, e.page.T("audit.column_"+column))
	}
	e.line(heading)
}

// Read hands out what is ready and gets more when there is nothing.
func (e *trailExport) Read(p []byte) (int, error) {
	for e.ready.Len() == 0 {
		if e.done {
			return 0, io.EOF
		}
		if err := e.more(); err != nil {
			return 0, err
		}
	}
	return e.ready.Read(p)
}

func (e *trailExport) more() error {
	ctx, cancel := context.WithTimeout(context.Background(), exportPatience)
	defer cancel()
	entries, err := audit.Forward(ctx, e.desk.DB, e.filter, e.after, e.upTo, exportPortion)
	if err != nil {
		return err
	}
	if e.done = len(entries) < exportPortion; len(entries) == 0 {
		return nil
	}
	e.after = entries[len(entries)-1].Seq
	if e.format == "jsonl" {
		return e.lines(entries)
	}
	return e.table(ctx, entries)
}

// exportedEntry is a line of JSON.
type exportedEntry struct {
	Seq      int64             `json:"seq"`
	At       time.Time         `json:"at"`
	Actor    string            `json:"actor"`
	Agency   string            `json:"agency,omitempty"`
	Role     string            `json:"role,omitempty"`
	Address  string            `json:"address,omitempty"`
	Verb     string            `json:"verb"`
	Subject  string            `json:"subject"`
	From     string            `json:"from,omitempty"`
	To       string            `json:"to,omitempty"`
	Revision string            `json:"revision,omitempty"`
	Reason   string            `json:"reason,omitempty"`
	Detail   map[string]string `json:"detail,omitempty"`
	Previous string            `json:"previous"`
	Hash     string            `json:"hash"`
}

func (e *trailExport) lines(entries []audit.Entry) error {
	out := json.NewEncoder(&e.ready)
	for _, n := range entries {
		err := out.Encode(exportedEntry{
			n.Seq, n.At, n.ActorID, n.AgencyID, n.Role, n.Address, n.Verb, n.Subject, n.From, n.To, n.Revision, n.Reason, n.Detail, n.Previous, n.Hash,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *trailExport) table(ctx context.Context, entries []audit.Entry) error {
	words, err := e.desk.auditWords(ctx, e.page, entries)
	if err != nil {
		return err
	}
	for _, n := range entries {
		row := words.row(n)
		e.line([]string{
			strconv.FormatInt(n.Seq, 10), n.At.In(locale.Zone()).Format("2006-01-02 15:04:05"), row.Who, n.Role, words.agencies[n.AgencyID], n.Address,
			row.What, n.Verb, row.About, n.Subject, n.From, n.To, n.Reason, detailText(n.Detail), n.Hash,
		})
	}
	return nil
}

// line writes a row of the table, every cell in quotes, and what somebody typed
// marked as text.
func (e *trailExport) line(cells []string) {
	for i, cell := range cells {
		if i > 0 {
			e.ready.WriteByte(',')
		}
		e.ready.WriteString(`"` + strings.ReplaceAll(spreadsheet.Text(cell), `"`, `""`) + `"`)
	}
	e.ready.WriteString("\r\n")
}

// detailText is an entry's detail as name=value, one a line.
func detailText(detail map[string]string) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(detail)) {
		lines = append(lines, name+"="+detail[name])
	}
	return strings.Join(lines, "\n")
}
