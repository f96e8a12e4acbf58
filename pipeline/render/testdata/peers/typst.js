// Sets the table with typst: node typst.js TABLE.json OUT.pdf
const fs = require("fs"), path = require("path");
const { NodeCompiler } = require("@myriaddreamin/typst-ts-node-compiler");
const source = `
#set page(paper: "a4", flipped: true, margin: 10mm)
#set text(font: "Liberation Serif", size: 8pt, lang: "vi", hyphenate: false)
#set par(leading: 0.4em)
#let data = json("${path.basename(process.argv[2])}")
#show table.cell.where(y: 0): strong
#table(
  columns: data.columns.map(c => c.width * 1fr), inset: 2pt, stroke: 0.5pt,
  table.header(..data.columns.map(c => text(c.title))),
  ..data.rows.flatten().map(c => text(c)),
)`;
const folder = path.dirname(process.argv[2]);
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: [folder] }] });
fs.writeFileSync(process.argv[3], compiler.pdf({ mainFileContent: source }));
