/// Text of one paragraph, item or remark, parts of it marked.
///
/// Every part is plain text: nothing in it becomes markup, in whatever form it is written.
package struct Prose: Hashable, Sendable, ExpressibleByStringLiteral {
  /// A stretch of text and what it is.
  package enum Span: Hashable, Sendable {
    case plain(String)
    /// What must not be missed.
    case strong(String)
    /// What is typed as it stands.
    case code(String)
    /// An address: a link where it is nothing but an address of the web.
    case address(String)
    /// A curve as high as the line, `nil` where a value is missing.
    case curve([Double?])
  }

  /// From the first to the last; spaces between them are part of the text.
  package let spans: [Span]

  /// The spans as given.
  package init(_ spans: [Span]) { self.spans = spans }

  /// Plain text.
  package init(_ text: String) { spans = [.plain(text)] }

  /// Plain text.
  package init(stringLiteral text: String) { self.init(text) }

  /// One after the other.
  package static func + (first: Prose, second: Prose) -> Prose { Prose(first.spans + second.spans) }

  /// The words without any mark; of a curve its characters.
  package var plain: String {
    spans.map { span in
      switch span {
      case .plain(let text), .strong(let text), .code(let text), .address(let text): text
      case .curve(let values): dottedSparkline(of: values)
      }
    }.joined()
  }
}

/// A sparkline in which a missing value is a dot, so that it keeps its width wherever it is shown.
func dottedSparkline(of values: [Double?]) -> String {
  String(sparkline(of: values).map { $0 == " " ? "·" : $0 })
}

/// Whether a text is an address of the web and nothing but that.
func isWebAddress(_ text: String) -> Bool {
  let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#"<>"`\|"#.utf8.contains($0) }
  return isPlain && (text.hasPrefix("https://") || text.hasPrefix("http://"))
}
