package public

import (
	"strconv"
	"strings"
)

// pager leads through the pages of a list.
type pager struct {
	Page, Pages    int
	Previous, Next string // addresses, "" at an end
	Steps          []step
}

// step is a page's number; one without a number stands for those left out.
type step struct {
	Number int
	Href   string
	Here   bool
}

// around is how many pages on each side of this one are named.
const around = 2

// newPager names the first page, the last, and those near to this one.
// address is that of the first page.
func newPager(address string, page, pages int) pager {
	p := pager{Page: page, Pages: pages}
	if page > 1 {
		p.Previous = pageAddress(address, page-1)
	}
	if page < pages {
		p.Next = pageAddress(address, page+1)
	}
	for n := 1; n <= pages; n++ {
		near := n >= page-around && n <= page+around
		switch {
		case n == 1 || n == pages || near:
			p.Steps = append(p.Steps, step{Number: n, Href: pageAddress(address, n), Here: n == page})
		case len(p.Steps) > 0 && p.Steps[len(p.Steps)-1].Number != 0:
			p.Steps = append(p.Steps, step{})
		}
	}
	return p
}

func pageAddress(address string, page int) string {
	if page == 1 {
		return address
	}
	if strings.Contains(address, "?") {
		return address + "&page=" + strconv.Itoa(page)
	}
	return address + "?page=" + strconv.Itoa(page)
}
