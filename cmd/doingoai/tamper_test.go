package main

import (
	"testing"

	"doingoai/app/store"
)

// tamper changes a database behind the program's back.
func tamper(t *testing.T, url, statement string) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Write(t.Context(), func(tx *store.Tx) error { return tx.DB.Exec(statement).Error })
	if err != nil {
		t.Fatal(err)
	}
}
