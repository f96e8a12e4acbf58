#!/usr/bin/python3
"""Rebuilds the odd samples beside this folder, each with the JSON of what must
be read of it: generate.py [part of a name ...]

Needs, from Debian: python3-openpyxl python3-xlsxwriter python3-xlwt
python3-docx libreoffice-calc libreoffice-writer gnumeric
libspreadsheet-writeexcel-perl libexcel-writer-xlsx-perl libapache-poi-java
default-jdk-headless nodejs npm; from npm, in the folder that ODD_NODE names:
xlsx exceljs officecrypto-tool.

The locked files, printed.pdf and writer.odt differ in a few bytes each time."""

import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import formats, tables, rows, identity, values, texts  # noqa: E401,F401: they register their cases
import writers
from model import CASES

ODD = Path(__file__).resolve().parent.parent


def main(only):
    for name, odd, made_by, make in CASES:
        if only and not any(o in name for o in only):
            continue
        try:
            made, documents = make()
        except Exception as e:
            raise RuntimeError(name) from e
        if not isinstance(made, bytes):
            made = WRITERS[made_by](made)
        (ODD / name).write_bytes(made)
        sample = {"oddity": odd, "made_by": made_by}
        for d in documents:
            if "sender" in d:
                sample["sender"] = d.pop("sender")
        sample["documents"] = documents
        (ODD / (name + ".json")).write_text(json.dumps(sample, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if not only:
        known = {n for n, *_ in CASES}
        for f in ODD.iterdir():
            if f.is_file() and f.name.removesuffix(".json") not in known:
                print("not made here:", f.name)
        print(len(CASES), "samples")


WRITERS = {
    "openpyxl": writers.by_openpyxl,
    "XlsxWriter": writers.by_xlsxwriter,
    "xlwt": writers.by_xlwt,
    "ExcelJS": writers.by_exceljs,
    "SheetJS": lambda s: writers.by_sheetjs(s, "xlsx"),
    "SheetJS .xls": lambda s: writers.by_sheetjs(s, "biff8"),
    "Apache POI": writers.by_poi,
    "Perl Excel::Writer::XLSX": lambda s: writers.by_perl(s, "Excel::Writer::XLSX"),
    "Perl Spreadsheet::WriteExcel": lambda s: writers.by_perl(s, "Spreadsheet::WriteExcel"),
    "LibreOffice .ods": lambda s: writers.by_libreoffice(writers.flat_ods(s), ".fods", "ods"),
    "LibreOffice .xlsx": lambda s: writers.by_libreoffice(writers.flat_ods(s), ".fods", "xlsx"),
    "LibreOffice .xls": lambda s: writers.by_libreoffice(writers.flat_ods(s), ".fods", "xls"),
    "Gnumeric .xls": lambda s: writers.by_gnumeric(writers.by_openpyxl(s), ".xlsx", "Gnumeric_Excel:excel_biff8", ".xls"),
    "Gnumeric .xlsx": lambda s: writers.by_gnumeric(writers.by_openpyxl(s), ".xlsx", "Gnumeric_Excel:xlsx", ".xlsx"),
    "Gnumeric .ods": lambda s: writers.by_gnumeric(writers.by_openpyxl(s), ".xlsx", "Gnumeric_OpenCalc:odf", ".ods"),
    "by hand, comma": lambda s: writers.by_hand_csv(s[0], ","),
    "by hand, semicolon": lambda s: writers.by_hand_csv(s[0], ";", bom=b"\xef\xbb\xbf"),
}

if __name__ == "__main__":
    main(sys.argv[1:])
