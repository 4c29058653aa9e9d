#!/usr/bin/env python3
"""Makes the record whose imports an appliance of before believed against what the files say of themselves.

    python3 Tests/Support/Records/make_believing_record.py BINARY [FOLDER]

BINARY is an appliance of edition 1 of the rules, which held no file against its own evidence; FOLDER is this one unless
said otherwise. Needs Python 3.9 and the zstd command. Written is believing.db.zst: the database, vacuumed, with a file of
each kind in a series of its own. Every number is invented here.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

HEADER = "date,open,high,low,close,volume\n"


def hours(prices):
    return HEADER + "".join(f"2025-03-04 {number:02}:00:00,{price},{price + 2},{price - 1},{price + 1},1.5\n"
                            for number, price in enumerate(prices))


# Name, text, arguments behind it; whether the binary of then takes it.
FILES = [
    ("a-two-symbols.csv",
     "timestamp,symbol,open,high,low,close,volume\n"
     "2025-03-03 00:00:00,SOLUSDT,140,142,139,141,12.5\n2025-03-03 00:00:00,ADAUSDT,0.9,0.95,0.89,0.92,2100\n"
     "2025-03-03 01:00:00,SOLUSDT,141,143,140,142,11.5\n2025-03-03 01:00:00,ADAUSDT,0.92,0.96,0.9,0.93,1900\n",
     "--asset ADA --interval 1h", True),
    ("b-half-hours.csv",
     "unix,open,high,low,close,volume\n"
     + "".join(f"{1740960000 + 1800 * number},{50 + number},{52 + number},{49 + number},{51 + number},1.5\n"
               for number in range(12)),
     "--asset LTC --interval 1h", True),
    ("c-point-groups.csv",
     "Date;Open;High;Low;Close;Volume\n13.03.2025;2.213,03;2.220;2.205,50;2.216,8;1.500\n"
     "04.03.2025;2.205;2.220;2.201;2.210;2.000\n17.03.2025;2.210,5;2.222,25;2.208;2.220;1.750\n",
     "--asset MDAX --class stock --interval 1d", True),
    ("d-wider-row.csv",
     "Date,Open,High,Low,Close,Volume\n2025-03-03,12,450.0,12,450.0,12,430.0,12,440.0,4321\n"
     "2025-03-04,980.0,985.0,975.0,982.0,4321\n",
     "--asset NDX --class stock --interval 1d", True),
    ("e-utc-of-local-midnight.csv",
     HEADER + "2025-03-02T23:00:00Z,104,106,103,105,1.5\n2025-03-03T23:00:00Z,105,107,104,106,1.5\n",
     "--asset SIE --class stock --interval 1d --time-zone Europe/Berlin", True),
    ("f-volume-usd.csv",
     "date,open,high,low,close,Volume USD\n2025-03-03 00:00:00,90000,90500,89900,90100,1126250\n"
     "2025-03-03 01:00:00,90100,90600,90000,90200,1353000\n",
     "--asset BTC --interval 1h", True),
    ("h-thousands-in-flows.csv",
     'Date,IBIT,FBTC,GBTC,Total\n03 Mar 2025,"1,025.5",10.0,(85.5),950.0\n04 Mar 2025,266.2,34.7,"(1,203.4)",-902.5\n'
     "05 Mar 2025,164.7,15.2,8.2,188.1\n",
     "--dataset etf-flow --asset BTC --source farside", True),
    ("i-price-among-funds.csv",
     "Date,ETHA,FETH,PRICE\n2025-03-03,15.1,10.0,54000\n2025-03-04,1.0,2.0,54100\n",
     "--dataset etf-flow --asset ETH --source farside", True),
    ("j-flipped-days.csv",
     HEADER + "".join(f"{day},{100 + number},{102 + number},{99 + number},{101 + number},1.5\n" for number, day in
                      enumerate(["04/09/2021", "04/10/2021", "04/11/2021", "04/12/2021", "13/04/2021", "14/04/2021"])),
     "--asset XMR --class crypto --interval 1d", True),
    ("n-dollar-signs.csv", "Date,Close/Last,Volume,Open,High,Low\n03/13/2025,$137.88,4424958,$139.97,$141.20,$136.65\n",
     "--asset AAPL --class stock --interval 1d", False),
    ("plain.csv", hours(range(500, 524)), "--asset ZEC --class crypto --interval 1h", True),
]


def main():
    binary = str(Path(sys.argv[1]).resolve())
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "APPLIANCE_HOME": home}

        def appliance(*arguments, minute):
            now = f"2025-03-20T12:{minute:02}:00Z"
            return subprocess.run([binary, *arguments], capture_output=True, text=True, cwd=home,
                                  env={**environment, "APPLIANCE_NOW": now})

        for minute, (name, text, arguments, is_taken) in enumerate(FILES):
            Path(home, name).write_text(text)
            done = appliance("import", name, *arguments.split(), minute=minute)
            print(f"{name}: exit {done.returncode} {done.stdout.splitlines()[:1]} {done.stderr.strip()[:150]}")
            if (done.returncode == 0) != is_taken:
                sys.exit("which was not expected")
        done = appliance("rebuild", "--verify", minute=50)
        if done.returncode != 0:
            sys.exit(f"it does not rebuild: {done.stdout}{done.stderr}")
        plain = Path(home, "plain.db")
        with sqlite3.connect(Path(home, "appliance.db")) as connection:
            connection.execute("VACUUM INTO ?", (str(plain),))
        with sqlite3.connect(plain) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        subprocess.run(["zstd", "-q", "-19", "-f", str(plain), "-o", str(target / "believing.db.zst")], check=True)
        print((target / "believing.db.zst").stat().st_size)


if __name__ == "__main__":
    main()
