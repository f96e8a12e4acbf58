package sheet

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// comment puts the notes into the comments of a sheet, behind what others have
// written there, and takes our earlier ones away. It gives the id by which the
// sheet has to name its drawing, if it does not do so yet.
func (m *marking) comment(s *bookSheet, data []byte, root *element, notes []*note, front Front) (drawing string, err error) {
	part, err := m.related(s.part, "comments", "")
	if err != nil || part == "" && len(notes) == 0 {
		return "", err
	}
	if part == "" {
		part = m.free(path.Dir(m.main) + "/rasoat-comments%d.xml")
		if _, err := m.relate(s.part, m.rels, "comments", part); err != nil {
			return "", err
		}
		m.types[part] = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
		m.write(part, fmt.Appendf(nil, `%s<comments xmlns="%s"><authors></authors><commentList></commentList></comments>`, xmlHead, m.space))
	}
	boxes, err := m.writeComments(part, notes, front)
	if err != nil || len(boxes) == 0 {
		return "", err
	}
	var vml string
	if legacy := root.child("legacyDrawing"); legacy != nil {
		id := ""
		for _, a := range legacy.attrs {
			if a.Name.Local == "id" {
				id = a.Value
			}
		}
		if vml, err = m.related(s.part, "vmlDrawing", id); err != nil {
			return "", err
		}
		if vml == "" {
			return "", errNotEditable
		}
	} else {
		vml = m.free(path.Dir(m.main) + "/drawings/rasoat%d.vml")
		if drawing, err = m.relate(s.part, m.rels, "vmlDrawing", vml); err != nil {
			return "", err
		}
		m.write(vml, []byte(vmlStart+vmlEnd))
	}
	return drawing, m.drawBoxes(vml, boxes, lengthsOf(data, root))
}

// writeComments changes the list of comments in part. It gives, for every
// comment that changed, the text that its box has to hold; "" for one that is
// gone.
func (m *marking) writeComments(part string, notes []*note, front Front) (boxes []box, err error) {
	data, err := m.read(part)
	if err != nil {
		return nil, err
	}
	root, err := outline(part, data, 4)
	if err != nil {
		return nil, err
	}
	list, authors := root.child("commentList"), root.child("authors")
	if list == nil || authors == nil {
		return nil, errNotEditable
	}
	var edits []edit
	there := map[position]*element{}
	others := map[position]string{}
	for _, c := range list.all("comment") {
		at, ok := parseRef(c.attr("ref"))
		if !ok {
			continue
		}
		rest, removed := withoutOurs(data, c, front.Comment)
		if removed != nil && rest == "" {
			edits = append(edits, c.remove())
			boxes = append(boxes, box{at: at})
			continue
		}
		edits = append(edits, removed...)
		there[at], others[at] = c, rest
	}
	if len(notes) == 0 && len(edits) == 0 {
		return nil, nil
	}
	all := authors.all("author")
	by := slices.IndexFunc(all, func(a *element) bool { return plainText(data[a.inner:a.innerEnd]) == front.Author })
	if by < 0 {
		by = len(all)
		edits = append(edits, authors.addInside(data, prefixed(root.prefix, "<author>"+xmlText(front.Author)+"</author>")))
	}
	var added strings.Builder
	for _, n := range notes {
		c := there[n.at]
		text := (*element)(nil)
		if c != nil {
			text = c.child("text")
		}
		if text == nil {
			fmt.Fprintf(&added, `<comment ref="%s%d" authorId="%d"><text>%s</text></comment>`,
				Column(n.at.col), n.at.row, by, runs(front.Comment+"\n", n.said()))
			boxes = append(boxes, box{n.at, front.Comment + "\n" + n.said()})
			continue
		}
		edits = append(edits, asRuns(data, text)...)
		edits = append(edits, text.addInside(data, prefixed(root.prefix, runs("\n"+front.Comment+"\n", n.said()))))
		boxes = append(boxes, box{n.at, others[n.at] + "\n" + front.Comment + "\n" + n.said()})
	}
	edits = append(edits, list.addInside(data, prefixed(root.prefix, added.String())))
	m.write(part, apply(data, edits))
	return boxes, nil
}

// runs is the text of a comment with its first line in bold.
func runs(first, text string) string {
	const font = `<sz val="10"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>`
	return `<r><rPr><b/>` + font + `</rPr><t xml:space="preserve">` + xmlText(first) + `</t></r>` +
		`<r><rPr>` + font + `</rPr><t xml:space="preserve">` + xmlText(text) + `</t></r>`
}

// withoutOurs is the text of a comment before our own line in it, and what to
// do to have no more than that.
func withoutOurs(data []byte, comment *element, title string) (rest string, edits []edit) {
	text := comment.child("text")
	if text == nil {
		return "", nil
	}
	for _, c := range text.children {
		said := plainText(data[c.start:c.end])
		if strings.HasPrefix(strings.TrimSpace(said), title) {
			return rest, []edit{{c.start, text.innerEnd, ""}}
		}
		rest += said
	}
	return rest, nil
}

// asRuns turns a text that is not made of runs into one run, so that others
// can follow it.
func asRuns(data []byte, text *element) []edit {
	t := text.child("t")
	if t == nil {
		return nil
	}
	return []edit{
		{t.start, t.start, "<" + t.prefix + "r>"},
		{t.end, t.end, "</" + t.prefix + "r>"},
	}
}
