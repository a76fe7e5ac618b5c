package newsstand

import (
	"context"
	"encoding/json"

	"doingoai/app/release"
	"doingoai/app/store"
)

// WriteDocument puts an article among the documents and on no list, and answers
// how many documents there are.
func WriteDocument(ctx context.Context, db *store.DB, a release.Article) (documents int, err error) {
	body, err := json.Marshal(a)
	if err != nil {
		return 0, err
	}
	err = db.Write(ctx, func(tx *store.Tx) error {
		return tx.DB.Create(&documentRow{Kind: string(release.ArticleKind), ID: a.ID, Lang: a.Lang, Seq: 1, Op: string(release.Put), Body: string(body)}).Error
	})
	if err != nil {
		return 0, err
	}
	rows, err := loadDocumentsAfter(db.Read(ctx), 0, 10)
	return len(rows), err
}
