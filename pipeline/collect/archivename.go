package collect

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// insidePath is an entry's name as text to show: slashes between names that are
// clean each. It is not safe if it leads out of the folder that it would be
// unpacked into, which no archive program writes of its own accord.
func insidePath(name string) (inside string, safe bool) {
	name = strings.ReplaceAll(name, `\`, "/")
	drive := len(name) > 1 && name[1] == ':'
	if strings.HasPrefix(name, "/") || drive || strings.ContainsRune(name, 0) {
		return "", false
	}
	var names []string
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "..":
			return "", false
		case "", ".":
			continue
		}
		// What begins with a dot is hidden, so a dot there is kept.
		clean := cleanName(part)
		if strings.HasPrefix(part, ".") {
			clean = "." + clean
		}
		if clean == "" || clean == "." {
			clean = "_"
		}
		names = append(names, clean)
	}
	return strings.Join(names, "/"), len(names) > 0
}

// volumeName is how the parts of an archive in several files are called:
// a.part2.rar, a.r00, a.7z.001, a.z01.
var volumeName = regexp.MustCompile(`(?i)\.(part\d+\.rar|r\d\d|z\d\d|(zip|7z|rar)\.\d{3})$`)

func isVolume(name string) bool { return volumeName.MatchString(name) }

// entryName is the text of a zip entry's name that is not said to be UTF-8.
// Windows writes it in the code page of its language, windows-1258 for
// Vietnamese; older programs in that of DOS. Which one is meant, the letters
// tell: those of the wrong page make no Vietnamese.
func entryName(name string) string {
	text := decodeCharset("windows-1258", []byte(name))
	dos, err := charmap.CodePage437.NewDecoder().String(name)
	if dos = norm.NFC.String(dos); err == nil && strangeLetters(dos) < strangeLetters(text) {
		return dos
	}
	return text
}

// vietnamese are the letters beyond ASCII that Vietnamese is written with, in
// lower case.
const vietnamese = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

// strangeLetters counts the characters of s that are no Vietnamese.
func strangeLetters(s string) int {
	n := 0
	for _, r := range s {
		if r > unicode.MaxASCII && !strings.ContainsRune(vietnamese, unicode.ToLower(r)) {
			n++
		}
	}
	return n
}
