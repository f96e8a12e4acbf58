package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font/sfnt"

	"baocao/pipeline/durable"
)

func (d *Doctor) configuration(context.Context) verdict {
	if d.ConfigError != nil {
		return ill(hintConfig, d.ConfigError)
	}
	for _, secret := range d.Secrets {
		if _, err := secret(); err != nil {
			return ill(hintSecret, err)
		}
	}
	if d.Config == "" {
		return well("none: the program runs on what ships, and sends nothing")
	}
	return well("%s", d.Config)
}

// templates opens the pipeline.
func (d *Doctor) templates(context.Context) verdict {
	if err := d.Open(); err != nil {
		return ill(hintTemplates, err)
	}
	agencies, layouts := len(d.office.directory.IDs()), len(d.office.layouts)
	v := well("%d agencies, %d layouts", agencies, layouts)
	if o, ok := d.Templates.(Overlay); ok {
		own, unread, err := o.Files()
		switch {
		case err != nil:
			v = ill(hintTemplates, err)
		case len(unread) > 0:
			v = ill(hintUnread, fmt.Errorf("nothing reads %q", unread))
		case len(own) > 0:
			v = well("%d agencies, %d layouts; the office's own: %s", agencies, layouts, strings.Join(own, ", "))
		}
	}
	if _, err := readDoctorWords(d.Templates); err != nil {
		v = ill(hintTemplates, err)
	}
	v.take = func(d *Doctor) { d.opened = true }
	return v
}

// vietnamese are the letters of the language with every tone mark, small.
const vietnamese = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"

// alsoPrinted is what the reports' tables hold besides letters.
const alsoPrinted = "fjwzFJWZ0123456789.,:;/()-–%“”"

// fonts looks for every Vietnamese letter in the four cuts that reports are set
// in.
func (d *Doctor) fonts(context.Context) verdict {
	letters := vietnamese + strings.Map(unicode.ToUpper, vietnamese) + alsoPrinted
	for _, cut := range []struct {
		name string
		ttf  []byte
	}{
		{"regular", liberationserifregular.TTF}, {"bold", liberationserifbold.TTF},
		{"italic", liberationserifitalic.TTF}, {"bold italic", liberationserifbolditalic.TTF},
	} {
		font, err := sfnt.Parse(cut.ttf)
		if err != nil {
			return ill(hintFonts, fmt.Errorf("font %s: %w", cut.name, err))
		}
		var buf sfnt.Buffer
		for _, letter := range letters {
			if glyph, err := font.GlyphIndex(&buf, letter); err != nil || glyph == 0 {
				return ill(hintFonts, fmt.Errorf("font %s has no %q", cut.name, letter))
			}
		}
	}
	return well("%d characters in 4 cuts", len([]rune(letters)))
}

// folders writes a file into each folder that the program writes to, and syncs
// it.
func (d *Doctor) folders(context.Context) verdict {
	if err := isFolder(d.InboxDir); err != nil {
		return ill(hintFolders, fmt.Errorf("inbox: %w", err))
	}
	for _, dir := range d.dirs() {
		if err := tryFolder(dir); err != nil {
			return ill(hintFolders, err)
		}
	}
	return well("written and synced in %s", strings.Join(d.dirs(), ", "))
}

// dirs are the folders that the program writes to, each once.
func (d *Doctor) dirs() []string {
	dirs := []string{filepath.Join(d.InboxDir, "mail"), d.Out}
	if d.StateDir != d.Out {
		dirs = append(dirs, d.StateDir)
	}
	return append(dirs, filepath.Join(d.StateDir, "archive"), filepath.Join(d.StateDir, "outbox"))
}

func isFolder(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%q is no folder", dir)
	}
	return err
}

// standing is the folder, or the nearest above it that there is.
func standing(dir string) string {
	for {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// tryFolder writes a file into the folder, or into the one that it will be made
// in, syncs it, and removes it.
func tryFolder(dir string) error {
	dir = standing(dir)
	f, err := durable.CreateTemp(dir)
	if err != nil {
		return fmt.Errorf("folder %q: %w", dir, err)
	}
	_, err = f.WriteString("baocao doctor\n")
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close(), os.Remove(f.Name())); err != nil {
		return fmt.Errorf("folder %q: %w", dir, err)
	}
	return nil
}

// minFree is what must be free on a disk: below it no mail is fetched.
const minFree = 500_000_000

func (d *Doctor) disk(context.Context) verdict {
	var free []string
	for _, dir := range []string{d.InboxDir, d.Out, d.StateDir} {
		bytes, known := freeSpace(standing(dir))
		switch {
		case !known:
			free = append(free, dir+": not known")
		case bytes < minFree:
			return ill(hintDisk, fmt.Errorf("%q: %d MB are free, %d must be", dir, bytes/1_000_000, minFree/1_000_000))
		default:
			free = append(free, fmt.Sprintf("%s: %d MB free", dir, bytes/1_000_000))
		}
	}
	return well("%s", strings.Join(free, ", "))
}
