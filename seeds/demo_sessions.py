"""Invented days of stocks, a fund, futures and coins for make_demo_capture.py, in the shapes of Yahoo and Binance.

Every price is a walk from a fixed seed, by sums and products only, so that every machine makes the same digits. Nothing
in it is a price that ever was; the days on which exchanges were closed are the real ones.
"""

import json
import struct
from datetime import date, datetime, timedelta, timezone

SESSIONS = 250
# Of the last session that is in the capture; it is told by the second run, and was split on that day.
LAST_SESSION = date(2026, 3, 13)
CLOSED = {date(2025, 4, 18), date(2025, 5, 26), date(2025, 6, 19), date(2025, 7, 4), date(2025, 9, 1),
          date(2025, 11, 27), date(2025, 12, 25), date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 16)}
# Closed for futures too.
CLOSED_EVERYWHERE = {date(2025, 4, 18), date(2025, 12, 25), date(2026, 1, 1)}
EARLY_CLOSES = {date(2025, 7, 3), date(2025, 11, 28), date(2025, 12, 24)}
# A session of which the provider has no row.
HOLE = ("JPM", date(2025, 10, 9))
SPLIT = ("NVDA", date(2026, 3, 13), 4)


class Share:
    """How a thing is told: its name and exchange, where its walk begins, how it moves, what it pays."""

    def __init__(self, symbol, name, kind, exchange, full_exchange, start, deviation, share, turnover, listed,
                 dividends=(), drift=0.0004):
        self.symbol, self.name, self.kind, self.exchange, self.full_exchange = (
            symbol, name, kind, exchange, full_exchange)
        self.start, self.deviation, self.share, self.turnover = start, deviation, share, turnover
        self.listed, self.dividends, self.drift = listed, dict(dividends), drift

    @property
    def is_future(self):
        return self.kind == "FUTURE"


def quarterly(amount, *days):
    return [(date.fromisoformat(day), amount) for day in days]


SHARES = [
    Share("AAPL", "Apple Inc.", "EQUITY", "NMS", "NasdaqGS", 21_800, 0.0150, 0.70, 48_000_000, date(1980, 12, 12),
          quarterly(0.31, "2025-05-12", "2025-08-11", "2025-11-10", "2026-02-09")),
    Share("MSFT", "Microsoft Corporation", "EQUITY", "NMS", "NasdaqGS", 39_400, 0.0135, 0.72, 21_000_000,
          date(1986, 3, 13), quarterly(0.95, "2025-05-15", "2025-08-21", "2025-11-20", "2026-02-19")),
    Share("NVDA", "NVIDIA Corporation", "EQUITY", "NMS", "NasdaqGS", 54_600, 0.0245, 0.68, 52_000_000,
          date(1999, 1, 22), drift=0.0009),
    Share("JPM", "JPMorgan Chase & Co.", "EQUITY", "NYQ", "NYSE", 24_100, 0.0130, 0.62, 9_000_000, date(1980, 3, 17),
          quarterly(1.55, "2025-04-04", "2025-07-03", "2025-10-06", "2026-01-06")),
    Share("KO", "The Coca-Cola Company", "EQUITY", "NYQ", "NYSE", 6_950, 0.0085, 0.35, 15_000_000, date(1962, 1, 2),
          quarterly(0.53, "2025-06-13", "2025-09-15", "2025-12-01", "2026-03-13"), drift=0.0001),
    Share("SPY", "SPDR S&P 500 ETF Trust", "ETF", "PCX", "NYSEArca", 56_200, 0.0085, 0.97, 66_000_000,
          date(1993, 1, 29), quarterly(1.82, "2025-03-21", "2025-06-20", "2025-09-19", "2025-12-19")),
    Share("GC=F", "Gold", "FUTURE", "CMX", "COMEX", 29_870, 0.0090, 0.05, 1_400, date(2000, 8, 30), drift=0.0007),
    Share("CL=F", "Crude Oil", "FUTURE", "NYM", "NY Mercantile", 6_715, 0.0185, 0.15, 260_000, date(2000, 8, 23),
          drift=-0.0001),
]


def noise(dice):
    """Roughly normal, mean 0, deviation 1."""
    return sum(dice.random() for _ in range(12)) - 6


def is_session(day, share):
    return day.weekday() < 5 and day not in (CLOSED_EVERYWHERE if share.is_future else CLOSED)


def first_session():
    day, left = LAST_SESSION, SESSIONS
    while True:
        left -= day.weekday() < 5 and day not in CLOSED
        if left == 0:
            return day
        day -= timedelta(days=1)


FIRST_SESSION = first_session()


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def market(dice):
    """The move that all shares have in common, by day, in deviations; some weeks are livelier."""
    moves, liveliness = {}, 1.0
    for day in days(FIRST_SESSION, LAST_SESSION):
        liveliness = min(2.2, max(0.6, liveliness + 0.12 * noise(dice) + 0.1 * (1 - liveliness)))
        moves[day] = (noise(dice) * liveliness, liveliness)
    return moves


def walk(dice, share, moves):
    """Open, high, low, close, in cents (gold in tenths of a dollar), and volume, by day."""
    rows, price = {}, share.start
    for day, (common, liveliness) in moves.items():
        if not is_session(day, share):
            continue
        is_thin = share.is_future and day in CLOSED
        quiet = 0.5 if is_thin or day in EARLY_CLOSES else 1.0
        opening = max(1, price + round(price * share.deviation * noise(dice) * 0.25))
        move = share.drift + share.deviation * quiet * (share.share * common + (1 - share.share) * noise(dice) * liveliness)
        close = max(1, round(opening * (1 + move)))
        reach = opening * share.deviation * liveliness * quiet
        high = max(opening, close) + round(abs(noise(dice)) * reach * 0.4)
        low = min(opening, close) - round(abs(noise(dice)) * reach * 0.4)
        volume = share.turnover * liveliness * (0.7 + 0.12 * abs(noise(dice)) + 12 * abs(move))
        volume *= 0.04 if is_thin else 0.45 if day in EARLY_CLOSES else 1
        lot = 1 if share.is_future else 100
        rows[day] = [opening, high, low, close, round(volume / lot) * lot]
        price = close
    return rows


def new_york(day, hour, minute):
    """Seconds of the epoch at a wall clock in New York, by the rule of its summer time in those years."""
    is_summer = second_sunday_of_march(day.year) <= day < first_sunday_of_november(day.year)
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.utc)
    return int((wall + timedelta(hours=4 if is_summer else 5)).timestamp())


def second_sunday_of_march(year):
    return date(year, 3, 14) - timedelta(days=date(year, 3, 14).isoweekday() % 7)


def first_sunday_of_november(year):
    return date(year, 11, 7) - timedelta(days=date(year, 11, 7).isoweekday() % 7)


def stamp(share, day):
    """When a day opens; futures stand at midnight, but for days on which the exchanges close early."""
    if share.is_future and day not in EARLY_CLOSES:
        return new_york(day, 0, 0)
    return new_york(day, 9, 30)


def single(price):
    """As a chart prints prices: in single precision, widened."""
    return struct.unpack("f", struct.pack("f", price))[0]


def prices(share, rows, divisor):
    """By day: what the chart tells of it, prices as numbers."""
    scale = 10 if share.symbol == "GC=F" else 100
    return {day: [price / scale / divisor for price in row[:4]] + [row[4] * divisor] for day, row in rows.items()}


def adjusted(share, told):
    """The closes restated for the dividends that came after them, as Yahoo does it: 1 - dividend / close of the day before."""
    factor, closes, later = 1.0, {}, None
    for day in sorted(told, reverse=True):
        if later in share.dividends:
            factor *= 1 - share.dividends[later] / told[day][3]
        closes[day] = told[day][3] * factor
        later = day
    return closes


def chart(share, rows, first, last, knows_split):
    """The question for some days and its answer: path, query, body. What the answer has not is left out."""
    is_split = knows_split and share.symbol == SPLIT[0]
    told = prices(share, rows, SPLIT[2] if is_split else 1)
    closes = adjusted(share, {day: row for day, row in told.items() if day <= last})
    shown = [day for day in told if first <= day <= last and (share.symbol, day) != HOLE]
    stamps, rows = [stamp(share, day) for day in shown], [told[day] for day in shown]
    adjclose = [single(closes[day]) for day in shown]
    if last < LAST_SESSION and share.symbol != SPLIT[0]:
        # The session that is not over for good, at the time of its newest price: Yahoo appends it, asked for or not.
        stamps.append(new_york(LAST_SESSION, 16, 0) + 1)
        rows.append(told[LAST_SESSION][:4] + [told[LAST_SESSION][4] * 9 // 1_000 * 100])
        adjclose.append(single(told[LAST_SESSION][3]))
    columns = list(zip(*rows))
    quote = {name: [single(price) for price in column]
             for name, column in zip(["open", "high", "low", "close"], columns)}
    quote["volume"] = list(columns[4])
    events = {}
    dividends = {str(stamp(share, day)): {"amount": amount, "date": stamp(share, day)}
                 for day, amount in share.dividends.items() if first <= day <= last}
    if dividends:
        events["dividends"] = dividends
    if is_split and first <= SPLIT[1] <= last:
        key = stamp(share, SPLIT[1])
        events["splits"] = {str(key): {"date": key, "numerator": SPLIT[2], "denominator": 1,
                                       "splitRatio": f"{SPLIT[2]}:1"}}
    result = {"meta": meta(share, told[LAST_SESSION]), "timestamp": stamps}
    if events:
        result["events"] = events
    result["indicators"] = {"quote": [quote], "adjclose": [{"adjclose": adjclose}]}
    query = [["interval", "1d"], ["period1", str(midnight(first))], ["period2", str(midnight(last) + 86_400)],
             ["includePrePost", "false"], ["events", "div,splits,capitalGains"]]
    body = json.dumps({"chart": {"result": [result], "error": None}}, separators=(",", ":"))
    return "/v8/finance/chart/" + share.symbol.replace("=", "%3D"), query, body


def midnight(day):
    return int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())


def meta(share, newest):
    return {
        "currency": "USD", "symbol": share.symbol, "exchangeName": share.exchange,
        "fullExchangeName": share.full_exchange, "instrumentType": share.kind,
        "firstTradeDate": new_york(share.listed, 0 if share.is_future else 9, 0 if share.is_future else 30),
        "regularMarketTime": new_york(LAST_SESSION, 16, 0) + 1, "hasPrePostMarketData": not share.is_future,
        "gmtoffset": -14_400, "timezone": "EDT", "exchangeTimezoneName": "America/New_York",
        "regularMarketPrice": round(newest[3], 2), "regularMarketDayHigh": round(newest[1], 2),
        "regularMarketDayLow": round(newest[2], 2), "regularMarketVolume": newest[4],
        "longName": share.name, "shortName": share.name, "priceHint": 2, "dataGranularity": "1d", "range": "",
        "validRanges": ["1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max"],
    }
