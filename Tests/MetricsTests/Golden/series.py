"""The series that the golden files are about.

Made ones come from a linear congruential generator and plain arithmetic, which Swift repeats bit for bit
(GoldenSeries.swift). Real ones are read from the folder that MARKET_DATA names and are not kept here.
"""

import csv
import math
import os
from typing import NamedTuple


class Bar(NamedTuple):
    open: float
    high: float
    low: float
    close: float
    volume: float


#           first price, drift, swing
SHAPES = {
    "wander": (100.0, 1.0, 0.04),
    "flat": (100.0, 1.0, 0.04),  # every third stretch of 40 bars stands still, without volume
    "gaps": (100.0, 1.0, 0.04),  # every 25 bars the price jumps
    "fall": (6e11, 0.9453125, 0.08),  # from 6e11 to below 30
    "small": (1e-6, 1.0, 0.04),  # a coin of which a million cost a dollar
    "cents": (1.3, 1.0, 0.04),  # prices in whole cents, so that neighbours have the same sum of high, low and close
}
PRICED = [name for name in SHAPES if name != "cents"]  # those that measures of risk are made of
LENGTH = 420


def made(name):
    first, drift, swing = SHAPES[name]
    state = 7

    def draw():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 40) / 2**24 - 0.5

    price, bars = first, []
    for index in range(LENGTH):
        if name == "gaps" and index % 25 == 24:
            price *= 1.4 if index % 50 == 49 else 0.7
        draws = [draw() for _ in range(5)]
        opening = price * (1 + draws[0] * (swing / 4))
        closing = price * (drift + draws[1] * swing)
        high = max(opening, closing) * (1 + (draws[2] + 0.5) * (swing / 2))
        low = min(opening, closing) * (1 - (draws[3] + 0.5) * (swing / 2))
        volume = float(int((draws[4] + 0.5) * 1000000))
        if name == "flat" and index // 40 % 3 == 1:
            opening = closing = high = low = price
            volume = 0.0
        if name == "cents":
            opening, high, low, closing = (math.floor(p * 100 + 0.5) / 100 for p in (opening, high, low, closing))
        bars.append(Bar(opening, high, low, closing, volume))
        price = closing
    return bars


#  name: (file below MARKET_DATA/history, columns of open, high, low, close, volume)
REAL = {
    "aapl": ("equities/daily_actions/AAPL.csv", (1, 2, 3, 4, 6)),
    "ge": ("equities/daily_actions/GE.csv", (1, 2, 3, 4, 6)),
    "spy": ("equities/daily_actions/SPY.csv", (1, 2, 3, 4, 6)),
    "uvxy": ("equities/etf_daily_adjusted/uvxy.csv", (1, 2, 3, 4, 5)),
    "ung": ("equities/etf_daily_adjusted/ung.csv", (1, 2, 3, 4, 5)),
    "eth": ("equities/etf_daily_adjusted/eth.csv", (1, 2, 3, 4, 5)),
    "btc_hours": ("crypto/btcusdt_1h_binance_2024-2026.csv", (1, 2, 3, 4, 5)),
    "btc_days": ("crypto/btcusd_1d_bitstamp_coinbase_2011-2025.csv", (1, 5, 6, 2, 3)),
    "gold": ("commodities/xauusd_daily_2004-2025.csv", (3, 4, 5, 6, 7)),
    "silver": ("commodities/silver_mcx_inr_daily_2015-2024.csv", (1, 2, 3, 4, 5)),
}


def real(name):
    path, columns = REAL[name]
    bars = []
    with open(os.path.join(os.environ["MARKET_DATA"], "history", path), newline="") as file:
        for row in list(csv.reader(file))[1:]:
            try:
                bars.append(Bar(*(float(row[column]) for column in columns)))
            except (ValueError, IndexError):
                pass  # as the reader in Swift: a row without five numbers is none
    return bars
