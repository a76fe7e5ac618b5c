package newsroomapi

import (
	"slices"
	"time"

	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/wording"
)

// mediaRecord is a file of the library with what is said of it.
type mediaRecord struct {
	picture
	FileName string                `json:"file_name" doc:"As people know it; readers are not told."`
	Words    map[string]mediaWords `json:"words" doc:"By language."`
	Rights   mediaRights           `json:"rights"`
	Version  int                   `json:"version" doc:"Of words and rights; who changes them says which one they saw."`
	Behind   []late                `json:"behind,omitempty" doc:"In the record of one file: words that are behind their source."`
}

type mediaWords struct {
	Alt     string `json:"alt,omitempty" doc:"What it shows, for those who do not see it; of a document, its title."`
	Caption string `json:"caption,omitempty"`
}

type mediaRights struct {
	Credit  string     `json:"credit,omitempty"`
	Licence string     `json:"licence,omitempty" doc:"own, permission, cc_by, cc_by_sa, public_domain, purchased or other; absent: nobody has said."`
	Terms   string     `json:"terms,omitempty"`
	Expires *time.Time `json:"expires,omitempty" doc:"When they end; absent: never."`
	Shared  bool       `json:"shared" doc:"Other agencies may use it."`
}

func mediaRecordOf(m media.Media) mediaRecord {
	r := mediaRecord{
		picture: pictureOf(m, m.File), FileName: m.FileName, Words: map[string]mediaWords{}, Version: m.Version,
		Rights: mediaRights{Credit: m.Rights.Credit, Licence: string(m.Rights.Licence), Terms: m.Rights.Terms, Shared: m.Rights.Shared},
	}
	for lang, w := range m.Words {
		r.Words[lang] = mediaWords{w.Alt, w.Caption}
	}
	if !m.Rights.Expires.IsZero() {
		r.Rights.Expires = &m.Rights.Expires
	}
	return r
}

type libraryIn struct {
	Text     string `query:"q" max:"200" doc:"In names, words and credits, with or without marks."`
	Agency   string `query:"agency" doc:"Id of an agency that brought them."`
	Kind     string `query:"kind" doc:"picture, video, audio or document."`
	Expiring bool   `query:"expiring" doc:"Only those whose rights are over or will be within thirty days."`
	Unused   bool   `query:"unused" doc:"Only those in no text."`
	Page     int    `query:"page" min:"1" max:"10000" doc:"From 1."`
}

type libraryOut struct {
	Media []mediaRecord `json:"media"`
	More  bool          `json:"more" doc:"There is another page."`
}

// listMedia answers the files of the library that the person may see.
func (a *API) listMedia(c *call, in libraryIn) (libraryOut, error) {
	kind := media.Kind(in.Kind)
	if kind != "" && !slices.Contains(media.Kinds, kind) {
		return libraryOut{}, unreadable("kind")
	}
	found, more, err := a.Media.Find(c.ctx, c.actor, media.Filter{
		Text: in.Text, Agency: in.Agency, Kind: kind, Expiring: in.Expiring, Unused: in.Unused, Page: in.Page,
	})
	answer := libraryOut{Media: []mediaRecord{}, More: more}
	for _, m := range found {
		answer.Media = append(answer.Media, mediaRecordOf(m))
	}
	return answer, err
}

// readEntry answers a file with what is said of it.
func (a *API) readEntry(c *call, in mediaIn) (mediaRecord, error) {
	m, err := a.Media.Entry(c.ctx, c.actor, in.Hash)
	if err != nil {
		return mediaRecord{}, err
	}
	answer := mediaRecordOf(m)
	answer.Behind, err = a.lateWords(c, wording.Media, in.Hash)
	return answer, err
}

type mediaWordsIn struct {
	mediaIn
	Body struct {
		Version int                   `json:"version" doc:"That of the record these words are for."`
		Words   map[string]mediaWords `json:"words" doc:"By language; a language that is absent says nothing."`
	} `body:"json"`
}

// describeMedia says what a file shows.
func (a *API) describeMedia(c *call, in mediaWordsIn) (mediaRecord, error) {
	m, err := a.Media.Entry(c.ctx, c.actor, in.Hash)
	if err != nil {
		return mediaRecord{}, err
	}
	told := media.Description{Words: map[string]media.Words{}, Focus: m.Focus}
	for lang, w := range in.Body.Words {
		if !slices.Contains(newsroom.Languages, lang) {
			return mediaRecord{}, fault.New(fault.Invalid, "error.invalid")
		}
		told.Words[lang] = media.Words{Alt: w.Alt, Caption: w.Caption}
	}
	if err := a.Media.Describe(c.ctx, c.actor, in.Hash, in.Body.Version, told); err != nil {
		return mediaRecord{}, err
	}
	return a.readEntry(c, in.mediaIn)
}

type mediaRightsIn struct {
	mediaIn
	Body struct {
		Version int         `json:"version" doc:"That of the record these rights are for."`
		Rights  mediaRights `json:"rights"`
	} `body:"json"`
}

// licenseMedia says whose a file is and on which terms it may be used.
func (a *API) licenseMedia(c *call, in mediaRightsIn) (mediaRecord, error) {
	said := in.Body.Rights
	rights := media.Rights{Credit: said.Credit, Licence: media.Licence(said.Licence), Terms: said.Terms, Shared: said.Shared}
	if said.Expires != nil {
		rights.Expires = said.Expires.UTC()
	}
	if err := a.Media.SetRights(c.ctx, c.actor, in.Hash, in.Body.Version, rights); err != nil {
		return mediaRecord{}, err
	}
	return a.readEntry(c, in.mediaIn)
}

// deleteMedia takes a file that no text uses out of the library.
func (a *API) deleteMedia(c *call, in mediaIn) (nothing, error) {
	return nothing{}, a.Media.Delete(c.ctx, c.actor, in.Hash)
}
