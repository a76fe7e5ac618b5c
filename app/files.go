package app

import (
	"doingoai/app/config"
	"doingoai/app/media/blob"
)

// openFiles gives the place of uploaded files that the settings name.
func openFiles(cfg config.Config) (blob.Store, error) {
	if cfg.MediaStore == "" {
		return blob.Folder(cfg.MediaDir()), nil
	}
	bucket, err := cfg.MediaBucket()
	if err != nil {
		return nil, err
	}
	return blob.S3(bucket)
}
