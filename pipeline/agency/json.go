package agency

import (
	"encoding/json"
	"fmt"
)

// MarshalJSON writes the directory's data, so that a report's inputs can be
// kept whole.
func (d *Directory) MarshalJSON() ([]byte, error) { return json.Marshal(d.Data()) }

// UnmarshalJSON reads what [Directory.MarshalJSON] wrote.
func (d *Directory) UnmarshalJSON(text []byte) error {
	var data Data
	if err := json.Unmarshal(text, &data); err != nil {
		return fmt.Errorf("directory: %w", err)
	}
	made, err := New(data)
	if err != nil {
		return err
	}
	*d = *made
	return nil
}
