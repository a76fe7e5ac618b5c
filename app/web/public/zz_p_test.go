package public_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"doingoai/app/apptest"

	"github.com/chromedp/chromedp"
)

func TestZZShots(t *testing.T) {
	tab := apptest.Browser(t)
	for _, host := range []string{"portal", "newspaper", "broadcaster"} {
		for _, path := range []string{"/vi/", "/en/"} {
			for _, width := range []int64{320, 360, 1440} {
				m := visit(t, tab, "http://"+host+".localhost:38080"+path, width)
				fmt.Printf("%s%s %d: mast %v lines %d headline %v over %q hole %v mixed %q\n", host, path, width, m.Masthead, m.Lines, m.Headline, m.Overlaps, m.Hole, m.Mixed)
				limited, cancel := context.WithTimeout(tab, time.Minute)
				b, err := chromedp.Run(limited, chromedp.FullScreenshot(80))
				cancel()
				if err != nil {
					fmt.Println(err)
					continue
				}
				os.WriteFile(fmt.Sprintf("/tmp/p_%s_%s_%d.png", host, path[1:3], width), b, 0o644)
			}
		}
	}
}
