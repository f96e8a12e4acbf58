package collect

import (
	"regexp"
	"strings"
)

// Where programs begin to repeat the mail that is answered: a line of their
// own, or the head of that mail.
var (
	quoteLine = regexp.MustCompile(`(?i)^(` +
		`-{2,}\s*(original message|original appointment|forwarded message|thư gốc|thư ban đầu|tin nhắn gốc|thư đã chuyển tiếp|thư chuyển tiếp)\s*-{2,}` +
		`|_{20,}` +
		`|(on|at|le)\s.*\swrote:` +
		`|(vào|lúc|ngày)\s.*\s(đã )?viết:` +
		`|begin forwarded message:` +
		`)\s*$`)
	quoteHead = regexp.MustCompile(`(?i)^\*?(from|từ|người gửi)\s*:\*?\s.*\n\*?(sent|date|đã gửi|gửi|ngày|ngày gửi|to|tới|đến)\s*:`)
	quoteHTML = regexp.MustCompile(`(?i)<blockquote\b|<div[^>]+(class="?(gmail_quote|moz-cite-prefix|yahoo_quoted|zmail_extra)|id="?(divRplyFwdMsg|appendonsend|reply-intro|OLK_SRC_BODY_SECTION))|<div[^>]+border-top:\s*solid #(e1e1e1|b5c4df)|-{3,}\s*(original message|thư gốc)\s*-{3,}|data-marker="__QUOTED_TEXT__"`)
	forwards  = regexp.MustCompile(`(?i)^\s*(fwd?|chuyển tiếp|chuyen tiep|tr)\s*:`)
	answers   = regexp.MustCompile(`(?i)^\s*(re|fwd?|trả lời|tra loi|chuyển tiếp|chuyen tiep|tr|aw)\s*(\[\d+\])?:`)
)

// ownWords is the text of a mail without what it repeats of another one, and
// without the signature behind "-- ".
func ownWords(text string) string {
	lines := strings.Split(text, "\n")
	var own []string
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r")
		next := ""
		if i+1 < len(lines) {
			next = strings.TrimSpace(lines[i+1])
		}
		// Some programs break their line before the last words.
		if line == "--" || quoteLine.MatchString(line) || quoteLine.MatchString(line+" "+next) ||
			quoteHead.MatchString(line+"\n"+next) {
			break
		}
		if !strings.HasPrefix(line, ">") {
			own = append(own, line)
		}
	}
	return strings.TrimSpace(strings.Join(own, "\n"))
}

// ownHTML is ownWords for HTML.
func ownHTML(body string) string {
	if at := quoteHTML.FindStringIndex(body); at != nil {
		return body[:at[0]]
	}
	return body
}
