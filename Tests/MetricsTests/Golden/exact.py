"""The measures in which TA-Lib loses digits, in decimals of 60 digits.

TA-Lib keeps running sums of prices and of their squares, takes one from the other, and takes what is below 1e-14 for
nothing. Where that moves a value by more than the tolerance, these decide.
"""

from decimal import Decimal, getcontext

getcontext().prec = 60
NOTHING = Decimal(10) ** -40


def decimals(values):
    return [Decimal(value) for value in values]


def each(values, length):
    """The windows of a series, by the index of their last element."""
    return {last: values[last - length + 1 : last + 1] for last in range(length - 1, len(values))}


def mean(values):
    return sum(values) / len(values)


def deviation(values):
    middle = mean(values)
    return (sum((value - middle) ** 2 for value in values) / len(values)).sqrt()


def over(values, length, formula, wanted):
    return {last: formula(window) for last, window in each(values, length).items() if wanted is None or last in wanted}


def sma(close, n, wanted=None):
    return over(close, n, mean, wanted)


def wma(close, n, wanted=None):
    return over(close, n, lambda w: sum((i + 1) * p for i, p in enumerate(w)) / (Decimal(n * (n + 1)) / 2), wanted)


def stddev(close, n, wanted=None):
    return over(close, n, deviation, wanted)


def slope(close, n, wanted=None):
    places = decimals(range(n))
    middle = mean(places)
    spread = sum((i - middle) ** 2 for i in places)
    return over(close, n, lambda w: sum((i - middle) * p for i, p in zip(places, w)) / spread, wanted)


def cci(bars, n, wanted=None):
    typical = [(h + l + c) / 3 for h, l, c in bars]

    def formula(window):
        middle = mean(window)
        distance = mean([abs(price - middle) for price in window])
        return Decimal(0) if distance < NOTHING * abs(middle) else (window[-1] - middle) / (Decimal("0.015") * distance)

    return over(typical, n, formula, wanted)


def place(window_high, window_low, close):
    high, low = max(window_high), min(window_low)
    return Decimal(0) if high - low <= NOTHING * abs(high) else 100 * (close - low) / (high - low)


def raw_k(high, low, close, n):
    highs, lows = each(high, n), each(low, n)
    return {last: place(highs[last], lows[last], close[last]) for last in highs}


def smoothed(values, n):
    """The mean of the last n of a series that begins late."""
    return {
        last: mean([values[i] for i in range(last - n + 1, last + 1)]) for last in values if last - n + 1 in values
    }


def rsi(close, n):
    gain = loss = Decimal(0)
    found = {}
    for index in range(1, len(close)):
        change = close[index] - close[index - 1]
        up, down = max(change, Decimal(0)), max(-change, Decimal(0))
        if index <= n:
            gain, loss = gain + up / n, loss + down / n
        else:
            gain, loss = (gain * (n - 1) + up) / n, (loss * (n - 1) + down) / n
        if index >= n:
            found[index] = Decimal(0) if gain + loss == 0 else 100 * gain / (gain + loss)
    return found


def stochrsi(close, n, length):
    strength = rsi(close, n)
    series = [strength[index] for index in range(n, len(close))]
    return {last + n: value for last, value in raw_k(series, series, series, length).items()}


def kama(close, n):
    fast, slow = Decimal(2) / 3, Decimal(2) / 31
    average, found = close[n - 1], {}
    for index in range(n, len(close)):
        path = sum(abs(close[i] - close[i - 1]) for i in range(index - n + 1, index + 1))
        way = abs(close[index] - close[index - n])
        share = (1 if path == 0 else way / path) * (fast - slow) + slow
        average += (close[index] - average) * share**2
        found[index] = average
    return found


def mfi(bars, volume, n, wanted=None):
    typical = [(h + l + c) / 3 for h, l, c in bars]
    flows = [Decimal(0)]
    for index in range(1, len(typical)):
        change = typical[index] - typical[index - 1]
        # Bars that are the same in floating point are the same.
        sign = 0 if abs(change) <= abs(typical[index]) * Decimal("2e-16") else (1 if change > 0 else -1)
        flows.append(sign * typical[index] * volume[index])

    def formula(window):
        up, all_of_it = sum(f for f in window if f > 0), sum(abs(f) for f in window)
        return Decimal(0) if all_of_it == 0 else 100 * up / all_of_it

    found = over(flows, n, formula, wanted)
    return {last: value for last, value in found.items() if last >= n}


def joint(x, y, formula, n, wanted):
    found = {}
    for last in range(n - 1, len(x)):
        if wanted is None or last in wanted:
            xs, ys = x[last - n + 1 : last + 1], y[last - n + 1 : last + 1]
            mx, my = mean(xs), mean(ys)
            value = formula(
                sum((a - mx) ** 2 for a in xs),
                sum((b - my) ** 2 for b in ys),
                sum((a - mx) * (b - my) for a, b in zip(xs, ys)),
            )
            if value is not None:
                found[last] = value
    return found


def correlation(x, y, n, wanted=None):
    return joint(x, y, lambda xx, yy, xy: None if xx == 0 or yy == 0 else xy / (xx * yy).sqrt(), n, wanted)


def beta(benchmark, asset, n, wanted=None):
    x = [b / a - 1 for a, b in zip(benchmark, benchmark[1:])]
    y = [b / a - 1 for a, b in zip(asset, asset[1:])]
    earlier = None if wanted is None else {index - 1 for index in wanted}
    found = joint(x, y, lambda xx, yy, xy: None if xx == 0 else xy / xx, n, earlier)
    return {last + 1: value for last, value in found.items()}
