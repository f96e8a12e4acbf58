#!/usr/bin/env python3
"""Makes the archives of this folder.

Zip by Python, Info-ZIP (zip) and 7-Zip; 7z by 7-Zip (Debian: p7zip-full); rar
byte by byte after the format notes of rarlab, stored, because no free program
writes it. The documents in them are a few words each. Encrypted ones differ
from run to run, by their salt.
"""

import io
import os
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = (2018, 3, 15, 9, 0, 0)
ONE, TWO = b"Bao cao cua So Y te\n", b"Bao cao cua So Tu phap\n"
NAMES = ["Sở Y tế.xlsx", "Quý I/Sở Tư pháp.xlsx"]


def save(name, data):
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(data)


def python_zip(entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in entries:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, DAY)
            info.compress_type = method
            z.writestr(info, data)
    return out.getvalue()


def zips():
    save("utf8.zip", python_zip(list(zip(NAMES, (ONE, TWO)))))
    save("junk.zip", python_zip([
        ("__MACOSX/._a.xlsx", b"x"), ("a/.DS_Store", b"x"), ("a/Thumbs.db", b"x"), ("a/~$a.xlsx", b"x"),
        ("a/desktop.ini", b"x"), ("a/", b""), ("a/a.xlsx", ONE),
    ]))
    save("only-junk.zip", python_zip([("__MACOSX/._a.xlsx", b"x"), ("a/", b"")]))
    save("empty.zip", python_zip([]))
    nested = python_zip([("Sở Tư pháp.xlsx", TWO)])
    save("nested.zip", python_zip([("Sở Y tế.xlsx", ONE), ("trong.zip", nested)]))
    save("nested-deep.zip", python_zip([("a.zip", python_zip([("b.zip", nested)]))]))
    mail = (b"From: stp@daknong.example\r\nSubject: Bao cao\r\n"
            b"Content-Type: application/octet-stream; name=bieu.xlsx\r\n\r\n" + TWO)
    save("mail.zip", python_zip([("thu.eml", mail), ("a.xlsx", ONE)]))
    save("slip.zip", python_zip([
        ("../../ngoai.xlsx", ONE), ("/etc/ngoai.xlsx", ONE), ("C:\\ngoai.xlsx", ONE), ("tot.xlsx", TWO),
    ]))
    link = zipfile.ZipInfo("lien-ket.xlsx", DAY)
    link.create_system, link.external_attr = 3, 0o120777 << 16
    save("link.zip", python_zip([(link, b"/etc/passwd"), ("tot.xlsx", TWO)]))
    save("twice.zip", python_zip([("a.xlsx", ONE), ("A.xlsx", TWO), ("tot.xlsx", TWO)]))
    save("empty-file.zip", python_zip([("rong.xlsx", b""), ("tot.xlsx", TWO)]))
    save("lzma.zip", python_zip([("a.xlsx", ONE)], zipfile.ZIP_LZMA))
    whole = python_zip(list(zip(NAMES, (ONE, TWO))))
    save("cut.zip", whole[: len(whole) - 60])
    broken = bytearray(python_zip([("a.xlsx", ONE), ("b.xlsx", TWO)], zipfile.ZIP_STORED))
    broken[broken.index(ONE)] ^= 0xFF
    save("crc.zip", bytes(broken))
    bomb = python_zip([("bom.csv", bytes(3 << 20)), ("tot.xlsx", TWO)])
    save("bomb.zip", bomb)
    save("overlap.zip", overlap())
    for page in ("cp1258", "cp437"):
        save(page + ".zip", coded(page))
    save("unicode-path.zip", unicode_path())


def raw_zip(entries):
    """A stored zip whose names and extra fields are bytes."""
    body, directory = b"", b""
    for name, extra, data, at in entries:
        crc = zlib.crc32(data)
        offset = len(body) if at is None else at
        head = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0x4800, 0x4C6F, crc, len(data), len(data), len(name), len(extra))
        if at is None:
            body += b"PK\x03\x04" + head + name + extra + data
        directory += (b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, offset)
                      + name + extra)
    n = len(entries)
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, n, n, len(directory), len(body), 0)


def coded(page):
    # windows-1258 writes most letters as a base and a mark behind it.
    name = {"cp1258": b"S\xf5\xd2 Y t\xea\xec.xlsx", "cp437": "Hà Tiên.xlsx".encode("cp437")}[page]
    return raw_zip([(name, b"", ONE, None)])


def unicode_path():
    name, text = b"S_ Y t_.xlsx", "Sở Y tế.xlsx".encode()
    field = b"\x01" + struct.pack("<I", zlib.crc32(name)) + text
    return raw_zip([(name, struct.pack("<HH", 0x7075, len(field)) + field, ONE, None)])


def overlap():
    return raw_zip([(b"a.xlsx", b"", ONE, None), (b"b.xlsx", b"", ONE, 0), (b"c.xlsx", b"", ONE, 0)])


def by_program():
    with tempfile.TemporaryDirectory() as folder:
        for name, data in zip(NAMES, (ONE, TWO)):
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data)
            os.utime(path, (1521104400, 1521104400))

        def run(name, *command):
            path = os.path.join(HERE, name)
            if os.path.exists(path):
                os.remove(path)
            subprocess.run([c.replace("OUT", path) for c in command], cwd=folder, check=True, stdout=subprocess.DEVNULL)

        seven = ("7z", "a", "-bd", "-mtm-", "-mmt1")
        if shutil.which("zip"):
            run("info-zip.zip", "zip", "-qrX", "OUT", ".")
            run("encrypted.zip", "zip", "-qrX", "-P", "matkhau", "OUT", ".")
        run("aes.zip", *seven, "-tzip", "-mem=AES256", "-pmatkhau", "OUT", ".")
        run("lzma2.7z", *seven, "OUT", ".")
        run("lzma.7z", *seven, "-m0=lzma", "-mhc=off", "OUT", ".")
        run("deflate.7z", *seven, "-m0=deflate", "-ms=off", "OUT", ".")
        run("bzip2.7z", *seven, "-m0=bzip2", "OUT", ".")
        run("copy.7z", *seven, "-m0=copy", "OUT", ".")
        run("ppmd.7z", *seven, "-m0=ppmd", "OUT", ".")
        run("encrypted.7z", *seven, "-pmatkhau", "OUT", ".")
        run("encrypted-names.7z", *seven, "-pmatkhau", "-mhe=on", "OUT", ".")
        run("empty.7z", *seven, "OUT", "-x!*", ".")
    with open(os.path.join(HERE, "lzma2.7z"), "rb") as f:
        whole = f.read()
    save("cut.7z", whole[:-40])
    save("bao-cao.7z.001", whole[:-40])


def block4(kind, flags, fields, data=b""):
    head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data


def file4(name, data, flags=0, crc=None, attributes=0o100644, size=None):
    name = name.encode()
    fields = struct.pack("<IIBIIBBHI", len(data), size or len(data), 3, zlib.crc32(data) if crc is None else crc,
                         0x4C6F4800, 29, 0x30, len(name), attributes) + name
    return block4(0x74, 0x8200 | flags, fields, data)


def rar4(*files, flags=0):
    return (b"Rar!\x1a\x07\x00" + block4(0x73, flags, bytes(6)) + b"".join(files) + block4(0x7B, 0x4000, b""))


def vint(n):
    out = b""
    while n > 0x7F:
        out, n = out + bytes([n & 0x7F | 0x80]), n >> 7
    return out + bytes([n])


def block5(kind, flags, fields, data=b"", extra=b""):
    body = vint(kind) + vint(flags | (2 if data else 0) | (1 if extra else 0))
    if extra:
        body += vint(len(extra))
    if data:
        body += vint(len(data))
    body = body + fields + extra
    body = vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(body)) + body + data


def file5(name, data, size=None, packing=0, extra=b""):
    name = name.encode()
    size = len(data) if size is None else size
    fields = (vint(4) + vint(size) + vint(0o100644) + struct.pack("<I", zlib.crc32(data)) + vint(packing)
              + vint(1) + vint(len(name)) + name)
    return block5(2, 0, fields, data, extra)


def rar5(*blocks, flags=0):
    return b"Rar!\x1a\x07\x01\x00" + block5(1, 0, vint(flags)) + b"".join(blocks) + block5(5, 0, vint(0))


def rars():
    files = list(zip(NAMES, (ONE, TWO)))
    whole4 = rar4(*(file4(n, d) for n, d in files))
    whole5 = rar5(*(file5(n, d) for n, d in files))
    save("rar4.rar", whole4)
    save("rar5.rar", whole5)
    save("cut4.rar", whole4[:-45])
    save("cut5.rar", whole5[:-20])
    save("crc4.rar", rar4(file4("a.xlsx", ONE, crc=1), file4("tot.xlsx", TWO)))
    save("encrypted4.rar", rar4(file4("a.xlsx", ONE, 0x0004)))
    save("encrypted-names4.rar", rar4(file4("a.xlsx", ONE), flags=0x80))
    salted = vint(0) + vint(0) + b"\x0f" + bytes(16)
    save("encrypted-names5.rar", b"Rar!\x1a\x07\x01\x00" + block5(4, 0, salted) + bytes(64))
    crypt = vint(1) + vint(0) + vint(0) + b"\x0f" + bytes(32)
    save("encrypted5.rar", rar5(file5("a.xlsx", ONE, extra=vint(len(crypt)) + crypt)))
    save("bao-cao.part1.rar", rar4(file4("a.xlsx", ONE, 0x02, size=99), flags=0x0101))
    save("slip4.rar", rar4(file4("../ngoai.xlsx", ONE), file4("tot.xlsx", TWO)))
    save("link4.rar", rar4(file4("lien-ket.xlsx", b"/etc/passwd", attributes=0o120777), file4("tot.xlsx", TWO)))
    # A window of 4 GB for a file that is said to be as large.
    save("window5.rar", rar5(file5("a.xlsx", ONE, 4 << 30, 0x00 | 1 << 7 | 15 << 10)))


zips()
by_program()
rars()
