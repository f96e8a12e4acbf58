package collect

import (
	"regexp"
	"strings"
)

// fileHosts are where people keep files that they send a link to. What lies
// there is never fetched: the address is the sender's choice, not ours.
var fileHosts = []string{
	"drive.google.com", "docs.google.com", "drive.usercontent.google.com",
	"1drv.ms", "onedrive.live.com", "sharepoint.com", "dropbox.com", "box.com",
	"icloud.com", "mega.nz", "mediafire.com", "wetransfer.com", "we.tl",
	"fshare.vn", "4share.vn", "terabox.com", "transfernow.net", "sendgb.com",
}

var webAddress = regexp.MustCompile(`(?i)\bhttps?://(?:[^\s/?#@"'<>]*@)?([a-z0-9.-]+)`)

// fileLink is the host of the first link in text to a file kept elsewhere,
// also within one that a mail server has wrapped in its own; empty when there
// is none.
func fileLink(text string) string {
	for _, s := range []string{text, percentDecode(text)} {
		for _, found := range webAddress.FindAllStringSubmatch(s, -1) {
			host := strings.Trim(strings.ToLower(found[1]), ".")
			for _, known := range fileHosts {
				if host == known || strings.HasSuffix(host, "."+known) {
					return host
				}
			}
		}
	}
	return ""
}
