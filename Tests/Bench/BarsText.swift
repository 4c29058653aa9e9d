import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One walk by the minute as a table of text: epoch seconds, prices with four decimals, a volume with eight.
struct BarsText {
  private let walk: RandomWalk

  init(rows: Int) {
    let end = Workload.now.floored(to: 60) - 3600
    walk = RandomWalk(seed: 64, decimals: 2, start: end - Int64(rows) * 60, interval: .minute1, count: rows)
  }

  private struct Unwritable: Error { let path: String }

  func write(to path: String) throws {
    guard let file = fopen(path, "wb") else { throw Unwritable(path: path) }
    defer { fclose(file) }
    var bytes = Array("open_time,open,high,low,close,volume\n".utf8)
    for (index, step) in walk.steps.enumerated() {
      bytes += String(walk.openTime(index).epochSeconds).utf8
      for price in [step.open, step.high, step.low, step.close] {
        append(price / 10_000, decimals: 4, to: &bytes)
      }
      append(step.volume, decimals: 8, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count > 1 << 20 || index == walk.steps.count - 1 {
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Unwritable(path: path) }
        bytes.removeAll(keepingCapacity: true)
      }
    }
  }

  private func append(_ value: Int64, decimals: Int, to bytes: inout [UInt8]) {
    var unit: Int64 = 1
    for _ in 0..<decimals { unit *= 10 }
    bytes.append(UInt8(ascii: ","))
    bytes += String(value / unit).utf8
    bytes.append(UInt8(ascii: "."))
    while unit > 1 {
      unit /= 10
      bytes.append(UInt8(ascii: "0") + UInt8(value / unit % 10))
    }
  }
}
