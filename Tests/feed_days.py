#!/usr/bin/env python3
"""Lets the appliance follow feeds for months of a made clock, and tells how large the file becomes.

    python3 Tests/feed_days.py --binary .build/release/appliance
    python3 Tests/feed_days.py --binary .build/release/appliance --days 120 --bytes 200000 --items 24

The feeds are played here: each has its newest thirty items, brings so many new ones a day at moments of its own, and answers
304 where nothing is new. Texts are made of phrases, some of them frequent and most of them rare, between tags as papers write them: an
item packs 4.7 : 1 beside the document before it, where those of three real papers pack 4.2, 5.6 and 6.0 : 1.
Every so many hours there is a run. One line a stretch of days: the file, the vault in it, items, articles, seconds a run.
"""
import argparse
import contextlib
import datetime
import http.server
import itertools
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

FIRST = datetime.datetime(2025, 1, 6, tzinfo=datetime.timezone.utc)
SHOWN = 30  # items of a document
SYLLABLES = ["mar", "ket", "ra", "lly", "bond", "ven", "tor", "clo", "sing", "tra", "de", "fun", "der", "sto", "ck", "pri",
             "ce", "gol", "den", "ri", "ses", "fal", "ls", "new", "hi", "gh", "low"]
NAMES = ["Bitcoin", "Ether", "Apple", "Gold", "the Fed", "Tesla", "oil", "Solana"]


def vocabulary(count):
    source, known = random.Random("words"), {}
    while len(known) < count:
        known["".join(source.choices(SYLLABLES, k=source.choice((1, 2, 2, 3, 3, 4))))] = None
    return list(known)


def frequencies(count, power):
    """Of things by their rank, each with those before it."""
    return list(itertools.accumulate((rank + 2) ** -power for rank in range(count)))


def phrases(count, source=random.Random("phrases")):
    known = vocabulary(4000)
    each = frequencies(len(known), 1.1)
    return [source.choices(known, cum_weights=each, k=source.choice((1, 2, 3, 4))) for _ in range(count)]


PHRASES = phrases(40_000)
OF_PHRASES = frequencies(len(PHRASES), 0.5)


def words(source, count):
    text = []
    while len(text) < count:
        text += source.choices(PHRASES, cum_weights=OF_PHRASES)[0]
    return " ".join(text[:count])


def slug(source):
    return words(source, 4).replace(" ", "-")


def paragraphs(source, length):
    """Of so many bytes, about."""
    text = ""
    while len(text) < length:
        text += f'<p class="paper-paragraph">{words(source, source.randint(30, 70))}'
        if source.random() < 0.4:
            text += f' <a href="https://paper.example/{slug(source)}/" target="_blank" rel="noreferrer">{words(source, 3)}</a>'
        text += ".</p>\n"
    return text


class Feeds(http.server.ThreadingHTTPServer):
    """The feeds at one instant, which the caller sets."""

    daemon_threads = True

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        self.now, self.options, self.items = FIRST, options, {}

    def newest(self, feed):
        """The number of the newest item of a feed at this instant."""
        age = (self.now - FIRST).total_seconds() / 86400
        return int(age * self.options.items + feed / self.options.feeds) + SHOWN

    def item(self, feed, number):
        key = (feed, number)
        if key not in self.items:
            source = random.Random(f"{feed}/{number}")
            when = FIRST + datetime.timedelta(days=(number - SHOWN - feed / self.options.feeds) / self.options.items)
            title = f"{source.choice(NAMES)} {words(source, 7)} {source.randint(1, 900)}%"
            text = (f"<item><title>{title}</title><link>https://paper{feed}.example/{number}/{slug(source)}</link>"
                    f"<guid isPermaLink=\"false\">{feed}-{number}</guid><pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
                    f"<description><![CDATA[{words(source, 35)}]]></description>")
            missing = self.options.bytes // SHOWN - len(text)
            if missing > 0:
                text += f"<content:encoded><![CDATA[{paragraphs(source, missing)}]]></content:encoded>"
            self.items[key] = text + "</item>\n"
        return self.items[key]

    def document(self, feed):
        newest = self.newest(feed)
        items = "".join(self.item(feed, newest - place) for place in range(SHOWN))
        self.items.pop((feed, newest - SHOWN - 1), None)
        return newest, (
            '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f"<channel><title>Paper {feed}</title>\n{items}</channel></rss>")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        feed = int(self.path.split("paper")[1].split(".")[0]) if "paper" in self.path else None
        if feed is None:
            return self.answer(404, b"")
        newest, document = self.server.document(feed)
        tag = f'"{feed}-{newest}"'
        if self.headers.get("If-None-Match") == tag:
            return self.answer(304, b"", tag)
        self.answer(200, document.encode(), tag)

    def answer(self, status, body, tag=None):
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        if status != 304:
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
        with contextlib.suppress(BrokenPipeError):
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--every", type=int, default=1, help="hours between runs")
    parser.add_argument("--feeds", type=int, default=20)
    parser.add_argument("--items", type=float, default=12, help="new items a day and feed")
    parser.add_argument("--bytes", type=int, default=30_000, help="of a document, about")
    parser.add_argument("--told", type=int, default=10, help="days between two lines")
    parser.add_argument("--folder", help="where the record is made; a temporary one by default")
    options = parser.parse_args()

    feeds = Feeds(options)
    threading.Thread(target=feeds.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{feeds.server_address[1]}"
    with tempfile.TemporaryDirectory() as temporary:
        home = options.folder or temporary

        def call(*arguments):
            environment = {"PATH": os.environ["PATH"], "UNIVERSE": "BTC", "APPLIANCE_BASE_URL": base, "APPLIANCE_NOW": f"{feeds.now:%Y-%m-%dT%H:%M:%SZ}"}
            done = subprocess.run(
                [os.path.abspath(options.binary), *arguments, "--home", home], env=environment, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{' '.join(arguments)} ended with {done.returncode}: {(done.stdout + done.stderr)[:900]}")
            return done.stdout

        call("ingest", "--only", "quality", "--no-backup")
        for feed in range(options.feeds):
            call("feed", "add", f"https://paper{feed}.example/rss")
        runs = began = 0
        for hour in range(0, options.days * 24 + 1, options.every):
            feeds.now = FIRST + datetime.timedelta(hours=hour)
            if hour and hour % (options.told * 24) == 0:
                tell(home, hour // 24, began, runs)
                runs = began = 0
            start = time.perf_counter()
            call("ingest", "--only", "news", "--no-backup", "--quiet")
            began, runs = began + time.perf_counter() - start, runs + 1


def tell(home, day, seconds, runs):
    path = f"{home}/appliance.db"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        count = lambda sql: file.execute(sql).fetchone()[0]
        size = count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        free = count("SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size")
        vault = count("SELECT coalesce(sum(length(content)), 0) FROM body")
        bodies, items, articles = (count(f"SELECT count(*) FROM {table}") for table in ("body", "news_item", "news_article"))
    print(f"day {day:4}  file {size / 1e6:6.1f} MB (free {free / 1e6:.1f})  vault {vault / 1e6:6.1f} MB in {bodies} bodies  "
          f"{items} items  {articles} articles  {seconds / runs:.3f} s a run", flush=True)


if __name__ == "__main__":
    main()
