import Formats
import Market
import Store

/// Reads a file that was imported once more, from what the record kept of it: the same bytes, the same order, the same
/// code, and so the same rows.
package struct ImportReplay: Sendable {
  package let store: Store
  package let opener: any FactFileOpener

  package init(store: Store, opener: any FactFileOpener) {
    self.store = store
    self.opener = opener
  }

  /// Why a file cannot be read again.
  package enum Fault: Error, CustomStringConvertible {
    /// It was kept by reference and is not there any more, or is another one.
    case gone(name: String, path: String, why: String)
    case unreadable(name: String, why: String)

    package var description: String {
      switch self {
      case .gone(let name, let path, let why):
        "\(name) was imported by reference and \(path) \(why); put the file back, or import it again"
      case .unreadable(let name, let why): "\(name), as it was kept, cannot be read: \(why)"
      }
    }
  }

  /// Calls `body` with the rows of each part that was read at the time, in order; `store(_:number:from:step:at:)` takes
  /// them, at `kept.receivedAt`.
  ///
  /// - Throws: `Fault` where the bytes are not to be had; `StoreError` where they are damaged; and what `body` throws.
  package func replay(_ kept: KeptImport, _ body: (_ part: FilePart, _ number: Int) throws -> Void) throws {
    if let path = kept.path { return try replay(kept, at: path, body) }
    var facts: (any FactFile)?
    for number in 0..<kept.partsRead {
      let bytes = try store.part(number, of: kept.fetch)
      let isLast = number == kept.partsRead - 1 && kept.fingerprint != nil
      if facts == nil { facts = try open(kept, bytes) }
      guard let facts else { return }
      let part = try bytes.withUnsafeBytes { try facts.read($0, isLast: isLast) }
      try body(part, number)
    }
  }

  private func replay(_ kept: KeptImport, at path: String, _ body: (FilePart, Int) throws -> Void) throws {
    if let expected = kept.fingerprint {
      let found: [UInt8]
      do throws(FileError) { found = try Fingerprint(ofFile: path).bytes } catch {
        throw Fault.gone(name: kept.name, path: path, why: "cannot be read: \(error)")
      }
      guard found == expected.sha256 else {
        throw Fault.gone(name: kept.name, path: path, why: "is another file now")
      }
    }
    let opened = try OpenedImport(
      path, name: kept.name, order: kept.order, series: kept.series.key, opener: opener, at: kept.receivedAt,
      partSize: kept.partSize)
    var number = 0
    while number < kept.partsRead, let (bytes, isLast) = try opened.next() {
      try body(try bytes.withUnsafeBytes { try opened.facts.read($0, isLast: isLast) }, number)
      number += 1
    }
  }

  /// As much is looked at as was at the time, or another layout might be found.
  private func open(_ kept: KeptImport, _ bytes: [UInt8]) throws -> any FactFile {
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
