package viet

// tcvn3 is the letter of each code of TCVN3, which its users call ABC. A text
// in it was stored as the characters U+00A1 to U+00FE that share their codes
// with the letters. There are no capitals with a tone: the fonts whose names
// end in H show every letter as a capital. Checked against TCVN 5712:1993 as
// iconv knows it, and against the tables of xvnkb and VBKey.
var tcvn3 = [0x100]rune{
	0xa1: 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ',
	0xa8: 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ',
	0xb5: 'à', 'ả', 'ã', 'á', 'ạ',
	0xbb: 'ằ', 'ẳ', 'ẵ', 'ắ', 0xc6: 'ặ',
	0xc7: 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ',
	0xcc: 'è', 0xce: 'ẻ', 'ẽ', 'é', 'ẹ',
	0xd2: 'ề', 'ể', 'ễ', 'ế', 'ệ',
	0xd7: 'ì', 'ỉ', 0xdc: 'ĩ', 'í', 'ị',
	0xdf: 'ò', 0xe1: 'ỏ', 'õ', 'ó', 'ọ',
	0xe5: 'ồ', 'ổ', 'ỗ', 'ố', 'ộ',
	0xea: 'ờ', 'ở', 'ỡ', 'ớ', 'ợ',
	0xef: 'ù', 0xf1: 'ủ', 'ũ', 'ú', 'ụ',
	0xf5: 'ừ', 'ử', 'ữ', 'ứ', 'ự',
	0xfa: 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ',
}

// fromTCVN3 is the letter that r stands for in TCVN3. Clean turns U+00D0 into
// Đ, which has a code of its own and so is not otherwise met in TCVN3.
func fromTCVN3(r rune) rune {
	if r == 'Đ' {
		r = '\u00d0'
	}
	if int(r) < len(tcvn3) && tcvn3[r] != 0 {
		return tcvn3[r]
	}
	return r
}
