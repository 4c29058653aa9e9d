import Market
import Metrics
import Rendering
import Store
import Telling

/// How much is written about each theme, held against what is usual for it.
struct ThemeSection {
  /// One theme: its newest day up to that of the report.
  struct Line {
    let series: StoredSeries
    let newest: ThemeDay
    /// The median of the shares of the thirty days before; `nil` where fewer than ten of them are known.
    let usualShare: Double?
    /// The median of the tones of the same days, likewise.
    let usualTone: Double?

    /// How many times the usual share it has; `nil` where there is none to hold it against.
    var ratio: Double? { newest.share.flatMap { share in usualShare.flatMap { $0 > 0 ? share / $0 : nil } } }
  }
  /// What is written about most, held against the usual, first.
  let lines: [Line]
  let source: String

  var series: [StoredSeries] { lines.map(\.series) }

  /// Days over which the usual is taken, and of how many of them it is one.
  private static let days = 30
  private static let fewest = 10

  /// `nil` where no theme was counted in the week up to the day.
  init?(of day: Day, store: Store, _ credits: Credits) throws {
    let followed = try store.catalogue.series().filter { $0.key.holdsThemes && $0.isAsked && $0.count > 0 }
    lines = try followed.compactMap { series in
      let known = try store.telling.themeDays(of: series, in: day - 6 - Self.days...day)
      guard let newest = known.last, newest.day >= day - 6 else { return nil }
      let before = known.dropLast().filter { $0.day >= newest.day - Self.days }
      return Line(
        series: series, newest: newest, usualShare: Self.usual(before.compactMap(\.share)),
        usualTone: Self.usual(before.compactMap(\.tone)))
    }.sorted { ($1.ratio ?? -1, $0.series.title) < ($0.ratio ?? -1, $1.series.title) }
    guard let first = lines.first else { return nil }
    source = credits.title(of: first.series.key.provider)
  }

  private static func usual(_ values: [Double]) -> Double? { values.count < fewest ? nil : median(values) }
}

extension ThemeSection {
  var blocks: [Block] { [.heading("Themes of the news", level: 2)] + table }

  /// Without a heading.
  var table: [Block] {
    [
      .table(
        Table(
          "How much is written about each theme",
          columns: [
            .text("Theme"), .figure("Articles"), .figure("Per 100,000"), .figure("Usual"), .figure("Times"),
            .figure("Tone"), .figure("Usual tone").minor, .text("Of").minor,
          ], rows: lines.map(\.row))),
      .paragraph(
        "Per 100,000: articles about the theme among all that were seen on the day. Usual: the median of the 30 days before. "
          + "Times: how many times the usual. Tone: how they are worded, gloomy below 0. The newest day may still move. "
          + "Source: \(source)."),
    ]
  }

  var json: JSONValue { .array(lines.map(\.json)) }
}

extension ThemeSection.Line {
  fileprivate var row: [Cell] {
    [
      Cell(oneLine(series.title)), .figure(Double(newest.volume)) { groupedText(Int64($0)) },
      newest.share.map(perHundredThousand) ?? .missing, usualShare.map(perHundredThousand) ?? .missing,
      .figure(ratio) { fixedText($0, decimals: 2) }, .figure(newest.tone, toneText), .figure(usualTone, toneText),
      Cell(newest.day.description),
    ]
  }

  private func perHundredThousand(_ share: Double) -> Cell {
    Cell(fixedText(share * 100_000, decimals: 1), value: .number(share * 100_000))
  }

  private func toneText(_ tone: Double) -> String {
    (tone > 0 ? "+" : "") + fixedText(tone, decimals: 1)
  }

  fileprivate var json: JSONValue {
    [
      "theme": .string(series.title), "query": .string(series.key.providerSymbol),
      "source": .string(series.key.provider.description), "day": .string(newest.day.description),
      "volume": .integer(newest.volume), "norm": .integer(newest.norm), "share": .optional(newest.share),
      "share_median_30d": .optional(usualShare), "times_usual": .optional(ratio), "tone": .optional(newest.tone),
      "tone_median_30d": .optional(usualTone),
    ]
  }
}
