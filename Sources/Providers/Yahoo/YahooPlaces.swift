import Formats
import Market

/// Finds the figures of a chart: the cell of a bar, by the row that counts for its key; the event of an act.
struct YahooPlaces {
  let reading: YahooReading
  let body: [UInt8]

  func place(of figure: Figure) -> Place? {
    figure.series.dataset == .corporateAction ? event(of: figure) : cell(of: figure)
  }

  private func cell(of figure: Figure) -> Place? {
    let chart = reading.chart
    guard let start = chart.starts[figure.field], let rows = chart.stamps?.indices,
      let row = rows.last(where: { reading.key(ofRow: $0) == figure.at && !reading.isEmpty(row: $0) })
    else { return nil }
    let found = JSONCursor.reading(body) { cursor -> Range<Int>? in
      cursor.offset = start
      return try? cursor.firstElement { (index, cursor) throws(JSONFault) in
        index == row ? try cursor.extentOfValue() : nil
      }
    }
    let path = JSONPath.root.member("chart").member("result").element(0).member("indicators").member("quote").element(0)
    return found.map {
      Place(
        path: .json(path.member(figure.field.rawValue).element(row).text), bytes: $0,
        rule: figure.field == .volume ? .number : .widenedFloat)
    }
  }

  /// The only event of its day and kind; a sum of several stands nowhere.
  private func event(of figure: Figure) -> Place? {
    let events = reading.chart.events.filter {
      $0.kind.rawValue == figure.key.text && reading.day(of: $0)?.start == figure.at
    }
    guard figure.field == .value, let event = events.first, events.count == 1 else { return nil }
    return Place(
      path: .json(event.path.text), bytes: event.bytes, rule: event.kind == .split ? .ratio : .widenedFloat)
  }
}
