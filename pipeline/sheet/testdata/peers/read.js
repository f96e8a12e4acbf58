// Reads every workbook of a folder with SheetJS (npm install xlsx), with the
// text that each cell shows.
const fs = require("fs"), path = require("path"), XLSX = require("xlsx");
let cells = 0;
for (const name of fs.readdirSync(process.argv[2]).sort()) {
  if (!name.endsWith(".xlsx")) continue;
  const book = XLSX.read(fs.readFileSync(path.join(process.argv[2], name)));
  for (const sheet of Object.values(book.Sheets))
    for (const key of Object.keys(sheet)) if (key[0] !== "!" && sheet[key].v !== undefined) cells++;
}
console.log(cells);
