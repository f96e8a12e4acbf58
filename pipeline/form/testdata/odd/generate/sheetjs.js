// Sheets as JSON on stdin into a workbook on stdout, by SheetJS:
// node sheetjs.js biff8|biff5|xlsx|xlsb|ods|fods|xlml|html|csv
const XLSX = require(require.resolve("xlsx", { paths: [process.env.ODD_NODE || process.cwd()] }));
const sheets = JSON.parse(require("fs").readFileSync(0, "utf8"));
const book = XLSX.utils.book_new();
for (const s of sheets) {
  const ws = {};
  let rows = 0, cols = 0;
  for (const c of s.cells) {
    rows = Math.max(rows, c.r);
    cols = Math.max(cols, c.c);
    const cell = typeof c.v === "string" ? { t: "s", v: c.v } : { t: "n", v: c.v };
    if (c.fmt) cell.z = c.fmt;
    if (c.formula) cell.f = c.formula.slice(1);
    ws[XLSX.utils.encode_cell(c)] = cell;
  }
  ws["!ref"] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows, c: cols } });
  ws["!merges"] = s.merges.map(XLSX.utils.decode_range);
  XLSX.utils.book_append_sheet(book, ws, s.name);
}
process.stdout.write(XLSX.write(book, { type: "buffer", bookType: process.argv[2], bookSST: process.argv[2] !== "biff5", compression: true }));
