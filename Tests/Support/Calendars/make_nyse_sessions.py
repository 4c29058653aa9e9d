#!/usr/bin/env python3
"""Writes what exchange_calendars knows of New York's sessions, for the test that compares every one of them.

    python3 -m venv venv && venv/bin/pip install exchange_calendars==4.13
    venv/bin/python Tests/Support/Calendars/make_nyse_sessions.py

Written is nyse_sessions.txt beside this script, a line for each run of sessions on neighbouring weekdays (Monday follows
Friday) that open and close at the same times of UTC:

    FIRST-SESSION  SESSIONS  OPEN  CLOSE
"""

from datetime import timedelta
from pathlib import Path

import exchange_calendars

FIRST, LAST = "1990-01-01", "2030-12-31"


def main():
    schedule = exchange_calendars.get_calendar("XNYS", start=FIRST, end=LAST).schedule
    runs = []
    for day, row in schedule.iterrows():
        assert row["open"].date() == row["close"].date() == day.date()
        hours = f"{row['open']:%H:%M} {row['close']:%H:%M}"
        after = day + timedelta(days=3 if day.weekday() == 4 else 1)
        if runs and runs[-1]["next"] == day and runs[-1]["hours"] == hours:
            runs[-1].update(count=runs[-1]["count"] + 1, next=after)
        else:
            runs.append({"first": day, "count": 1, "hours": hours, "next": after})
    lines = [f"# XNYS, {FIRST} to {LAST}, as exchange_calendars {exchange_calendars.__version__} knows it; times are UTC"]
    lines += [f"{run['first']:%Y-%m-%d} {run['count']} {run['hours']}" for run in runs]
    Path(__file__).with_name("nyse_sessions.txt").write_text("\n".join(lines) + "\n")


main()
