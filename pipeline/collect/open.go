package collect

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"baocao/pipeline/finding"
)

// Open is the document data of that name, or the attachments of the mail, or
// the documents of the archive that it is: there is always at least one Item.
// The name may be a path of this system; day folders in it count.
//
// An Item without Data is identified by the hash of the mail when it stands
// for a mail that has no attachment or not only readable ones, by the hash of
// the archive likewise, and by a hash of path and size when it stands for a
// file over the limits, which is not read.
func (r Reader) Open(name string, data []byte) []Item {
	name = filepath.ToSlash(name)
	switch {
	case int64(len(data)) > r.limit(name):
		return []Item{r.tooLarge(name, int64(len(data)))}
	case len(data) == 0:
		item := dropped(name)
		item.SHA256 = hash(nil)
		item.Findings = []finding.Finding{empty(item.Name)}
		return []Item{item}
	case isMail(name):
		return r.openMail(name, data, nil, 0)
	}
	if format := archiveFormat(name, data); format != "" {
		return r.openArchive(name, format, data)
	}
	item := dropped(name)
	item.Data = data
	item.SHA256 = hash(data)
	return []Item{item}
}

// dropped is the item of a file without its content.
func dropped(name string) Item {
	item := Item{File: name, Name: cleanName(name)}
	item.Arrived, item.Basis = folderArrival(name)
	return item
}

func (r Reader) tooLarge(name string, size int64) Item {
	item := dropped(name)
	item.SHA256 = hash(fmt.Appendf(nil, "%s\n%d", name, size))
	item.Findings = []finding.Finding{tooLarge(item.Name, size, r.limit(name))}
	return item
}

func empty(name string) finding.Finding {
	return finding.Finding{Code: codeFileEmpty, Level: finding.Error, Place: finding.Place{File: name}}
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
