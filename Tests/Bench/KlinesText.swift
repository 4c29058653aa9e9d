/// The bars of a walk as Binance prints them: `[1499040000000,"0.01634790",…,"0"]`, eight decimals, no spaces.
struct KlinesText {
  private(set) var bytes: [UInt8] = []

  init(_ walk: RandomWalk, _ range: Range<Int>) {
    bytes.reserveCapacity(range.count * 190 + 2)
    append("[")
    for index in range {
      if index > range.lowerBound { append(",") }
      row(walk.steps[index], opens: walk.openTime(index).epochSeconds, seconds: walk.interval.seconds)
    }
    append("]")
  }

  private mutating func row(_ step: RandomWalk.Step, opens: Int64, seconds: Int64) {
    append("[")
    append(opens * 1000)
    for value in [step.open, step.high, step.low, step.close, step.volume] { quoted(value) }
    append(",")
    append((opens + seconds) * 1000 - 1)
    // Quote volume, trades, and what takers bought: nobody reads them, everybody sends them.
    let turnover = Int64(Double(step.volume) * Double(step.close) / 1e8)
    quoted(turnover)
    append(",")
    append(step.volume / 10_000_000_000 + 1)
    quoted(step.volume / 1000 / 2 * 1000)
    quoted(turnover / 2)
    append(#","0"]"#)
  }

  private mutating func quoted(_ value: Int64) {
    append(#",""#)
    append(value / 100_000_000)
    append(".")
    var unit: Int64 = 10_000_000
    while unit > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(value / unit % 10))
      unit /= 10
    }
    append(#"""#)
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ number: Int64) {
    bytes.append(contentsOf: String(number).utf8)
  }
}
