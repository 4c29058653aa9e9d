extension WordedTexts {
  static let bitcoinGerman = WordedTexts(
    facts: bitcoinFacts("German"),
    right: [
      "Bitcoin schloss bei 64.262,70 USDT, 1,5 % höher als am Vortag.",
      "Bitcoin legte um 1,46 % zu.",
      "Die Fonds verzeichneten Zuflüsse von 136 Mio. Dollar.",
      "Der Index stieg um 4 Punkte auf 54.",
      "Es war der höchste Schlusskurs seit 13 Tagen.",
      "Bitcoin bewegte sich zwischen 62.700 und 64.688 USDT.",
      "Die Volatilität über sieben Tage lag bei 37,4 % im Jahr.",
      "Bitcoin stieg um 1,46 % auf 64.262,70 USDT.",
      "Am 24. September schloss Bitcoin bei 64.262,70 USDT und damit 1,5 % höher.",
      "Die Fonds nahmen 136 Millionen Dollar ein, in fünf Tagen 338,1 Millionen.",
      "Das Hoch lag bei 64.688 USDT, das Tief bei 62.700 USDT.",
      "Der Index stand bei 54 von 100, 4 Punkte höher als am Vortag.",
      "In Europa verlor Bitcoin 0,63 %, im US-Handel gewann er 1,75 %.",
      "Die Volatilität lag bei 37,4 % pro Jahr.",
    ],
    wrong: [
      "Bitcoin schloss bei 64.688 USDT.",
      "Bitcoin gab um 1,46 % nach.",
      "Bitcoin stieg um zwei Prozent.",
      "Bitcoin verdoppelte sich.",
      "Den Fonds flossen 136 Mio. Dollar ab.",
      "Der Index fiel um 54 Punkte.",
      "Ether schloss bei 64.262,70 USDT.",
      "Bitcoin fiel um 1,46 %.",
      "Bitcoin schloss bei 62.700 USDT.",
      "Die Fonds verloren 136 Millionen Dollar.",
      "Am 23. September stieg Bitcoin um 1,46 %.",
      "Bitcoin stieg um 1,46 Prozentpunkte.",
      "Der Index fiel um 4 Punkte.",
      "Bitcoin stieg um 14,6 %.",
      "Solana stieg um 1,46 %.",
      "Bitcoin schloss bei 64.262,70 Euro.",
      "Im US-Handel stieg Bitcoin um 0,35 %.",
    ])

  static let bitcoinFrench = WordedTexts(
    facts: bitcoinFacts("French"),
    right: [
      "Le bitcoin a gagné 1,46 % à 64 262,70 USDT.",
      "Les fonds ont collecté 136 millions de dollars.",
    ],
    wrong: [
      "Bitcoin a perdu 1,46 %.",
      "Bitcoin a clôturé à 62 700 USDT.",
    ])

  static let bitcoinSpanish = WordedTexts(
    facts: bitcoinFacts("Spanish"),
    right: [
      "Bitcoin subió un 1,46 % y cerró en 64.262,70 USDT."
    ],
    wrong: [
      "Bitcoin bajó un 1,46 %."
    ])
}
