package pipeline

import (
	"fmt"
	"io"
)

// CheckText writes what was found out about a checked document for a person at
// the terminal, in the office's words: a line about the document, one for each
// finding, and one for the copy with remarks in it, where marked names one.
func (p *Pipeline) CheckText(w io.Writer, c Checked, marked string) error {
	words := p.office.mark
	if _, err := fmt.Fprintln(w, p.filled(c).Replace(words.Check.Document)); err != nil {
		return err
	}
	for _, f := range c.Submission.Findings {
		if _, err := fmt.Fprintf(w, "  %s: %s\n", words.Levels[f.Level], p.Say(f)); err != nil {
			return err
		}
	}
	if marked == "" {
		return nil
	}
	_, err := fmt.Fprintf(w, "  %s: %s\n", words.Check.Marked, marked)
	return err
}
