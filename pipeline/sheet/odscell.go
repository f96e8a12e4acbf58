package sheet

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// readCell reads the cell whose start is e, in the given style. A cell without a
// value has no Kind.
func (r *odsReader) readCell(e xml.StartElement, style string) (Cell, error) {
	var kind, value, text string
	var c Cell
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "value-type":
			if a.Value == "error" { // LibreOffice's own, beside a string
				c.Kind = Failed
			} else if kind == "" {
				kind = a.Value
			}
		case "value", "date-value", "time-value", "boolean-value":
			value = a.Value
		case "string-value":
			text = clean(a.Value)
		case "formula":
			c.Formula = true
		}
	}
	f := flow{spaces: true} // LibreOffice writes them as they are, and reads them so
	if err := r.cellText(&f); err != nil {
		return c, err
	}
	seen := f.take(r.styles.font(style), r.styles.isStruck(style))
	if seen.text != "" {
		text = seen.text
	} else if r.styles.isStruck(style) && value+text != "" {
		seen.struck = Wholly
	}
	if text != "" {
		seen.describe(&c)
	}
	if c.Kind == Failed || c.Formula && isFormulaError(text) {
		c.Kind, c.Raw, c.Text, c.Font = Failed, text, text, ""
		return c, nil
	}
	format := r.styles.format(style)
	switch number, ok := machineValue(kind, value); {
	case ok && (kind == "boolean" || text == "TRUE" || text == "FALSE"):
		c.Kind, c.Raw, c.Text = Bool, number, text
		if text == "" {
			c.Text = map[string]string{"0": "FALSE", "1": "TRUE"}[number]
		}
	case ok:
		c.setNumeric(number, text, formatFor(kind, format))
	default:
		c.setText(text)
		c.Stale = c.Formula && c.Kind == "" && kind != "string"
	}
	return c, nil
}

// The formats that values have of which no style says more.
var (
	odsPercent = parseFormat("0.##%")
	odsTime    = parseFormat("hh:mm:ss")
)

// formatFor is f where it fits values of the kind, else a format that does.
func formatFor(kind string, f numberFormat) numberFormat {
	switch {
	case kind == "percentage" && !strings.Contains(f.code, "%"):
		return odsPercent
	case kind == "date" && !f.isDate():
		return isoFormat
	case kind == "time" && !f.isDate():
		return odsTime
	}
	return f
}

// machineValue is a value of the kind as a number, dates in the 1900 system.
func machineValue(kind, value string) (number string, ok bool) {
	switch kind {
	case "float", "percentage", "currency":
		if len(value) > 18 { // more digits than a number has
			if x, err := strconv.ParseFloat(value, 64); err == nil {
				value = strconv.FormatFloat(x, 'g', -1, 64)
			}
		}
		return value, isNumber(value)
	case "date":
		return dateSerial(value)
	case "time":
		return durationSerial(value)
	case "boolean":
		if isOn(value) {
			return "1", true
		}
		return "0", value != ""
	}
	return "", false
}

// dateSerial is the serial number of a date in ISO 8601. The days from which
// programs count stand for a time of day.
func dateSerial(s string) (serial string, ok bool) {
	day, clock, _ := strings.Cut(s, "T")
	if day == "1899-12-30" || day == "1899-12-31" {
		t, err := time.Parse(time.TimeOnly, clock)
		sinceMidnight := t.Sub(t.Truncate(24 * time.Hour))
		return strconv.FormatFloat(sinceMidnight.Hours()/24, 'f', -1, 64), err == nil
	}
	return parseISO(s)
}

// duration is a time of day or a stretch of time as OpenDocument writes it.
var duration = regexp.MustCompile(`^(-?)P(?:(\d{1,6})D)?T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8}(?:\.\d{1,12})?)S)?$`)

// durationSerial is the length of "PT14H07M09S" in days.
func durationSerial(s string) (serial string, ok bool) {
	parts := duration.FindStringSubmatch(strings.Replace(s, ",", ".", 1))
	if parts == nil {
		return "", false
	}
	var seconds float64
	for i, unit := range []float64{86400, 3600, 60, 1} {
		n, _ := strconv.ParseFloat(parts[i+2], 64) // none is 0
		seconds += n * unit
	}
	if parts[1] != "" {
		seconds = -seconds
	}
	return strconv.FormatFloat(seconds/86400, 'f', -1, 64), true
}

// isFormulaError reports whether text is what programs show for a formula that
// fails.
func isFormulaError(text string) bool {
	switch text {
	case "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!":
		return true
	}
	code, ok := strings.CutPrefix(text, "Err:")
	_, err := strconv.Atoi(code)
	return ok && err == nil
}
