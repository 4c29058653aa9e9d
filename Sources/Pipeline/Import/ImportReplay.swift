import Formats
import Market
import Store

/// Reads a file that was imported once more, part by part, from what the record kept of it: the same bytes by what was
/// settled at its import, and so the same rows. What an older edition imported is read by today's rules, its evidence left
/// alone.
///
/// Used from one thread at a time.
package final class ImportReplay {
  /// What the record keeps of the file.
  package let kept: KeptImport
  private let opener: any FactFileOpener
  private let part: (Int) throws -> [UInt8]
  /// The file at its path, for one kept by reference.
  private var opened: OpenedImport?
  private var facts: (any FactFile)?
  private var number = 0

  /// - Parameter part: the bytes of a part that is in the vault; not called for a file kept by reference.
  package init(_ kept: KeptImport, opener: any FactFileOpener, part: @escaping (Int) throws -> [UInt8]) {
    self.kept = kept
    self.opener = opener
    self.part = part
  }

  /// Takes the parts from the vault of `store`.
  package convenience init(_ kept: KeptImport, in store: Store, opener: any FactFileOpener) {
    self.init(kept, opener: opener) { number in try store.imports.part(number, of: kept.fetch) }
  }

  /// Why a file cannot be read again.
  package enum Fault: Error, CustomStringConvertible {
    /// It was kept by reference and is not there any more, or is another one.
    case gone(name: String, path: String, why: String)
    case unreadable(name: String, why: String)

    /// What is wrong, naming the file; for one that is gone, also what to do.
    package var description: String {
      switch self {
      case .gone(let name, let path, let why):
        "\(name) was imported by reference and \(path) \(why); put the file back, or import it again"
      case .unreadable(let name, let why): "\(name), as it was kept, cannot be read: \(why)"
      }
    }
  }

  /// What was counted in the parts that were read.
  package var tally: FileTally { facts?.tally ?? FileTally() }

  /// The rows of the next part that was read at the time, and its number; `nil` behind the last.
  /// `store(_:number:from:step:at:)` takes them, at `kept.receivedAt`.
  ///
  /// - Throws: `Fault` where the bytes are not to be had; `StoreError` where they are damaged.
  package func next() throws -> (part: FilePart, number: Int)? {
    guard number < kept.partsRead else { return nil }
    let bytes: [UInt8]
    if let path = kept.path {
      guard let next = try nextBytes(at: path) else { return nil }
      bytes = next
    } else {
      bytes = try part(number)
      if facts == nil { facts = try open(bytes) }
    }
    guard let facts else { return nil }
    defer { number += 1 }
    do {
      // Only the last part of a file is shorter than the others, also of one whose import was cut.
      let rows = try bytes.withUnsafeBytes { try facts.read($0, isLast: bytes.count < kept.partSize) }
      return (rows, number)
    } catch { throw Fault.unreadable(name: kept.name, why: "\(error)") }
  }

  private func nextBytes(at path: String) throws -> [UInt8]? {
    do {
      if opened == nil {
        try checkFile(at: path)
        opened = try openFile(at: path)
        facts = opened?.facts
      }
      return try opened?.next()?.bytes
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault.gone(name: kept.name, path: path, why: "cannot be read: \(error)")
    }
  }

  private func openFile(at path: String) throws -> OpenedImport {
    try OpenedImport(
      path, name: kept.name, order: kept.order, series: kept.series.key, opener: opener, at: kept.receivedAt,
      partSize: kept.partSize)
  }

  private func checkFile(at path: String) throws {
    // One whose import was cut was never known by more than its path.
    guard let expected = kept.fingerprint else { return }
    guard try Fingerprint(ofFile: path).bytes == expected.sha256 else {
      throw Fault.gone(name: kept.name, path: path, why: "is another file now")
    }
  }

  /// As much is looked at as was at the time, or another layout might be found.
  private func open(_ bytes: [UInt8]) throws -> any FactFile {
    do {
      return try OpenedImport(
        UnpackedFile(unpacked: bytes, name: kept.name), order: kept.order, series: kept.series.key, opener: opener,
        at: kept.receivedAt, partSize: kept.partSize
      ).facts
    } catch let refusal as FileRefusal {
      throw Fault.unreadable(name: kept.name, why: refusal.description)
    }
  }
}

extension ImportReplay {
  /// The line that a row of the series was read from; `nil` where no line of the file says such a row.
  ///
  /// Reads the file up to that line, or, where its rows are judged together, to its end.
  ///
  /// - Parameter figures: what is stored; of refused rows of one key, the user released the one that says so.
  package func line(under key: FactKey, saying figures: [FigureValue]) throws -> FileLine? {
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

  private func bytes(at place: FilePlace) throws -> [UInt8] {
    let first = place.start / kept.partSize
    let bytes = try bytes(ofParts: first...(place.start + place.length) / kept.partSize)
    let start = place.start - first * kept.partSize
    return Array(bytes.dropFirst(start).prefix(place.length))
  }

  /// The bytes of some parts one after the other; of what lies behind the end of the file, none.
  private func bytes(ofParts numbers: ClosedRange<Int>) throws -> [UInt8] {
    guard let path = kept.path else { return try numbers.prefix { $0 < kept.partsRead }.flatMap { try part($0) } }
    let again = try openFile(at: path)
    var bytes: [UInt8] = []
    for number in 0...numbers.upperBound {
      guard let next = try again.next() else { break }
      if numbers.contains(number) { bytes += next.bytes }
    }
    return bytes
  }
}

extension ImportReplay {
  /// The refused row that a decision is about; `nil` where the file holds no such row any more.
  func refusal(of decided: DecidedRow) throws -> Refusal? {
    while let (part, _) = try next() {
      let found = part.reading.refusals.first { decided.isAbout($0) }
      if let found = found ?? part.repeats.lazy.map(\.refusal).first(where: { decided.isAbout($0) }) { return found }
    }
    return nil
  }
}
