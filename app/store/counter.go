package store

import "fmt"

// Next takes the next number of a counter. The counter's row stays locked
// until this transaction ends, so numbers become visible in order and a
// rolled back transaction leaves no gap.
func (tx *Tx) Next(counter string) (int64, error) { return tx.Reserve(counter, 1) }

// Reserve takes several numbers at once and answers the last of them.
func (tx *Tx) Reserve(counter string, n int) (last int64, err error) {
	var values []int64
	err = tx.DB.Raw("UPDATE counter SET value = value + ? WHERE name = ? RETURNING value", n, counter).Scan(&values).Error
	if err != nil {
		return 0, fmt.Errorf("counter %s: %w", counter, err)
	}
	if len(values) != 1 {
		return 0, fmt.Errorf("counter %s does not exist", counter)
	}
	return values[0], nil
}
