#!/usr/bin/env python3
"""Makes seeds/DemoCaptureBytes.swift: the demo capture, embedded in the binary.

Every number in it is invented here, in demo_sessions.py and in demo_world.py, from fixed seeds; the shapes are the providers' own. Three
runs, some hours apart: the first asks for 14 days of hours, 250 sessions of days and 30 days of sentiment and flows, the
later ones for an overlap and what is new. A file filled from it follows what FOLLOWS names, unless UNIVERSE is set.

What it shows on purpose:
- JPM has no row for the session of 2025-10-09;
- NVDA was split 4 for 1 on 2026-03-13; Yahoo tells it in the second run and restates all of its days;
- dividends, one of them (KO's of 2026-03-13) not known before the second run;
- sessions that closed early: 2025-07-03, 2025-11-28, 2025-12-24; holidays on which only futures were traded;
- Binance has no hours of 2026-03-05 04:00 and 05:00, as after a maintenance;
- in Ether's hour of 2026-03-09 11:00 the high is below the low: it must be refused;
- Bitcoin's bar of 2026-03-13 18:00 is another one from the second run on: a restatement;
- HODL has not reported for 2026-03-12 in the first run; the flows of 2026-03-13 are all dashes in the first run, partly
  there in the second and complete in the third, but for QETH, which is still missing at the end;
- ETHB begins on 2026-03-12; 2026-02-16 was a holiday and has no row;
- what demo_world.py says of the world around the prices.

    python3 seeds/make_demo_capture.py            needs Python 3.9 and the zstd command; writes the Swift file
    python3 seeds/make_demo_capture.py --folder D  writes the capture as a folder instead, to look at
"""

import base64
import io
import json
import random
import subprocess
import sys
import tarfile
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import demo_sessions as sessions
import demo_world as world

TITLE = "Synthetic demo: invented prices, moods, flows, figures, events and headlines in the providers' own shapes"
# What UNIVERSE would name.
FOLLOWS = ["BTC", "ETH"] + [share.symbol for share in sessions.SHARES] + world.FOLLOWS
FIRST_HOURS = 336
OVERLAP_HOURS = 50
FIRST_DAYS = 30
LATER_DAYS = 3
RECENT_ROWS = 14
HOUR, DAY = 3_600, 86_400
OVERLAP_SESSIONS = 10


def instant(text):
    return int(datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=timezone.utc).timestamp())


def utc(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc)


RUNS = [instant("2026-03-13T21:30Z"), instant("2026-03-14T03:30Z"), instant("2026-03-14T12:30Z")]
HOLE = {instant("2026-03-05T04:00Z"), instant("2026-03-05T05:00Z")}
REFUSED = instant("2026-03-09T11:00Z")
RESTATED = instant("2026-03-13T18:00Z")


def newest_closed(now):
    """Open time of the newest hour that was over, with a minute of safety, at `now`."""
    return (now - 60) // HOUR * HOUR - HOUR


FIRST_OPEN = newest_closed(RUNS[0]) - (FIRST_HOURS - 1) * HOUR
LAST_OPEN = newest_closed(RUNS[-1])


def noise(dice):
    """Roughly normal, mean 0, deviation 1; sums and products only, so that every machine gets the same digits."""
    return sum(dice.random() for _ in range(12)) - 6


# --- Binance -------------------------------------------------------------------------------------------------------

def walk(dice):
    """Hourly moves shared by both coins, in deviations; livelier when Europe and America are awake."""
    moves = {}
    for open_time in range(FIRST_OPEN, LAST_OPEN + 1, HOUR):
        liveliness = 0.7 + 0.8 * (7 <= utc(open_time).hour < 21) + 0.4 * (dice.random() < 0.06)
        moves[open_time] = (noise(dice) * liveliness, liveliness)
    return moves


def bars(dice, moves, start, deviation, share, turnover):
    """[open time, open, high, low, close, volume, trades, share of buyers]; prices in cents, volume in units / 1e5."""
    rows, price = {}, start
    for open_time, (common, liveliness) in moves.items():
        open_price = max(1, price + round(noise(dice) * 1.2))
        move = deviation * (share * common + (1 - share) * noise(dice) * liveliness)
        # A gentle pull back, so that two weeks end somewhere near where they began.
        move += 0.02 * (start - price) / start
        close = round(open_price * (1 + move))
        reach = open_price * deviation * liveliness
        high = max(open_price, close) + round(abs(noise(dice)) * reach * 0.45)
        low = min(open_price, close) - round(abs(noise(dice)) * reach * 0.45)
        volume = round(turnover * liveliness * (0.4 + abs(noise(dice)) + 60 * abs(move)) * 1e5)
        rows[open_time] = [open_time, open_price, high, low, close, volume, volume // 7_000 + dice.randrange(500),
                           0.42 + 0.16 * dice.random()]
        price = close
    return rows


def daily(dice, hours, first, deviation, turnover):
    """Days from the first one on, by their opening: of the hours where there are all of them, a walk back from there before."""
    by_day = {}
    for row in hours.values():
        by_day.setdefault(row[0] // DAY * DAY, []).append(row)
    days = {day: [day, rows[0][1], max(row[2] for row in rows), min(row[3] for row in rows), rows[-1][4],
                  sum(row[5] for row in rows), sum(row[6] for row in rows), rows[0][7]]
            for day, rows in by_day.items()}
    begun = min(days)
    _, price, high, low, close, volume, trades, buyers = days[begun]
    for day in range(begun, first - 1, -DAY):
        close = close if day == begun else price
        price = max(1, round(close / (1 + deviation * noise(dice))))
        top = round(abs(noise(dice)) * close * deviation * 0.4) + max(price, close)
        bottom = min(price, close) - round(abs(noise(dice)) * close * deviation * 0.4)
        more = round(24 * turnover * (0.5 + 0.3 * abs(noise(dice)) + 8 * abs(close / price - 1)) * 1e5)
        if day == begun:
            top, bottom, more = max(top, high), min(bottom, low), volume + more
        days[day] = [day, price, top, bottom, close, more, more // 7_000, 0.45 + 0.1 * dice.random()]
    return days


def kline(row, length=HOUR):
    open_time, open_price, high, low, close, volume, trades, buyers = row
    mean = (open_price + high + low + close) // 4
    taken = int(volume * buyers)

    def price(cents):
        return f"{cents // 100}.{cents % 100:02d}000000"

    def amount(units):
        return f"{units // 100_000}.{units % 100_000:05d}000"

    def turnover(units):
        value = units * mean * 10
        return f"{value // 100_000_000}.{value % 100_000_000:08d}"

    return [open_time * 1000, price(open_price), price(high), price(low), price(close), amount(volume),
            (open_time + length) * 1000 - 1, turnover(volume), trades, amount(taken), turnover(taken), "0"]


def klines(symbol, rows, run, first, last, length=HOUR):
    wanted = [row for t, row in sorted(rows.items()) if first <= t <= last and (length == DAY or t not in HOLE)]
    query = [["symbol", symbol], ["interval", "1d" if length == DAY else "1h"], ["startTime", str(first * 1000)],
             ["endTime", str(last * 1000)], ["limit", "1000"]]
    body = json.dumps([kline(row, length) for row in wanted], separators=(",", ":"))
    return answer(run, "binance", "/api/v3/klines", query, body, "application/json;charset=UTF-8",
                  [["x-mbx-used-weight-1m", "2" if symbol == "BTCUSDT" else "4"]])


def binance_rows():
    dice = random.Random(20260313)
    moves = walk(dice)
    bitcoin = bars(dice, moves, 8_400_000, 0.0042, 0.85, 620)
    ether = bars(dice, moves, 210_000, 0.0058, 0.70, 9_400)
    whole = {t: list(row) for t, row in ether.items()}
    broken = ether[REFUSED]
    broken[2], broken[3] = broken[3] - 150, broken[2]
    before = {t: list(row) for t, row in bitcoin.items()}
    bar = bitcoin[RESTATED]
    bar[4] += 1_137
    bar[2] = max(bar[2], bar[4] + 214)
    bar[5] += 1_934_512
    bar[6] += 262
    first = sessions.midnight(sessions.FIRST_SESSION)
    days = [daily(random.Random(31), bitcoin, first, 0.021, 620), daily(random.Random(32), whole, first, 0.029, 9_400)]
    return [before, bitcoin, bitcoin], [ether, ether, ether], days


def days_of_coins(days, run):
    """The days that were over, in the run in which one is due that was not before; ten of them once more."""
    last = sessions.midnight(utc(RUNS[run]).date()) - DAY
    first = sessions.midnight(sessions.FIRST_SESSION) if run == 0 else last - (OVERLAP_SESSIONS - 1) * DAY
    return [klines(symbol, rows, run, first, last, DAY) for symbol, rows in zip(["BTCUSDT", "ETHUSDT"], days)]


# --- CoinGecko -----------------------------------------------------------------------------------------------------

COINS = [("bitcoin", "btc", "Bitcoin", 19_990_000, 21_000_000), ("ethereum", "eth", "Ethereum", 120_690_000, None)]


def caps(run, rows):
    """What both are worth: units and the newest hour's close."""
    told = []
    for rank, ((coin, symbol, name, units, most), hours) in enumerate(zip(COINS, rows), 1):
        price = hours[newest_closed(RUNS[run])][4] / 100
        told.append({
            "id": coin, "symbol": symbol, "name": name, "current_price": price, "market_cap": round(price * units),
            "market_cap_rank": rank, "fully_diluted_valuation": round(price * (most or units)),
            "circulating_supply": float(units), "total_supply": float(units), "max_supply": most and float(most),
            "roi": None, "last_updated": utc(RUNS[run] - 60).strftime("%Y-%m-%dT%H:%M:%S.000Z")})
    query = [["vs_currency", "usd"], ["ids", ",".join(coin for coin, *_ in COINS)], ["per_page", "250"]]
    body = json.dumps(told, separators=(",", ":"))
    return answer(run, "coingecko", "/api/v3/coins/markets", query, body, "application/json; charset=utf-8")


# --- Yahoo ---------------------------------------------------------------------------------------------------------

def share_rows():
    moves = sessions.market(random.Random(250))
    return {share.symbol: sessions.walk(random.Random(2_500 + number), share, moves)
            for number, share in enumerate(sessions.SHARES)}


def charts(run, rows):
    """All sessions up to the day before in the first run; in the second ten again and the last, of a split share all."""
    last = sessions.LAST_SESSION - timedelta(days=1 if run == 0 else 0)
    told = []
    for share in sessions.SHARES:
        days = [day for day in rows[share.symbol] if day <= last]
        is_whole = run == 0 or share.symbol == sessions.SPLIT[0]
        first = sessions.FIRST_SESSION if is_whole else days[-OVERLAP_SESSIONS - 1]
        path, query, body = sessions.chart(share, rows[share.symbol], first, last, run > 0)
        told.append(answer(run, "yahoo", path, query, body, "application/json;charset=utf-8",
                           [["cache-control", "public, max-age=10, stale-while-revalidate=20"]]))
    return told


# --- alternative.me ------------------------------------------------------------------------------------------------

def sentiment_values():
    dice, value, values = random.Random(77), 38, {}
    day = utc(RUNS[0]).date() - timedelta(days=FIRST_DAYS + 5)
    while day <= utc(RUNS[-1]).date():
        value = min(78, max(12, value + round(noise(dice) * 6 + (44 - value) * 0.05)))
        values[day] = value
        day += timedelta(days=1)
    return values


def label(value):
    for top, name in [(25, "Extreme Fear"), (46, "Fear"), (54, "Neutral"), (75, "Greed")]:
        if value <= top:
            return name
    return "Extreme Greed"


def sentiment(values, run, days):
    """One day more than wanted, as the appliance asks: a day may begin while the question is under way."""
    now, limit = RUNS[run], days + 1
    today = utc(now).date()
    data = []
    for back in range(limit):
        day = today - timedelta(days=back)
        entry = {"value": str(values[day]), "value_classification": label(values[day]),
                 "timestamp": str(int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp()))}
        if back == 0:
            entry["time_until_update"] = str(86_400 - now % 86_400)
        data.append(entry)
    body = json.dumps({"name": "Fear and Greed Index", "data": data, "metadata": {"error": None}}, indent="\t")
    return answer(run, "alternative.me", "/fng/", [["limit", str(limit)], ["format", "json"]], body, "application/json")


# --- Farside -------------------------------------------------------------------------------------------------------

BITCOIN = {"IBIT": 190, "FBTC": 80, "BITB": 22, "ARKB": 34, "BTCO": 7, "EZBC": 5, "BRRR": 4, "HODL": 9, "BTCW": 3,
           "GBTC": -48, "BTC": 12}
ETHER = {"ETHA": 62, "ETHB": 18, "FETH": 24, "ETHW": 5, "TETH": 3, "ETHV": 3, "QETH": 2, "EZET": 2, "ETHE": -21, "ETH": 8}
FEES = {"IBIT": "0.25%", "FBTC": "0.25%", "BITB": "0.20%", "ARKB": "0.21%", "BTCO": "0.25%", "EZBC": "0.19%",
        "BRRR": "0.25%", "HODL": "0.20%", "BTCW": "0.25%", "GBTC": "1.50%", "BTC": "0.15%", "ETHA": "0.25%",
        "ETHB": "0.25%", "FETH": "0.25%", "ETHW": "0.20%", "TETH": "0.21%", "ETHV": "0.20%", "QETH": "0.25%",
        "EZET": "0.19%", "ETHE": "2.50%", "ETH": "0.15%"}
SEED = {"ETHA": 106, "ETHB": 1047, "FETH": 44, "ETHW": 25, "TETH": 23, "ETHV": 102, "QETH": 11, "EZET": 27}
LAST_DAY = date(2026, 3, 13)


def flow_table(sizes, seed):
    """Tenths of a million by day and fund; None where a fund does not exist yet."""
    dice, table = random.Random(seed), {}
    day = LAST_DAY - timedelta(days=FIRST_DAYS - 1)
    while day <= LAST_DAY:
        if day.weekday() < 5 and day != date(2026, 2, 16):
            mood = noise(dice) * 0.8 + 0.15
            table[day] = {}
            for fund, size in sizes.items():
                quiet = dice.random() < (0.05 if abs(size) > 40 else 0.55)
                flow = 0 if quiet else round((mood * abs(size) + noise(dice) * abs(size) * 0.5 + size * 0.2) * 10)
                table[day][fund] = None if fund == "ETHB" and day < date(2026, 3, 12) else flow
        day += timedelta(days=1)
    return table


def as_seen(table, run, missing_at_end):
    """The table with what had not been reported yet in that run taken out."""
    seen = {day: dict(flows) for day, flows in table.items()}
    last = seen[LAST_DAY]
    if run == 0:
        seen[LAST_DAY] = dict.fromkeys(last)
        if "HODL" in last:
            seen[date(2026, 3, 12)]["HODL"] = None
    if run == 1:
        for fund in ("IBIT", "ETHA", "ETHB", "GBTC", "ETHE"):
            if fund in last:
                last[fund] = None
    if missing_at_end in last:
        seen[LAST_DAY][missing_at_end] = None
    return seen


def number(tenths, decimals=1):
    if tenths is None:
        return "-"
    text = f"{abs(tenths) // 10:,}" + (f".{abs(tenths) % 10}" if decimals else "")
    return f'<span class="redFont">({text})</span>' if tenths < 0 else text


def cell(text):
    return f'<td><div align="right"><span class="tabletext">{text}</span></div></td>'


def total(flows):
    return sum(flow for flow in flows.values() if flow is not None)


def table_row(name, flows, sum_of=None, decimals=1):
    cells = "".join(cell(number(flow, decimals)) for flow in flows.values())
    last = cell(number(total(flows) if sum_of is None else sum_of, decimals))
    return f'<tr>\n\t<td><span class="tabletext">{name}</span></td>\n\t{cells}{last}\n</tr>\n'


def footer(table, funds):
    columns = {fund: [flows[fund] for flows in table.values() if flows[fund] is not None] for fund in funds}
    return {fund: values or [0] for fund, values in columns.items()}


def head(names):
    first, *rest = names
    cells = "".join(f'<th><div align="right"><span class="tabletext">{name}</span></div></th>' for name in rest)
    return f'<tr bgcolor="#eaeffa">\n\t<th><span class="tabletext">{first}</span></th>\n\t{cells}\n</tr>\n'


def page(title, header, rows):
    return (f'<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="UTF-8"><title>{title} &#8211; Farside '
            f'Investors</title></head>\n<body>\n<h1>{title}</h1>\n<p>US$m. Synthetic numbers, made for a demonstration.'
            f'</p>\n<table class="etf">\n<thead>\n{header}</thead>\n<tbody>\n<tr>\n\n{rows}</tbody>\n</table>\n'
            '</body>\n</html>\n')


def dated_rows(table):
    return "".join(table_row(day.strftime("%d %b %Y"), flows) for day, flows in table.items())


def full_page(title, table, funds):
    rows = ""
    if "ETHA" in funds:
        seed = {fund: SEED.get(fund) for fund in funds}
        rows += table_row("Seed", seed, sum_of=103_600)
    sums = {fund: sum(values) for fund, values in footer(table, funds).items()}
    rows += dated_rows(table) + table_row("Total", sums, decimals=0)
    return page(title, head(["Date", *funds, "Total"]), rows)


def recent_page(title, table, funds):
    logos = "".join(f'<th><div align="center"><a href="" class="grow"><img src="/images/etf/{fund.lower()}.jpg" '
                    f'alt="{fund}" width="32" height="15"></a></div></th>' for fund in funds)
    header = (f'<tr bgcolor="#eaeffa">\n\t<th><span class="tabletext">          </span></th>\n\t{logos}'
              '<th><div align="right"><span class="tabletext">      Total</span></div></th>\n</tr>\n'
              + head(["", *[f"  {fund}" for fund in funds], ""]) + head(["Fee", *[FEES[fund] for fund in funds], ""]))
    columns = footer(table, funds)
    recent = dict(list(table.items())[-RECENT_ROWS:])
    rows = dated_rows(recent) + table_row("Total", {f: sum(v) for f, v in columns.items()}, decimals=0)
    rows += table_row("Average", {f: sum(v) // len(v) for f, v in columns.items()})
    rows += table_row("Maximum", {f: max(v) for f, v in columns.items()})
    rows += table_row("Minimum", {f: min(v) for f, v in columns.items()})
    body = page(title, header, rows)
    return body.replace('<td><div align="right"><span class="tabletext">0.0<',
                        '<td class="zero-flow"><div align="right"><span class="tabletext">0.0<')


def flows(run, table, funds, name, path, recent_path):
    seen = as_seen(table, run, "QETH")
    funds = list(funds)
    if run == 0:
        body, path = full_page(f"{name} ETF Flow – All Data", seen, funds), path
    else:
        body, path = recent_page(f"{name} ETF Flow (US$m)", seen, funds), recent_path
    return answer(run, "farside", path, [], body, "text/html; charset=UTF-8")


# --- The capture ---------------------------------------------------------------------------------------------------

bodies = {}


def answer(run, provider, path, query, body, content_type, headers=(), host=None):
    data = body.encode()
    ending = "html" if "html" in content_type else "xml" if "xml" in content_type else "json"
    name = bodies.setdefault(data, f"bodies/{len(bodies) + 1:04d}.{ending}")
    date_header = format_datetime(utc(RUNS[run]), usegmt=True)
    told = {"provider": provider, "method": "GET", "path": path, "query": query,
            "headers": [["date", date_header], ["content-type", content_type], *headers], "status": 200, "body": name}
    return told | ({"host": host} if host else {})


def around(run):
    """What was told of the world in a run; the mood of stocks and the week twice, the mood with the newest session."""
    told = [answer(run, "fred", path, query, body, "application/json; charset=UTF-8")
            for path, query, body in world.macro(run)]
    if run < 2:
        path, body = world.mood_of_stocks(RUNS[run], LAST_DAY)
        told.append(answer(run, "cnn", path, [], body, "application/json"))
        path, body = world.week(run)
        told.append(answer(run, "calendar", path, [], body, "application/json"))
    for source in world.FEEDS:
        host, path, body = world.feed(source, run, RUNS[run], RUNS[0])
        told.append(answer(run, "rss", path, [], body, "application/rss+xml; charset=utf-8", host=host))
    host, path, body = world.feed(world.YAHOO, run, RUNS[run], RUNS[0])
    shares = sorted(share.symbol for share in sessions.SHARES if "=" not in share.symbol)
    query = [["s", ",".join(shares)], ["region", "US"], ["lang", "en-US"]]
    told.append(answer(run, "yahoo", path, query, body, "application/rss+xml; charset=utf-8", host=host))
    return told


def capture():
    bitcoin, ether, days = binance_rows()
    shares = share_rows()
    values = sentiment_values()
    bitcoin_flows, ether_flows = flow_table(BITCOIN, 11), flow_table(ETHER, 12)
    runs, stored = [], None
    for run, now in enumerate(RUNS):
        last = newest_closed(now)
        first = FIRST_OPEN if stored is None else stored - (OVERLAP_HOURS - 1) * HOUR
        answers = [
            klines("BTCUSDT", bitcoin[run], run, first, last),
            klines("ETHUSDT", ether[run], run, first, last),
            sentiment(values, run, FIRST_DAYS if run == 0 else LATER_DAYS),
            flows(run, bitcoin_flows, BITCOIN, "Bitcoin", "/bitcoin-etf-flow-all-data/", "/btc/"),
            flows(run, ether_flows, ETHER, "Ethereum", "/ethereum-etf-flow-all-data/", "/eth/"),
        ]
        # On the Saturday nothing of all this is due any more.
        if run < 2:
            answers += days_of_coins(days, run) + charts(run, shares) + [caps(run, [bitcoin[run], ether[run]])]
        answers += around(run)
        runs.append({"instant": utc(now).strftime("%Y-%m-%dT%H:%M:%SZ"), "answers": answers})
        stored = last
    manifest = {"version": 1, "origin": "demo", "title": TITLE, "follows": FOLLOWS, "runs": runs}
    files = [("capture.json", (json.dumps(manifest, indent=1) + "\n").encode())]
    return files + [(name, data) for data, name in bodies.items()]


def archive(files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = len(data), 0o600, RUNS[-1]
            tar.addfile(info, io.BytesIO(data))
    return subprocess.run(["zstd", "--ultra", "-22", "--quiet", "--stdout"], input=buffer.getvalue(),
                          stdout=subprocess.PIPE, check=True).stdout


def swift(packed):
    text = base64.b64encode(packed).decode()
    lines = "\n".join("    " + text[i:i + 112] for i in range(0, len(text), 112))
    return ("// Made by make_demo_capture.py; change that and run it again.\n\nextension DemoCapture {\n"
            f'  /// A `.tar.zst` in base64, {len(packed)} bytes.\n  static let base64 = """\n{lines}\n    """\n}}\n')


def main():
    files = capture()
    if sys.argv[1:2] == ["--folder"]:
        for name, data in files:
            path = Path(sys.argv[2]) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return
    packed = archive(files)
    target = Path(__file__).parent / "DemoCaptureBytes.swift"
    target.write_text(swift(packed))
    print(f"{len(files)} files, {sum(len(data) for _, data in files)} bytes, packed {len(packed)}, "
          f"Swift source {target.stat().st_size}")


if __name__ == "__main__":
    main()
