package collect_test

import (
	"strings"
	"testing"

	"baocao/pipeline/collect"
)

// bodyOf is the document that the body of a mail is made; empty when it is made
// none.
func bodyOf(t *testing.T, head, body string) string {
	t.Helper()
	for _, i := range border.Open("a.eml", []byte("From: a@daknong.example\r\n"+head+"\r\n\r\n"+body)) {
		if i.Name == "nội dung thư.html" {
			return string(i.Data)
		}
	}
	return ""
}

// What a mail repeats of another one is not what its sender says.
func TestOwnWords(t *testing.T) {
	const quoted = "Nếu không thì ghi rõ."
	for name, body := range map[string]string{
		"marks":           "Của tôi.\n> " + quoted,
		"English":         "Của tôi.\n\nOn Thu, Mar 15, 2018 at 8:00 AM <a@b.example> wrote:\n" + quoted,
		"Vietnamese":      "Của tôi.\n\nVào Th 5, 15 thg 3, 2018 vào lúc 08:00 A <a@b.example> đã viết:\n" + quoted,
		"broken line":     "Của tôi.\n\nVào Th 5, 15 thg 3, 2018 vào lúc 08:00 A\n<a@b.example> đã viết:\n" + quoted,
		"Outlook":         "Của tôi.\r\n\r\n-----Original Message-----\r\nFrom: A\r\n" + quoted,
		"Outlook, line":   "Của tôi.\n\n________________________________\nTừ: A\n" + quoted,
		"Outlook, head":   "Của tôi.\n\nFrom: A <a@b.example>\nSent: Thursday\nTo: B\n\n" + quoted,
		"Vietnamese head": "Của tôi.\n\nTừ: A <a@b.example>\nĐã gửi: 15/3/2018\n\n" + quoted,
		"Zimbra":          "Của tôi.\n\n----- Thư gốc -----\n" + quoted,
		"signature":       "Của tôi.\n-- \n" + quoted,
	} {
		got := bodyOf(t, "Content-Type: text/plain; charset=utf-8", body)
		if !strings.Contains(got, "<td>Của tôi.</td>") || strings.Contains(got, quoted) {
			t.Errorf("%s: got %q, want the first line and not the quoted one", name, got)
		}
	}
	for name, body := range map[string]string{
		"Gmail":   `<div>Của tôi.</div><div class="gmail_quote"><p>` + quoted + "</p></div>",
		"Outlook": `<p>Của tôi.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>` + quoted + "</div>",
		"others":  `<p>Của tôi.</p><blockquote>` + quoted + "</blockquote>",
	} {
		got := bodyOf(t, "Content-Type: text/html; charset=utf-8", body)
		if !strings.Contains(got, "<td>Của tôi.</td>") || strings.Contains(got, quoted) {
			t.Errorf("%s, HTML: got %q, want the first line and not the quoted one", name, got)
		}
	}
}

// A table is a report's only when it has a head and a row with something in it.
func TestTableInBody(t *testing.T) {
	const row = "<tr><td>1</td><td>a</td><td><p class=x>b</p></td></tr>"
	const blank = "<tr><td>1</td><td>&nbsp;</td><td> <br> </td></tr>"
	for body, want := range map[string]bool{
		"<table>" + row + row + "</table>":                            true,
		"<TABLE>" + strings.ToUpper(row+row) + "</TABLE>":             true,
		"<table>" + row + "</table>":                                  false,
		"<table>" + row + blank + "</table>":                          false,
		"<table><tr><td>1<td>a</tr><tr><td>2<td>b</tr></table>":       false,
		"<!-- <table>" + row + row + "</table> -->Kính gửi.":          false,
		"<p>Kính gửi.</p><blockquote><table>" + row + row:             false,
		"<table><tr><th>1<th>2<th>3<tr><td>a<td>b<td>c</table>":       true,
		"<style>tr{}</style><table>" + row + "<tr></tr>" + "</table>": false,
	} {
		items := border.Open("a.eml", []byte("From: a@daknong.example\r\nContent-Type: text/html\r\n\r\n"+body))
		if got := codes(items[0])[0] == "table-in-body"; got != want {
			t.Errorf("%s: got %v, want %v", body, got, want)
		}
	}
	const forward = "Subject: Fwd: a\r\nContent-Type: text/html"
	if got := bodyOf(t, forward, "<blockquote><table>"+row+row); !strings.Contains(got, row) {
		t.Errorf("forwarded: got %q, want the table", got)
	}
}

// The same words of two senders, or of one sender twice, are two documents; the
// same mail on two ways is one.
func TestBodyIsOfOneMail(t *testing.T) {
	open := func(head string) collect.Item {
		return border.Open("a.eml", []byte(head+"\r\nSubject: x\r\n\r\nNothing.\r\n"))[0]
	}
	a := open("Message-ID: <1@a.example>\r\nFrom: a@a.example")
	for head, same := range map[string]bool{
		"Message-ID: <1@a.example>\r\nFrom: b@a.example": false,
		"Message-ID: <2@a.example>\r\nFrom: a@a.example": false,
		"From: a@a.example": false,
		"Received: again\r\nMessage-ID: <1@a.example>\r\nFrom: A <a@a.example>": true,
	} {
		if b := open(head); (a.SHA256 == b.SHA256) != same {
			t.Errorf("%q: same document %v, want %v", head, !same, same)
		}
	}
	evil := open("Message-ID: <\"><script>x</script>@a.example>\r\nFrom: a@a.example")
	if strings.Contains(string(evil.Data), "<script") {
		t.Errorf("got %q, want what the header says as text", evil.Data)
	}
}

func TestFileLinks(t *testing.T) {
	for text, want := range map[string]string{
		"https://drive.google.com/x":                                                 "drive.google.com",
		"HTTPS://Syt-My.SharePoint.com/x":                                            "syt-my.sharepoint.com",
		"https://a@1drv.ms/x":                                                        "1drv.ms",
		"https://safe.example/?url=https%3A%2F%2Fwww.dropbox.com%2Fs":                "www.dropbox.com",
		"https://daknong.example/ https://we.tl/t-x":                                 "we.tl",
		"https://notdropbox.com/ https://drive.google.com.evil.example/ dropbox.com": "",
		"": "",
	} {
		got := ""
		for _, f := range border.Open("a.eml", []byte("From: a@daknong.example\r\n\r\n"+text))[0].Findings {
			if f.Code == "mail-with-link" {
				got = f.Got
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
