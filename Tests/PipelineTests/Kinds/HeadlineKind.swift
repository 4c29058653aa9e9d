import Market
import Schema

@testable import Store

/// A kind of fact that the appliance does not have: what a paper's front page says of a story, as it was printed on a day.
///
/// It is keyed by a text and a vintage, belongs to no asset, and has a number that may be absent. This file and the
/// migration in it are all that a store needs to keep it.
extension Kind {
  static let headline = Kind(
    shape: FactShape(
      Dataset(rawValue: "headline")!, key: [.init("story", .text), .init("vintage", .day)],
      values: [
        .init(FigureField(rawValue: "score"), .real, mayBeAbsent: true), .init(FigureField(rawValue: "words"), .text),
      ]),
    title: "what front pages said", step: .sentiment, asked: .row, unit: .none, lookups: [:],
    history: .vintages(column: "vintage"), followUp: nil, hasGaps: false, isCrossChecked: false,
    snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: .daily, names: [.source, .symbol], hasAssets: false, restatedTitle: "front pages printed anew",
      identity: ["source", "provider_symbol"]))
}

extension Migration {
  static let headlines = Migration(
    number: Migration.latest + 1, name: "headlines",
    sql: """
      CREATE TABLE headline (
        series_id INTEGER NOT NULL REFERENCES series,
        story TEXT NOT NULL,
        vintage TEXT NOT NULL,
        score REAL,
        words TEXT NOT NULL,
        fetch_id INTEGER NOT NULL REFERENCES fetch,
        PRIMARY KEY (series_id, story, vintage)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE headline_restatement (
        restatement_id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES series,
        story TEXT NOT NULL,
        vintage TEXT NOT NULL,
        replaced_by_fetch_id INTEGER REFERENCES fetch,
        replaced_by_decision_id INTEGER REFERENCES decision,
        replaced_at INTEGER NOT NULL,
        score REAL,
        words TEXT NOT NULL,
        fetch_id INTEGER NOT NULL REFERENCES fetch
      ) STRICT;
      CREATE UNIQUE INDEX headline_restatement_row
        ON headline_restatement (series_id, story, vintage, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));
      """)
}

extension Kinds {
  /// All that the appliance stores, and front pages.
  static let withHeadlines = Kinds.standard.adding(.headline, .headlines)
}

/// A paper that tells its front page as a whole: `story|vintage|score|words`, a line each.
struct Gazette: Provider {
  static let name: ProviderName = "gazette"
  static let key = SeriesKey(
    dataset: Kind.headline.dataset, provider: name, providerSymbol: "front-page", interval: .day1)

  let profile = ProviderProfile(
    name: name, title: "The Gazette", baseURL: "https://gazette.example", homepage: "https://gazette.example",
    politeness: Politeness(limit: 10, window: 60, concurrency: 1), safety: 0,
    probe: Request(provider: name, path: "/"))

  var questions: [Question] { [Question(provider: Self.name, name: "front-page", step: .sentiment, every: 3600)] }

  func requests(for want: Want, at now: Instant) -> [Request] {
    guard case .question(let question) = want.subject, question.provider == Self.name else { return [] }
    return [Request(provider: Self.name, path: "/front-page")]
  }

  func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    var rows: [FactRow] = []
    for line in String(decoding: answer.body, as: UTF8.self).split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 4, let day = Day(cells[1]) else {
        throw .shapeChanged(expected: "four cells", found: String(line), offset: nil)
      }
      rows.append(
        FactRow(
          key: FactKey(.text(cells[0]), .day(day)), values: [FigureValue(Double(cells[2])), .text(cells[3])]))
    }
    return Reading(
      series: Self.key, facts: .rows(Kind.headline.dataset, rows.sorted { $0.key < $1.key }), covers: nil)
  }

  func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    var start = 0
    for line in String(decoding: answer.body, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      if cells.count == 4, FactKey(.text(cells[0]), .day(Day(cells[1]) ?? Day(daysSinceEpoch: 0))) == figure.key {
        let index = figure.field.rawValue == "score" ? 2 : 3
        let first = start + cells.prefix(index).reduce(0) { $0 + $1.utf8.count + 1 }
        return Place(
          path: .json("$.\(cells[0])"), bytes: first..<first + cells[index].utf8.count,
          rule: index == 2 ? .number : .text)
      }
      start += line.utf8.count + 1
    }
    return nil
  }
}
