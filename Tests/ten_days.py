#!/usr/bin/env python3
"""Lets the appliance follow the world for ten days of a server's time, and holds what it kept against what was told.

    python3 Tests/ten_days.py --binary .build/release/appliance --server-script PATH
    python3 Tests/ten_days.py --binary .build/debug/appliance --server-script PATH --every 1 --folder /tmp/days

The server is started with `--invent --port N --now INSTANT` and must print `base URL` first. It plays all providers, and
what it tells changes with its clock alone, which POST __market__/now moves. Every run is made twice.

Within the ten days the yearly revision of GDP is published, an event of the week is put off, articles are edited, and a day
of CNN's index comes late. At the end nothing may be missing, doubled or left over: each dataset as known at an instant must
be what it was at that instant, and the file made anew from its answers must be the same. Exits 0 when all of that is so.
"""
import argparse
import collections
import contextlib
import datetime
import html
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
import xml.etree.ElementTree as trees

FIRST, LAST = datetime.datetime(2024, 9, 20, 3), datetime.datetime(2024, 9, 30, 3)
KEYS = {"FRED_API_KEY": "abcdefghijklmnopqrstuvwxyz012345", "ALPHA_VANTAGE_API_KEY": "premium", "SEC_CONTACT": "me@example.org"}
STEPS = "macro,sentiment,news,events"
DATASETS = [
    "macro_observation", "fact_macro_indicators", "sentiment", "mood_component", "fact_sentiment_index", "news_item",
    "news_article", "news_mention", "fact_news_articles", "event_item", "market_event", "theme_value", "theme_day"]
# What is published is known from its day in New York on; of these the past is told late in the evening there.
PUBLISHED = {"macro_observation", "fact_macro_indicators", "market_event"}
FEEDS = ["https://www.reddit.com/r/investing/.rss", "https://wire.example/news/rss.xml"]
# CNN's index of this day is not told before the second instant.
LATE_DAY, TOLD = "2024-09-24", datetime.datetime(2024, 9, 26, 12)


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


class World:
    """The file and the server, at one instant."""

    def __init__(self, options, folder, base):
        self.options, self.home, self.base = options, folder, base
        self.now, self.faults = FIRST, []
        self.items = collections.defaultdict(set)

    def check(self, holds, what):
        if not holds:
            self.faults.append(what)
            print(f"{stamp(self.now)}  WRONG  {what}", flush=True)

    def call(self, *arguments, expect=0):
        environment = {"PATH": os.environ["PATH"], "APPLIANCE_NOW": stamp(self.now), "APPLIANCE_BASE_URL": self.base, **KEYS}
        done = subprocess.run(
            [os.path.abspath(self.options.binary), *arguments, "--home", self.home], env=environment, capture_output=True, text=True)
        self.check(done.returncode == expect, f"{' '.join(arguments)} ended with {done.returncode}: {(done.stdout + done.stderr)[:900]}")
        return done.stdout

    def ask(self, path, body=None):
        headers = {"User-Agent": "Mozilla/5.0 (compatible; ten days)", "Referer": "https://edition.cnn.com/markets/fear-and-greed"}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.base + path, data, headers)) as answer:
            return answer.read()

    def move(self, time):
        self.now = time
        self.ask("/__market__/now", {"now": stamp(time)})

    def ingest(self):
        """A run, and one more that must find nothing; then what the feeds told is noted."""
        report = json.loads(self.call("ingest", "--only", STEPS, "--no-backup", "--json"))
        for step in report["steps"]:
            if step.get("reason") == "not_configured":
                continue  # Keys that are not made up here.
            self.check(step["outcome"] == "done" and not step["refused"], f"a step ended otherwise: {step}")
        # What is not due is not asked; what is asked all the same may be early, and then nothing more comes.
        again = [self.call("ingest", "--only", STEPS, "--no-backup", "--json", *force)
                 for force in ([], *(["--force"],) * (2 if self.now.hour == 21 else 0))]
        for step in [step for text in (again[0], again[-1]) for step in json.loads(text)["steps"]]:
            self.check(not step["new"] and not step["changed"], f"the same again changed something: {step}")
        for series in self.rows("SELECT provider_symbol FROM series WHERE dataset = 'news_item' AND provider_symbol LIKE 'http%'"):
            self.items[series[0]] |= newest_items(self.ask("/rss/" + series[0].removeprefix("https://")))

    def rows(self, sql, *values):
        with contextlib.closing(sqlite3.connect(f"file:{self.home}/appliance.db?mode=ro", uri=True)) as file:
            return file.execute(sql, values).fetchall()

    def export(self, dataset, *arguments):
        return self.call("export", dataset, "--format", "csv", *arguments)

    def week(self):
        return json.loads(self.ask("/calendar/ff_calendar_thisweek.json"))


def newest_items(body):
    """Id and title of each item of a document; of those that have one id on one day the first, which is the newest."""
    told = {}
    for item in trees.fromstring(body).iter():
        if item.tag.rsplit("}")[-1] in ("item", "entry"):
            fields = {part.tag.rsplit("}")[-1]: (part.text or "").strip() for part in item}
            guid, when = fields.get("guid") or fields["id"], fields.get("pubDate") or fields["published"]
            told.setdefault((guid, re.sub(r"[T ]?\d\d:\d\d:.*", "", when)), html.unescape(fields["title"]))
    return {(guid, title) for (guid, _), title in told.items()}


def ten_days(world):
    past, moved, late = {}, None, json.dumps(late_body(world))
    world.call("ingest", "--only", "quality", "--no-backup", expect=0)
    for feed in FEEDS:
        world.call("feed", "add", feed, "--offline")
    time = FIRST
    while time <= LAST:
        before = world.week()
        world.move(time)
        after = world.week()
        if time.weekday() == 1:  # Tuesday; an event that has another date and is else the same was put off
            gone = [e for e in before if e not in after]
            moved = next(((e, n) for e in gone for n in after if e["title"] == n["title"] and e["country"] == n["country"]
                          and e["date"] != n["date"] and n not in before), None) or moved
        if datetime.datetime.fromisoformat(LATE_DAY) <= time < TOLD:
            world.ask("/__market__/fail", {"provider": "cnn", "body": late, "content_type": "application/json", "count": 6})
        world.ingest()
        while world.ask("/cnn/index/fearandgreed/graphdata/2024-09-18").decode() == late:
            pass  # What is left of the late answers.
        if time.hour in (3, 15):
            past[time] = {name: newest(world.export(name), name) for name in DATASETS if time.hour == 3 or name not in PUBLISHED}
        time += datetime.timedelta(hours=world.options.every)
    return past, moved


def late_body(world):
    """CNN's answer without the late day."""
    world.move(datetime.datetime.fromisoformat(LATE_DAY) - datetime.timedelta(hours=1))
    body = json.loads(world.ask("/cnn/index/fearandgreed/graphdata/2024-08-20"))
    world.move(FIRST)
    return body


def conclude(world, past, moved):
    for time, datasets in past.items():
        as_of = stamp(time + datetime.timedelta(minutes=30))
        for name, text in datasets.items():
            known = world.export(name, "--as-of", as_of)
            world.check(known == text, f"{name} as of {as_of} is not what it was: {difference(text, known)}")
    # Macro: what the file holds of GDP's newest two years is what FRED tells, vintage by vintage.
    told = json.loads(world.ask(
        "/fred/fred/series/observations?series_id=GDP&file_type=json&realtime_start=2023-01-01&realtime_end=9999-12-31"
        "&observation_start=2023-01-01&api_key=" + KEYS["FRED_API_KEY"]))["observations"]
    held = world.rows(
        "SELECT day, vintage, value FROM macro_observation JOIN series USING (series_id) WHERE provider_symbol = 'GDP' AND day >= '2023-01-01'")
    believed = {(o["date"], o["realtime_start"], float(o["value"])) for o in told if o["value"] != "."}
    world.check(believed <= set(held), f"GDP lacks {sorted(believed - set(held))[:3]}")
    values = {as_of: [line for line in world.export("macro_observation", "--as-of", as_of).splitlines() if ",GDP," in line and "2024-04-01" in line]
              for as_of in ("2024-09-25", "2024-09-27")}
    world.check(values["2024-09-25"] != values["2024-09-27"], f"the yearly revision of GDP is not told: {values}")
    # Events: none twice, and the one that was put off under its new time, as of before under its old one.
    doubled = world.rows("SELECT title, country, at, week, count(*) FROM market_event WHERE kind = 'economic' GROUP BY 1, 2, 3, 4 HAVING count(*) > 1")
    world.check(not doubled, f"events stand there twice: {doubled[:3]}")
    world.check(moved, "no event was put off")
    if moved:
        times = [datetime.datetime.fromisoformat(e["date"]).astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M") for e in moved]
        for as_of, right, wrong in (("2024-09-24T00:30:00Z", *times), ("2024-09-29T12:00:00Z", *times[::-1])):
            lines = [line for line in world.export("market_event", "--as-of", as_of).splitlines() if moved[0]["title"] in line and moved[0]["country"] in line]
            world.check(any(right in line for line in lines) and not any(wrong in line for line in lines),
                        f"as of {as_of} {moved[0]['title']} should be at {right}: {lines}")
    # News: what a feed ever told is there, as it was told, and an article shows its newest text.
    for feed, told in world.items.items():
        kept = world.rows(
            "SELECT guid, title FROM news_item JOIN series USING (series_id) WHERE provider_symbol = ?1 UNION "
            "SELECT guid, title FROM news_item_restatement JOIN series USING (series_id) WHERE provider_symbol = ?1", feed)
        lacking = {(guid, squeezed(title)) for guid, title in told} - {(guid, squeezed(title)) for guid, title in kept}
        world.check(not lacking, f"{feed} told what is not there: {sorted(lacking)[:3]}")
    edits = world.rows("""SELECT old.title, new.title, old.replaced_at FROM news_item_restatement AS old JOIN news_item AS new USING (series_id, day, guid)
        WHERE new.title LIKE '%(corrected)'""")
    world.check(len(edits) >= 9, f"only {len(edits)} articles were edited")
    for earlier, title, replaced in edits[:5]:
        time = datetime.datetime.fromtimestamp(replaced - 60, datetime.timezone.utc)
        world.check(earlier in unquoted(world.export("news_item", "--as-of", stamp(time))), f"before its edit {title} should be {earlier}")
    # The late day of CNN's index: not there before it was told, and there after.
    for as_of, count in ((TOLD - datetime.timedelta(minutes=1), 0), (LAST, 1)):
        lines = [line for line in world.export("sentiment", "--as-of", stamp(as_of)).splitlines() if LATE_DAY in line and "cnn" in line]
        world.check(len(lines) == count, f"as of {stamp(as_of)} CNN's {LATE_DAY} is {lines}")
    for table in ("theme_value", "event_figure", "macro_release", "news_article"):
        world.check(world.rows(f"SELECT count(*) FROM {table}")[0][0] > 0, f"nothing in {table}")
    print(world.call("rebuild", "--verify")[-400:])
    print(world.call("doctor")[-1500:] if world.options.doctor else "", end="")


def newest(text, dataset):
    """Of economic series the past tells what was believed: the newest vintage of each period."""
    if dataset != "macro_observation":
        return text
    lines = text.splitlines()
    rows = {tuple(line.split(",")[:3]): line for line in sorted(lines[1:], key=lambda line: line.split(",")[3])}
    return "\n".join([lines[0], *(line for line in lines[1:] if rows[tuple(line.split(",")[:3])] == line), ""])


def squeezed(text):
    return " ".join(text.split())


def unquoted(text):
    return text.replace('""', '"')


def difference(text, other):
    lines, others = text.splitlines(), other.splitlines()
    return (f"{len(set(lines) - set(others))} lines less, {len(set(others) - set(lines))} more, such as "
            f"{[line for line in lines if line not in set(others)][:2]} and {[line for line in others if line not in set(lines)][:2]}")


def main():
    parser = argparse.ArgumentParser(description="Ten days of the world, against a server that plays it.")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--server-script", required=True, metavar="PATH", help="a Python program that plays all providers")
    parser.add_argument("--port", default="0")
    parser.add_argument("--every", type=int, default=3, help="hours between two runs (default 3)")
    parser.add_argument("--folder", help="where the file goes, and stays")
    parser.add_argument("--doctor", action="store_true", help="ask the doctor too at the end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        server = subprocess.Popen(
            [sys.executable, options.server_script, "--invent", "--port", options.port, "--now", stamp(FIRST)], stdout=subprocess.PIPE, text=True)
        try:
            world = World(options, options.folder or scratch, server.stdout.readline().split()[1])
            conclude(world, *ten_days(world))
        finally:
            server.terminate()
    print(f"{len(world.faults)} things are wrong" if world.faults else "all is as it was told")
    return 1 if world.faults else 0


if __name__ == "__main__":
    sys.exit(main())
