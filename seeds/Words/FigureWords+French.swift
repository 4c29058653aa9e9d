import Market

extension FigureWords {
  static let french = FigureWords(
    names: ["french", "français", "fr"], hasDecimalComma: true,
    up: [
      "monté", "monte", "augmenté", "augmente", "gagné", "gagne", "gain", "gains", "hausse", "progressé", "progresse",
      "progression", "avancé", "grimpé", "plus haut", "supérieur", "au-dessus", "plus", "entrée", "entrées", "collecté",
      "collecte", "attiré", "reçu",
    ],
    down: [
      "baissé", "baisse", "chuté", "chute", "perdu", "perd", "perte", "pertes", "reculé", "recule", "recul", "cédé",
      "cède", "inférieur", "au-dessous", "moins", "sortie", "sorties", "retraits", "retiré",
    ],
    percent: ["%", "pour cent", "p. 100"], volatility: ["volatilité", "annualisée", "annualisé"],
    points: ["points", "point"], bars: ["barres", "barre"], days: ["jours", "jour"], hours: ["heures", "heure", "h"],
    scales: [
      "k": 3, "mille": 3, "m": 6, "million": 6, "millions": 6, "md": 9, "mds": 9, "milliard": 9, "milliards": 9,
    ],
    currencies: [
      "dollars": "USD", "dollar": "USD", "euros": "EUR", "euro": "EUR", "livres": "GBP", "yens": "JPY", "cents": "?",
    ],
    months: [
      ["janvier", "janv"], ["février", "févr"], ["mars"], ["avril", "avr"], ["mai"], ["juin"], ["juillet", "juil"],
      ["août"], ["septembre", "sept"], ["octobre", "oct"], ["novembre", "nov"], ["décembre", "déc"],
    ],
    roughly: ["environ", "près de", "quelque", "presque", "plus de", "~", "≈"],
    comparing: ["que", "que le", "depuis", "par rapport au", "contre", "depuis le"], partOf: ["sur"],
    joining: ["et", "à", "ou"],
    numbers: [
      "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
      "douze": 12, "vingt": 20, "trente": 30, "cinquante": 50, "cent": 100,
    ],
    hidden: ["doublé", "triplé", "quadruplé"])
}
