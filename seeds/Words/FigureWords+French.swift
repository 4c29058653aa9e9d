import Market

extension FigureWords {
  static let french = FigureWords(
    names: ["french", "français", "fr"], hasDecimalComma: true, hasCapitalNouns: false,
    up: [
      "monté", "monte", "augmenté", "augmente", "gagné", "gagne", "gain", "gains", "hausse", "progressé", "progresse",
      "progression", "avancé", "grimpé", "plus haut", "supérieur", "au-dessus", "plus", "entrée", "entrées", "collecté",
      "collecte", "attiré", "reçu",
    ],
    down: [
      "baissé", "baisse", "chuté", "chute", "perdu", "perd", "perte", "pertes", "reculé", "recule", "recul", "cédé",
      "cède", "inférieur", "au-dessous", "moins", "sortie", "sorties", "retraits", "retiré",
    ],
    pairs: [], percent: ["%", "pour cent", "p. 100"], volatility: ["volatilité", "annualisée", "annualisé"],
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
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"], yesterday: ["hier"],
    roughly: ["environ", "près de", "quelque", "presque", "plus de", "~", "≈"],
    comparing: ["que", "que le", "depuis", "par rapport au", "contre", "depuis le"], partOf: ["sur"],
    joining: ["et", "à", "ou"],
    numbers: [
      "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
      "douze": 12, "vingt": 20, "trente": 30, "cinquante": 50, "cent": 100,
    ],
    hidden: ["doublé", "triplé", "quadruplé"],
    topics: [
      .close: [
        "clôturé", "clôture", "clôturait", "terminé", "termine", "fini",
      ],
      .open: ["ouvert", "ouverture", "ouvrait", "débuté", "commencé"],
      .high: ["plus haut", "sommet", "maximum", "pic"], .low: ["plus bas", "creux", "minimum"],
      .range: ["entre", "atteint", "touché", "oscillé"], .asia: ["asie", "asiatique", "asiatiques"],
      .europe: ["europe", "européenne", "européennes", "européen"],
      .america: ["américaine", "américaines", "américain", "new york"],
      .day: [
        "sur la journée", "dans la journée", "par rapport à la veille", "sur un jour", "24 heures", "que la veille",
      ],
      .flow: [
        "fonds", "etf", "etfs", "entrées", "entrée", "sorties", "sortie", "flux", "collecte", "collecté",
        "investisseurs",
      ],
      .fiveDays: ["cinq jours", "5 jours", "cinq séances", "5 séances"],
      .index: ["indice", "sentiment", "peur", "avidité"],
      .streak: ["de suite", "d'affilée", "consécutifs", "consécutive", "consécutif"],
      .highest: ["plus haute", "le plus élevé", "plus élevée"], .lowest: ["plus basse", "le plus faible"],
      .dayBefore: ["la veille", "le jour précédent", "un jour plus tôt"],
      .span: [
        "semaine", "semaines", "mois", "année", "années", "an", "ans", "trimestre", "jamais", "record", "histoire",
      ],
      .negation: ["pas", "ne", "n'a", "sans", "aucun", "aucune", "jamais", "pourrait"],
      .over: ["plus de", "au-dessus de", "au moins"], .under: ["moins de", "près de", "presque", "au plus"],
      .assets: ["actifs", "actif"],
      .ending: ["et", "mais", "tandis que", "alors que", "puis", "après", "avant", "pendant que"],
      .level: ["à", "vers"], .unchanged: ["inchangé", "stable"],
      .from: ["de", "depuis", "contre", "après"],
      .behindNumber: [
        "le", "la", "les", "un", "de", "du", "en", "à", "au", "et", "ou", "mais", "sur", "par", "pour", "après",
        "avant",
        "contre", "utc", "dans", "avec", "est", "était", "net", "pendant",
      ],
      .order: [
        "achetez", "acheter", "vendez", "vendre", "vous", "votre", "vos", "doit", "devez", "garanti", "conseil",
        "recommande", "envoyez", "nous", "je", "va", "prévision", "tu",
      ],
      .capital: ["peur", "avidité", "neutre", "extrême", "crypto"],
      .plain: [
        "cotait", "cote", "valait", "prix", "cours", "établit", "le", "la", "les", "un", "une", "des", "du", "de", "il",
        "elle", "ce", "cette", "est", "était", "a", "ont",
        "marché", "marchés", "jour", "journée", "calme", "stable", "stables", "peu", "changé", "inchangé", "séance",
        "resté", "cryptomonnaies", "actions", "en", "à", "au", "dans", "sur",
      ],
    ])
}
