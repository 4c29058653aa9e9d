import Market

/// Answers that speak for one series, as most do: their only part.
extension Reading {
  /// The only part; an empty one where there is none or several, which fails whatever looks at it.
  package var only: SeriesReading {
    parts.count == 1
      ? parts[0]
      : SeriesReading(
        series: SeriesKey(dataset: .bar, provider: "none", providerSymbol: "\(parts.count) parts", interval: .hour1),
        facts: .bars([]), covers: nil)
  }

  package var series: SeriesKey { only.series }
  package var facts: Facts { only.facts }
  package var refusals: [Refusal] { only.refusals }
  package var covers: ClosedRange<Instant>? { only.covers }
}

/// Facts in the types that readers make of them.
package enum TypedFacts {
  case bars([Bar])
  case pricePoints([PricePoint])
  case sentiment([SentimentValue])
  case flows([EtfFlow])
  /// Rows of another kind.
  case rows([FactRow])
}

extension Facts {
  package var typed: TypedFacts {
    switch self {
    case .bars(let bars): .bars(bars)
    case .rows(.pricePoint, let rows):
      .pricePoints(
        rows.map {
          PricePoint(
            at: $0.key.at!, price: $0.values[0].number!, marketCap: $0.values[1].number, volume24h: $0.values[2].number)
        })
    case .rows(.sentiment, let rows):
      .sentiment(
        rows.map {
          SentimentValue(day: $0.key.at!.day, value: $0.values[0].number!, classification: $0.values[1].label!)
        })
    case .rows(.etfFlow, let rows):
      .flows(
        rows.map {
          EtfFlow(
            day: $0.key.at!.day, ticker: $0.key.text!, netFlowUSD: $0.values[0].whole, netAssetsUSD: $0.values[1].whole)
        })
    case .rows(_, let rows): .rows(rows)
    }
  }
}
