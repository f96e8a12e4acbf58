package opc

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// contentTypes is the part that some programs look for in the first place.
const contentTypes = "[Content_Types].xml"

// Rewrite writes a package with its parts in one order: a library's own may be that
// of a map, different at every run. Parts that change names are written as it makes
// them; the others are copied as they are.
func Rewrite(w io.Writer, made []byte, change map[string]func([]byte) []byte) error {
	parts, err := zip.NewReader(bytes.NewReader(made), int64(len(made)))
	if err != nil {
		return err
	}
	slices.SortFunc(parts.File, func(a, b *zip.File) int {
		return cmp.Or(cmp.Compare(rank(a.Name), rank(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	out := zip.NewWriter(w)
	for _, part := range parts.File {
		if err := rewrite(out, part, change[part.Name]); err != nil {
			return fmt.Errorf("part %q: %w", part.Name, err)
		}
	}
	return out.Close()
}

func rank(name string) int {
	if name == contentTypes {
		return 0
	}
	return 1
}

func rewrite(out *zip.Writer, part *zip.File, change func([]byte) []byte) error {
	if change == nil {
		return out.Copy(part)
	}
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	data, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = to.Write(change(data))
	return err
}
