package plan

import (
	"iter"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
)

// Code names a field ("I"), a result ("1.1") or an activity ("1.1.1"), in the
// normal form: digits and dots, whatever the document writes.
type Code string

// Plan is one decision's table, each cell kept as written beside what it was
// understood to mean.
type Plan struct {
	Number string     `json:"number"` // "1982/QĐ-UBND"
	Signed agency.Day `json:"signed,omitzero"`
	// Effective is the day from which the decision says it is in force (có hiệu
	// lực kể từ ngày); zero: it does not say, or says its day of signing.
	Effective agency.Day `json:"effective,omitzero"`
	Year      int        `json:"year"`
	Title     string     `json:"title"` // "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH TỈNH …"
	Fields    []Field    `json:"fields"`

	Total      *Dong  `json:"total"`       // the stated Tổng cộng; nil when the table has none
	TotalText  string `json:"total_text"`  // as written
	TotalWords string `json:"total_words"` // the stated "Bằng chữ", without brackets

	// Unit is what one of the budget column counts, in đồng: the table is mostly
	// in triệu đồng. Texts are in it, amounts are in đồng.
	Unit Dong `json:"unit"`

	Columns Columns `json:"columns"`
}

// InUnit is d in the unit of the plan's own budget column.
func (p *Plan) InUnit(d Dong) decimal.Decimal {
	if p.Unit == 0 {
		return d.Millions()
	}
	return decimal.New(int64(d), 0).Div(decimal.New(int64(p.Unit), 0))
}

// Columns are the headings of the nine columns as the decision writes them.
// A heading that the table does not have is empty.
type Columns struct {
	Code           string `json:"code"`
	Name           string `json:"name"`
	Indicator      string `json:"indicator"`
	Evidence       string `json:"evidence"`
	Budget         string `json:"budget"`
	Responsibility string `json:"responsibility"`
	Time           string `json:"time"` // over Start and End
	Start          string `json:"start"`
	End            string `json:"end"`
	Note           string `json:"note"`
}

// Field is a lĩnh vực.
type Field struct {
	Code      Code     `json:"code"`  // "I"
	Label     string   `json:"label"` // "LĨNH VỰC I", as written
	Name      string   `json:"name"`
	Results   []Result `json:"results"`
	Total     *Dong    `json:"total"`      // the stated Tổng of the field; nil when it has no such row
	TotalText string   `json:"total_text"` // as written: "0" is not empty
	HasTotal  bool     `json:"has_total"`  // the field has a Tổng row
}

// Result is a kết quả.
type Result struct {
	Code       Code       `json:"code"`  // "1.1"
	Label      string     `json:"label"` // "Kết quả 1.1", as written
	Name       string     `json:"name"`
	Indicator  string     `json:"indicator"` // with its "Chỉ số:", as written
	Activities []Activity `json:"activities"`
}

// Activity is a hoạt động: what an agency answers for.
type Activity struct {
	Code           Code   `json:"code"`  // "1.1.1"
	Label          string `json:"label"` // "Hoạt động 5,4.2", as written
	Name           string `json:"name"`
	Indicator      string `json:"indicator"`
	Evidence       string `json:"evidence"`
	BudgetText     string `json:"budget_text"`
	Responsibility string `json:"responsibility"`
	StartText      string `json:"start_text"`
	EndText        string `json:"end_text"`
	Note           string `json:"note"`

	Budget      *Dong       `json:"budget"` // nil: the cell is empty, which is not 0
	LeadText    string      `json:"lead_text"`
	PartnerText string      `json:"partner_text"`
	Leads       []agency.ID `json:"leads"`    // agencies and groups, in the order written
	Partners    []agency.ID `json:"partners"` // the same for phối hợp
	Start       Month       `json:"start"`    // 0: no month is said
	End         Month       `json:"end"`      // 0: no month is said
}

// Month is a month of the plan's year, 1 to 12; 0 means that none was said.
type Month int

// Activities are all activities in the order of the table.
func (p *Plan) Activities() iter.Seq[*Activity] {
	return func(yield func(*Activity) bool) {
		for f := range p.Fields {
			for r := range p.Fields[f].Results {
				activities := p.Fields[f].Results[r].Activities
				for a := range activities {
					if !yield(&activities[a]) {
						return
					}
				}
			}
		}
	}
}

// Activity is the activity with the given code, nil when there is none.
func (p *Plan) Activity(code Code) *Activity {
	for a := range p.Activities() {
		if a.Code == code {
			return a
		}
	}
	return nil
}

// Sum is the sum of the budgets that the activities of f state, and whether
// any of them states one.
func (f *Field) Sum() (sum Dong, any bool) {
	for _, r := range f.Results {
		for _, a := range r.Activities {
			if a.Budget != nil {
				sum += *a.Budget
				any = true
			}
		}
	}
	return sum, any
}

// Sum is the sum of all budgets stated in p, and whether there is any.
func (p *Plan) Sum() (sum Dong, any bool) {
	for i := range p.Fields {
		s, ok := p.Fields[i].Sum()
		sum += s
		any = any || ok
	}
	return sum, any
}
