"""Writes risk.txt: what numpy, scipy, pandas and scikit-learn make of the made series.

    ~/venv-ta/bin/pip install numpy scipy pandas scikit-learn && ~/venv-ta/bin/python make_risk.py

Made with numpy 2.4.6, scipy 1.17.1, pandas 3.1.1, scikit-learn 1.9.1. Bars are taken for days of a market that never
closes: 365 a year. The asset of a beta is the series, its benchmark `wander`.

Where empyrical (empyrical-reloaded 0.7.1) and quantstats (0.0.86) differ, run over the same returns, and why they are
not followed:
- CAGR: both raise to periods a year ÷ number of returns, 252 unless told; here to 365 ÷ days that passed. Told 365 for
  days without a hole, all three agree. Calmar follows, as it divides by the same drawdown.
- volatility: both of simple returns; here of log returns, which add up over time.
- Sharpe, Sortino: the same, told the market's periods. Neither has Mertens' interval.
- drawdown: both give negative fractions; here positive is down.
- VaR: empyrical's is the quantile itself, here its negative; quantstats' is the normal one, also negative here.
- CVaR: empyrical means so many of the worst returns, which are those not above the quantile, here with the other sign;
  quantstats means the tail of the normal distribution, which is our normal one with the other sign.
- skew, kurtosis: quantstats has pandas', which correct for bias; here scipy's default, which does not.
"""

import os

import numpy
import pandas
import scipy.stats
from sklearn.covariance import ledoit_wolf

import series

YEAR = 365


def figures(name):
    bars = series.made(name)
    o, h, l, c = (numpy.array([getattr(bar, field) for bar in bars]) for field in ("open", "high", "low", "close"))
    simple, logs, n = c[1:] / c[:-1] - 1, numpy.diff(numpy.log(c)), len(c) - 1
    yield "cagr", (c[-1] / c[0]) ** (365 / n) - 1
    yield "volatility", logs.std(ddof=1) * YEAR**0.5
    yield "ewma", (pandas.Series(logs**2).ewm(alpha=0.06, adjust=False).mean().iloc[-1] * YEAR) ** 0.5
    yield "parkinson", (numpy.mean(numpy.log(h / l) ** 2) / (4 * numpy.log(2)) * YEAR) ** 0.5
    yield "garman_klass", (
        numpy.mean(numpy.log(h / l) ** 2 / 2 - (2 * numpy.log(2) - 1) * numpy.log(c / o) ** 2) * YEAR
    ) ** 0.5
    jumps, changes = numpy.log(o[1:] / c[:-1]), numpy.log(c / o)[1:]
    ranges = (numpy.log(h / c) * numpy.log(h / o) + numpy.log(l / c) * numpy.log(l / o))[1:]
    k = 0.34 / (1.34 + (n + 1) / (n - 1))
    yield "yang_zhang", ((jumps.var(ddof=1) + k * changes.var(ddof=1) + (1 - k) * ranges.mean()) * YEAR) ** 0.5
    ratio, skew, kurtosis = simple.mean() / simple.std(ddof=1), scipy.stats.skew(simple), scipy.stats.kurtosis(simple)
    error = ((1 + ratio**2 / 2 - skew * ratio + kurtosis / 4 * ratio**2) / n) ** 0.5
    yield "sharpe", ratio * YEAR**0.5
    yield "sharpe_low", (ratio - scipy.stats.norm.ppf(0.975) * error) * YEAR**0.5
    yield "sharpe_high", (ratio + scipy.stats.norm.ppf(0.975) * error) * YEAR**0.5
    yield "sortino", simple.mean() / numpy.mean(numpy.minimum(simple, 0) ** 2) ** 0.5 * YEAR**0.5
    falls = 1 - c / numpy.maximum.accumulate(c)
    yield "drawdown", falls.max()
    yield "calmar", ((c[-1] / c[0]) ** (365 / n) - 1) / falls.max()
    cut = numpy.quantile(simple, 0.05)
    yield "var", -cut
    yield "cvar", -simple[simple <= cut].mean()
    normal = scipy.stats.norm(simple.mean(), simple.std(ddof=1))
    yield "normal_var", -normal.ppf(0.05)
    yield "normal_cvar", -normal.expect(lambda x: x, ub=normal.ppf(0.05), conditional=True)
    yield "skew", skew
    yield "kurtosis", kurtosis
    benchmark = numpy.array([bar.close for bar in series.made("wander")])
    yield "beta", scipy.stats.linregress(benchmark[1:] / benchmark[:-1] - 1, simple).slope


def correlations():
    names = series.PRICED
    for rows in (150, series.LENGTH - 1):
        logs = numpy.array(
            [numpy.diff(numpy.log([bar.close for bar in series.made(name)]))[-rows:] for name in names]
        ).T
        plain = numpy.corrcoef(logs.T)
        covariance, shrinkage = ledoit_wolf(logs)
        deviations = numpy.sqrt(numpy.diag(covariance))
        shrunk = covariance / numpy.outer(deviations, deviations)
        yield f"shrinkage_{rows}", shrinkage
        for kind, matrix in (("plain", plain), ("shrunk", shrunk)):
            for i, one in enumerate(names):
                for j in range(i):
                    yield f"{kind}_{rows}_{i}_{j}", matrix[i, j]


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    with open("risk.txt", "w") as file:
        file.write("# made by make_risk.py, which says what stands where\n")
        for name in series.PRICED:
            for figure, value in figures(name):
                file.write(f"{name}\t{figure}\t{float(value)!r}\n")
        for figure, value in correlations():
            file.write(f"all\t{figure}\t{float(value)!r}\n")
