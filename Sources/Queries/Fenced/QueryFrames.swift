import Formats
import Market
import Store

/// Pieces of an answer, each behind its mark and its length.
enum QueryFrame {
  static let columns = UInt8(ascii: "C")
  static let row = UInt8(ascii: "R")
  static let end = UInt8(ascii: "E")
  static let fault = UInt8(ascii: "F")

  /// Mark and length.
  static let head = 9
}

/// Writes an answer as frames.
final class QueryFrameWriter: RowReceiver {
  private var wire = WireWriter()
  private var rowStart: Int?
  private let take: ([UInt8]) throws -> Void

  private static let enough = 64 << 10

  init(_ take: @escaping ([UInt8]) throws -> Void) { self.take = take }

  func begin(_ columns: [Column]) {
    frame(QueryFrame.columns) {
      wire.put(Int64(columns.count))
      for column in columns {
        wire.put(column.kind.rawValue)
        wire.put(column.name)
      }
    }
  }

  func integer(_ value: Int64) {
    startRow()
    wire.put(UInt8(ascii: "i"))
    wire.put(value)
  }

  func real(_ value: Double) {
    startRow()
    wire.put(UInt8(ascii: "r"))
    wire.put(value)
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    startRow()
    wire.put(UInt8(ascii: "t"))
    wire.put(bytes)
  }

  /// No question gives one; as a text.
  func instant(_ value: Instant) {
    var text = value.description
    text.withUTF8 { self.text($0) }
  }

  func null() {
    startRow()
    wire.put(UInt8(ascii: "n"))
  }

  func endRow() throws {
    startRow()
    if let start = rowStart { wire.replace(at: start - 8, with: Int64(wire.bytes.count - start)) }
    rowStart = nil
    if wire.bytes.count >= QueryFrameWriter.enough { try flush() }
  }

  func finish(_ answer: QueryAnswer) throws {
    frame(QueryFrame.end) {
      wire.put(UInt8(answer.isCut ? 1 : 0))
      wire.put(Int64(answer.rows))
    }
    try flush()
  }

  func fail(_ error: any Error) throws {
    frame(QueryFrame.fault) { QueryFault(error).put(to: &wire) }
    try flush()
  }

  private func startRow() {
    guard rowStart == nil else { return }
    wire.put(QueryFrame.row)
    wire.put(Int64(0))
    rowStart = wire.bytes.count
  }

  private func frame(_ mark: UInt8, _ content: () -> Void) {
    wire.put(mark)
    wire.put(Int64(0))
    let start = wire.bytes.count
    content()
    wire.replace(at: start - 8, with: Int64(wire.bytes.count - start))
  }

  private func flush() throws {
    try take(wire.bytes)
    wire.removeAll()
  }
}

/// Reads frames as they come, and hands the rows over.
final class QueryFrameReader {
  private let open: ([Column]) throws -> any RowReceiver
  private var receiver: (any RowReceiver)?
  private var waiting: [UInt8] = []
  private var columns = 0
  /// How it ended, once it has.
  private(set) var answer: QueryAnswer?

  init(_ open: @escaping ([Column]) throws -> any RowReceiver) { self.open = open }

  /// Takes the next bytes, however they are cut.
  ///
  /// - Throws: the error that they tell, `WireEnd` where they make no sense, and what the receiver throws.
  func take(_ bytes: UnsafeRawBufferPointer) throws {
    waiting.append(contentsOf: bytes)
    let used = try waiting.withUnsafeBytes { try readFrames($0) }
    waiting.removeFirst(used)
  }

  private func readFrames(_ bytes: UnsafeRawBufferPointer) throws -> Int {
    var used = 0
    while bytes.count - used >= QueryFrame.head {
      let length = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: used + 1, as: Int64.self))
      guard length >= 0, length <= 1 << 40 else { throw WireEnd() }
      guard bytes.count - used - QueryFrame.head >= Int(length) else { break }
      let start = used + QueryFrame.head
      let content = UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(length)])
      try read(bytes[used], WireReader(content))
      used = start + Int(length)
    }
    return used
  }

  private func read(_ mark: UInt8, _ content: WireReader) throws {
    var wire = content
    switch mark {
    case QueryFrame.columns:
      var names: [Column] = []
      for _ in 0..<(try wire.count()) {
        let kind = Column.Kind(rawValue: try wire.byte()) ?? .text
        names.append(Column(try wire.text(), kind))
      }
      columns = names.count
      receiver = try open(names)
    case QueryFrame.row:
      guard let receiver else { throw WireEnd() }
      for _ in 0..<columns { try handCell(&wire, to: receiver) }
      guard wire.isAtEnd else { throw WireEnd() }
      try receiver.endRow()
    case QueryFrame.end:
      let isCut = try wire.byte() == 1
      answer = QueryAnswer(rows: try wire.count(), isCut: isCut)
    case QueryFrame.fault: throw try QueryFault(from: &wire).error
    default: throw WireEnd()
    }
  }

  private func handCell(_ wire: inout WireReader, to receiver: any RowReceiver) throws {
    switch try wire.byte() {
    case UInt8(ascii: "i"): receiver.integer(try wire.integer())
    case UInt8(ascii: "r"): receiver.real(try wire.real())
    case UInt8(ascii: "t"): receiver.text(try wire.bytes().assumingMemoryBound(to: UInt8.self))
    case UInt8(ascii: "n"): receiver.null()
    default: throw WireEnd()
    }
  }
}
