package newsroomapi

import "doingoai/app/media"

// upload is a file on its way in.
type upload struct {
	ID      string `json:"id"`
	Agency  string `json:"agency"`
	Name    string `json:"name"`
	Size    int64  `json:"size" doc:"Bytes it will have."`
	Arrived int64  `json:"arrived" doc:"Bytes that are here: where the next piece begins."`
	Media   string `json:"media,omitempty" doc:"Hash of the file of the library that it became."`
	Piece   int    `json:"piece" doc:"The most bytes of a piece."`
}

func (u upload) location() string { return "/media/uploads/" + u.ID }

func uploadOf(u media.Upload) upload {
	return upload{ID: u.ID, Agency: u.Agency, Name: u.Name, Size: u.Size, Arrived: u.Arrived, Media: u.Hash, Piece: media.MaxPiece}
}

type uploadBegun struct {
	Body struct {
		Agency string `json:"agency" doc:"Id of the agency whose file it is."`
		Name   string `json:"name" doc:"The file's name as people know it."`
		Size   int64  `json:"size" doc:"Bytes."`
	} `body:"json"`
}

// beginUpload prepares for a file that comes in pieces.
func (a *API) beginUpload(c *call, in uploadBegun) (upload, error) {
	u, err := a.Media.Begin(c.ctx, c.actor, in.Body.Agency, in.Body.Name, in.Body.Size)
	return uploadOf(u), err
}

type uploadID struct {
	ID string `path:"id"`
}

// readUpload answers how far a file is.
func (a *API) readUpload(c *call, in uploadID) (upload, error) {
	u, err := a.Media.Uploading(c.ctx, c.actor, in.ID)
	return uploadOf(u), err
}

type uploadPiece struct {
	uploadID
	Offset int64  `query:"offset" required:"true" min:"0" doc:"Where the piece begins; anywhere but where the file ends so far is a conflict."`
	Body   []byte `body:"bytes" doc:"The next piece."`
}

// sendPiece takes the next piece of a file.
func (a *API) sendPiece(c *call, in uploadPiece) (upload, error) {
	u, err := a.Media.Continue(c.ctx, c.actor, in.ID, in.Offset, in.Body)
	return uploadOf(u), err
}

// finishUpload puts a file that has arrived into the library.
func (a *API) finishUpload(c *call, in uploadID) (picture, error) {
	m, err := a.Media.Finish(c.ctx, c.actor, in.ID)
	return pictureOf(m, m.File), err
}

// stopUpload forgets a file on its way in.
func (a *API) stopUpload(c *call, in uploadID) (nothing, error) {
	return nothing{}, a.Media.Abandon(c.ctx, c.actor, in.ID)
}
