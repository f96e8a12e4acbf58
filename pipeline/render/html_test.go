package render

import (
	"bytes"
	"strings"
	"testing"

	"baocao/pipeline/report"
)

func TestHTMLIsInert(t *testing.T) {
	const evil = `<script>alert(1)</script><img src=x onerror=alert(2)> "' javascript:x`
	doc := mapText(sample(3), func(s string) string {
		if s == "" {
			return s
		}
		return s + evil
	})
	var b bytes.Buffer
	if err := renderer(t, "ND30-2020").HTML(&b, doc); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, bad := range []string{"<script", "<img", "<link", "<a ", "url("} {
		if strings.Contains(page, bad) {
			t.Errorf("page holds %s", bad)
		}
	}
	if got, want := strings.Count(page, "&lt;script&gt;"), 100; got < want {
		t.Errorf("got %d escaped texts, want at least %d: text is lost", got, want)
	}
}

func TestHTMLTable(t *testing.T) {
	var b bytes.Buffer
	if err := renderer(t, "ND30-2020").HTML(&b, sample(3)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<th rowspan="2">Stt</th>`, `<th colspan="2">Thời gian thực hiện</th>`, `<th class="n">(15)</th>`,
		`<tr class="group"><td class="center">LĨNH VỰC III</td><td colspan="14">`,
		`<td colspan="7">Chỉ số: `, `<td class="right">5,5</td>`, `<section class="wide">`,
		`<li>- Như trên;</li>`, `<p class="middle">Kính gửi: Ủy ban nhân dân tỉnh Đắk Nông</p>`, `<div class="status">DỰ THẢO</div>`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("page lacks %s", want)
		}
	}
	if strings.Contains(b.String(), "NGUỒN SỐ LIỆU") {
		t.Error("page holds an annex that is the workbook's only")
	}
}

func TestHTMLOfLittle(t *testing.T) {
	var b bytes.Buffer
	if err := renderer(t, "ND30-2020").HTML(&b, &report.Document{}); err != nil {
		t.Error(err)
	}
}
