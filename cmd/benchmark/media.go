package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/store"
	"doingoai/migrations"
)

// photos is how many pictures of a camera the part media brings.
const photos = 5

// runMedia measures what becomes of a picture: how long a person waits when it
// is brought, what memory that takes, and what its renditions cost and save.
func runMedia(ctx context.Context, o options, t *table) (err error) {
	db, err := store.Open(ctx, store.Options{URL: cmp.Or(o.Database, "sqlite:"+dataFile(o, "media.db"))})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(ctx, migrations.Newsroom()); err != nil {
		return err
	}
	room := media.New(db, blob.Folder(dataFile(o, "media")))
	brought, err := bringPhotos(ctx, room, t)
	if err != nil {
		return err
	}
	if err := makeRenditions(ctx, room, brought, t); err != nil {
		return err
	}
	t.print(os.Stdout, fmt.Sprintf("pictures, %s", databaseName(o)))
	return nil
}

// bringPhotos has pictures of 24 megapixels taken in one by one.
func bringPhotos(ctx context.Context, room *media.Room, t *table) (hashes []string, err error) {
	who := account.Actor{ID: "benchmark", Posts: []account.Post{{Agency: "benchmark", Role: account.Reporter}}}
	var took, worked times
	size, most := 0, 0
	for i := range photos {
		data, err := photo(6000, 4000, uint64(i))
		if err != nil {
			return nil, err
		}
		size = len(data)
		before := startPeak()
		w, err := beginWork()
		if err != nil {
			return nil, err
		}
		m, err := room.Add(ctx, who, "benchmark", fmt.Sprintf("photo-%d.jpg", i), bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		wall, own, err := w.end()
		if err != nil {
			return nil, err
		}
		took, worked = append(took, wall), append(worked, own)
		most = max(most, memoryPeak()-before)
		hashes = append(hashes, m.Hash)
	}
	t.add(fmt.Sprintf("taking in 24 megapixels (%.1f MB)", float64(size)/1e6), took.String(), "≤ 1 s")
	t.add("processor time of that", worked.String(), "")
	if most > 0 {
		t.add("memory for that, at its peak", fmt.Sprintf("%d MB", most), "≤ 200 MB")
	}
	return hashes, nil
}

// photo is a picture with the texture and the noise of a camera's.
func photo(w, h int, seed uint64) ([]byte, error) {
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range img.Y {
		x, y := float64(i%img.YStride), float64(i/img.YStride)
		v := 120 + 60*math.Sin(x/97)*math.Cos(y/83) + 25*math.Sin(x*y/9000) + 6*r.NormFloat64()
		img.Y[i] = byte(max(0, min(255, v)))
	}
	for i := range img.Cb {
		x, y := float64(i%img.CStride), float64(i/img.CStride)
		img.Cb[i] = byte(128 + 40*math.Sin(x/211) + 2*r.NormFloat64())
		img.Cr[i] = byte(128 + 40*math.Cos(y/191) + 2*r.NormFloat64())
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 91})
	return b.Bytes(), err
}

// makeRenditions has all renditions made, as the background does it.
func makeRenditions(ctx context.Context, room *media.Room, hashes []string, t *table) error {
	w, err := beginWork()
	if err != nil {
		return err
	}
	if _, err := room.WorkOff(ctx); err != nil {
		return err
	}
	wall, own, err := w.end()
	if err != nil {
		return err
	}
	found, err := room.Many(ctx, hashes)
	if err != nil {
		return err
	}
	made := 0
	plain, packed := map[int]int64{}, map[int]int64{}
	for _, m := range found {
		made += len(m.Renditions)
		files := append(slices.Clone(m.Renditions), m.File)
		if m.Small != nil {
			files = append(files, *m.Small)
		}
		for _, f := range files {
			if f.Type == "image/webp" {
				packed[f.Width] += f.Size
			} else {
				plain[f.Width] += f.Size
			}
		}
	}
	if made == 0 {
		return errors.New("no renditions were made")
	}
	t.add("a rendition, in the background", fmt.Sprintf("%d ms, processor time %d ms", wall.Milliseconds()/int64(made), own.Milliseconds()/int64(made)), "")
	t.add("all of a picture", fmt.Sprintf("%d files in %d ms, processor time %d ms", made/len(found), wall.Milliseconds()/int64(len(found)), own.Milliseconds()/int64(len(found))), "")
	for _, width := range slices.Sorted(maps.Keys(packed)) {
		n := int64(len(found)) << 10
		t.add(fmt.Sprintf("%d pixels wide", width), fmt.Sprintf("JPEG %d KB, WebP %d KB (%d %%)",
			plain[width]/n, packed[width]/n, 100*packed[width]/plain[width]), "")
	}
	return nil
}

// work is a measure of time: how long something lasts, and how much of that the
// processor works for it. On a busy machine the two are far apart.
type work struct {
	began time.Time
	used  time.Duration
}

func beginWork() (work, error) {
	used, err := processorTime(os.Getpid())
	return work{time.Now(), used}, err
}

func (w work) end() (wall, own time.Duration, err error) {
	used, err := processorTime(os.Getpid())
	return time.Since(w.began), used - w.used, err
}

// startPeak begins a new measure of the most memory that this process had, and
// answers what it has now, in MB.
func startPeak() int {
	debug.FreeOSMemory()
	// Not every system lets this be started anew; then the peak is that of before.
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		return memoryPeak()
	}
	return memoryPeak()
}

// memoryPeak is the most memory this process had, in MB; 0 where that is not told.
func memoryPeak() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kb int
		if n, err := fmt.Sscanf(line, "VmHWM: %d kB", &kb); n == 1 && err == nil {
			return kb / 1024
		}
	}
	return 0
}
