import Market
import Support
import Testing

@testable import Providers

/// An answer as a transport would hand it over.
func answer(
  _ body: String, status: Int = 200, at instant: String = "2025-09-19T22:30:00Z", headers: [HeaderField] = []
) -> Answer {
  answer(Array(body.utf8), status: status, at: instant, headers: headers)
}

func answer(
  _ body: [UInt8], status: Int = 200, at instant: String = "2025-09-19T22:30:00Z", headers: [HeaderField] = []
) -> Answer {
  Answer(status: status, headers: headers, body: body, receivedAt: time(instant))
}

/// An instant spelled in a test; nonsense becomes the epoch, which no test expects.
func time(_ text: String) -> Instant { Instant(text) ?? Instant(epochSeconds: 0) }

func day(_ text: String) -> Day { Day(text) ?? Day(daysSinceEpoch: 0) }

func span(_ first: String, _ last: String) -> ClosedRange<Instant> { time(first)...time(last) }

/// A recorded answer below `payloads/`.
func recorded(_ path: String) throws -> [UInt8] {
  try #require(MarketData.bytes("payloads/\(path)"), "no file \(path)")
}

extension Facts {
  var bars: [Bar] {
    if case .bars(let rows) = typed { rows } else { [] }
  }
  var pricePoints: [PricePoint] {
    if case .pricePoints(let rows) = typed { rows } else { [] }
  }
  var sentiment: [SentimentValue] {
    if case .sentiment(let rows) = typed { rows } else { [] }
  }
  var flows: [EtfFlow] {
    if case .flows(let rows) = typed { rows } else { [] }
  }
}

/// What a reader threw; `nil` if it threw nothing.
func fault(_ read: () throws(ReadingError) -> Reading) -> ReadingError? {
  do throws(ReadingError) {
    _ = try read()
    return nil
  } catch {
    return error
  }
}

extension ReadingError {
  var isShapeChanged: Bool {
    if case .shapeChanged = self { true } else { false }
  }
}

/// Whether each figure of an answer is found where it stands, and its bytes mean what was read.
func expectPlaces(_ provider: any Provider, _ answer: Answer, _ request: Request, atLeast least: Int) throws {
  var count = 0
  for part in try provider.read(answer, to: request).parts {
    let shapes: [FactShape] = [.bar, .corporateAction, .barTrade]
    let fields = shapes.first { $0.dataset == part.series.dataset }?.fields ?? []
    for index in 0..<part.facts.count {
      for (field, value) in zip(fields, part.facts.figures(at: index)) where value != .absent {
        let figure = Figure(series: part.series, key: part.facts.key(at: index), field: field)
        let place = try #require(provider.locate(figure, in: answer, to: request), "\(figure)")
        #expect(place.value(in: answer.body) == value, "\(place.path)")
        count += 1
      }
    }
  }
  #expect(count >= least)
}
