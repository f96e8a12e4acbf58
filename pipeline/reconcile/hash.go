package reconcile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// Hash is the SHA-256 of the Inputs in lower-case hex, whatever the order of
// the submissions and of the rulings, and each document once. Its first eight
// digits are the data number of a report.
func (in Inputs) Hash() (string, error) {
	in.Submissions = once(in.Submissions)
	in.Rulings = slices.SortedFunc(slices.Values(in.Rulings), byID)
	data, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("hash inputs of %s: %w", in.Term.Period, err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
