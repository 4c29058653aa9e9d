import Market

extension FigureWords {
  static let english = FigureWords(
    names: ["english", "en"], hasDecimalComma: false,
    up: [
      "rose", "rise", "rises", "risen", "rising", "gain", "gains", "gained", "gaining", "up", "higher", "increase",
      "increased", "increases", "advance", "advanced", "advances", "climbed", "climb", "climbs", "climbing", "added",
      "adds", "jumped", "jump", "surged", "rallied", "rally", "grew", "stronger", "above", "plus", "recovered",
      "recovering", "recovers", "rebounded", "rebound", "rebounding",
      "inflow", "inflows", "net inflow", "took in", "take in", "taken in", "drew in", "drew", "attracted", "poured in",
      "received", "put on", "bought in",
    ],
    down: [
      "fell", "fall", "falls", "fallen", "falling", "lost", "lose", "loses", "losing", "loss", "losses", "down",
      "lower", "decrease", "decreased", "decreases", "decline", "declined", "declines", "declining", "dropped", "drop",
      "drops", "slipped", "slid", "slide", "sank", "shed", "sheds", "retreated", "weaker", "below", "minus", "dipped",
      "eased", "outflow", "outflows", "net outflow", "let go", "withdrew", "withdrawn", "withdrawals", "redemptions",
      "flowed out", "pulled out", "paid out", "gave up", "bled", "left the",
    ],
    percent: ["%", "per cent", "percent", "pct"], volatility: ["volatility", "volatile", "annualised", "annualized"],
    points: ["points", "point"], bars: ["bars", "bar", "hourly bars", "hourly bar"], days: ["days", "day", "daily"],
    hours: ["hours", "hour", "h"],
    scales: [
      "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "millions": 6, "bn": 9, "b": 9, "billion": 9, "billions": 9,
      "tn": 12, "trillion": 12,
    ],
    currencies: [
      "dollars": "USD", "dollar": "USD", "us dollars": "USD", "u.s. dollars": "USD", "euros": "EUR", "euro": "EUR",
      "pounds": "GBP", "yen": "JPY", "cents": "?",
    ],
    months: [
      ["january", "jan"], ["february", "feb"], ["march", "mar"], ["april", "apr"], ["may"], ["june", "jun"],
      ["july", "jul"], ["august", "aug"], ["september", "sept", "sep"], ["october", "oct"], ["november", "nov"],
      ["december", "dec"],
    ],
    roughly: [
      "about", "around", "roughly", "some", "approximately", "nearly", "almost", "close to", "just over", "just under",
      "over", "more than", "~", "≈",
    ],
    comparing: [
      "than", "than on", "from", "since", "against", "versus", "compared with", "compared to", "after", "on top of",
    ], partOf: ["of", "out of"], joining: ["and", "to", "or", "through"],
    numbers: [
      "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
      "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
      "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
      "ninety": 90, "hundred": 100,
    ],
    hidden: [
      "doubled", "doubling", "tripled", "trebled", "quadrupled", "halved", "halving", "twofold", "threefold", "tenfold",
    ])
}
