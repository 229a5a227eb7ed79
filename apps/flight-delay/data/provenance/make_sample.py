#!/usr/bin/env python3
"""Reproduces flights-sample.parquet and airports.csv from the npm package vega-datasets 3.2.1.

  python make_sample.py TARBALL OUT_DIR [--full FULL.parquet]

TARBALL is a local vega-datasets-3.2.1.tgz or an http(s) URL of it (no registry host is hard-coded);
`npm pack vega-datasets@3.2.1` fetches it from whatever registry npm is configured for.
--full also writes all cleaned rows of the 3-million-row file (to cross-check an importer).

Made with Python 3.11, numpy 2.4.6, pandas 3.1.1, pyarrow 26.0.1, timezonefinder 9.0.0
(timezonefinder-data 3.2026.3.post1), tzdata 2026.6.
"""
import argparse, csv, hashlib, io, json, os, tarfile, urllib.request
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from timezonefinder import TimezoneFinder

TGZ_SHA256 = "6f72fda460a9863fae5fcb32f85bcd49e1761fdea6dc6cf9f4962472881cc5a3"
PARQUET_SHA256 = "dbeb920c90f59b6ccaff823dcc3d08f25a97fa1ce128d93f40be4e931f5900b0"
AIRPORTS_SHA256 = "903c7169e6d558eefb95295fe2947ec8503135fbb855ea5c737cf4a90ea603ad"
TARGET, TOLERANCE, BUSIEST = 200_000, 0.05, 8
MINUTE, DAY = 60_000, 86_400_000


def sha(b):
    return hashlib.sha256(b).hexdigest()


def read_tarball(where):
    if where.startswith(("http://", "https://")):
        with urllib.request.urlopen(where) as r:
            data = r.read()
    else:
        with open(where, "rb") as f:
            data = f.read()
    assert sha(data) == TGZ_SHA256, "tarball checksum differs: " + sha(data)
    with tarfile.open(fileobj=io.BytesIO(data)) as t:
        flights = t.extractfile("package/data/flights-3m.parquet").read()
        airports = t.extractfile("package/data/airports.csv").read()
    assert sha(flights) == PARQUET_SHA256 and sha(airports) == AIRPORTS_SHA256
    return flights, airports


def airports_with_zone(raw, used):
    tf = TimezoneFinder()
    out = []
    for a in csv.DictReader(io.StringIO(raw.decode("utf-8"))):
        if a["iata"] not in used:
            continue
        if a["iata"] == "MQT":              # the source has "NA" in both
            a["city"], a["state"] = "Marquette", "MI"
        zone = tf.timezone_at(lat=float(a["latitude"]), lng=float(a["longitude"]))
        out.append([a["iata"], a["name"], a["city"], a["state"], a["latitude"], a["longitude"], zone])
    out.sort()
    assert len(out) == len(used) and all(r[-1] for r in out)
    return out


def clean(flights, zones, counts):
    f = pq.read_table(io.BytesIO(flights)).to_pandas()
    assert not f.isna().any().any()
    f["row"] = np.arange(1, len(f) + 1)                      # 1-based position in the source file
    counts["source_rows"] = len(f)
    # 1. exact duplicates: the first one stays
    dup = f.duplicated(["date", "delay", "distance", "origin", "destination"], keep="first")
    counts["removed_duplicates"] = int(dup.sum())
    f = f[~dup]
    # 2. impossible rows
    minute = f["date"].dt.hour * 60 + f["date"].dt.minute    # local minute of day, as recorded
    early = f["delay"] < -120
    wrapped = (f["delay"] >= 1380) & ((minute == 0) | (minute >= 1380))
    counts["removed_delay_below_-120"] = int(early.sum())
    counts["removed_day_wrap_1440"] = int((wrapped & ~early).sum())
    f = f[~(early | wrapped)].copy()
    # 3. left after midnight of the *following* day: the source glued the scheduled day to the actual time
    minute = f["date"].dt.hour * 60 + f["date"].dt.minute
    rolled = (minute > 0) & (f["delay"] > minute)
    counts["moved_one_day_later"] = int(rolled.sum())
    f["local"] = f["date"] + pd.to_timedelta(rolled.astype("int64"), unit="D")
    # 4. local -> UTC by the origin's zone; a time in the spring gap moves on by the gap (as java.time does)
    f["zone"] = f["origin"].map(zones)
    dep = np.empty(len(f), dtype="int64")
    hour = np.empty(len(f), dtype="int32")
    weekday = np.empty(len(f), dtype="int32")
    gap = 0
    for zone, idx in f.groupby("zone").indices.items():
        local = pd.DatetimeIndex(f["local"].iloc[idx])
        z = local.tz_localize(zone, ambiguous="raise", nonexistent=pd.Timedelta(hours=1))
        gap += int((z.tz_localize(None) != local).sum())
        dep[idx] = z.tz_convert("UTC").tz_localize(None).astype("datetime64[ms]").astype("int64")
        hour[idx] = z.hour
        weekday[idx] = z.day_of_week + 1
    counts["in_spring_gap"] = gap
    f["departure"], f["local_hour"], f["local_weekday"] = dep, hour, weekday
    # 5. when the label becomes known; exact in milliseconds: 1/8 minute per mile = 7,500 ms
    f["known"] = dep + f["distance"] * 7500 + 30 * MINUTE + f["delay"].clip(lower=0) * MINUTE
    f["id"] = "F" + f["row"].astype(str).str.zfill(7)
    f = f.sort_values(["departure", "row"], kind="stable")
    counts["rows"] = len(f)
    return f


def choose(f, counts):
    moves = pd.concat([f["origin"], f["destination"]]).value_counts()
    rank = sorted(moves.index, key=lambda a: (-moves[a], a))
    for extra in rank[BUSIEST:]:
        chosen = rank[:BUSIEST] + [extra]
        inside = f["origin"].isin(chosen) & f["destination"].isin(chosen)
        if abs(int(inside.sum()) - TARGET) <= TARGET * TOLERANCE:
            counts["airports"] = chosen
            return f[inside]
    raise SystemExit("no choice of airports fits")


SCHEMA = pa.schema([
    pa.field("id", pa.string(), False),
    pa.field("departure", pa.timestamp("ms", tz="UTC"), False),
    pa.field("local_hour", pa.int32(), False),
    pa.field("local_weekday", pa.int32(), False),
    pa.field("delay", pa.int32(), False),
    pa.field("distance", pa.int32(), False),
    pa.field("origin", pa.string(), False),
    pa.field("destination", pa.string(), False),
    pa.field("known", pa.timestamp("ms", tz="UTC"), False)])


def write(f, path):
    cols = []
    for s in SCHEMA:
        v = f[s.name]
        cols.append(pa.array(v.to_numpy(), pa.int64()).cast(s.type) if pa.types.is_timestamp(s.type)
                    else pa.array(v.tolist() if pa.types.is_string(s.type) else v.to_numpy(), s.type))
    t = pa.Table.from_arrays(cols, schema=SCHEMA)
    pq.write_table(t, path, compression="zstd", compression_level=19, version="2.6", data_page_version="1.0",
                   use_dictionary=["local_hour", "local_weekday", "delay", "distance", "origin", "destination"],
                   column_encoding={"id": "DELTA_BYTE_ARRAY", "departure": "DELTA_BINARY_PACKED",
                                    "known": "DELTA_BINARY_PACKED"},
                   row_group_size=131_072, store_schema=False)


def facts(f):
    late = f["delay"] > 15
    return {"rows": len(f), "late": int(late.sum()),
            "departure_min": int(f["departure"].min()), "departure_max": int(f["departure"].max()),
            "sum_departure_minutes": int((f["departure"] // MINUTE).sum()),
            "sum_known_seconds_floor": int((f["known"] // 1000).sum()),
            "sum_delay": int(f["delay"].sum()), "sum_distance": int(f["distance"].sum()),
            "sum_local_hour": int(f["local_hour"].sum()), "sum_local_weekday": int(f["local_weekday"].sum()),
            "sum_row": int(f["row"].sum()), "origins": int(f["origin"].nunique()),
            "first_id": f["id"].iloc[0], "last_id": f["id"].iloc[-1]}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("tarball")
    p.add_argument("out")
    p.add_argument("--full")
    a = p.parse_args()
    flights, raw_airports = read_tarball(a.tarball)
    names = pq.read_table(io.BytesIO(flights), columns=["origin", "destination"])
    used = set(names["origin"].unique().to_pylist()) | set(names["destination"].unique().to_pylist())
    table = airports_with_zone(raw_airports, used)
    os.makedirs(os.path.join(a.out, "provenance"), exist_ok=True)
    with open(os.path.join(a.out, "airports.csv"), "w", newline="", encoding="utf-8") as o:
        w = csv.writer(o, lineterminator="\n")
        w.writerow(["iata", "name", "city", "state", "latitude", "longitude", "zone"])
        w.writerows(table)
    counts = {}
    f = clean(flights, {r[0]: r[-1] for r in table}, counts)
    s = choose(f, counts)
    sample = os.path.join(a.out, "flights-sample.parquet")
    write(s, sample)
    if a.full:
        write(f, a.full)
    result = {"full": {**counts, **facts(f)}, "sample": facts(s)}
    rolled = (s["local"] != s["date"]).sum()
    result["sample"]["moved_one_day_later"] = int(rolled)
    with open(sample, "rb") as i:
        result["sample"]["sha256"] = sha(i.read())
    with open(os.path.join(a.out, "airports.csv"), "rb") as i:
        result["airports_sha256"] = sha(i.read())
    with open(os.path.join(a.out, "provenance", "expected.json"), "w") as o:
        json.dump(result, o, indent=1)
        o.write("\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
