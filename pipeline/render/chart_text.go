package render

import "baocao/pipeline/report"

// chart writes a chart's figures as a table.
func (t *textWriter) chart(c *report.Chart) {
	t.line(c.Title)
	t.table(c.Table())
}

// chart sets a chart's figures as a table, which an editor can go on with.
func (t *wordText) chart(c *report.Chart) {
	t.para(wordPara{style: wordNothing, after: 2 * t.r.layout.Body.Gap})
	t.para(wordPara{style: wordSubject, text: c.Title, keep: true})
	t.blockTable(c.Table())
}
