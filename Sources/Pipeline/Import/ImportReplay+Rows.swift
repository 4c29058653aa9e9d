import Market
import Store

extension ImportReplay {
  /// The line that a row of the series was read from; `nil` where no line of the file says such a row.
  ///
  /// Reads the file once, up to that line, or, where its rows are judged together or it is kept by reference, to its end.
  ///
  /// - Parameter figures: what is stored; of refused rows of one key, the user released the one that says so.
  /// - Throws: `Fault` where the bytes are not to be had; `StoreError` where they are damaged.
  package func line(under key: FactKey, saying figures: [FigureValue]) throws -> FileLine? {
    try looking {
      var released: FileLine?
      while let (part, _) = try next() {
        let facts = part.reading.facts
        if let index = facts.index(of: key), index < part.places.count {
          let place = part.places[index]
          return FileLine(place: place, bytes: try bytes(at: place), figures: facts.figures(at: index))
        }
        if released == nil { released = try refusedLine(in: part, under: key, saying: figures) }
      }
      // No believed line says it: it was refused, and released by the user.
      return released
    }
  }

  private func refusedLine(
    in part: FilePart, under key: FactKey, saying figures: [FigureValue]
  ) throws -> FileLine? {
    for refusal in part.reading.refusals + part.repeats.map(\.refusal) {
      guard let facts = refusal.row, let index = facts.index(of: key), let place = refusal.place,
        facts.figures(at: index) == figures
      else { continue }
      return FileLine(place: place, bytes: try bytes(at: place), figures: facts.figures(at: index))
    }
    return nil
  }

  /// Finds refused rows, however many, by reading the file once, up to the last of them.
  func find(_ sought: inout SoughtRows) throws {
    sought = try looking {
      var sought = sought
      while !sought.isComplete, let (part, _) = try next() {
        for refusal in part.reading.refusals + part.repeats.map(\.refusal) { sought.look(at: refusal) }
      }
      return sought
    }
  }
}
