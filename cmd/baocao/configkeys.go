package main

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// unknownField is how package pipeline tells of a key that it does not know.
var unknownField = regexp.MustCompile(`^\[(\d+):(\d+)\] unknown field "([^"]*)"`)

// nearestKey adds to the error of an unknown key which key may be meant.
func nearestKey(data []byte, err error) error {
	m := unknownField.FindStringSubmatch(err.Error())
	if m == nil {
		return err
	}
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	section, key := sectionAt(strings.Split(string(data), "\n"), line, column), m[3]
	known := configKeys()
	where := ""
	if section != "" {
		where = " in " + section
	}
	if best := nearest(key, known[section]); best != "" {
		return fmt.Errorf("line %d: unknown key %q%s, the nearest is %q: %w", line, key, where, best, err)
	}
	for _, other := range slices.Sorted(maps.Keys(known)) {
		if slices.Contains(known[other], key) && other != "" {
			return fmt.Errorf("line %d: unknown key %q%s, there is one in %s: %w", line, key, where, other, err)
		}
	}
	return fmt.Errorf("line %d: unknown key %q%s, known are %s: %w", line, key, where, strings.Join(known[section], ", "), err)
}

// sectionAt is the key that the key at line and column, both from 1, stands
// under; empty for one at the top.
func sectionAt(lines []string, line, column int) string {
	if column <= 1 {
		return ""
	}
	for n := min(line, len(lines)) - 1; n >= 0; n-- {
		text := strings.TrimPrefix(lines[n], "\uFEFF")
		key, _, found := strings.Cut(strings.TrimSpace(text), ":")
		indent := len(text) - len(strings.TrimLeft(text, " "))
		if found && !strings.HasPrefix(key, "#") && indent == 0 {
			return key
		}
	}
	return ""
}

// configKeys are the keys of baocao.yaml: those at the top under "", those of a
// section under its name.
func configKeys() map[string][]string {
	known := map[string][]string{}
	addKeys(known, "", reflect.TypeFor[config]())
	return known
}

func addKeys(known map[string][]string, section string, t reflect.Type) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			addKeys(known, section, field.Type)
		case name != "":
			known[section] = append(known[section], name)
			if section == "" { // sections do not nest
				addKeys(known, name, field.Type)
			}
		}
	}
}

// nearest is the known key that differs from key by the fewest letters; empty
// when none is near.
func nearest(key string, known []string) (best string) {
	least := max(1, len(key)/3) + 1
	for _, k := range known {
		if d := distance(strings.ToLower(key), k); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is how many letters must be put in, taken out or exchanged to make a
// into b (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			swap := last
			if a[i] != b[j] {
				swap++
			}
			last = row[j+1]
			row[j+1] = min(swap, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
