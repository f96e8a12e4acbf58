"""Sets the table with WeasyPrint: weasyprint_table.py TABLE.json OUT.pdf"""
import json
import sys
from html import escape
from pathlib import Path

import weasyprint

with open(sys.argv[1], encoding="utf-8") as file:
    table = json.load(file)
whole = sum(c["width"] for c in table["columns"])
page = f"""<html lang="vi"><style>
@font-face {{ font-family: serif-ours; src: url({Path(table["regular"]).as_uri()}) }}
@font-face {{ font-family: serif-ours; font-weight: bold; src: url({Path(table["bold"]).as_uri()}) }}
@page {{ size: A4 landscape; margin: 10mm }}
table {{ font: 8pt serif-ours; border-collapse: collapse; table-layout: fixed; width: 100% }}
td, th {{ border: 0.5pt solid; padding: 1pt 2pt; vertical-align: top; text-align: left }}
tr {{ break-inside: avoid }}
</style><table><colgroup>"""
page += "".join(f'<col style="width: {100 * c["width"] / whole}%">' for c in table["columns"])
page += "</colgroup><thead><tr>" + "".join(f"<th>{escape(c['title'])}</th>" for c in table["columns"]) + "</tr></thead>"
for row in table["rows"]:
    page += "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>"
weasyprint.HTML(string=page + "</table>").write_pdf(sys.argv[2])
