"""Writes the three CSV files of this application from two Debian packages, values unchanged.

    python make_csv.py r-cran-modeldata_1.1.0-1_all.deb weka_3.6.14-3_all.deb OUT

Needs dpkg-deb, and from PyPI: rdata 1.1, pandas. `modeldata` holds its data frames in R's lazy-load format (Rdata.rdx is the index,
Rdata.rdb the compressed frames); `weka` holds credit-g as ARFF text.
"""

import bz2
import csv
import gzip
import io
import lzma
import pathlib
import struct
import subprocess
import sys
import tarfile
import zlib

import rdata

LAZY = "./usr/lib/R/site-library/modeldata/data/Rdata"
ARFF = "./usr/share/doc/weka/examples/credit-g.arff"


def member(deb, name):
    tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", deb], check=True, capture_output=True).stdout
    return tarfile.open(fileobj=io.BytesIO(tar)).extractfile(name).read()


def unpacked(block):
    """One value: four bytes of length, then zlib, or a letter that names another compression."""
    try:
        return zlib.decompress(block[4:])
    except zlib.error:
        if block[4:5] == b"2":
            return bz2.decompress(block[5:])
        return lzma.decompress(block[5:], format=lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 26}])


def frames(deb, names):
    raw = member(deb, LAZY + ".rdx")
    index = rdata.conversion.convert(rdata.parser.parse_data(zlib.decompress(raw) if raw[:2] != b"\x1f\x8b" else gzip.decompress(raw)))
    blocks = member(deb, LAZY + ".rdb")
    for name in names:
        start, length = (int(v) for v in index["variables"][name])
        yield name, rdata.conversion.convert(rdata.parser.parse_data(unpacked(blocks[start:start + length])))


def german(deb, out):
    lines = member(deb, ARFF).decode("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.lower().startswith("@data"))
    names = [line.split()[1].strip("'") for line in lines if line.lower().startswith("@attribute")]
    rows = csv.reader((line for line in lines[at + 1:] if line and not line.startswith("%")), quotechar="'", skipinitialspace=True)
    with open(out / "german_credit.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([names, *rows])


def main(modeldata, weka, out):
    out = pathlib.Path(out)
    for name, frame in frames(modeldata, ["credit_data", "lending_club"]):
        frame.to_csv(out / f"{name}.csv", index=False)
    german(weka, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
