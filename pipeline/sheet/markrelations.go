package sheet

import (
	"fmt"
	"path"
	"strings"
)

// relsOf is the part that holds the relations of a part.
func relsOf(part string) string {
	dir, base := path.Split(part)
	return dir + "_rels/" + base + ".rels"
}

// relations reads the relations of a part; there may be none.
func (e *editor) relations(part string) (data []byte, root *element, err error) {
	name := relsOf(part)
	if !e.has(name) {
		data = []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`)
	} else if data, err = e.read(name); err != nil {
		return nil, nil, err
	}
	root, err = outline(name, data, 1)
	return data, root, err
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// related is the part that part names by a relation whose kind ends in
// "/"+kind, and by the id if one is given; "" when there is none.
func (e *editor) related(part, kind, id string) (string, error) {
	if !e.has(relsOf(part)) {
		return "", nil
	}
	_, root, err := e.relations(part)
	if err != nil {
		return "", err
	}
	for _, r := range root.all("Relationship") {
		if strings.HasSuffix(r.attr("Type"), "/"+kind) && (id == "" || r.attr("Id") == id) {
			if target := resolve(path.Dir(part), r.attr("Target")); e.has(target) {
				return target, nil
			}
		}
	}
	return "", nil
}

// relate lets part name the part target and gives the id by which it does.
func (e *editor) relate(part, base, kind, target string) (id string, err error) {
	data, root, err := e.relations(part)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, r := range root.children {
		taken[r.attr("Id")] = true
	}
	id = "rIdRaSoat"
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("rIdRaSoat%d", n)
	}
	text := prefixed(root.prefix, fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="/%s"/>`, id, base, kind, xmlValue(target)))
	e.write(relsOf(part), apply(data, []edit{root.addInside(data, text)}))
	return id, nil
}

// unrelate removes the relations of part that match.
func (e *editor) unrelate(part string, match func(id, kind, target string) bool) error {
	if !e.has(relsOf(part)) {
		return nil
	}
	data, root, err := e.relations(part)
	if err != nil {
		return err
	}
	var edits []edit
	for _, r := range root.all("Relationship") {
		if match(r.attr("Id"), r.attr("Type"), resolve(path.Dir(part), r.attr("Target"))) {
			edits = append(edits, r.remove())
		}
	}
	if edits != nil {
		e.write(relsOf(part), apply(data, edits))
	}
	return nil
}

const typesPart = "[Content_Types].xml"

// setTypes brings the list of content types in line: the parts left out are
// taken from it, the new ones put in, and a workbook with macros, which have
// been left out, is an ordinary one.
func (e *editor) setTypes(types map[string]string) error {
	data, err := e.read(typesPart)
	if err != nil {
		return err
	}
	root, err := outline(typesPart, data, 1)
	if err != nil {
		return err
	}
	var edits []edit
	var text strings.Builder
	known := map[string]bool{}
	for _, c := range root.children {
		name := strings.TrimPrefix(c.attr("PartName"), "/")
		switch kind := c.attr("ContentType"); {
		case strings.Contains(kind, "vbaProject"):
			edits = append(edits, c.remove())
		case c.name == "Default":
			known["."+strings.ToLower(c.attr("Extension"))] = true
		case name != "" && !e.has(name) && e.zip.has(name):
			edits = append(edits, c.remove())
		case isMain(kind):
			edits = append(edits, c.setAttr(data, "ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"))
		}
		if e.has(name) {
			known[strings.ToLower(name)] = true
		}
	}
	if !known[".vml"] {
		text.WriteString(`<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>`)
	}
	for _, name := range e.added {
		if kind := types[name]; kind != "" && e.has(name) && !known[strings.ToLower(name)] {
			fmt.Fprintf(&text, `<Override PartName="/%s" ContentType="%s"/>`, xmlValue(name), kind)
		}
	}
	edits = append(edits, root.addInside(data, prefixed(root.prefix, text.String())))
	e.write(typesPart, apply(data, edits))
	return nil
}

// isMain reports whether kind is that of a workbook of a sort that may hold
// macros, or of a template.
func isMain(kind string) bool {
	switch kind {
	case "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
		"application/vnd.ms-excel.template.macroEnabled.main+xml",
		"application/vnd.ms-excel.addin.macroEnabled.main+xml",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml":
		return true
	}
	return false
}
