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
  /// Kept while somebody looks for lines.
  private var inHand: PiecesInHand?
  /// Whether a file kept by reference is held against its hash by whoever reads it, and not before.
  private var isCheckedAfterwards = false

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
    inHand?.add(bytes)
    defer { number += 1 }
    do {
      // Only the last part of a file is shorter than the others, also of one whose import was cut.
      let rows = try bytes.withUnsafeBytes { try facts.read($0, isLast: bytes.count < kept.partSize) }
      if rows.holdsRows { inHand?.noteRows() }
      return (rows, number)
    } catch { throw Fault.unreadable(name: kept.name, why: "\(error)") }
  }

  private func nextBytes(at path: String) throws -> [UInt8]? {
    do {
      if opened == nil {
        if !isCheckedAfterwards { try checkFile(at: path) }
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
    guard try Fingerprint(ofFile: path).bytes == expected.sha256 else { throw another(at: path) }
  }

  private func another(at path: String) -> Fault {
    Fault.gone(name: kept.name, path: path, why: "is another file now")
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

// MARK: - Looking for lines

extension ImportReplay {
  /// Looks through the file, which is read once: lines are taken from the pieces that were read last, and of a file kept
  /// by reference the hash is taken on the way. What was found in another file is not given away.
  func looking<T>(_ look: () throws -> T) throws -> T {
    inHand = PiecesInHand(size: kept.partSize)
    guard let path = kept.path, let expected = kept.fingerprint else { return try look() }
    isCheckedAfterwards = true
    let found = Result(catching: look)
    do {
      guard let opened else {
        try checkFile(at: path)
        return try found.get()
      }
      if try opened.fingerprint() != expected { throw another(at: path) }
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault.gone(name: kept.name, path: path, why: "cannot be read: \(error)")
    }
    return try found.get()
  }

  /// The bytes of a line of a part that was just read.
  func bytes(at place: FilePlace) throws -> [UInt8] {
    if let bytes = inHand?.bytes(at: place) { return bytes }
    // A reader that judges rows together tells of them long after it has read them.
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

extension FilePart {
  /// Whether anything came out of it, believed or not.
  fileprivate var holdsRows: Bool { reading.facts.count > 0 || !reading.refusals.isEmpty || !repeats.isEmpty }
}
