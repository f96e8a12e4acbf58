// Sets the table with pdfmake: node pdfmake.js TABLE.json OUT.pdf
const fs = require("fs"), pdfmake = require("pdfmake");
const table = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
pdfmake.setFonts({ serif: { normal: table.regular, bold: table.bold } });
const whole = table.columns.reduce((sum, c) => sum + c.width, 0);
const room = 841 - 2 * 28 - 16 * 4.5; // without margins, padding and rules
const body = [table.columns.map((c) => ({ text: c.title, bold: true })), ...table.rows];
pdfmake
  .createPdf({
    pageSize: "A4", pageOrientation: "landscape", pageMargins: 28,
    defaultStyle: { font: "serif", fontSize: 8 },
    content: [{
      layout: { paddingLeft: () => 2, paddingRight: () => 2, hLineWidth: () => 0.5, vLineWidth: () => 0.5 },
      table: { headerRows: 1, dontBreakRows: true, widths: table.columns.map((c) => (room * c.width) / whole), body },
    }],
  })
  .write(process.argv[3]);
