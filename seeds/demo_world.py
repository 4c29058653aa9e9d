"""Invented figures, moods and headlines around the prices of make_demo_capture.py, in the shapes of FRED, CNN and feeds.

No figure in it was ever published and no headline was ever written; days and times of publication follow the sources'
own habits. What it shows on purpose:
- the fourth quarter of GDP was published on 2026-01-29 and revised on 2026-02-26;
- two feeds tell one story, of the funds' day: it becomes one article;
- one headline is worded otherwise from the second run on.
"""

import json
import random
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

import demo_sessions as sessions

# What UNIVERSE would name.
FOLLOWS = ["GDP", "CPIAUCSL", "UNRATE", "DGS10", "mood", "news"]
FOREVER = "9999-12-31"
FIRST_MONTH = (2024, 3)


def midnight(day):
    return int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())


# --- FRED ----------------------------------------------------------------------------------------------------------

def months(first, count):
    for number in range(count):
        year, month = first[0] + (first[1] - 1 + number) // 12, (first[1] - 1 + number) % 12 + 1
        yield date(year, month, 1)


def following(day):
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def first_friday(day):
    return day + timedelta(days=(4 - day.weekday()) % 7)


def weekday(day):
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def vintages(published):
    """Rows of one period: each value until the next one was published."""
    ends = [day - timedelta(days=1) for day, _ in published[1:]]
    return [(day.isoformat(), ends[number].isoformat() if number < len(ends) else FOREVER, value)
            for number, (day, value) in enumerate(published)]


def unemployment():
    dice, value = random.Random(501), 41
    for month in months(FIRST_MONTH, 24):
        value = min(47, max(37, value + dice.choice([-1, 0, 0, 1])))
        yield month, vintages([(first_friday(following(month)), f"{value // 10}.{value % 10}")])


def consumer_prices():
    dice, value = random.Random(502), 312_400
    for month in months(FIRST_MONTH, 24):
        value += 600 + round(dice.random() * 500)
        yield month, vintages([(weekday(following(month) + timedelta(days=11)), f"{value // 1000}.{value % 1000:03d}")])


def product():
    dice, value = random.Random(503), 284_500
    for quarter in [date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1), date(2025, 1, 1), date(2025, 4, 1),
                    date(2025, 7, 1), date(2025, 10, 1)]:
        value += 3_100 + round(dice.random() * 1_400)
        end = following(following(following(quarter)))
        told = [(weekday(end + timedelta(days=28)), f"{value // 10}.{value % 10}")]
        if quarter == date(2025, 10, 1):
            revised = value + 127
            told.append((weekday(end + timedelta(days=56)), f"{revised // 10}.{revised % 10}"))
        yield quarter, vintages(told)


def yields(last):
    dice, value, day = random.Random(504), 418, date(2025, 12, 1)
    while day <= last:
        if day.weekday() < 5:
            open_day = day not in sessions.CLOSED
            value = min(480, max(360, value + round((dice.random() - 0.5) * 12)))
            yield day, [(last.isoformat(), last.isoformat(), f"{value // 100}.{value % 100:02d}" if open_day else ".")]
        day += timedelta(days=1)


def observations(series, rows, first, has_vintages):
    told = [{"realtime_start": start, "realtime_end": end, "date": day.isoformat(), "value": value}
            for day, versions in rows for start, end, value in versions]
    query = [["series_id", series], ["observation_start", first]]
    if has_vintages:
        query += [["realtime_start", first], ["realtime_end", FOREVER]]
    body = {"realtime_start": told[0]["realtime_start"], "realtime_end": FOREVER, "observation_start": first,
            "observation_end": FOREVER, "units": "lin", "output_type": 1, "file_type": "json",
            "order_by": "observation_date", "sort_order": "asc", "count": len(told), "offset": 0, "limit": 100_000,
            "observations": told}
    return "/fred/series/observations", query + [["file_type", "json"]], json.dumps(body)


def macro(run):
    """Everything in the first run; in the second the yield of the day that was over."""
    if run == 0:
        yield observations("GDP", product(), "2024-04-01", True)
        yield observations("CPIAUCSL", consumer_prices(), "2024-03-01", True)
        yield observations("UNRATE", unemployment(), "2024-03-01", True)
        yield observations("DGS10", yields(date(2026, 3, 12)), "2025-12-01", False)
    elif run == 1:
        yield observations("DGS10", yields(date(2026, 3, 13)), "2025-12-01", False)


# --- CNN -----------------------------------------------------------------------------------------------------------

COMPONENTS = ["market_momentum_sp500", "market_momentum_sp125", "stock_price_strength", "stock_price_breadth",
              "put_call_options", "market_volatility_vix", "market_volatility_vix_50", "junk_bond_demand",
              "safe_haven_demand"]


def rating(score):
    for top, name in [(25, "extreme fear"), (45, "fear"), (55, "neutral"), (75, "greed")]:
        if score < top:
            return name
    return "extreme greed"


def mood_of_stocks(now, last):
    """The index by session up to `last`, its components at their newest."""
    dice, value, points, day = random.Random(601), 52.0, [], date(2026, 1, 5)
    while day <= last:
        if day.weekday() < 5 and day not in sessions.CLOSED:
            value = min(82.0, max(14.0, value + round((dice.random() - 0.5) * 11, 4)))
            points.append({"x": float(midnight(day) * 1000), "y": round(value, 4), "rating": rating(value)})
        day += timedelta(days=1)
    score, stamp = points[-1]["y"], float(now * 1000)
    body = {
        "fear_and_greed": {
            "score": score, "rating": rating(score),
            "timestamp": datetime.fromtimestamp(now, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S+00:00"),
            "previous_close": points[-2]["y"], "previous_1_week": points[-6]["y"],
            "previous_1_month": points[-22]["y"], "previous_1_year": 47.25},
        "fear_and_greed_historical": {"timestamp": stamp, "score": score, "rating": rating(score), "data": points}}
    for number, name in enumerate(COMPONENTS):
        part = round(min(97.0, max(3.0, score + (random.Random(700 + number).random() - 0.5) * 60)), 1)
        body[name] = {"timestamp": stamp, "score": part, "rating": rating(part),
                      "data": [{"x": point["x"], "y": round(100 + number + point["y"] / 10, 3), "rating": rating(part)}
                               for point in points[-5:]]}
    return "/index/fearandgreed/graphdata/2026-01-05", json.dumps(body)


# --- Feeds ---------------------------------------------------------------------------------------------------------

COINDESK = ("//www.coindesk.com", "/arc/outboundfeeds/rss/", "CoinDesk")
COINTELEGRAPH = ("//cointelegraph.com", "/rss", "Cointelegraph")
DECRYPT = ("//decrypt.co", "/feed", "Decrypt")
FEEDS = [COINDESK, COINTELEGRAPH, DECRYPT]

# Feed, number, hours before the first run, title, summary.
HEADLINES = [
    (COINDESK, 1, 46, "Bitcoin Holds Above Its 50-Day Average for a Ninth Day",
     "Traders in this demonstration watch the average; volume stays thin."),
    (COINDESK, 2, 40, "Ether Lags Bitcoin as Staking Queue Shortens",
     "The queue of validators that wait to leave is the shortest of the month, in this made-up record."),
    (COINTELEGRAPH, 1, 31, "Exchange Maintenance Leaves Two Hours Without Trades",
     "A venue was offline from 04:00 to 06:00 UTC on March 5."),
    (COINTELEGRAPH, 2, 22, "A New Ether Fund Begins to Trade",
     "ETHB reported its first flows on Thursday."),
    (COINDESK, 5, 9, "Bitcoin ETFs Report $312 Million of Net Inflows in One Day",
     "Most of it went to the largest fund."),
    (COINDESK, 6, 3, "NVIDIA Splits Its Shares Four for One",
     "The split took effect before Friday's open."),
    (COINDESK, 7, 1, "Inflation Figures Leave Rate Path Open",
     "February's consumer prices were out on Thursday."),
    (DECRYPT, 1, 44, "What a Wallet Is, and What It Is Not", "A short guide for newcomers."),
    (DECRYPT, 2, 26, "Ethereum Developers Agree on the Next Upgrade's Scope",
     "Four proposals are in, two were left for later."),
    (DECRYPT, 3, 8, "Bitcoin ETFs See $312 Million Net Inflows in One Day",
     "Funds had their best day of the week."),
    (DECRYPT, 4, 5, "Gold Slips as Dollar Firms", "Futures gave back part of the week's rise."),
    (DECRYPT, 5, -10, "Bitcoin Spikes Late on Friday, Then Settles", "The hour of 18:00 UTC was the liveliest."),
]
# Worded otherwise from the second run on.
EDITED = {(COINDESK, 7): "Inflation Figures Leave the Rate Path Wide Open"}


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def feed(source, run, now, begun):
    host, path, name = source
    items = ""
    for feed_of, number, hours, title, summary in HEADLINES:
        published = begun - hours * 3_600
        if feed_of is not source or published > now:
            continue
        if run > 0:
            title = EDITED.get((source, number), title)
        link = f"https:{host}/demo/{number}"
        when = format_datetime(datetime.fromtimestamp(published, timezone.utc), usegmt=True)
        items = (f"<item><title>{escaped(title)}</title><link>{link}</link><guid isPermaLink=\"true\">{link}</guid>"
                 f"<pubDate>{when}</pubDate><description>{escaped(summary)}</description></item>\n") + items
    body = ('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
            f"<title>{name}, invented for a demonstration</title><link>https:{host}/</link>"
            f"<description>Made-up headlines</description>\n{items}</channel></rss>\n")
    return host, path, body
