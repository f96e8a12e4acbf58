// Sheets as JSON on stdin into an .xlsx on stdout, by ExcelJS.
const ExcelJS = require(require.resolve("exceljs", { paths: [process.env.ODD_NODE || process.cwd()] }));
const sheets = JSON.parse(require("fs").readFileSync(0, "utf8"));
const book = new ExcelJS.Workbook();
book.created = book.modified = new Date(Date.UTC(2018, 2, 1));
for (const s of sheets) {
  const ws = book.addWorksheet(s.name, { state: s.hidden ? "hidden" : "visible" });
  for (const c of s.cells) {
    const cell = ws.getCell(c.r + 1, c.c + 1);
    cell.value = c.v;
    // Text of two looks, as a person makes it by marking words bold.
    if (typeof c.v === "string" && c.v.length > 30) {
      cell.value = { richText: [{ text: c.v.slice(0, 10), font: { bold: true } }, { text: c.v.slice(10) }] };
    }
    if (c.fmt) cell.numFmt = c.fmt;
  }
  s.merges.forEach((m) => ws.mergeCells(m));
  s.hidden_rows.forEach((r) => (ws.getRow(r).hidden = true));
}
book.xlsx.writeBuffer().then((b) => process.stdout.write(Buffer.from(b)));
