package pipeline

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// draftExt is the end of the name of the draft that a clerk goes on writing in.
const draftExt = ".docx"

// writtenFiles are the hashes of what was written into a folder last, by name.
type writtenFiles map[string]string

// writtenBefore reads them from the folder's manifest; one that is missing or
// damaged knows of no file.
func writtenBefore(manifest string) writtenFiles {
	var m Manifest
	data, err := os.ReadFile(manifest)
	if err != nil || json.Unmarshal(data, &m) != nil {
		return nil
	}
	files := writtenFiles{}
	for _, f := range m.Files {
		files[f.Name] = f.SHA256
	}
	return files
}

// writeBeside is [writeOnce] of a file that people change: one that is not as we
// wrote it stays, and ours gets the next name that is free for it, "….moi.docx",
// "….moi-2.docx".
func (w writtenFiles) writeBeside(name string, data []byte) (File, error) {
	base := strings.TrimSuffix(name, draftExt)
	kept := ""
	for n := 0; ; n++ {
		free := name
		switch n {
		case 0:
		case 1:
			free = base + ".moi" + draftExt
		default:
			free = base + ".moi-" + strconv.Itoa(n) + draftExt
		}
		there, err := os.ReadFile(free)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return File{}, err
		case hashOf(there) != hashOf(data) && w[filepath.Base(free)] != hashOf(there):
			kept = free
			continue
		}
		f, err := writeOnce(free, data)
		f.Kept = kept
		return f, err
	}
}
