import Support

extension Fault {
  /// When the bytes come.
  static let paces = [
    Fault("silence", isSlow: true) { _ in .never },
    Fault("silence in the headers", isSlow: true) { question in
      .beginning(Array((question.lines.joined(separator: "\r\n") + "\r\n").utf8))
    },
    Fault("silence after the headers", isSlow: true) { question in
      .stalled(after: "", statedLength: question.bytes.count)
    },
    Fault("silence in the body", isSlow: true) { question in
      let half = String(decoding: question.bytes.prefix(question.bytes.count / 2), as: UTF8.self)
      return .stalled(after: half, statedLength: question.bytes.count)
    },
    Fault("a byte at a time", isSlow: true) { question in .drip(question.text, pauseMilliseconds: 20) },
  ]
}
