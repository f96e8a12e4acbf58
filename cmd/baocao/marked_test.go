package main

import "testing"

func TestMarkedName(t *testing.T) {
	for document, want := range map[string]string{
		"bieu.xlsx":         "bieu.ra-soat",
		"bieu.ra-soat.xlsx": "bieu.ra-soat",
		`C:\a\bieu.xls`:     "bieu.ra-soat",
		"../../.xlsx":       "tai-lieu.ra-soat",
		"CON.xlsx":          "_CON.ra-soat",
		"nul":               "_nul.ra-soat",
		"aux.bieu.1.xlsx":   "_aux.bieu.1.ra-soat",
		"Prn .xlsx":         "_Prn.ra-soat",
		"com1.ods":          "_com1.ra-soat",
		"LPT³.xlsx":         "_LPT³.ra-soat",
		"COM10.xlsx":        "COM10.ra-soat",
		"CONG.xlsx":         "CONG.ra-soat",
	} {
		if got := markedName(document); got != want {
			t.Errorf("markedName(%q) = %q, want %q", document, got, want)
		}
	}
}
