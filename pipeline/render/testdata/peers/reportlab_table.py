"""Sets the table with reportlab: reportlab_table.py TABLE.json OUT.pdf"""
import json
import sys
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

with open(sys.argv[1], encoding="utf-8") as file:
    table = json.load(file)
pdfmetrics.registerFont(TTFont("serif", table["regular"]))
pdfmetrics.registerFont(TTFont("serif-bold", table["bold"]))
plain = ParagraphStyle("plain", fontName="serif", fontSize=8, leading=9.6)
bold = ParagraphStyle("bold", plain, fontName="serif-bold")
rows = [[Paragraph(c["title"], bold) for c in table["columns"]]]
rows += [[Paragraph(escape(text), plain) for text in row] for row in table["rows"]]
whole = sum(c["width"] for c in table["columns"])
laid = LongTable(
    rows,
    colWidths=[277 * mm * c["width"] / whole for c in table["columns"]],
    repeatRows=1,
    style=TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ]
    ),
)
margin = 10 * mm - 6  # its frames have 6 points of their own
SimpleDocTemplate(
    sys.argv[2], pagesize=landscape(A4), leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin
).build([laid])
