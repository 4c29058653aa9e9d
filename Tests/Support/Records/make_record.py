#!/usr/bin/env python3
"""Makes the record that tests of migrations and of old backups begin with, by a binary of then.

    python3 Tests/Support/Records/make_record.py BINARY [FOLDER]

BINARY is an appliance built from an earlier commit; FOLDER is this one unless said otherwise. Needs Python 3.9 and the
zstd command. Written are, N being the schema that the binary writes:

    schema_N.db.zst                     the database, vacuumed
    schema_N_backup.tar.zst             an archive of it, made by `backup create`
    schema_N_backup.tar.zst.proof.json  its proof

Every number is invented here. The providers are played on loopback, in a few runs whose answers differ, so that every
table gets rows: Bitcoin's hours with a hole, a jump, a row below zero that is released and one that is impossible; ether
from CoinGecko, as no exchange knows it; sentiment and fund flows that are said otherwise later; sums of flows asked by
POST; an imported file; a part of an older backup brought back; a saved question. The script fails when a table is empty.
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HOUR, DAY = 3_600, 86_400
FUNDS = {"btc": ["IBIT", "FBTC", "GBTC"], "eth": ["ETHA", "ETHE"]}


def instant(text):
    return int(datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=timezone.utc).timestamp())


def utc(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc)


# Tuesday to Thursday.
RUNS = [instant(f"2026-03-{day}T12:30Z") for day in (10, 11, 12)] + [instant("2026-03-12T18:30Z")]
FIRST = RUNS[0] // DAY * DAY - 60 * DAY


class Market:
    """What the providers say, by run."""

    def __init__(self):
        self.run = 0
        self.now = RUNS[0]

    def is_later(self):
        return self.run > 0

    # --- Binance

    def kline(self, open_time):
        dice = random.Random(open_time)
        middle = 84_000 + 40 * ((open_time - FIRST) // HOUR % 50)
        if open_time == RUNS[0] // HOUR * HOUR - 30 * HOUR:
            middle *= 2
        opened, closed = middle + dice.randrange(90), middle + dice.randrange(90)
        high, low = max(opened, closed) + dice.randrange(60), min(opened, closed) - dice.randrange(60)
        if open_time == RUNS[0] // HOUR * HOUR - 20 * HOUR:
            closed, low = -37.5, -38.25
        if open_time == RUNS[0] // HOUR * HOUR - 10 * HOUR:
            high, low = low, high
        if open_time == RUNS[0] // HOUR * HOUR - 3 * HOUR and self.is_later():
            closed += 7.25
            high += 7.25
        volume = 100 + dice.randrange(900)
        return [open_time * 1000, f"{opened}.00", f"{high}", f"{low}", f"{closed}", f"{volume}.5",
                (open_time + HOUR) * 1000 - 1, "1.0", 7, "1.0", "1.0", "0"]

    def klines(self, query):
        if query["symbol"] != "BTCUSDT":
            return 400, {"code": -1121, "msg": "Invalid symbol."}
        first, last = int(query["startTime"]) // 1000, int(query["endTime"]) // 1000
        hole = RUNS[0] // HOUR * HOUR - 40 * HOUR
        times = range((first + HOUR - 1) // HOUR * HOUR, min(last, self.now) + 1, HOUR)
        return 200, [self.kline(time) for time in times if time != hole][:1000]

    # --- CoinGecko

    def chart(self):
        times = range(self.now // HOUR * HOUR - 30 * HOUR, self.now // HOUR * HOUR, HOUR)
        prices = [[time * 1000, 2_100 + time // HOUR % 37 + 0.25] for time in times]
        if self.is_later():
            for pair in prices:
                if pair[0] // 1000 == RUNS[0] // HOUR * HOUR - 5 * HOUR:
                    pair[1] += 1.5
        return 200, {"prices": prices, "market_caps": [[time, price * 120_000_000] for time, price in prices],
                     "total_volumes": [[time, 9_000_000] for time, _ in prices]}

    # --- alternative.me

    def sentiment(self, limit):
        today = self.now // DAY * DAY
        data = []
        for back in range(limit):
            day = today - back * DAY
            value = 20 + day // DAY % 50 + (3 if day == RUNS[0] // DAY * DAY - DAY and self.is_later() else 0)
            mood = "Fear" if value < 47 else "Greed"
            data.append({"value": str(value), "value_classification": mood, "timestamp": str(day)})
        return 200, {"name": "Fear and Greed Index", "data": data, "metadata": {"error": None}}

    # --- Farside and SoSoValue

    def days(self):
        day = utc(FIRST).date()
        while day < utc(self.now).date():
            if day.weekday() < 5:
                yield day
            day += timedelta(days=1)

    def flow(self, ticker, day):
        """Tenths of a million; None where the fund has not reported."""
        age = (utc(self.now).date() - day).days
        if age == 1 and ticker == FUNDS["btc"][0]:
            return None
        flow = random.Random(f"{ticker} {day}").randrange(-400, 900)
        if age == 1:
            return flow - 5
        is_final = day == utc(RUNS[0]).date() - timedelta(days=7)
        return flow + (11 if is_final and self.is_later() else 0)

    def page(self, asset):
        def cells(texts, tag):
            return "".join(f"<{tag}>{text}</{tag}>" for text in texts)

        def number(tenths):
            if tenths is None:
                return "-"
            return f"({-tenths / 10})" if tenths < 0 else f"{tenths / 10}"

        rows = ""
        for day in list(self.days())[-25:]:
            flows = [self.flow(ticker, day) for ticker in FUNDS[asset]]
            total = sum(flow for flow in flows if flow is not None)
            rows += "<tr>" + cells([day.strftime("%d %b %Y"), *map(number, flows), number(total)], "td") + "</tr>\n"
        head = "<tr>" + cells(["Date", *FUNDS[asset], "Total"], "th") + "</tr>"
        return (f'<!DOCTYPE html>\n<html><head><title>Flows</title></head><body>\n<table class="etf">\n<thead>{head}'
                f"</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</body></html>\n")

    def sums(self, asset):
        data = []
        for day in self.days():
            total = sum(self.flow(ticker, day) or 0 for ticker in FUNDS[asset])
            data.append({"date": str(day), "totalNetInflow": total * 100_000 + 1, "totalNetAssets": 90_000_000_000})
        return 200, {"code": 0, "msg": None, "data": data[::-1]}


MARKET = Market()


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        sent = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.answer(*MARKET.sums("eth" if b"-eth-" in sent else "btc"))

    def do_GET(self):
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = parts.path
        if path.startswith("/binance/"):
            self.answer(*MARKET.klines(query))
        elif path.startswith("/coinbase/"):
            self.answer(404, {"message": "NotFound"})
        elif path.startswith("/kraken/"):
            self.answer(429, {"error": ["EGeneral:Too many requests"]}, ("Retry-After", "3600"))
        elif path.startswith("/coingecko/"):
            self.answer(*MARKET.chart())
        elif path.startswith("/alternative.me/") or path.startswith("/alternative-me/"):
            self.answer(*MARKET.sentiment(int(query.get("limit", 1))))
        elif path.startswith("/farside/"):
            self.answer(200, MARKET.page("eth" if "eth" in path.split("/")[2] else "btc"))
        elif path.startswith("/sosovalue/"):
            self.answer(*MARKET.sums(query.get("symbol", "btc").lower()))
        else:
            self.answer(404, {"message": "nobody is asked here: " + path})

    def answer(self, status, value, *headers):
        is_page = isinstance(value, str)
        body = value.encode() if is_page else json.dumps(value, separators=(",", ":")).encode()
        self.send_response_only(status)
        self.send_header("Date", format_datetime(utc(MARKET.now), usegmt=True))
        self.send_header("Content-Type", "text/html; charset=UTF-8" if is_page else "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)


class Home:
    def __init__(self, binary, folder, port):
        self.binary, self.folder = binary, folder
        self.database = folder / "appliance.db"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8",
                            "APPLIANCE_HOME": str(folder), "APPLIANCE_BASE_URL": f"http://127.0.0.1:{port}",
                            "SOSOVALUE_API_KEY": "an-invented-key"}

    def appliance(self, *arguments, at=0, codes=(0,)):
        now = utc(MARKET.now + at).strftime("%Y-%m-%dT%H:%M:%SZ")
        done = subprocess.run([self.binary, *arguments], capture_output=True, text=True,
                              env={**self.environment, "APPLIANCE_NOW": now}, cwd=self.folder)
        if done.returncode not in codes:
            sys.exit(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def rows(self, sql):
        with sqlite3.connect(self.database) as connection:
            return connection.execute(sql).fetchall()

    def run(self, number, *more):
        MARKET.run, MARKET.now = number, RUNS[number]
        # Kraken wants to be left alone, so that a run is never quite done.
        self.appliance("ingest", "--no-backup", *more, codes=(0, 3))

    def fill(self):
        self.run(0, "--since", "40d")
        self.appliance("backup", "create", at=600)
        older = next((self.folder / "backups").glob("*.tar.zst")).name
        self.run(1)
        (self.folder / "hours.csv").write_text("unix,open,high,low,close,volume\n" + "".join(
            f"{RUNS[0] // HOUR * HOUR - back * HOUR},84000,84100.5,83900,{84000 + back},{back}\n"
            for back in range(60, 0, -1)))
        self.appliance("import", "hours.csv", "--asset", "BTC", "--interval", "1h", "--source", "archive", at=700)
        released = self.rows("SELECT quarantine_id FROM quarantine WHERE reason = 'out_of_bounds'")
        self.appliance("quarantine", "release", str(released[0][0]), at=800)
        self.appliance("query", "save", "mood", "SELECT * FROM sentiment_daily WHERE as_of_date = :day", at=900)
        self.run(2)
        self.appliance("backup", "restore", older, "--table", "sentiment", at=1000)
        self.appliance("backup", "restore", older, "--table", "bar", at=1100)
        # Prices alone leave the snapshots of their days due.
        self.run(3, "--only", "prices")

    def check(self):
        empty = [name for name, in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
                 if not self.rows(f'SELECT 1 FROM "{name}" LIMIT 1')]
        if empty:
            sys.exit(f"nothing in {', '.join(empty)}")
        if not self.rows("SELECT 1 FROM fetch WHERE method = 'POST'"):
            sys.exit("nothing was asked by POST")

    def keep(self, target):
        with sqlite3.connect(self.database) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        schema = self.rows("PRAGMA user_version")[0][0]
        self.appliance("rebuild", "--verify", at=1200)
        made = json.loads(self.appliance("backup", "create", "--json", at=1300))["backup"]
        # Not the scratch of the connections that looked at it.
        plain = self.folder / "plain.db"
        with sqlite3.connect(self.database) as connection, sqlite3.connect(plain) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        subprocess.run(["zstd", "-q", "-19", "-f", str(plain), "-o", str(target / f"schema_{schema}.db.zst")], check=True)
        archive = self.folder / "backups" / made["name"]
        shutil.copyfile(archive, target / f"schema_{schema}_backup.tar.zst")
        shutil.copyfile(f"{archive}.proof.json", target / f"schema_{schema}_backup.tar.zst.proof.json")
        for path in sorted(target.glob(f"schema_{schema}*")):
            print(path.name, path.stat().st_size)


def main():
    binary = str(Path(sys.argv[1]).resolve())
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(binary, Path(folder), server.server_address[1])
        home.fill()
        home.check()
        home.keep(target)


if __name__ == "__main__":
    main()
