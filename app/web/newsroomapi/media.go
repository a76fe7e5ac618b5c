package newsroomapi

import (
	"bytes"
	"time"

	"doingoai/app/media"
	"doingoai/app/release"
)

type picture struct {
	Hash      string    `json:"hash" doc:"Names exactly these bytes; what lead_media and media: in a body ask for."`
	Name      string    `json:"name"`
	Type      string    `json:"type"`
	Kind      string    `json:"kind" doc:"picture, video, audio or document."`
	Size      int64     `json:"size" doc:"Bytes."`
	Width     int       `json:"width,omitempty" doc:"Pixels, of a picture or video."`
	Height    int       `json:"height,omitempty"`
	Seconds   int       `json:"seconds,omitempty" doc:"How long a video or sound lasts; absent when it does not say."`
	Pages     int       `json:"pages,omitempty" doc:"Of a document; absent when it does not say."`
	Colour    string    `json:"colour,omitempty"`
	Agency    string    `json:"agency" doc:"Whose it is."`
	CreatedAt time.Time `json:"created_at"`
	// Renditions are the same picture in other sizes and formats.
	Renditions []rendition `json:"renditions,omitempty" doc:"Of a picture, all its files from narrow to wide; absent until they are made."`
}

// rendition is one file of a picture.
type rendition struct {
	Hash   string `json:"hash" doc:"What /media/{hash}/file asks for."`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Size   int64  `json:"size" doc:"Bytes."`
}

func (p picture) location() string { return "/media/" + p.Hash }

func pictureOf(m media.Media, f release.File) picture {
	p := picture{
		Hash: f.Hash, Name: f.Name, Type: f.Type, Kind: string(m.Kind), Seconds: m.Seconds, Pages: m.Pages, Size: f.Size,
		Width: f.Width, Height: f.Height, Colour: m.Colour, Agency: m.AgencyID, CreatedAt: m.CreatedAt,
	}
	for _, r := range m.Files() {
		p.Renditions = append(p.Renditions, rendition{r.Hash, r.Name, r.Type, r.Width, r.Height, r.Size})
	}
	return p
}

type uploadIn struct {
	Agency string `query:"agency" required:"true" doc:"Id of the agency whose file it is."`
	Name   string `query:"name" max:"255" doc:"The file's name as people know it."`
	Body   []byte `body:"bytes" doc:"The file itself. What it is, is told by its content."`
}

// addMedia puts a file into the library. The same file again is the one that is there.
func (a *API) addMedia(c *call, in uploadIn) (picture, error) {
	m, err := a.Media.Add(c.ctx, c.actor, in.Agency, in.Name, bytes.NewReader(in.Body))
	if err != nil {
		return picture{}, err
	}
	return pictureOf(m, m.File), nil
}

type mediaIn struct {
	Hash string `path:"hash"`
}

// readMedia answers what is known of a file that the person may see.
func (a *API) readMedia(c *call, in mediaIn) (picture, error) {
	f, err := a.Newsroom.Picture(c.ctx, c.actor, in.Hash)
	if err != nil {
		return picture{}, err
	}
	m, err := a.Media.Of(c.ctx, in.Hash)
	return pictureOf(m, f), err
}

// readFile answers the bytes of a file that the person may see.
func (a *API) readFile(c *call, in mediaIn) (file, error) {
	f, err := a.Newsroom.Picture(c.ctx, c.actor, in.Hash)
	if err != nil {
		return file{}, err
	}
	body, err := a.Media.Open(c.ctx, f.Hash)
	return file{f, body}, err
}
