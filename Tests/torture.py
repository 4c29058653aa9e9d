#!/usr/bin/env python3
"""Kills the appliance at random moments, hundreds of times, and looks at what it leaves behind.

    python3 Tests/torture.py --binary .build/release/appliance
    python3 Tests/torture.py --binary .build/release/appliance --server http://127.0.0.1:8080 --kills 400
    python3 Tests/torture.py --binary .build/debug/appliance --server-script PATH --seed 7
    python3 Tests/torture.py --binary .build/release/appliance --record ~/.local/share/appliance/appliance.db

Without a server only the embedded capture is played. A server stands for all providers, each under its own name, as
APPLIANCE_BASE_URL wants it; a server script is started with `--port 0 --now INSTANT` and must print `base URL` first.

After every kill: the file opens, is whole, and holds everything that was acknowledged before; nothing half-written
bears a final name. Then the same command, without any help, ends well and leaves what an undisturbed run leaves.
Exits 0 when all of that held every time, else 1. The same --seed gives the same delays.

With --faults N it also makes N runs in a world that misbehaves: the n-th write, sync or rename fails with EIO, ENOSPC
or EINTR (strace injects it; left out where there is none), memory, descriptors or threads run out, the database is
swapped or its lock stolen under a running process, the lock is stale, the clock jumps, the folder turns read-only or
into somebody else's (as another user, where root can become one).

With --backups N it makes N backups while one ingest after the other writes: each must prove equal to what it was made
of, and so must all of them at the end. The ingests ask a server of this script's own, on loopback.

With --record FILE it is a real record that is tortured, in place of the demo and on a copy in a private folder: the
newest answers that it keeps (the demo's where it keeps none) are played into new files by runs that are killed, and
backups of the copy are killed while they are made. FILE itself is only read, and must be the same afterwards; nobody
should write it meanwhile.
"""
import argparse
import collections
import contextlib
import datetime
import glob
import hashlib
import http.server
import itertools
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

NOW = "2025-09-19T22:30:00Z"

# What a record says, without the numbers that only count runs and answers.
FACTS = {
    "bar": """SELECT source.name, provider_symbol, interval, open_time, open, high, low, close, volume
        FROM bar JOIN series USING (series_id) JOIN source USING (source_id)""",
    "price_point": """SELECT source.name, provider_symbol, at, price, market_cap, volume_24h
        FROM price_point JOIN series USING (series_id) JOIN source USING (source_id)""",
    "sentiment": """SELECT source.name, day, value, classification
        FROM sentiment JOIN series USING (series_id) JOIN source USING (source_id)""",
    "etf_flow": """SELECT source.name, provider_symbol, day, ticker, net_flow_usd, net_assets_usd
        FROM etf_flow JOIN series USING (series_id) JOIN source USING (source_id) JOIN etf USING (etf_id)""",
    "etf_flow_day": """SELECT source.name, provider_symbol, day, net_flow_usd, finality
        FROM etf_flow_day JOIN series USING (series_id) JOIN source USING (source_id)""",
    "bar_restatement": """SELECT source.name, provider_symbol, open_time, open, high, low, close, volume
        FROM bar_restatement JOIN series USING (series_id) JOIN source USING (source_id)""",
    "sentiment_restatement": """SELECT source.name, day, value, classification
        FROM sentiment_restatement JOIN series USING (series_id) JOIN source USING (source_id)""",
    "etf_flow_restatement": """SELECT source.name, provider_symbol, day, ticker, net_flow_usd, net_assets_usd
        FROM etf_flow_restatement JOIN series USING (series_id) JOIN source USING (source_id) JOIN etf USING (etf_id)""",
    "series": """SELECT source.name, dataset, provider_symbol, interval, row_count, first_time, last_time
        FROM series JOIN source USING (source_id)""",
    "price_choice": """SELECT symbol, choice.interval, source.name
        FROM price_choice_current AS choice JOIN asset USING (asset_id) JOIN series USING (series_id)
        JOIN source USING (source_id)""",
    "quarantine": """SELECT source.name, provider_symbol, at, reason, detail, excerpt
        FROM quarantine JOIN series USING (series_id) JOIN source USING (source_id)""",
    "gap": """SELECT source.name, provider_symbol, from_time, to_time, missing, reason
        FROM gap JOIN series USING (series_id) JOIN source USING (source_id)""",
    "snapshot_due": "SELECT asset_id, day FROM snapshot_due",
    "market_snapshot": """SELECT symbol, day, source.name, open, high, low, close, volume, change_24h, volatility_7d,
        asia_return, europe_return, us_return, fng_value, fng_classification, etf_net_flow_usd, etf_net_flow_5d_usd,
        bars, bars_expected, is_complete
        FROM market_snapshot JOIN asset USING (asset_id) JOIN series USING (series_id) JOIN source USING (source_id)""",
    "summary": "SELECT day, asset_id, maker, text, facts FROM summary",
    "etf": "SELECT ticker, symbol, kind FROM etf JOIN asset USING (asset_id)",
}

CHECKS = [
    "the process ended early",
    "file opens and is whole",
    "what was acknowledged is there",
    "no half file under a final name",
    "the next run ends with 0",
    "dead runs are marked",
    "same facts as undisturbed",
    "nothing of the scratch is left",
    "it ends by itself, with a code of its own",
    "the backup proves equal",
    "an ingest wrote meanwhile",
    "facts rebuilt from the answers are the same",
    "a second writer is turned away",
    "the record itself is as it was",
]


class Tally:
    """What held and what did not, by kind of trial."""

    def __init__(self):
        self.held = collections.defaultdict(collections.Counter)
        self.failures = []
        self.healing = collections.defaultdict(list)

    def check(self, kind, name, ok, where, detail=""):
        self.held[kind][name, bool(ok)] += 1
        if not ok:
            self.failures.append(f"{kind}: not held: {name}; {where}; {detail}")
            print(f"  !! {self.failures[-1]}", flush=True)
        return ok

    def print(self):
        kinds = list(self.held)
        width = max(len(name) for name in CHECKS) + 2
        print("\n" + "".ljust(width) + "".join(kind.rjust(max(12, len(kind) + 2)) for kind in kinds))
        for name in CHECKS:
            cells = []
            for kind in kinds:
                yes, no = self.held[kind][name, True], self.held[kind][name, False]
                cells.append(f"{yes}/{yes + no}" if yes + no else "-")
            print(name.ljust(width) + "".join(
                cell.rjust(max(12, len(kind) + 2)) for cell, kind in zip(cells, kinds)))
        for kind, seconds in self.healing.items():
            seconds.sort()
            print(f"healing {kind}: median {seconds[len(seconds) // 2]:.2f} s, longest {seconds[-1]:.2f} s")


class Rig:
    """A binary, a place to work in, and the environment that its processes see."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        self.environment = {
            key: value for key, value in os.environ.items()
            if not key.startswith("APPLIANCE_") and key != "DB_PATH"
        }
        self.environment["UNIVERSE"] = "BTC:1h,ETH:1h"

    def home(self, name):
        return os.path.join(self.folder, name)

    def started(self, home, arguments, log, extra=None, limit=None):
        def prepare():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        return subprocess.Popen(
            [self.binary, *arguments, "--home", home], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
            env={**self.environment, **(extra or {})}, preexec_fn=prepare)

    def run(self, home, arguments, extra=None):
        """Exit code, seconds, and everything that was said."""
        began = time.monotonic()
        done = subprocess.run(
            [self.binary, *arguments, "--home", home], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env={**self.environment, **(extra or {})}, timeout=600)
        return done.returncode, time.monotonic() - began, done.stdout.decode(errors="replace")

    def killed(self, home, arguments, delay=None, extra=None, limit=None):
        """Lets a command run for so long and kills it, or until a file outgrows a limit, where the system cuts the write.

        Returns whether it ended early, and what it had said on standard error.
        """
        path = os.path.join(self.folder, "said")
        with open(path, "wb") as log:
            process = self.started(home, arguments, log, extra, limit)
            try:
                process.wait(timeout=60 if delay is None else delay)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
        with open(path, "rb") as log:
            said = log.read().decode(errors="replace")
        return process.returncode in (-signal.SIGKILL, -signal.SIGXFSZ) or limit is not None and process.returncode == 1, said


@contextlib.contextmanager
def opened(path):
    """A copy of a database with its log, so that looking at it heals nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "copy.db")
        shutil.copyfile(path, copy)
        if os.path.exists(path + "-wal"):
            shutil.copyfile(path + "-wal", copy + "-wal")
        connection = sqlite3.connect(copy)
        try:
            yield connection
        finally:
            connection.close()


def faults(path):
    """What is wrong with a database file; nothing if it is whole, empty, or was never begun."""
    if not os.path.exists(path) or os.path.getsize(path) == 0 and not os.path.exists(path + "-wal"):
        return []
    try:
        with opened(path) as db:
            found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            return found + [str(row) for row in db.execute("PRAGMA foreign_key_check")]
    except sqlite3.Error as error:
        return [str(error)]


def tables(db):
    return {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def facts(path):
    with opened(path) as db:
        if "bar" not in tables(db):
            return {name: [] for name in FACTS}
        return {name: sorted(map(repr, db.execute(query))) for name, query in FACTS.items()}


def evidence(path):
    """Answers that were read, finished runs and steps: none of these may ever be lost."""
    if not os.path.exists(path):
        return set()
    with opened(path) as db:
        if "fetch" not in tables(db):
            return set()
        kept = set()
        for table, key, condition in [
            ("fetch", "fetch_id", "read_outcome IS NOT NULL"), ("run", "run_id", "finished_at IS NOT NULL"),
            ("step", "step_id", "outcome IS NOT NULL"),
        ]:
            kept |= {(table, row[0]) for row in db.execute(f"SELECT {key} FROM {table} WHERE {condition}")}
        return kept


def difference(a, b):
    return ", ".join(
        f"{name}: {len(set(a[name]) - set(b[name]))} only here, {len(set(b[name]) - set(a[name]))} only there"
        for name in a if a[name] != b[name])


class Torture:
    def __init__(self, rig, tally, numbers):
        self.rig, self.tally, self.numbers = rig, tally, numbers

    def delay(self, seconds):
        return self.numbers.uniform(0, seconds * 1.05)

    def archives_are_proven(self, kind, home, where):
        """Every archive that bears a final name has its proof and is good."""
        for archive in sorted(glob.glob(os.path.join(home, "backups", "appliance_*.tar.zst"))):
            code, _, said = self.rig.run(home, ["backup", "verify", os.path.basename(archive)])
            proven = code == 0 and os.path.exists(archive + ".proof.json")
            if not self.tally.check(kind, CHECKS[3], proven, where, f"{archive}: exit {code}: {said.strip()[-300:]}"):
                return
        for path in glob.glob(os.path.join(home, "backups", "csv", "*.csv")):
            with open(path, "rb") as file:
                whole = file.read()[-1:] == b"\n"
            if not self.tally.check(kind, CHECKS[3], whole, where, f"{path} has no last line feed"):
                return
        self.tally.check(kind, CHECKS[3], True, where)

    def scratch_is_gone(self, kind, home, where):
        left = [
            name for folder in (home, os.path.join(home, "backups")) if os.path.isdir(folder)
            for name in os.listdir(folder) if name.startswith(".scratch-")
        ]
        self.tally.check(kind, CHECKS[7], not left, where, str(left))

    def look(self, kind, home, before, said, where):
        """What must hold right after a kill. Returns the evidence there is."""
        database = os.path.join(home, "appliance.db")
        found = faults(database)
        if not self.tally.check(kind, CHECKS[1], not found, where, str(found)):
            return before
        now = evidence(database)
        # A step that asked nobody and found nothing to do leaves no row.
        idle = re.compile(r"\b0 new, 0 changed(?!.*request)")
        ended = sum(
            1 for line in said.splitlines()
            if "unchanged" in line and "failed" not in line and not idle.search(line))
        kept = sum(1 for table, _ in now if table == "step") - sum(1 for table, _ in before if table == "step")
        self.tally.check(
            kind, CHECKS[2], before <= now and kept >= ended, where,
            f"{len(before - now)} rows lost; {ended} steps told, {kept} kept")
        return now

    def ingest(self, kind, arguments, expected, seconds, name, extra=None, in_a_row=1, by_size=False, codes=(0,)):
        home = self.rig.home(name)
        database = os.path.join(home, "appliance.db")
        before = set()
        for number in range(in_a_row):
            delay = None if by_size else self.delay(seconds)
            limit = self.numbers.randrange(1, 4 << 20) if by_size else None
            where = f"{name}, kill {number + 1} after " + (f"{delay:.3f} s" if limit is None else f"{limit} bytes")
            was_killed, said = self.rig.killed(home, arguments, delay, extra, limit)
            self.tally.held[kind][CHECKS[0], was_killed] += 1
            before = self.look(kind, home, before, said, where)
        self.archives_are_proven(kind, home, where)
        code, took, said = self.rig.run(home, arguments, extra)
        self.tally.healing[kind].append(took)
        self.tally.check(kind, CHECKS[4], code in codes, where, f"exit {code}: {said.strip()[-400:]}")
        if code in codes:
            with opened(database) as db:
                dead = db.execute("SELECT count(*) FROM run WHERE outcome IS NULL").fetchone()[0]
                steps = db.execute("SELECT count(*) FROM step WHERE outcome IS NULL").fetchone()[0]
            self.tally.check(kind, CHECKS[5], dead + steps == 0, where, f"{dead} runs, {steps} steps are open")
            now = facts(database)
            self.tally.check(kind, CHECKS[6], now == expected, where, difference(now, expected))
            self.tally.check(kind, CHECKS[1], not faults(database), where, "after healing")
            self.tally.check(kind, CHECKS[2], before <= evidence(database), where, "after healing")
            code, _, said = self.rig.run(home, ["rebuild", "--verify"], extra)
            self.tally.check(kind, CHECKS[11], code == 0, where, f"exit {code}: {said.strip()[-400:]}")
        shutil.rmtree(home)
        return in_a_row

    def backup(self, kind, template, expected, seconds, name):
        home = self.rig.home(name)
        shutil.copytree(template, home)
        shutil.rmtree(os.path.join(home, "backups"), ignore_errors=True)
        database = os.path.join(home, "appliance.db")
        before = evidence(database)
        delay = self.delay(seconds)
        where = f"{name}, after {delay:.3f} s"
        was_killed, _ = self.rig.killed(home, ["backup", "create"], delay)
        self.tally.held[kind][CHECKS[0], was_killed] += 1
        self.look(kind, home, before, "", where)
        self.archives_are_proven(kind, home, where)
        code, took, said = self.rig.run(home, ["backup", "create"])
        self.tally.healing[kind].append(took)
        self.tally.check(kind, CHECKS[4], code == 0, where, f"exit {code}: {said.strip()[-400:]}")
        self.archives_are_proven(kind, home, where)
        self.tally.check(kind, CHECKS[6], facts(database) == expected, where, "the database")
        self.scratch_is_gone(kind, home, where)
        shutil.rmtree(home)
        return 1

    def restore(self, kind, template, other, expected, seconds, name):
        """`template` holds the archive, `other` the database that it replaces."""
        home = self.rig.home(name)
        shutil.copytree(template, home)
        database = os.path.join(home, "appliance.db")
        shutil.copyfile(os.path.join(other, "appliance.db"), database)
        old = facts(database)
        archive = sorted(glob.glob(os.path.join(home, "backups", "appliance_*.tar.zst")))[-1]
        command = ["backup", "restore", os.path.basename(archive), "--force"]
        delay = self.delay(seconds)
        where = f"{name}, after {delay:.3f} s"
        was_killed, _ = self.rig.killed(home, command, delay)
        self.tally.held[kind][CHECKS[0], was_killed] += 1
        found = faults(database)
        self.tally.check(kind, CHECKS[1], os.path.getsize(database) > 0 and not found, where, str(found))
        self.tally.check(kind, CHECKS[3], facts(database) in (old, expected), where, "neither the old nor the new file")
        kept = glob.glob(database + ".before-restore-*")
        self.tally.check(kind, CHECKS[2], facts(database) == old or any(
            facts(path) == old for path in kept if not path.endswith("-wal")), where, "the old file is gone")
        code, took, said = self.rig.run(home, command)
        self.tally.healing[kind].append(took)
        self.tally.check(kind, CHECKS[4], code == 0, where, f"exit {code}: {said.strip()[-400:]}")
        self.tally.check(kind, CHECKS[6], facts(database) == expected, where, "after restoring again")
        self.scratch_is_gone(kind, home, where)
        shutil.rmtree(home)
        return 1

    def locked(self, kind, arguments, name, codes=(0,)):
        """While one works, held where it is, a second writer is turned away; after its death another one is let in."""
        home, where = self.rig.home(name), name
        lock = os.path.join(home, "appliance.db.lock")
        with open(os.devnull, "wb") as nowhere:
            first = self.rig.started(home, arguments, nowhere)
        patience = time.monotonic() + 5
        while first.poll() is None and time.monotonic() < patience and not (
                os.path.exists(lock) and os.path.getsize(lock)):
            time.sleep(0.0005)
        first.send_signal(signal.SIGSTOP)
        second, _, said = self.rig.run(home, arguments)
        first.kill()
        was_killed = first.wait() == -signal.SIGKILL
        self.tally.held[kind][CHECKS[0], was_killed] += 1
        if was_killed:
            self.tally.check(kind, CHECKS[12], second == 11, where, f"exit {second}: {said.strip()[-300:]}")
        code, _, said = self.rig.run(home, arguments)
        self.tally.check(kind, CHECKS[4], code in codes, where, f"exit {code}: {said.strip()[-400:]}")
        shutil.rmtree(home)
        return 1

    def restored(self, kind, home, expected):
        """The newest archive brought back into a file of its own is what it was made of."""
        archive = os.path.basename(sorted(glob.glob(os.path.join(home, "backups", "appliance_*.tar.zst")))[-1])
        target = self.rig.home("restored.db")
        code, _, said = self.rig.run(home, ["backup", "restore", archive, "--to", target])
        if self.tally.check(kind, CHECKS[4], code == 0, archive, f"exit {code}: {said.strip()[-400:]}"):
            self.tally.check(kind, CHECKS[1], not faults(target), archive, str(faults(target)))
            now = facts(target)
            self.tally.check(kind, CHECKS[6], now == expected, archive, difference(now, expected))


class Record:
    """A copy of somebody's record in a home of its own, and a capture of the newest answers in it."""

    # Enough for a run of about a second.
    ANSWERS, BYTES = 40, 8 << 20

    def __init__(self, rig, path):
        if not os.path.isfile(path):
            sys.exit(f"there is no file {path}")
        if faults(path):
            sys.exit(f"{path} is no database, is damaged, or somebody writes it: {faults(path)[:3]}")
        self.path = path
        self.before = self.fingerprints()
        self.home, self.answers = rig.home("record"), 0
        os.makedirs(self.home)
        database = os.path.join(self.home, "appliance.db")
        with opened(path) as db, contextlib.closing(sqlite3.connect(database)) as copy:
            if "request_body_id" not in {row[1] for row in db.execute("PRAGMA table_info(fetch)")}:
                sys.exit(f"{path} is no record of this appliance's, or of an older one; `appliance ingest` renews it")
            db.backup(copy)
            runs, origin = self.newest(db), db.execute("SELECT value FROM meta WHERE key = 'origin'").fetchone()
        self.capture = self.written(runs, "demo" if origin == ("demo",) else "recorded", rig.home("capture"))

    def fingerprints(self):
        """SHA-256 of the file and of its log."""
        found = {}
        for path in (self.path, self.path + "-wal"):
            with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:
                found[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return found

    def newest(self, db):
        """The newest answers that were read, oldest first, by the run that asked for them."""
        left, chosen = self.BYTES, []
        for row in db.execute("""
            SELECT run_id, source.name, method, target, sent.encoding, sent.content, received_at, status,
              coalesce(headers, ''), body.encoding, body.content
            FROM fetch JOIN source USING (source_id) JOIN body USING (body_id)
              LEFT JOIN body AS sent ON sent.body_id = request_body_id
            WHERE read_outcome = 'read' AND method IN ('GET', 'POST') ORDER BY fetch_id DESC LIMIT ?""",
                [self.ANSWERS]):
            left -= len(row[-1])
            if left < 0 and chosen:
                break
            chosen.insert(0, row)
        self.answers = len(chosen)
        return [list(rows) for _, rows in itertools.groupby(chosen, key=lambda row: row[0])]

    def unpacked(self, encoding, content):
        """A body of the vault as it came."""
        if encoding == "identity":
            return content
        return subprocess.run(["zstd", "-dc"], input=content, stdout=subprocess.PIPE, check=True).stdout

    def written(self, runs, origin, folder):
        """What `ingest --replay` takes."""
        if not runs:
            return "demo"
        os.makedirs(os.path.join(folder, "bodies"))
        told, number, latest = [], 0, 0
        for rows in runs:
            answers = []
            for _, source, method, target, *sent, received, status, headers, encoding, content in rows:
                number += 1
                # A clock that was set back between two runs must not run back in a capture.
                latest = max(latest, received)
                path, _, query = target.partition("?")
                pairs = [pair.partition("=") for pair in query.split("&") if pair]
                answers.append({
                    "provider": source, "method": method, "path": path, "status": status,
                    "requestBody": self.unpacked(*sent).decode() if sent[0] else None,
                    "query": [[urllib.parse.unquote(name), urllib.parse.unquote(value)] for name, _, value in pairs],
                    "headers": [line.split(": ", 1) for line in headers.split("\n") if ": " in line],
                    "body": f"bodies/{number:04}"})
                with open(os.path.join(folder, answers[-1]["body"]), "wb") as file:
                    file.write(self.unpacked(encoding, content))
            instant = datetime.datetime.fromtimestamp(latest, datetime.timezone.utc)
            told.append({"instant": f"{instant:%Y-%m-%dT%H:%M:%SZ}", "answers": answers})
        with open(os.path.join(folder, "capture.json"), "w") as file:
            json.dump({"version": 1, "origin": origin, "title": "the newest answers", "runs": told}, file)
        return folder

    def kinds(self, work):
        """The trials of it, each a function of a name."""
        replay = ["ingest", "--replay", self.capture, "--no-backup"]
        # An answer of which the capture holds only a part of what its run asked for makes a run partly failed.
        codes = (0, 3)
        expected, seconds = undisturbed(work.rig, work.rig.home("record-played"), replay, codes=codes)
        kept = facts(os.path.join(self.home, "appliance.db"))
        code, saving, said = work.rig.run(self.home, ["backup", "create"])
        if code != 0:
            sys.exit(f"a backup of the copy ended with {code}:\n{said}")
        work.restored("restore", self.home, kept)
        played = f"its newest {self.answers} answers" if self.answers else "the demo, as it keeps no answer"
        print(f"{self.path}: {played}, {seconds:.2f} s; backup {saving:.2f} s", flush=True)
        return [
            lambda name: work.ingest("record", replay, expected, seconds, name, codes=codes),
            lambda name: work.ingest("record, 3 kills", replay, expected, seconds, name, in_a_row=3, codes=codes),
            lambda name: work.locked("record", replay, name, codes),
            lambda name: work.backup("backup", self.home, kept, saving, name),
        ]

    def check(self, tally):
        now = self.fingerprints()
        tally.check("record", CHECKS[13], now == self.before, self.path, f"{self.before} became {now}")


class Misfortunes(Torture):
    """Runs of the demo in a world that misbehaves. What must hold is the same as after a kill."""

    DEMO = ["ingest", "--replay", "demo"]
    NOBODY = 65534

    def __init__(self, rig, tally, numbers, expected, seconds, calls):
        super().__init__(rig, tally, numbers)
        self.expected, self.seconds, self.calls = expected, seconds, calls
        self.kinds = [self.limit, self.swapped, self.stolen, self.stale, self.clock]
        if calls:
            self.kinds += [self.injected] * 4
        if os.geteuid() == 0:
            self.kinds += [self.foreign]

    def trial(self, number):
        self.kinds[number % len(self.kinds)](f"misfortune-{number}")

    def spawn(self, home, prefix=(), extra=None, **options):
        return subprocess.Popen(
            [*prefix, self.rig.binary, *self.DEMO, "--home", home], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env={**self.rig.environment, **(extra or {})}, **options)

    def ended(self, kind, process, where, codes=(0, 1, 3)):
        """It ends by itself, with a code of its own; never by a signal, never stuck."""
        try:
            said = process.communicate(timeout=120)[0].decode(errors="replace")
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return self.tally.check(kind, CHECKS[8], False, where, "stuck after 120 s")
        self.tally.held[kind][CHECKS[0], process.returncode != 0] += 1
        return self.tally.check(
            kind, CHECKS[8], process.returncode in codes, where, f"exit {process.returncode}: {said.strip()[-400:]}")

    def healed(self, kind, home, where, expected=None):
        database = os.path.join(home, "appliance.db")
        self.look(kind, home, set(), "", where)
        code, took, said = self.rig.run(home, self.DEMO)
        self.tally.healing[kind].append(took)
        if self.tally.check(kind, CHECKS[4], code == 0, where, f"exit {code}: {said.strip()[-400:]}"):
            now = facts(database)
            self.tally.check(kind, CHECKS[6], now == self.expected, where, difference(now, self.expected))
            self.tally.check(kind, CHECKS[1], not faults(database), where, "after healing")
        shutil.rmtree(home)

    def injected(self, name):
        call = self.numbers.choice(sorted(self.calls))
        error = self.numbers.choice(["EIO", "ENOSPC", "EINTR"])
        number = self.numbers.randrange(1, self.calls[call] + 1)
        # One failure, or a device that stays broken.
        step = "" if self.numbers.random() < 0.5 or error == "EINTR" else "+"
        kind, where = f"{error}", f"{name}: {call} number {number}{step} fails with {error}"
        home = self.rig.home(name)
        inject = f"inject={call}:error={error}:when={number}{step}"
        prefix = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]
        self.ended(kind, self.spawn(home, prefix), where)
        self.archives_are_proven(kind, home, where)
        self.healed(kind, home, where)

    def limit(self, name):
        what, bound = self.numbers.choice([
            ("RLIMIT_NOFILE", self.numbers.randrange(4, 24)), ("RLIMIT_AS", self.numbers.randrange(220, 1200) << 20),
            ("RLIMIT_STACK", 256 << 10)])
        home, where = self.rig.home(name), f"{name}: {what} is {bound}"

        def prepare():
            resource.setrlimit(getattr(resource, what), (bound, bound))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        process = self.spawn(home, preexec_fn=prepare)
        # Without memory the system's own libraries may end the process by a signal, without descriptors the loader by 127.
        own = {
            "RLIMIT_STACK": range(0, 4), "RLIMIT_NOFILE": [1, 127],
            "RLIMIT_AS": [*range(0, 4), 127, *(-n for n in range(1, 32))],
        }[what]
        self.ended("limits", process, where, own)
        self.healed("limits", home, where)

    def swapped(self, name):
        home, where = self.rig.home(name), f"{name}: swapped"
        shutil.copytree(self.rig.home("partial"), home)
        other = os.path.join(home, "other.db")
        shutil.copyfile(os.path.join(home, "appliance.db"), other)
        process = self.spawn(home)
        time.sleep(self.delay(self.seconds))
        os.replace(other, os.path.join(home, "appliance.db"))
        self.ended("swapped", process, where, (0, 1, 3, 7, 11))
        for end in ("-wal", "-shm"):
            # The log belongs to the file that went; whoever swaps a database takes it along.
            with contextlib.suppress(FileNotFoundError):
                os.remove(os.path.join(home, "appliance.db" + end))
        self.healed("swapped", home, where)

    def stolen(self, name):
        home, where = self.rig.home(name), f"{name}: lock removed"
        lock = os.path.join(home, "appliance.db.lock")
        first = self.spawn(home)
        time.sleep(self.delay(self.seconds))
        with contextlib.suppress(FileNotFoundError):
            os.remove(lock)
        second = self.spawn(home)
        self.ended("lock stolen", first, where, (0, 1, 3, 7, 11))
        self.ended("lock stolen", second, where, (0, 1, 3, 7, 11))
        self.healed("lock stolen", home, where)

    def stale(self, name):
        home, where = self.rig.home(name), f"{name}: stale lock"
        os.makedirs(home)
        content = self.numbers.choice([b"", b"process 1, ingest\n", os.urandom(300), b"process 99999999, x\n"])
        with open(os.path.join(home, "appliance.db.lock"), "wb") as file:
            file.write(content)
        self.ended("stale lock", self.spawn(home), where, (0,))
        self.healed("stale lock", home, where)

    def clock(self, name):
        home = self.rig.home(name)
        now = self.numbers.choice(["1971-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2025-03-30T01:30:00Z"])
        where = f"{name}: the clock says {now}"
        shutil.copytree(self.rig.home("partial"), home)
        for command in [["ingest", "--offline", "--no-backup"], ["status"], ["backup", "create"]]:
            code, _, said = self.rig.run(home, command, {"APPLIANCE_NOW": now})
            self.tally.check("clock", CHECKS[8], code in (0, 1, 3), where, f"{command}: exit {code}: {said.strip()[-300:]}")
        self.healed("clock", home, where)

    def foreign(self, name):
        """The home of one user, and a process of another."""
        home, where = self.rig.home(name), f"{name}: another's folder"
        shutil.copytree(self.rig.home("partial"), home)
        mode = self.numbers.choice([0o700, 0o755, 0o555])
        os.chmod(home, mode)
        binary = os.path.join(self.rig.folder, "appliance")
        if not os.path.exists(binary):
            shutil.copy(self.rig.binary, binary)
        os.chmod(self.rig.folder, 0o755)
        before = facts(os.path.join(home, "appliance.db"))
        process = subprocess.Popen(
            [binary, *self.DEMO, "--home", home], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=self.rig.environment, user=self.NOBODY, group=self.NOBODY, extra_groups=[])
        self.ended("wrong owner", process, where, (1, 7, 10))
        now = facts(os.path.join(home, "appliance.db"))
        self.tally.check("wrong owner", CHECKS[2], now == before, where, difference(now, before))
        os.chmod(home, 0o700)
        self.healed("wrong owner", home, where)


class Klines(http.server.BaseHTTPRequestHandler):
    """Hours that look like a market's, the same whenever they are asked for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        first, last, limit = (int(asked[name][0]) for name in ("startTime", "endTime", "limit"))
        hours = range(-(-first // 3_600_000) * 3_600_000, last + 1, 3_600_000)[:limit]
        body = json.dumps([self.row(time) for time in hours], separators=(",", ":")).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def row(self, time):
        hour = time // 3_600_000
        price, following = (100 + (number * 7919 % 1000) / 250 for number in (hour, hour + 1))
        values = [price, max(price, following) + 0.5, min(price, following) - 0.5, following, 1 + hour % 97 / 8]
        return [time, *(f"{value:.8f}" for value in values), time + 3_599_999, "0.0", 1, "0.0", "0.0", "0"]

    def log_message(self, *_):
        pass


class Ingests(threading.Thread):
    """One ingest after the other: ever later, and ever further back, so that each of them has something to write."""

    def __init__(self, rig, home, address):
        super().__init__(daemon=True)
        self.rig, self.home, self.address = rig, home, address
        self.is_over = threading.Event()
        self.done, self.failures, self.is_running = 0, [], False

    def run(self):
        first = datetime.datetime.fromisoformat(NOW)
        while not self.is_over.is_set():
            now = first + datetime.timedelta(hours=6 * self.done)
            since = max(first - datetime.timedelta(days=20 * (self.done + 1)), first - datetime.timedelta(days=2500))
            self.is_running = True
            code, _, said = self.rig.run(
                self.home,
                ["ingest", "--only", "prices", "--only", "snapshot", "--asset", "BTC", "--since", f"{since:%Y-%m-%d}",
                 "--no-backup"],
                {"APPLIANCE_BINANCE_BASE_URL": self.address, "APPLIANCE_NOW": f"{now:%Y-%m-%dT%H:%M:%SZ}"})
            self.is_running = False
            self.done += 1
            if code != 0:
                self.failures.append(f"ingest {self.done}: exit {code}: {said.strip()[-300:]}")


def backups_beside_ingest(rig, tally, numbers, count):
    """Backups while a run writes: each is a moment that existed, and proves equal to it."""
    kind, home = "beside ingest", rig.home("beside")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Klines)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ingests = Ingests(rig, home, f"http://127.0.0.1:{server.server_port}")
    ingests.start()
    database = os.path.join(home, "appliance.db")
    while ingests.done == 0:
        time.sleep(0.02)
    made = set()
    for number in range(count):
        time.sleep(numbers.uniform(0, 0.05))
        done, was_running = ingests.done, ingests.is_running
        code, _, said = rig.run(home, ["backup", "create"])
        where = f"backup {number + 1}, {done} ingests before it"
        tally.check(kind, CHECKS[4], code == 0, where, f"exit {code}: {said.strip()[-300:]}")
        # The very beginning of a run and its very end write nothing; then a backup may find nothing new.
        tally.held[kind][CHECKS[10], was_running or ingests.is_running or ingests.done > done] += 1
        for archive in sorted(set(glob.glob(os.path.join(home, "backups", "appliance_*.tar.zst"))) - made):
            made.add(archive)
            code, _, said = rig.run(home, ["backup", "verify", os.path.basename(archive)])
            tally.check(kind, CHECKS[9], code == 0, where, f"{archive}: exit {code}: {said.strip()[-300:]}")
        if number % 20 == 19:
            print(f"  {number + 1} backups, {len(made)} archives, {ingests.done} ingests", flush=True)
    ingests.is_over.set()
    ingests.join()
    server.shutdown()
    tally.check(kind, CHECKS[8], not ingests.failures, "the ingests", "; ".join(ingests.failures[:3]))
    code, _, said = rig.run(home, ["backup", "verify", "--all"])
    tally.check(kind, CHECKS[9], code == 0, "all at the end", f"exit {code}: {said.strip()[-300:]}")
    tally.check(kind, CHECKS[1], not faults(database), "at the end", str(faults(database)))
    newest = sorted(made, key=os.path.getmtime)[-1]
    restored = rig.home("restored.db")
    code, _, said = rig.run(home, ["backup", "restore", os.path.basename(newest), "--to", restored])
    tally.check(kind, CHECKS[1], code == 0 and not faults(restored), "the newest, restored", said.strip()[-300:])
    print(f"{count} backups beside {ingests.done} ingests: {len(made)} archives, "
          f"{tally.held[kind][CHECKS[9], True]} of {len(made) + 1} proofs held", flush=True)


def calls_of(rig):
    """How often the demo's busiest thread makes each call that changes a disk; nothing where strace does not trace."""
    if not shutil.which("strace"):
        return {}
    log, calls = rig.home("strace"), {}
    for call in ("write", "pwrite64", "fsync", "fdatasync", "rename", "renameat2", "linkat", "ftruncate", "openat"):
        home = rig.home(f"calls-{call}")
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", log, "-e", f"trace={call}", rig.binary, *Misfortunes.DEMO, "--home", home],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=rig.environment)
        if done.returncode != 0:
            return {}
        with open(log) as lines:
            threads = collections.Counter(line.split()[0] for line in lines if f" {call}(" in line)
        if threads:
            calls[call] = max(threads.values())
        shutil.rmtree(home)
    # The first files that are opened are the program's own libraries: a loader that cannot load says so itself.
    calls.pop("openat", None)
    return calls


def undisturbed(rig, home, arguments, extra=None, codes=(0,)):
    """A run that nobody kills: its facts and how long it takes."""
    code, seconds, said = rig.run(home, arguments, extra)
    if code not in codes:
        sys.exit(f"an undisturbed run of {' '.join(arguments)} ended with {code}:\n{said}")
    return facts(os.path.join(home, "appliance.db")), seconds


@contextlib.contextmanager
def server(asked):
    """The address of the server that plays the providers, or nothing."""
    if not asked.server_script:
        yield asked.server
        return
    process = subprocess.Popen(
        [sys.executable, asked.server_script, "--port", "0", "--now", asked.now], stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline().split()
        if len(line) != 2 or line[0] != "base":
            sys.exit(f"{asked.server_script} did not print `base URL`")
        yield line[1]
    finally:
        process.terminate()
        process.wait()


def of_demo(asked, rig, work, address):
    """The trials of the embedded capture, and of a server where there is one; with what the demo leaves and takes."""
    demo = ["ingest", "--replay", "demo"]
    expected, seconds = undisturbed(rig, rig.home("reference"), demo)
    partial, _ = undisturbed(rig, rig.home("partial"), demo + ["--only", "prices", "--no-backup"])
    assert partial != expected
    code, saving, _ = rig.run(rig.home("reference"), ["backup", "create"])
    assert code == 0
    archive = os.path.basename(sorted(glob.glob(rig.home("reference/backups/appliance_*.tar.zst")))[-1])
    code, restoring, _ = rig.run(rig.home("reference"), ["backup", "restore", archive, "--to", rig.home("other.db")])
    assert code == 0

    kinds = [
        lambda name: work.ingest("demo", demo, expected, seconds, name),
        lambda name: work.ingest("demo, write fault", demo, expected, seconds, name, by_size=True),
        lambda name: work.ingest("demo, 4 kills", demo, expected, seconds, name, in_a_row=4),
        lambda name: work.locked("demo", demo, name),
        lambda name: work.backup("backup", rig.home("reference"), expected, saving, name),
        lambda name: work.restore("restore", rig.home("reference"), rig.home("partial"), expected, restoring, name),
    ]
    if address:
        live = {"APPLIANCE_BASE_URL": address, "APPLIANCE_NOW": asked.now}
        for label, arguments in [("server", ["ingest"]), ("server, long", ["ingest", "--since", asked.since])]:
            wanted, lasting = undisturbed(rig, rig.home(label.replace(", ", "-")), arguments, live)
            # The first run of all fills the server's caches.
            again, lasting = undisturbed(rig, rig.home(label.replace(", ", "-") + "-2"), arguments, live)
            assert again == wanted, difference(again, wanted)
            kinds.append(lambda name, label=label, arguments=arguments, wanted=wanted, lasting=lasting: work.ingest(
                label, arguments, wanted, lasting, name, live, in_a_row=2))
    print(f"demo {seconds:.2f} s, backup {saving:.2f} s, restore {restoring:.2f} s; seed {asked.seed}", flush=True)
    return kinds, expected, seconds


def torture(asked, rig, address):
    tally, numbers = Tally(), random.Random(asked.seed)
    if asked.backups:
        backups_beside_ingest(rig, tally, numbers, asked.backups)
    work = Torture(rig, tally, numbers)
    record = Record(rig, asked.record) if asked.record else None
    kinds, expected, seconds = [], None, 0
    if asked.faults or asked.kills and not record:
        kinds, expected, seconds = of_demo(asked, rig, work, address)
    if record:
        kinds = record.kinds(work)
    kills, number = 0, 0
    while kills < asked.kills:
        kills += kinds[number % len(kinds)](f"trial-{number}")
        number += 1
        if number % 10 == 0:
            print(f"  {kills} kills, {len(tally.failures)} failures", flush=True)
    if asked.faults:
        misfortunes = Misfortunes(rig, tally, numbers, expected, seconds, calls_of(rig))
        print("injected: " + (", ".join(sorted(misfortunes.calls)) or "nothing, strace is not there"), flush=True)
        for number in range(asked.faults):
            misfortunes.trial(number)
            if number % 20 == 19:
                print(f"  {number + 1} misfortunes, {len(tally.failures)} failures", flush=True)
    if record:
        record.check(tally)
    return tally


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--server", metavar="URL", help="plays the providers, each under its own name")
    parser.add_argument("--server-script", metavar="PATH", help="a Python program that does so")
    parser.add_argument("--now", default=NOW, help=f"the clock of runs against the server (default {NOW})")
    parser.add_argument("--since", default="2025-01-01", help="how far back long runs reach (default 2025-01-01)")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="runs in a world that misbehaves (default 0)")
    parser.add_argument("--backups", type=int, default=0, metavar="N", help="backups while ingests run (default 0)")
    parser.add_argument("--record", metavar="FILE", help="a real record to torture in place of the demo; it is only read")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--folder", help="where the homes are made (default: a temporary folder)")
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder, server(asked) as address:
        tally = torture(asked, Rig(os.path.abspath(asked.binary), folder), address)
    tally.print()
    print(f"{len(tally.failures)} failures, {time.monotonic() - began:.0f} s, seed {asked.seed}")
    for failure in tally.failures:
        print(failure)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
