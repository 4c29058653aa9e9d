import Market
import SQLite
import Store

/// An error on its way from the process that answered to the one that asked.
struct QueryFault {
  private let mark: UInt8
  private let numbers: [Int64]
  private let texts: [String]

  private init(_ mark: UInt8, _ numbers: [Int64] = [], _ texts: [String] = []) {
    self.mark = mark
    self.numbers = numbers
    self.texts = texts
  }

  init(_ error: any Error) {
    switch error {
    case let error as QueryError: self.init(error)
    case let error as StoreError: self.init(error)
    default: self.init(14, [], ["\(error)"])
    }
  }

  func put(to wire: inout WireWriter) {
    wire.put(mark)
    wire.put(Int64(numbers.count))
    for number in numbers { wire.put(number) }
    wire.put(Int64(texts.count))
    for text in texts { wire.put(text) }
  }

  init(from wire: inout WireReader) throws {
    mark = try wire.byte()
    var (numbers, texts): ([Int64], [String]) = ([], [])
    for _ in 0..<(try wire.count()) { numbers.append(try wire.integer()) }
    for _ in 0..<(try wire.count()) { texts.append(try wire.text()) }
    (self.numbers, self.texts) = (numbers, texts)
  }

  private func number(_ index: Int) -> Int { index < numbers.count ? Int(numbers[index]) : 0 }
  private func text(_ index: Int) -> String { index < texts.count ? texts[index] : "" }
}

// MARK: - Marks

extension QueryFault {
  private init(_ error: QueryError) {
    switch error {
    case .refused(let reason): self.init(1, [], [reason])
    case .syntax(let message, let offset): self.init(2, [Int64(offset ?? -1)], [message])
    case .tooLong(let bytes, let limit): self.init(3, [Int64(bytes), Int64(limit)])
    case .parameters(let missing, let unknown): self.init(4, [Int64(missing.count)], missing + unknown)
    case .timedOut(let time): self.init(5, [Int64(time / .milliseconds(1))])
    case .tooManySteps(let limit): self.init(6, [Int64(limit)])
    case .tooBig(let what, let limit): self.init(7, [Int64(limit)], [what])
    case .answerTooBig(let limit): self.init(8, [Int64(limit)])
    case .outOfMemory(let limit): self.init(9, [Int64(limit)])
    case .failed(let message): self.init(10, [], [message])
    case .died(let reason): self.init(14, [], [reason])
    }
  }

  private init(_ error: StoreError) {
    switch error {
    case .noDatabase(let path): self.init(20, [], [path])
    case .foreign(let path, let found): self.init(21, [], [path, found])
    case .newer(let path, let version, let known): self.init(22, [Int64(version), Int64(known)], [path])
    case .older(let path, let version, let needed): self.init(28, [Int64(version), Int64(needed)], [path])
    case .corrupt(let path, let detail): self.init(23, [], [path, detail])
    case .alteredSchema(let path, let fault): self.init(29, [], [path, fault])
    case .notWritable(let path, let detail): self.init(24, [], [path, detail])
    case .notAFile(let path): self.init(25, [], [path])
    case .unknownPast(let asked, let since):
      self.init(27, [asked.epochSeconds] + (since.map { [$0.epochSeconds] } ?? []))
    case .sqlite(let code, let message): self.init(26, [Int64(code)], [message])
    default: self.init(26, [1], [error.description])
    }
  }

  /// The error as it was.
  var error: any Error {
    switch mark {
    case 1: QueryError.refused(text(0))
    case 2: QueryError.syntax(message: text(0), offset: number(0) < 0 ? nil : number(0))
    case 3: QueryError.tooLong(bytes: number(0), limit: number(1))
    case 4:
      QueryError.parameters(
        missing: Array(texts.prefix(max(0, number(0)))), unknown: Array(texts.dropFirst(max(0, number(0)))))
    case 5: QueryError.timedOut(after: .milliseconds(number(0)))
    case 6: QueryError.tooManySteps(limit: number(0))
    case 7: QueryError.tooBig(what: text(0), limit: number(0))
    case 8: QueryError.answerTooBig(limit: number(0))
    case 9: QueryError.outOfMemory(limit: number(0))
    case 10: QueryError.failed(message: text(0))
    case 20: StoreError.noDatabase(path: text(0))
    case 21: StoreError.foreign(path: text(0), found: text(1))
    case 22: StoreError.newer(path: text(0), version: number(0), known: number(1))
    case 28: StoreError.older(path: text(0), version: number(0), needed: number(1))
    case 23: StoreError.corrupt(path: text(0), detail: text(1))
    case 29: StoreError.alteredSchema(path: text(0), fault: text(1))
    case 24: StoreError.notWritable(path: text(0), detail: text(1))
    case 25: StoreError.notAFile(path: text(0))
    case 27:
      StoreError.unknownPast(
        asked: Instant(epochSeconds: Int64(number(0))),
        since: numbers.count > 1 ? Instant(epochSeconds: Int64(number(1))) : nil)
    case 26: StoreError.sqlite(code: Int32(clamping: number(0)), message: text(0))
    default: QueryError.died(reason: text(0))
    }
  }
}
