package report

import (
	"time"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
)

// Document is a report ready to be rendered: PDF, workbook, page and text carry
// the same words and figures because they are all made from this.
type Document struct {
	Meta       Meta
	Letterhead Letterhead
	Kind       string // tên loại: "BÁO CÁO"
	Subject    string // trích yếu
	Addressee  string // "Ủy ban nhân dân tỉnh …", without "Kính gửi:"; empty: none
	Body       []Block
	Signature  Signature
	Annexes    []Annex
	Words      Words
}

// Meta is what the document says about itself, on every page and in the file's
// properties.
type Meta struct {
	Title    string
	Author   string
	Subject  string
	Keywords string
	Status   string    // "DỰ THẢO", empty once issued
	Edition  string    // "DỰ THẢO", "Bản phát hành"
	Revision int       // of the edition, from 1; 0: there are no revisions
	Data     string    // data number: first 8 hex digits of the Inputs' hash
	AsOf     time.Time // the moment the figures stand at; also the file's date, so that bytes repeat
	Footer   string    // one line for every page: status, data as of, data number
}

// Letterhead is the head of page 1 (NĐ 30/2020/NĐ-CP, PL I, mục II).
type Letterhead struct {
	Parent string // tên cơ quan chủ quản; empty: none
	Issuer string // tên cơ quan ban hành
	Symbol string // "Số:      /BC-SNV"
	About  string // trích yếu of a công văn, "V/v …"; empty: it is no công văn
	Nation string // Quốc hiệu
	Motto  string // Tiêu ngữ
	Place  string // địa danh và thời gian
}

// Signature is the end of the main text.
type Signature struct {
	Authority  []string // "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"
	Name       string   // empty: room is left
	Recipients []string // nơi nhận, without the heading
}

// Annex is a Phụ lục: it begins a new page and numbers its own pages.
type Annex struct {
	Label     string // "Phụ lục I"
	Title     string
	Reference string // "(Kèm theo Báo cáo số …)"
	Sheet     string // short name, for the workbook's tab
	Landscape bool
	Workbook  bool // stands in the workbook only: the sources of the figures
	Body      []Block
}

// Block is one piece of text: exactly one of its fields is set.
type Block struct {
	Heading   string // "I. …"
	Paragraph string
	Item      string // an item of a list, without its dash
	Table     *Table
	Chart     *Chart
}

// Words are the fixed words that renderers print.
type Words struct {
	To         string // "Kính gửi:"
	Recipients string // "Nơi nhận:"
	Page       string // "Trang"
	Continued  string // "(tiếp)"
	Body       string // name of the sheet that holds the main text
}

// Table is a table with a head that repeats on every page.
type Table struct {
	Columns []Column
	Rows    []Row
	Note    string // a line under the table: "(Bằng chữ: …)"
	Numbers bool   // a row (1), (2), … follows the head
	Filter  bool   // a workbook offers filters on the columns
}

// Column is one column. Neighbours with the same Group stand under one merged
// heading; a column without a Group has a heading over both head rows.
type Column struct {
	Group string
	Title string
	Width int // share of the table's width a renderer starts from
	Align Align
}

// Align is where text stands in its cell.
type Align string

// The alignments; the zero Align is Left.
const (
	Left   Align = ""
	Center Align = "center"
	Right  Align = "right"
)

// RowKind says how a row is set.
type RowKind string

// The kinds of rows; the zero RowKind is an ordinary one.
const (
	Plain  RowKind = ""
	Group  RowKind = "group"  // lĩnh vực
	Sub    RowKind = "sub"    // kết quả
	Totals RowKind = "totals" // tổng, tổng cộng
)

// Row is one row; the spans of its cells add up to the number of columns.
type Row struct {
	Kind  RowKind
	Cells []Cell
	Name  string // by which a [Link] leads here; of rows with the same name the first counts
}

// Link leads from a cell of a workbook to somewhere else; at most one of its
// fields is set.
type Link struct {
	File string // a path relative to the workbook, with "/"
	Row  string // the name of a row of the same document; one that is nowhere is no link
}

// Cell is one cell. A cell with a Number, or with a Date, is one in a workbook, and
// shows Text on paper; the two are the same figure or day.
type Cell struct {
	Text   string
	Span   int              // columns covered; 0 means 1
	Number *decimal.Decimal // in the column's unit
	Date   agency.Day       // zero: none
	Sum    []int            // rows of the same table that the number is the sum of, for a workbook's formula
	Align  *Align           // nil: the column's
	Link   Link             // in a workbook
}
