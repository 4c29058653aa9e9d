import Market

extension FigureWords {
  static let spanish = FigureWords(
    names: ["spanish", "español", "es"], hasDecimalComma: true,
    up: [
      "subió", "sube", "subido", "subida", "ganó", "gana", "ganado", "ganancia", "ganancias", "aumentó", "aumento",
      "avanzó", "creció", "alza", "más alto", "superior", "por encima", "más", "entrada", "entradas", "captaron",
      "captó", "recibieron", "atrajeron",
    ],
    down: [
      "cayó", "cae", "caído", "caída", "bajó", "baja", "bajado", "perdió", "pierde", "perdido", "pérdida", "pérdidas",
      "disminuyó", "retrocedió", "descenso", "inferior", "por debajo", "menos", "salida", "salidas", "retiraron",
      "retiros", "cedió",
    ],
    percent: ["%", "por ciento"], volatility: ["volatilidad", "anualizada"],
    points: ["puntos", "punto"], bars: ["barras", "barra"], days: ["días", "día"], hours: ["horas", "hora", "h"],
    scales: ["k": 3, "mil": 3, "m": 6, "millón": 6, "millones": 6, "mil millones": 9, "billones": 12],
    currencies: [
      "dólares": "USD", "dólar": "USD", "euros": "EUR", "euro": "EUR", "libras": "GBP", "yenes": "JPY", "centavos": "?",
    ],
    months: [
      ["enero", "ene"], ["febrero", "feb"], ["marzo", "mar"], ["abril", "abr"], ["mayo", "may"], ["junio", "jun"],
      ["julio", "jul"], ["agosto", "ago"], ["septiembre", "sept", "sep"], ["octubre", "oct"], ["noviembre", "nov"],
      ["diciembre", "dic"],
    ],
    roughly: ["cerca de", "alrededor de", "unos", "aproximadamente", "casi", "más de", "~", "≈"],
    comparing: ["que", "que el", "desde", "desde el", "frente al", "respecto al"], partOf: ["de", "sobre"],
    joining: ["y", "a", "o"],
    numbers: [
      "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
      "once": 11, "doce": 12, "veinte": 20, "treinta": 30, "cincuenta": 50, "cien": 100,
    ],
    hidden: ["duplicó", "triplicó"])
}
