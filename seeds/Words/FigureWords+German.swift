import Market

extension FigureWords {
  static let german = FigureWords(
    names: ["german", "deutsch", "de"], hasDecimalComma: true,
    up: [
      "stieg", "steigt", "stiegen", "steigen", "gestiegen", "gewann", "gewinnt", "gewonnen", "gewinn", "gewinne",
      "plus", "zulegen", "legte", "legten", "zugelegt", "höher", "zuwachs", "anstieg", "zunahme", "kletterte", "über",
      "zufluss", "zuflüsse", "nettozufluss", "nettozuflüsse", "nettozuflüssen", "zuflüssen", "nahmen", "einnahmen",
      "erhielten", "aufgenommen",
    ],
    down: [
      "fiel", "fällt", "fielen", "fallen", "gefallen", "verlor", "verliert", "verloren", "verlust", "verluste", "minus",
      "sank", "sanken", "gesunken", "niedriger", "tiefer", "rückgang", "abnahme", "gab nach", "gaben nach", "unter",
      "abfluss", "abflüsse", "nettoabfluss", "nettoabflüsse", "nettoabflüssen", "abflüssen", "gaben ab", "abgeflossen",
      "schwächer",
    ],
    percent: ["%", "prozent", "v. h."], volatility: ["volatilität", "schwankung", "schwankungsbreite", "annualisiert"],
    points: ["punkte", "punkt", "punkten", "zähler"], bars: ["balken", "stundenbalken"],
    days: ["tage", "tag", "tagen", "tages"], hours: ["stunden", "stunde", "h", "std"],
    scales: [
      "tsd.": 3, "tausend": 3, "mio.": 6, "mio": 6, "millionen": 6, "million": 6, "mrd.": 9, "mrd": 9, "milliarden": 9,
      "milliarde": 9, "billionen": 12,
    ],
    currencies: ["dollar": "USD", "us-dollar": "USD", "euro": "EUR", "pfund": "GBP", "yen": "JPY", "cent": "?"],
    months: [
      ["januar", "jan"], ["februar", "feb"], ["märz", "mär"], ["april", "apr"], ["mai"], ["juni", "jun"],
      ["juli", "jul"], ["august", "aug"], ["september", "sept", "sep"], ["oktober", "okt"], ["november", "nov"],
      ["dezember", "dez"],
    ],
    roughly: ["etwa", "rund", "ungefähr", "circa", "ca.", "knapp", "fast", "gut", "über", "~", "≈"],
    comparing: ["als", "als am", "seit", "gegenüber", "gegenüber dem", "verglichen mit", "vom", "von"], partOf: ["von"],
    joining: ["und", "bis", "oder"],
    numbers: [
      "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
      "zwölf": 12, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "hundert": 100,
    ],
    hidden: ["verdoppelt", "verdoppelte", "verdreifacht", "verdreifachte", "halbiert", "halbierte", "vervierfacht"])
}
