package plan

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// Target is the number that an indicator names.
type Target struct {
	Percent Percent // "80% trở lên"
	AtLeast bool    // "trở lên"
}

// ParseTarget is the share that an indicator asks for: "100% …", "80% trở lên
// …", "Chỉ số: trên 99,5 % …". AtLeast says that the words ask for that much or
// more; "trên", "ít nhất", "tối thiểu", "từ", "không dưới" are such words too.
//
// It is nil where the text names no share, as "theo tiêu chuẩn TCVN ISO
// 9001:2008" and "2, 3 đơn vị" do not; where it names several that differ, since
// nobody can tell which is meant; and where the share is no level to be reached
// ("giảm 10%", "dưới 5%", "70 - 80%", "150%"). The text is in Unicode's composed
// form, as documents are read.
func ParseTarget(text string) *Target {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	var found *Target
	for _, at := range share.FindAllStringSubmatchIndex(text, -1) {
		one := level(text[:at[0]], text[at[2]:at[3]], text[at[1]:])
		switch {
		case one == nil, found != nil && found.Percent != one.Percent:
			return nil
		case found == nil:
			found = one
		default:
			found.AtLeast = found.AtLeast || one.AtLeast
		}
	}
	return found
}

var (
	share  = regexp.MustCompile(`(\d[\d.,]*) ?(?:%|％|phần trăm)`)
	number = regexp.MustCompile(`^\d{1,3}(?:[.,]\d{1,2})?$`)

	// What may stand right before the number.
	atLeast = regexp.MustCompile(`(?:^|[^\p{L}])(?:trên|từ|hơn|ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn)(?: là)?$|(?:≥|>=?)$`)
	noLevel = regexp.MustCompile(`(?:^|[^\p{L}])(?:giảm|tăng|dưới|không quá|không vượt quá|tối đa|nhiều nhất|thêm|đến|tới)(?: là| từ| ít nhất| tối thiểu| trên| thêm)*$|[\d%] ?[-–—÷/<]$|(?:≤|<=?)$|\d$`)
	notLess = regexp.MustCompile(`không dưới$`)

	orMore = regexp.MustCompile(`^ ?\(?trở lên`)
	orLess = regexp.MustCompile(`^ ?\(?trở xuống`)
)

// level is the share n with the words before and after it, nil when it is none
// that can be reached.
func level(before, n, after string) *Target {
	before = strings.TrimSpace(before)
	if !number.MatchString(n) || noLevel.MatchString(before) && !notLess.MatchString(before) || orLess.MatchString(after) {
		return nil
	}
	d, err := decimal.NewFromString(strings.ReplaceAll(n, ",", "."))
	if err != nil {
		return nil
	}
	t := Target{Percent: PercentOf(d), AtLeast: atLeast.MatchString(before) || orMore.MatchString(after)}
	if t.Percent <= 0 || t.Percent > 100_00 {
		return nil
	}
	return &t
}
