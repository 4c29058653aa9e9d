import Market

extension FigureWords {
  static let spanish = FigureWords(
    names: ["spanish", "español", "es"], hasDecimalComma: true, hasCapitalNouns: false,
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
    pairs: [], percent: ["%", "por ciento"], volatility: ["volatilidad", "anualizada"],
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
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"], yesterday: ["ayer"],
    roughly: ["cerca de", "alrededor de", "unos", "aproximadamente", "casi", "más de", "~", "≈"],
    comparing: ["que", "que el", "desde", "desde el", "frente al", "respecto al"], partOf: ["de", "sobre"],
    joining: ["y", "a", "o"],
    numbers: [
      "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
      "once": 11, "doce": 12, "veinte": 20, "treinta": 30, "cincuenta": 50, "cien": 100,
    ],
    hidden: ["duplicó", "triplicó"],
    topics: [
      .close: [
        "cerró", "cierre", "cerraba", "terminó", "termina", "acabó",
      ],
      .open: ["abrió", "apertura", "comenzó", "empezó"], .high: ["máximo", "pico", "techo"], .low: ["mínimo", "suelo"],
      .range: ["entre", "alcanzó", "tocó", "osciló"], .asia: ["asia", "asiática", "asiáticas", "asiático"],
      .europe: ["europa", "europea", "europeas", "europeo"],
      .america: ["estadounidense", "estadounidenses", "americana", "americanas", "nueva york"],
      .day: ["en el día", "en la jornada", "respecto al día anterior", "que el día anterior", "24 horas", "diario"],
      .flow: [
        "fondos", "fondo", "etf", "etfs", "entradas", "entrada", "salidas", "salida", "flujo", "flujos", "inversores",
      ],
      .fiveDays: ["cinco días", "5 días", "cinco sesiones", "5 sesiones"],
      .index: ["índice", "sentimiento", "miedo", "codicia"],
      .streak: ["seguidos", "seguidas", "consecutivos", "consecutivas", "consecutivo", "consecutiva", "racha"],
      .highest: ["más alto", "más alta", "mayor cierre"], .lowest: ["más bajo", "más baja", "menor cierre"],
      .dayBefore: ["el día anterior", "un día antes", "la víspera"],
      .span: ["semana", "semanas", "mes", "meses", "año", "años", "trimestre", "jamás", "récord", "historia"],
      .negation: ["no", "nunca", "sin", "ni", "tampoco", "podría"],
      .over: ["más de", "por encima de", "al menos"], .under: ["menos de", "casi", "como máximo"],
      .assets: ["activos", "activo"],
      .ending: ["y", "pero", "mientras", "aunque", "luego", "después", "antes", "tras"],
      .level: ["a", "en", "hasta"], .unchanged: ["sin cambios", "estable", "estables"],
      .from: ["de", "desde", "frente a", "frente al", "tras"],
      .behindNumber: [
        "el", "la", "los", "un", "de", "del", "en", "a", "al", "y", "o", "pero", "por", "para", "tras", "frente", "utc",
        "con", "es", "era", "neto", "netos", "durante", "mientras", "subieron", "bajaron",
      ],
      .order: [
        "compra", "compre", "comprar", "venda", "vender", "usted", "tu", "su dinero", "debe", "garantizado", "consejo",
        "recomienda", "envíe", "nosotros", "yo", "pronóstico",
      ],
      .capital: ["miedo", "codicia", "neutral", "extremo", "cripto"],
      .plain: [
        "cotizaba", "cotiza", "precio", "valía", "quedó", "situó", "el", "la", "los", "las", "un", "una", "del", "de",
        "es", "era", "fue", "fueron", "mercado", "mercados", "día",
        "jornada", "tranquilo", "tranquila", "estable", "estables", "poco", "cambió", "sin cambios", "sesión", "se",
        "mantuvo", "criptomonedas", "acciones", "en", "a",
      ],
    ])
}
