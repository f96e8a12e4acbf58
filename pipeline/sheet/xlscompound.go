package sheet

import (
	"bytes"
	"errors"
	"io"

	"github.com/richardlehane/mscfb"
)

const (
	leastSector = 512      // bytes; compound files have sectors of 512 or 4096
	streamChunk = 32 << 10 // bytes read at once: the library's effort grows with the square of it
	spareReads  = 4_096
)

var errChain = errors.New("sectors follow each other in circles")

// sectorReader lets a compound file be read a number of times that is enough
// for one whose chains of sectors have an end.
type sectorReader struct {
	*bytes.Reader
	left int
}

func (r *sectorReader) ReadAt(p []byte, offset int64) (int, error) {
	if r.left--; r.left < 0 {
		return 0, errChain
	}
	return r.Reader.ReadAt(p, offset)
}

// allow grants n reads for every sector of the file.
func (r *sectorReader) allow(n int) { r.left = n*int(r.Size()/leastSector) + spareReads }

// openCompound reads the directory of an OLE compound file, [MS-CFB].
func openCompound(data []byte) (*mscfb.Reader, *sectorReader, error) {
	sectors := &sectorReader{Reader: bytes.NewReader(data)}
	sectors.allow(1)
	doc, err := mscfb.New(sectors)
	if err != nil {
		return nil, nil, corrupt("", err)
	}
	return doc, sectors, nil
}

// isWorkbookStream reports whether f holds an old workbook, and not one that
// is embedded in the document.
func isWorkbookStream(f *mscfb.File) bool {
	return len(f.Path) == 0 && (f.Name == "Workbook" || f.Name == "Book")
}

// workbookStream is the stream of records in a compound file, its name, and
// whether macros stand beside it. A file that has the stream of two versions is
// read in the newer one.
func workbookStream(data []byte) (name string, stream []byte, macros bool, err error) {
	doc, sectors, err := openCompound(data)
	if err != nil {
		return "", nil, false, err
	}
	var found *mscfb.File
	for _, f := range doc.File {
		macros = macros || f.Name == "_VBA_PROJECT_CUR"
		if isWorkbookStream(f) && (found == nil || f.Name == "Workbook") {
			found = f
		}
	}
	if found == nil {
		return "", nil, false, corrupt("", errors.New("no stream of a workbook"))
	}
	if found.Size > int64(len(data)) {
		return "", nil, false, corrupt(found.Name, io.ErrUnexpectedEOF)
	}
	sectors.allow(3)
	stream = make([]byte, found.Size)
	for n := 0; n < len(stream); {
		k, err := found.Read(stream[n:min(n+streamChunk, len(stream))])
		if n += k; err != nil || k == 0 {
			return "", nil, false, corrupt(found.Name, errors.Join(err, io.ErrUnexpectedEOF))
		}
	}
	return found.Name, stream, macros, nil
}
