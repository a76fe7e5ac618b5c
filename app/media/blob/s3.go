package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"doingoai/app/config"
	"doingoai/app/fault"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucket is a bucket of a store that speaks S3; files lie under PREFIX/ab/abcdef….
type bucket struct {
	client *minio.Client
	config.Bucket
}

const (
	// partSize is how much of a large file is in memory while it is sent.
	partSize = 16 << 20
	// silence is how long a store may take to begin an answer.
	silence = 15 * time.Second
	// attempts is how often a request is sent before its failure is told: people
	// wait for the answer.
	attempts = 2
)

// S3 keeps files in a bucket, which must be there. Nothing is asked of it yet.
func S3(where config.Bucket) (Store, error) {
	transport, err := minio.DefaultTransport(where.TLS)
	if err != nil {
		return nil, err
	}
	transport.ResponseHeaderTimeout = silence
	client, err := minio.New(where.Endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(where.Key, where.Secret, ""), Secure: where.TLS, Region: where.Region,
		Transport: transport, MaxRetries: attempts,
	})
	if err != nil {
		return nil, fmt.Errorf("media store: %w", err)
	}
	return &bucket{client, where}, nil
}

func (b *bucket) key(hash string) string { return b.Prefix + hash[:2] + "/" + hash }

func (b *bucket) Put(ctx context.Context, hash string, body io.Reader, size int64) error {
	there, err := b.Size(ctx, hash)
	if err == nil && there == size {
		return nil
	}
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err = b.client.PutObject(ctx, b.Name, b.key(hash), body, size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", PartSize: partSize, NumThreads: 1,
		// A sum of each part in the oldest way: every store knows it, not all know
		// signatures in the middle of a body.
		SendContentMd5: true, DisableContentSha256: true,
	})
	return answer(err)
}

func (b *bucket) Open(ctx context.Context, hash string) (*File, error) {
	size, err := b.Size(ctx, hash)
	if err != nil {
		return nil, err
	}
	reading, stop := context.WithCancel(context.WithoutCancel(ctx))
	object, err := b.client.GetObject(reading, b.Name, b.key(hash), minio.GetObjectOptions{})
	if err != nil {
		stop()
		return nil, answer(err)
	}
	return &File{&reader{object, stop}, size}, nil
}

// reader is an object that is asked for as it is read, from any place on.
type reader struct {
	*minio.Object
	stop func()
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.Object.Read(p)
	if err != nil && err != io.EOF {
		err = answer(err)
	}
	return n, err
}

func (r *reader) Close() error {
	defer r.stop()
	return r.Object.Close()
}

func (b *bucket) Size(ctx context.Context, hash string) (int64, error) {
	if !IsHash(hash) {
		return 0, errUnknown()
	}
	info, err := b.client.StatObject(ctx, b.Name, b.key(hash), minio.StatObjectOptions{})
	return info.Size, answer(err)
}

func (b *bucket) Remove(ctx context.Context, hash string) error {
	if !IsHash(hash) {
		return errUnknown()
	}
	return answer(b.client.RemoveObject(ctx, b.Name, b.key(hash), minio.RemoveObjectOptions{}))
}

func (b *bucket) Check(ctx context.Context) error {
	there, err := b.client.BucketExists(ctx, b.Name)
	if err == nil && !there {
		err = fmt.Errorf("there is no bucket %s", b.Name)
		return away(err)
	}
	return answer(err)
}

// answer tells what a store's error means to a person. One that we gave up on
// ourselves stays what it is.
func answer(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	said := minio.ToErrorResponse(err)
	switch {
	case said.Code == minio.NoSuchKey:
		return errUnknown()
	case said.Code == "XMinioStorageFull" || said.Code == "QuotaExceeded" || said.Code == "XMinioAdminBucketQuotaExceeded" || said.StatusCode == http.StatusInsufficientStorage:
		return full(err)
	case said.Code != "":
		return away(err) // refused, asked to slow down, or broken: nothing that a person here can mend
	}
	var network net.Error
	if errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) {
		return away(err)
	}
	return fmt.Errorf("media store: %w", err)
}
