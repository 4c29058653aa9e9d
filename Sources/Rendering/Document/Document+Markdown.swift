import Market

extension Document {
  /// The document in GitHub's Markdown, its tables set so that they read well in a terminal too.
  package var markdown: String {
    var parts: [String] = [Markdown.heading(title)]
    var isInList = false
    for block in blocks {
      guard let text = block.markdown else { continue }
      // Neighbouring lists are one, as Markdown takes them for one.
      if block.isList, isInList { parts[parts.count - 1] += "\n" + text } else { parts.append(text) }
      isInList = block.isList
    }
    return Markdown.document(parts)
  }
}

extension Block {
  /// `nil` where there is nothing to write.
  fileprivate var markdown: String? {
    switch self {
    case .heading(let text, let level): Markdown.heading(text, level: level)
    case .paragraph(let prose), .note(let prose): prose.markdown
    case .list(let items): items.isEmpty ? nil : bullets(items)
    case .table(let table): table.markdown
    case .folded: nil
    case .figure(let figure): figure.instead.isEmpty ? nil : bullets(figure.instead)
    }
  }

  fileprivate var isList: Bool {
    switch self {
    case .list, .figure: true
    case .heading, .paragraph, .table, .folded, .note: false
    }
  }

  private func bullets(_ items: [Prose]) -> String { items.map { "- " + $0.markdown }.joined(separator: "\n") }
}

extension Prose {
  fileprivate var markdown: String {
    spans.enumerated().map { index, span in
      switch span {
      case .plain(let text): index == 0 ? Markdown.paragraph(text) : Markdown.escaped(text)
      case .strong(let text): Markdown.strong(text)
      case .code(let text): Markdown.code(text)
      case .address(let text): isWebAddress(text) ? "<\(text)>" : Markdown.escaped(text)
      case .curve(let values): Markdown.code(dottedSparkline(of: values))
      }
    }.joined()
  }
}

extension Table {
  fileprivate var markdown: String {
    let table = written
    return PaddedTable(
      columns: table.columns.map { Market.Column($0.name, $0.kind == .text ? .text : .real) },
      rows: table.rows.map { $0.map(\.text) }
    ).text
  }
}
