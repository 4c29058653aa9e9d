"""Writes indicators_made.txt and, where MARKET_DATA is set, indicators_real.txt: what TA-Lib makes of the series.

    python3 -m venv ~/venv-ta && ~/venv-ta/bin/pip install TA-Lib numpy
    MARKET_DATA=… ~/venv-ta/bin/python make_indicators.py

Made with TA-Lib 0.8.2 (C library 0.6.4 or later, compatibility default, no unstable period) and numpy 2.4.6.

A line: series, indicator, column, scale, then index:value for some indexes, `-` where there is none. `scale` says what a
difference is measured against besides the value: `price` (the highest price that the window reads) or a number. Where
TA-Lib is further from exact arithmetic than 1e-9 of the larger of both, the exact value stands behind `=`; where
there is no exact value (both series stand still), `=-`.
"""

import os
import sys

import numpy
import talib

import exact
import series

PRICE = "price"


def arrays(bars):
    return {field: numpy.array([getattr(bar, field) for bar in bars]) for field in series.Bar._fields}


def measures(a):
    """indicator, its column, scale, look-back, TA-Lib's values, exact values by index (made when asked)."""
    o, h, l, c, v = (a[field] for field in series.Bar._fields)
    d = {field: exact.decimals(a[field]) for field in series.Bar._fields}
    hlc = list(zip(d["high"], d["low"], d["close"]))

    def one(name, scale, back, values, exactly=None):
        return name, name.replace(":", "_").replace("/", "_"), scale, back, values, exactly

    for n in (20, 50, 200):
        yield one(f"sma:{n}", PRICE, n - 1, talib.SMA(c, n), lambda w, n=n: exact.sma(d["close"], n, w))
    yield one("ema:20", PRICE, 19, talib.EMA(c, 20))
    yield one("wma:20", PRICE, 19, talib.WMA(c, 20), lambda w: exact.wma(d["close"], 20, w))
    yield one("dema:20", PRICE, 38, talib.DEMA(c, 20))
    yield one("tema:20", PRICE, 57, talib.TEMA(c, 20))
    yield one("kama:20", PRICE, 20, talib.KAMA(c, 20), lambda w: exact.kama(d["close"], 20))
    yield one("rsi:14", 1, 14, talib.RSI(c, 14), lambda w: exact.rsi(d["close"], 14))
    for name, values in zip(("macd", "macd_signal", "macd_histogram"), talib.MACD(c, 12, 26, 9)):
        yield "macd:12/26/9", f"{name}_12_26_9", PRICE, 33, values, None
    for name, sign, values in zip(("upper", "middle", "lower"), (2, 0, -2), talib.BBANDS(c, 20, 2, 2)):

        def bands(w, sign=sign):
            middles, deviations = exact.sma(d["close"], 20, w), exact.stddev(d["close"], 20, w)
            return {index: middles[index] + sign * deviations[index] for index in middles}

        yield "bollinger:20/2", f"bollinger_{name}_20_2", PRICE, 19, values, bands
    yield one("stddev:20", PRICE, 19, talib.STDDEV(c, 20), lambda w: exact.stddev(d["close"], 20, w))
    yield one("atr:14", PRICE, 14, talib.ATR(h, l, c, 14))
    yield one("natr:14", 1, 14, talib.NATR(h, l, c, 14))
    yield "adx:14", "adx_14", 1, 27, talib.ADX(h, l, c, 14), None
    yield "adx:14", "plus_di_14", 1, 14, talib.PLUS_DI(h, l, c, 14), None
    yield "adx:14", "minus_di_14", 1, 14, talib.MINUS_DI(h, l, c, 14), None
    slow = lambda: exact.smoothed(exact.raw_k(d["high"], d["low"], d["close"], 14), 3)
    k, kd = talib.STOCH(h, l, c, 14, 3, 0, 3, 0)
    yield "stochastic:14/3/3", "stochastic_k_14_3_3", 1, 17, k, lambda w: slow()
    yield "stochastic:14/3/3", "stochastic_d_14_3_3", 1, 17, kd, lambda w: exact.smoothed(slow(), 3)
    k, kd = talib.STOCHRSI(c, 14, 14, 3, 0)
    yield "stochrsi:14/14/3", "stochrsi_k_14_14_3", 1, 29, k, lambda w: exact.stochrsi(d["close"], 14, 14)
    yield "stochrsi:14/14/3", "stochrsi_d_14_14_3", 1, 29, kd, lambda w: exact.smoothed(
        exact.stochrsi(d["close"], 14, 14), 3
    )
    yield one("cci:14", 1, 13, talib.CCI(h, l, c, 14), lambda w: exact.cci(hlc, 14, w))
    yield one("mfi:14", 1, 14, talib.MFI(h, l, c, v, 14), lambda w: exact.mfi(hlc, d["volume"], 14, w))
    yield "obv", "obv", float(v.max()), 0, talib.OBV(c, v), None
    yield one("williams:14", 1, 13, talib.WILLR(h, l, c, 14))
    yield one("roc:10", 1, 10, talib.ROC(c, 10))
    yield one("momentum:10", PRICE, 10, talib.MOM(c, 10))
    down, up = talib.AROON(h, l, 14)
    yield "aroon:14", "aroon_up_14", 1, 14, up, None
    yield "aroon:14", "aroon_down_14", 1, 14, down, None
    yield "psar:0.02/0.2", "psar_0.02_0.2", PRICE, 1, talib.SAR(h, l, 0.02, 0.2), None
    yield one("slope:14", PRICE, 13, talib.LINEARREG_SLOPE(c, 14), lambda w: exact.slope(d["close"], 14, w))
    yield "donchian:20", "donchian_upper_20", PRICE, 19, talib.MAX(h, 20), None
    yield "donchian:20", "donchian_lower_20", PRICE, 19, talib.MIN(l, 20), None
    # Of two series: the close as the asset, the open as the benchmark.
    yield one("correlation:30", 1, 29, talib.CORREL(o, c, 30), lambda w: exact.correlation(d["open"], d["close"], 30, w))
    yield one("beta:5", 1, 5, talib.BETA(o, c, 5), lambda w: exact.beta(d["open"], d["close"], 5, w))


def scale_at(scale, back, index, a):
    return a["high"][max(0, index - back) : index + 1].max() if scale == PRICE else scale


def cell(index, scale, back, values, exactly, a):
    if index < back:
        return "-" if numpy.isnan(values[index]) else f"TALIB GIVES {values[index]}"
    theirs = float(values[index])
    if exactly is None:
        return f"{theirs:.12g}"
    ours = exactly.get(index)
    if ours is None:
        return "=-"
    tolerance = 1e-9 * max(abs(float(ours)), scale_at(scale, back, index, a))
    return f"{theirs:.12g}" if abs(theirs - float(ours)) <= tolerance else f"={float(ours):.12g}"


def write(path, bars_of, names, step, without=()):
    """Indicators that pass on prices as they are stay out of the file about recorded series, which is to hold none."""
    marked = 0
    with open(path, "w") as file:
        file.write("# made by make_indicators.py, which says what stands where\n")
        for name in names:
            a = arrays(bars_of(name))
            for number, (indicator, column, scale, back, values, exactly) in enumerate(measures(a)):
                if indicator in without:
                    continue
                first = [index for index in (back - 1, back, back + 1) if index >= 0]
                indexes = first + list(range(back + 2 + number, len(a["close"]), step))
                exact_values = exactly(set(indexes)) if exactly else None
                cells = [f"{index}:{cell(index, scale, back, values, exact_values, a)}" for index in indexes]
                marked += sum(":=" in text for text in cells)
                file.write("\t".join([name, indicator, column, str(scale), " ".join(cells)]) + "\n")
    print(f"{path}: {os.path.getsize(path)} bytes, {marked} values decided by exact arithmetic")


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    write("indicators_made.txt", series.made, series.SHAPES, 13)
    if "MARKET_DATA" in os.environ:
        write("indicators_real.txt", series.real, series.REAL, 97 * 4, without=("donchian:20",))
    else:
        print("MARKET_DATA is not set; indicators_real.txt stays as it is", file=sys.stderr)
