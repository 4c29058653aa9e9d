import Dispatch
import Formats
import Market
import Store
import Threads

/// The parts of a file, made ready ahead of the one who stores them: on one thread they are unpacked, hashed and
/// compressed, on another their rows are read.
///
/// Each of the two takes about as long as storing, so that two cores are busy whichever is the slowest.
final class ReadyParts: Sendable {
  /// A part that can be stored.
  struct Part: Sendable {
    let number: Int
    /// Its bytes for the vault; `nil` where they are not kept.
    let packed: PackedPart?
    let rows: FilePart
    /// What was counted in the file up to here.
    let tally: FileTally
    let progress: (read: Int, of: Int?)
  }

  private struct Unpacked: Sendable {
    let bytes: [UInt8]
    let isLast: Bool
    let packed: PackedPart?
    let progress: (read: Int, of: Int?)
  }

  private let unpacked = Handover<Unpacked>(ahead: 1)
  private let ready = Handover<Part>(ahead: 2)

  /// - Parameter kept: the hashes of parts that are in the vault already; `nil` where the bytes do not go there.
  init(of opened: OpenedImport, unless kept: Set<[UInt8]>?) {
    // Queues of their own have threads of their own, whatever else the process waits for.
    DispatchQueue(label: "unpack").async { [self] in unpack(opened, unless: kept) }
    DispatchQueue(label: "read").async { [self] in read(opened) }
  }

  /// The next part; `nil` behind the last. Throws what is wrong with the file, after every part before it.
  func next() throws -> Part? { try ready.take() }

  /// Says that nothing more is wanted.
  func abandon() { ready.abandon() }

  private func unpack(_ opened: OpenedImport, unless kept: Set<[UInt8]>?) {
    do {
      while let (bytes, isLast) = try opened.next() {
        let packed = try kept.map { try PackedPart(bytes, unless: $0) }
        let part = Unpacked(bytes: bytes, isLast: isLast, packed: packed, progress: opened.progress)
        guard unpacked.put(part) else { return }
      }
      unpacked.end()
    } catch {
      unpacked.end(error)
    }
  }

  private func read(_ opened: OpenedImport) {
    let facts = opened.facts
    do {
      var number = 0
      while let part = try unpacked.take() {
        let rows = try part.bytes.withUnsafeBytes { try facts.read($0, isLast: part.isLast) }
        let made = Part(
          number: number, packed: part.packed, rows: rows, tally: facts.tally, progress: part.progress)
        guard ready.put(made) else { return unpacked.abandon() }
        number += 1
      }
      ready.end()
    } catch {
      unpacked.abandon()
      ready.end(error)
    }
  }
}
