// Package table reads the table that the peers set.
package table

import (
	"encoding/json"
	"log"
	"os"
)

// Table is the table, and the files of its fonts.
type Table struct {
	Regular, Bold string
	Columns       []struct {
		Title string
		Width int
	}
	Rows [][]string
}

// Read reads the table that the first argument names.
func Read() Table {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var t Table
	if err := json.Unmarshal(data, &t); err != nil {
		log.Fatal(err)
	}
	return t
}
