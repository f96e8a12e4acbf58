package pipeline

import (
	"fmt"
	"io/fs"

	"baocao/pipeline/form"
)

// archiveWords are the names in the archive of a period,
// templates/archive.yaml.
type archiveWords struct {
	Folders  map[form.Outcome]string `yaml:"folders"`
	Mails    string                  `yaml:"mails"`
	Reports  string                  `yaml:"reports"` // {revision}
	Signed   string                  `yaml:"signed"`
	Figures  string                  `yaml:"figures"`
	Rulings  string                  `yaml:"rulings"`
	Unknown  string                  `yaml:"unknown_agency"`
	Unnamed  string                  `yaml:"unnamed"`
	Index    string                  `yaml:"index"`
	Columns  []string                `yaml:"columns"` // of the index, in the order of archiver.document
	Outcomes map[form.Outcome]string `yaml:"outcomes"`
}

// indexColumns is how many columns the index has.
const indexColumns = 10

func (w archiveWords) check() error {
	for _, name := range []string{w.Mails, w.Reports, w.Signed, w.Figures, w.Rulings, w.Unknown, w.Unnamed, w.Index} {
		if !fs.ValidPath(name) || name == "." {
			return fmt.Errorf("%q is no name for a file in an archive", name)
		}
	}
	for _, o := range []form.Outcome{form.Accept, form.Review, form.Reject, form.Ignore} {
		if !fs.ValidPath(w.Folders[o]) || w.Outcomes[o] == "" {
			return fmt.Errorf("outcome %s: want a folder and a name", o)
		}
	}
	if len(w.Columns) != indexColumns {
		return fmt.Errorf("columns: want %d, got %d", indexColumns, len(w.Columns))
	}
	return nil
}
