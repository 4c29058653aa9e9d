"""Invented figures, moods, events and headlines around the prices of make_demo_capture.py, in the shapes of FRED, CNN, a calendar and
feeds.

No figure in it was ever published and no headline was ever written; days and times of publication follow the sources'
own habits. What it shows on purpose:
- the fourth quarter of GDP was published on 2026-01-29 and revised on 2026-02-26;
- of four events of the week it is known what was expected and what came; one is put off in the second run;
- two feeds tell one story, of the funds' day: it becomes one article;
- one headline is worded otherwise from the second run on.
"""

import json
import random
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

import demo_sessions as sessions

# What UNIVERSE would name.
FOLLOWS = ["GDP", "CPIAUCSL", "UNRATE", "DGS10", "mood", "news", "events"]
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


def core_prices():
    dice, value = random.Random(505), 318_900
    for month in months(FIRST_MONTH, 24):
        value += 650 + round(dice.random() * 400)
        yield month, vintages([(weekday(following(month) + timedelta(days=11)), f"{value // 1000}.{value % 1000:03d}")])


def claims():
    """By weeks, which end on a Saturday and are published on the Thursday after."""
    dice, day = random.Random(506), date(2025, 12, 6)
    while day <= date(2026, 3, 7):
        yield day, vintages([(day + timedelta(days=5), f"{212 + dice.randrange(22)}000")])
        day += timedelta(days=7)


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
        yield observations("CPILFESL", core_prices(), "2024-03-01", True)
        yield observations("ICSA", claims(), "2025-12-06", True)
        yield observations("DGS10", yields(date(2026, 3, 12)), "2025-12-01", False)
    elif run == 1:
        yield observations("DGS10", yields(date(2026, 3, 13)), "2025-12-01", False)


# --- The week's calendar ---------------------------------------------------------------------------------------------

def grown(rows, periods):
    """Per cent over the last periods, and over those before."""
    values = [float(versions[0][2]) for _, versions in rows]
    return [f"{(values[n] / values[n - periods] - 1) * 100:.1f}%" for n in (-1, -2)]


def expected(value, off):
    """What was expected where it came otherwise by so many tenths."""
    return f"{float(value[:-1]) + off / 10:.1f}%"


def week(run):
    """Sunday to Saturday by New York's clocks: country, day, hour, importance, title, expected, before."""
    prices, core, jobless = list(consumer_prices()), list(core_prices()), [int(v[0][2]) // 1000 for _, v in claims()]
    (monthly, month_before), (yearly, year_before) = grown(prices, 1), grown(prices, 12)
    core_monthly, core_before = grown(core, 1)
    rows = [
        ("USD", 9, "11:00", "Low", "Consumer Inflation Expectations", "", "3.1%"),
        ("USD", 10, "06:00", "Low", "NFIB Small Business Index", "99.4", "99.1"),
        ("USD", 10, "10:00", "Medium", "Existing Home Sales", "4.05M", "3.98M"),
        ("EUR", 11, "03:00", "Low", "German Final CPI m/m", "0.4%", "0.4%"),
        ("USD", 11, "10:30", "Low", "Crude Oil Inventories", "-1.2M", "2.4M"),
        ("USD", 12, "08:30", "High", "CPI m/m", expected(monthly, -1), month_before),
        ("USD", 12, "08:30", "High", "CPI y/y", yearly, year_before),
        ("USD", 12, "08:30", "High", "Core CPI m/m", expected(core_monthly, 1), core_before),
        ("USD", 12, "08:30", "Medium", "Unemployment Claims", f"{jobless[-1] + 4}K", f"{jobless[-2]}K"),
        ("EUR", 12, "09:15", "High", "Main Refinancing Rate", "2.15%", "2.15%"),
        ("GBP", 13, "03:00", "High", "GDP m/m", "0.1%", "0.0%"),
        ("USD", 13, "10:00", "Medium", "Prelim UoM Consumer Sentiment", "61.5", "60.8"),
        ("USD", 14, "09:00" if run == 0 else "11:00", "Low", "G7 Meetings", "", ""),
    ]
    told = [{"title": title, "country": country, "date": f"2026-03-{day:02d}T{hour}:00-04:00", "impact": impact,
             "forecast": forecast, "previous": previous}
            for country, day, hour, impact, title, forecast, previous in rows]
    return "/ff_calendar_thisweek.json", json.dumps(told, separators=(",", ":")).replace("/", "\\/")


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
# Told of all shares and funds of the demo at once.
YAHOO = ("//feeds.finance.yahoo.com", "/rss/2.0/headline", "Yahoo")

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
    (YAHOO, 6, 3, "NVIDIA Splits Its Shares Four for One",
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
