// Sets the table with maroto: maroto TABLE.json OUT.pdf
package main

import (
	"log"
	"os"

	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/orientation"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"
	"github.com/johnfercher/maroto/v2/pkg/repository"

	"peers/table"
)

func main() {
	t := table.Read()
	fonts, err := repository.New().
		AddUTF8Font("serif", fontstyle.Normal, t.Regular).
		AddUTF8Font("serif", fontstyle.Bold, t.Bold).
		Load()
	if err != nil {
		log.Fatal(err)
	}
	whole := 0
	for _, c := range t.Columns {
		whole += c.Width
	}
	m := maroto.New(config.NewBuilder().
		WithOrientation(orientation.Horizontal).
		WithCustomFonts(fonts).
		WithDefaultFont(&props.Font{Family: "serif", Size: 8}).
		WithCompression(true).
		WithMaxGridSize(whole).
		Build())
	border := &props.Cell{BorderType: border.Full}
	var head []core.Col
	for _, c := range t.Columns {
		head = append(head, text.NewCol(c.Width, c.Title, props.Text{Style: fontstyle.Bold, Left: 0.7, Right: 0.7}).WithStyle(border))
	}
	if err := m.RegisterHeader(row.New().Add(head...)); err != nil {
		log.Fatal(err)
	}
	for _, r := range t.Rows {
		var cells []core.Col
		for i, one := range r {
			cells = append(cells, text.NewCol(t.Columns[i].Width, one, props.Text{Left: 0.7, Right: 0.7}).WithStyle(border))
		}
		m.AddAutoRow(cells...)
	}
	doc, err := m.Generate()
	if err != nil {
		log.Fatal(err)
	}
	if err := doc.Save(os.Args[2]); err != nil {
		log.Fatal(err)
	}
}
