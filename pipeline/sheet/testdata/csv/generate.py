"""Makes the samples of this folder: the report of ../ods as tables with a
separator, by LibreOffice, by Gnumeric, and by Python in the ways of Excel.

    cd pipeline/sheet/testdata/csv && python3 generate.py
"""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "ods"))
sys.dont_write_bytecode = True
from generate import REPORT, office  # noqa: E402


def path(name):
    return os.path.join(HERE, name)


def rows():
    """What a reader sees of the report's first sheet, as wide as it is."""
    with open(path("../ods/expected.json"), encoding="utf-8") as f:
        cells = json.load(f)[0]["cells"]
    table = [[""] * 7 for _ in range(15)]
    for ref, cell in cells.items():
        table[int(ref[1:]) - 1][ord(ref[0]) - ord("A")] = cell["text"]
    return table


def written(table, **how):
    out = io.StringIO()
    csv.writer(out, **how).writerows(table)
    return out.getvalue()


def windows1258(text):
    """text with the tones as marks of their own, as Windows-1258 has them."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        out.append(base + tones)
    return "".join(out).encode("cp1258")


def save(name, data):
    with open(path(name), "wb") as f:
        f.write(data)


def main():
    table = rows()
    comma = written(table)
    save("python.csv", comma.encode())
    save("excel-utf8.csv", b"\xef\xbb\xbf" + comma.encode())
    # Excel on Vietnamese Windows: the list separator is a semicolon.
    save("excel-1258.csv", windows1258(written(table, delimiter=";")))
    # Excel's "Unicode text".
    save("excel-unicode.txt", b"\xff\xfe" + written(table, delimiter="\t").encode("utf-16-le"))
    save("utf-16be.txt", written(table, delimiter="|").encode("utf-16-be"))
    # Rows as long as they are filled, in quotation marks throughout.
    short = [row[:max([i + 1 for i, cell in enumerate(row) if cell], default=0)] for row in table]
    save("ragged.csv", b"sep=;\r\n" + written(short, delimiter=";", quoting=csv.QUOTE_ALL).encode())
    office("Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "csv", target=path("office.csv"))
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(["ssconvert", "-S", "-T", "Gnumeric_stf:stf_csv", REPORT, os.path.join(tmp, "%n.csv")],
                       check=True, stderr=subprocess.DEVNULL)
        with open(os.path.join(tmp, "0.csv"), "rb") as made:
            save("gnumeric.csv", made.read())


if __name__ == "__main__":
    main()
