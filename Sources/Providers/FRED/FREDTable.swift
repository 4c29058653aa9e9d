import Formats
import Market

/// `observation_date,DGS10` (until the end of 2024 `DATE,DGS10`), then a line a day. Where there is no value the cell is empty,
/// once it held a point. Nothing but the end of its last line tells that it is whole.
struct FREDTable {
  let id: String
  let first: Day?

  /// A line of it, as far as it has two cells.
  private struct Line {
    let day: String
    let value: Range<Int>
  }

  func read(_ answer: Answer) throws(ReadingError) -> Reading {
    let lines = Self.lines(of: answer.body)
    guard let header = lines.first else { throw .empty }
    let names = Self.cells(answer.body, header).map { String(decoding: answer.body[$0], as: UTF8.self) }
    guard names.count == 2, ["observation_date", "DATE"].contains(names[0]), names[1] == id else {
      throw .shapeChanged(
        expected: "the columns observation_date and \(id)", found: "'\(Excerpt.of(answer.body[header], limit: 60))'",
        offset: nil)
    }
    guard answer.body.last == 0x0A else {
      throw .shapeChanged(expected: "a whole table", found: "one that ends within a line", offset: nil)
    }
    var gathering = ObservationGathering(.observations(of: id, at: FRED.name), first: first, answer, projects: true)
    for line in lines.dropFirst() where !line.isEmpty {
      let cells = Self.cells(answer.body, line).map { String(decoding: answer.body[$0], as: UTF8.self) }
      let excerpt = Excerpt.of(answer.body[line])
      guard cells.count == 2 else {
        gathering.refuse(.malformed, Day(cells[0]), "\(cells.count) cells in place of two", excerpt)
        continue
      }
      gathering.add(day: cells[0], value: cells[1], excerpt: excerpt)
    }
    return gathering.reading()
  }

  func place(of figure: Figure, in body: [UInt8]) -> Place? {
    guard let day = figure.observed?.day else { return nil }
    for (number, line) in Self.lines(of: body).enumerated() {
      let cells = Self.cells(body, line)
      guard cells.count == 2, body[cells[0]].elementsEqual(day.description.utf8) else { continue }
      return Place(path: .line(number + 1), bytes: cells[1], rule: .observation)
    }
    return nil
  }

  /// The days and values that it tells of, for whoever wants to know how often they come.
  static func days(in body: [UInt8]) -> [Day] {
    lines(of: body).compactMap { line in
      cells(body, line).first.flatMap { Day(String(decoding: body[$0], as: UTF8.self)) }
    }
  }

  private static func lines(of body: [UInt8]) -> [Range<Int>] {
    body.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      line.startIndex..<(line.last == 0x0D ? line.endIndex - 1 : line.endIndex)
    }
  }

  private static func cells(_ body: [UInt8], _ line: Range<Int>) -> [Range<Int>] {
    body[line].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { $0.startIndex..<$0.endIndex }
  }
}
