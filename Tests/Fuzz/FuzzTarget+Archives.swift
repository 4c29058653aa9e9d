import Formats

extension FuzzTarget {
  private static let limit = 1 << 20

  /// Archives, compressed bytes, captures.
  static let archives = [
    FuzzTarget(
      "zstd",
      seeds: [packed([]), packed(Array("hello, hello, hello".utf8)), packed([UInt8](repeating: 7, count: 5000))]
    ) {
      bytes in
      guard let content = try? Zstd.decompress(bytes, limit: limit) else { return nil }
      if content.count > limit { return "\(content.count) bytes in spite of the limit" }
      return (try? Zstd.decompress(Zstd.compress(content), limit: limit)) == content ? nil : "it does not come back"
    },
    FuzzTarget("packed-beside", seeds: [beside(sample + [1, 2, 3]), beside([]), packed([1, 0, 9, 4] + sample), [0]]) {
      bytes in
      for size in [0, sample.count + 3, 5000] {
        for isPacked in [true, false] {
          let body = try? PackedBody.bytes(of: bytes, isPacked: isPacked, beside: sample, size: size)
          if let body, body.count > size { return "\(body.count) bytes and not \(size)" }
        }
      }
      return nil
    },
    FuzzTarget("tar", seeds: [sample, packed(sample)]) { bytes in
      guard let reader = try? ArchiveReader(bytes: bytes, skippingFolders: true) else { return nil }
      var names: Set<String> = []
      while let entry = try? reader.next() {
        guard names.insert(entry.name).inserted else { return "'\(entry.name)' twice" }
        if entry.name.hasPrefix("/") || entry.name.split(separator: "/").contains("..") { return "'\(entry.name)'" }
        guard let content = try? reader.readAll(limit: limit) else { return nil }
        if content.count != entry.size { return "\(entry.size) bytes told, \(content.count) read" }
      }
      return nil
    },
    FuzzTarget("capture", seeds: [sample, packed(sample)]) { bytes in
      guard let capture = try? Capture(archive: bytes) else { return nil }
      return zip(capture.runs, capture.runs.dropFirst()).allSatisfy { $0.instant <= $1.instant }
        ? nil : "runs out of order"
    },
    FuzzTarget("capture-manifest", texts: [manifest]) { bytes in
      _ = try? Capture(archive: Tar.archive([("capture.json", bytes), ("a.json", Array("[]".utf8))]))
      return nil
    },
  ]

  private static let sample = Tar.archive([("capture.json", Array(manifest.utf8)), ("a.json", Array("[]".utf8))])

  private static let manifest = """
    {"version":1,"origin":"recorded","title":"t","runs":[{"instant":"2025-09-05T22:30:00Z","answers":[{"provider":"binance",
    "method":"GET","path":"/api/v3/klines","query":[["symbol","BTCUSDT"]],"requestBody":null,"headers":[["date","x"]],
    "status":200,"body":"a.json"}]}]}
    """

  /// What is kept of a body beside the sample.
  private static func beside(_ bytes: [UInt8]) -> [UInt8] {
    let base = PackedBody.Base(body: 1, depth: 0, bytes: sample)
    return (try? PackedBody(bytes, hash: nil, redacted: false, beside: base).content) ?? []
  }

  private static func packed(_ bytes: [UInt8]) -> [UInt8] { (try? Zstd.compress(bytes)) ?? [] }
}

/// The plainest of archives, uncompressed.
enum Tar {
  static func archive(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
    files.flatMap { header($0.name, size: $0.content.count) + padded($0.content) } + [UInt8](repeating: 0, count: 1024)
  }

  private static func header(_ name: String, size: Int) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
    }
    func octal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 8)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    put(String(name.prefix(99)), at: 0)
    put(octal(0o644, 7), at: 100)
    put(octal(0, 7), at: 108)
    put(octal(0, 7), at: 116)
    put(octal(size, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6), at: 148)
    block[154] = 0
    return block
  }

  private static func padded(_ content: [UInt8]) -> [UInt8] {
    content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }
}
