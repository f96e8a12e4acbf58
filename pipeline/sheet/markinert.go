package sheet

import (
	"encoding/xml"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"
)

// inertKinds are the relations that a workbook given back in place may have,
// and how the content type of the part at the other end has to end. What is
// given back comes from our office, so that nothing in it may act, fetch or
// ask: a kind that is not listed is one whose effect nobody here has judged.
var inertKinds = map[string]string{
	"officedocument":      ".main+xml",
	"core-properties":     ".core-properties+xml",
	"extended-properties": ".extended-properties+xml",
	"custom-properties":   ".custom-properties+xml",
	"worksheet":           ".worksheet+xml",
	"chartsheet":          ".chartsheet+xml",
	"styles":              ".styles+xml",
	"sharedstrings":       ".sharedstrings+xml",
	"theme":               ".theme+xml",
	"themeoverride":       ".themeoverride+xml",
	"calcchain":           ".calcchain+xml",
	"sheetmetadata":       ".sheetmetadata+xml",
	"comments":            ".comments+xml",
	"threadedcomment":     ".threadedcomments+xml",
	"person":              ".person+xml",
	"vmldrawing":          ".vmldrawing",
	"drawing":             ".drawing+xml",
	"ctrlprop":            ".controlproperties+xml", // of a form's own button or tick box
	"chart":               ".chart+xml",
	"chartusershapes":     ".chartshapes+xml",
	"chartstyle":          ".chartstyle+xml",
	"chartcolorstyle":     ".chartcolorstyle+xml",
	"table":               ".table+xml",
	"printersettings":     ".printersettings",
	"image":               "",
}

// inertImages are the content types of pictures that name no others.
var inertImages = []string{"image/png", "image/jpeg", "image/jpg", "image/gif", "image/bmp", "image/tiff", "image/x-emf", "image/x-wmf"}

// keepInert leaves out every part that no listed relation leads to. A workbook
// in which something else is tied in so that it cannot be left out alone is
// errNotEditable.
func (m *marking) keepInert() error {
	types, err := m.contentTypes()
	if err != nil {
		return err
	}
	kept := map[string]bool{strings.ToLower(typesPart): true}
	if err := m.follow("", types, kept); err != nil {
		return err
	}
	for _, name := range m.names() {
		if !kept[strings.ToLower(name)] {
			m.drop(name)
		}
	}
	return nil
}

// follow looks at what the part names, and at what that names in turn.
func (m *marking) follow(part string, types func(string) string, kept map[string]bool) error {
	kept[strings.ToLower(relsOf(part))] = true
	optional := func(kind string) bool { // no element of the part names it
		return part == "" && inertKinds[kind] == "" || part == m.main && kind == "customxml"
	}
	if err := m.unrelate(part, func(_, kind, _ string) bool { return optional(kindOf(kind)) }); err != nil {
		return err
	}
	_, rels, err := m.relations(part)
	if err != nil {
		return err
	}
	for _, r := range rels.all("Relationship") {
		kind, target := kindOf(r.attr("Type")), r.attr("Target")
		if kind == "hyperlink" {
			if !isPlainLink(target) {
				return errNotEditable
			}
			continue
		}
		ending, known := inertKinds[kind]
		if mode := r.attr("TargetMode"); !known || mode != "" && mode != "Internal" {
			return errNotEditable
		}
		name := resolve(path.Dir(part), target)
		kind = types(name)
		if !m.has(name) || ending != "" && !strings.HasSuffix(kind, ending) || ending == "" && !isInertImage(kind) {
			return errNotEditable
		}
		if kept[strings.ToLower(name)] {
			continue
		}
		kept[strings.ToLower(name)] = true
		if err := m.inert(name, kind); err != nil {
			return err
		}
		if err := m.follow(name, types, kept); err != nil {
			return err
		}
	}
	return nil
}

func kindOf(relation string) string { return strings.ToLower(path.Base(relation)) }

func isInertImage(kind string) bool {
	return slices.Contains(inertImages, kind)
}

// isPlainLink reports whether target is a place in the workbook, or an address
// that is opened when a person clicks it and tells nobody who they are.
func isPlainLink(target string) bool {
	scheme, _, _ := strings.Cut(strings.ToLower(target), ":")
	return strings.HasPrefix(target, "#") || scheme == "https" || scheme == "http" || scheme == "mailto"
}

// contentTypes tells the content type of a part, in lower case.
func (e *editor) contentTypes() (func(part string) string, error) {
	data, err := e.read(typesPart)
	if err != nil {
		return nil, err
	}
	root, err := outline(typesPart, data, 1)
	if err != nil {
		return nil, err
	}
	types := map[string]string{}
	for _, c := range root.children {
		name := c.attr("PartName")
		if c.name == "Default" {
			name = "*." + c.attr("Extension")
		}
		types[strings.ToLower(name)] = strings.ToLower(c.attr("ContentType"))
	}
	return func(part string) string {
		part = strings.ToLower(part)
		if kind := types["/"+part]; kind != "" {
			return kind
		}
		return types["*"+path.Ext(part)]
	}, nil
}

var (
	// activeDrawing is what makes an old drawing, which need not be well-formed
	// XML, fetch a picture or run something.
	activeDrawing = regexp.MustCompile(`(?i)[\s:](src|href|althref)\s*=|<\s*(\w+:)?(script|object|iframe|dde\w*)\b|<!(DOCTYPE|ENTITY)`)
	drawnFormula  = regexp.MustCompile(`(?i)<\s*(?:\w+:)?Fmla\w*[^>]*>([^<]*)`)
)

// inert is errNotEditable for a part that holds a formula or an object which
// reaches out of the workbook.
func (m *marking) inert(part, kind string) error {
	isXML := strings.HasSuffix(kind, "+xml")
	isOldDrawing := strings.HasSuffix(kind, ".vmldrawing")
	if !isXML && !isOldDrawing {
		return nil
	}
	data, err := m.read(part)
	if err != nil {
		return err
	}
	if isOldDrawing {
		for _, formula := range drawnFormula.FindAllSubmatch(data, -1) {
			if isOfOthers(html.UnescapeString(string(formula[1]))) {
				return errNotEditable
			}
		}
		if activeDrawing.Match(data) {
			return errNotEditable
		}
		return nil
	}
	p := newMarkup(part, data)
	return p.each(func(e xml.StartElement) error {
		for _, a := range e.Attr {
			name := strings.ToLower(a.Name.Local)
			if (name == "macro" || name == "textlink" || strings.HasPrefix(name, "fmla")) && isOfOthers(a.Value) {
				return errNotEditable
			}
		}
		switch e.Name.Local {
		case "definedName":
			if runsByItself(attribute(e, "name")) || isOn(attribute(e, "xlm")) {
				return errNotEditable
			}
		case "f", "formula", "formula1", "formula2", "oldFormula", "calculatedColumnFormula", "totalsRowFormula":
		default:
			return nil
		}
		formula, err := p.text()
		if err == nil && reachesOut(formula) {
			err = errNotEditable
		}
		return err
	})
}

// isOfOthers reports whether what a drawn object is tied to lies elsewhere. [0]
// is this workbook, whose macros are gone.
func isOfOthers(macro string) bool {
	return reachesOut(strings.TrimPrefix(strings.TrimSpace(macro), "[0]!"))
}

// runsByItself reports whether the defined name is that of a macro which starts
// on opening or closing.
func runsByItself(name string) bool {
	name = strings.TrimPrefix(strings.ToLower(name), "_xlnm.")
	return strings.HasPrefix(name, "auto_")
}

// outside are the functions that fetch, call or run something.
var outside = regexp.MustCompile(`(?i)(^|[^\p{L}\d])(WEBSERVICE|HYPERLINK|IMAGE|DDE|CALL|REGISTER|REGISTER\.ID|RTD|FILTERXML|EXEC|SQL\.REQUEST|PY|CUBE\w*|STOCKHISTORY)($|[^\p{L}\d_])`)

// reachesOut reports whether a formula is more than a computation on this
// workbook's cells. Square brackets alone are those of a table's columns.
func reachesOut(formula string) bool {
	return strings.ContainsAny(formula, `|\`) || strings.Contains(formula, "://") ||
		strings.Contains(formula, "[") && strings.Contains(formula, "!") || outside.MatchString(formula)
}
