extension Document {
  /// The document as one HTML file that needs nothing else: no script, no address that is loaded, styles within.
  package func html() -> String {
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      "<meta name=\"description\" content=\"\(HTMLText.escaped(description))\">",
      "<title>\(HTMLText.escaped(title))</title>", "<style>", PageStyle.text, "</style>", "</head>", "<body>", "<main>",
      "<h1>\(HTMLText.escaped(title))</h1>",
    ]
    lines += sectionsOfHTML + ["</main>", "</body>", "</html>", ""]
    return lines.joined(separator: "\n")
  }

  private var sectionsOfHTML: [String] {
    var lines: [String] = []
    var isInSection = false
    var drawings: [String] = []
    func hang() {
      if !drawings.isEmpty { lines += ["<div class=\"drawings\">"] + drawings + ["</div>"] }
      drawings = []
    }
    for block in blocks {
      // Neighbouring drawings stand side by side where there is room.
      if case .figure(let figure) = block {
        drawings.append(figure.html)
        continue
      }
      hang()
      if case .heading(let title, let level) = block, level <= 2 {
        lines += (isInSection ? ["</section>"] : []) + ["<section>", "<h2>\(HTMLText.escaped(title))</h2>"]
        isInSection = true
      } else {
        lines.append(block.html)
      }
    }
    hang()
    return lines + (isInSection ? ["</section>"] : [])
  }
}

extension Block {
  fileprivate var html: String {
    switch self {
    case .heading(let title, let level): "<h\(level)>\(HTMLText.escaped(title))</h\(level)>"
    case .paragraph(let prose): "<p>\(prose.html)</p>"
    case .note(let prose): "<p class=\"note\">\(prose.html)</p>"
    case .list(let items): "<ul>\n" + items.map { "<li>\($0.html)</li>\n" }.joined() + "</ul>"
    case .table(let table) where table.rows.count > Table.mostRows:
      "<details>\n<summary>\(HTMLText.escaped(table.caption)): \(table.rows.count) rows</summary>\n\(table.html)\n</details>"
    case .table(let table): table.html
    case .figure(let figure): figure.html
    case .folded(let title, let blocks):
      "<details>\n<summary>\(HTMLText.escaped(title))</summary>\n" + blocks.map { $0.unfolded + "\n" }.joined()
        + "</details>"
    }
  }
}

extension Block {
  /// Within what is folded already nothing is folded again.
  fileprivate var unfolded: String {
    if case .table(let table) = self { table.html } else { html }
  }
}

extension Prose {
  fileprivate var html: String {
    spans.map { span in
      switch span {
      // A figure and its sign of per cent stay on one line.
      case .plain(let text): HTMLText.escaped(text).replacing(" %", with: "\u{A0}%")
      case .strong(let text): "<strong>\(HTMLText.escaped(text))</strong>"
      case .code(let text): "<code>\(HTMLText.escaped(text))</code>"
      case .address(let text):
        isWebAddress(text)
          ? "<a href=\"\(HTMLText.escaped(text))\" rel=\"noreferrer\">\(HTMLText.escaped(text))</a>"
          : HTMLText.escaped(text)
      case .curve(let values): Drawing.curve(of: values).svg(alternative: curveWords(values), class: "curve")
      }
    }.joined()
  }
}

extension DrawnFigure {
  fileprivate var html: String {
    var lines = [
      "<div>", "<figure>", drawing.svg(alternative: alternative),
      "<figcaption>\(HTMLText.escaped(caption))</figcaption>", "</figure>",
    ]
    if let numbers {
      lines += [numbers.rows.count <= 8 ? "<details open>" : "<details>"]
      lines += ["<summary>The numbers</summary>", numbers.html, "</details>"]
    }
    return (lines + ["</div>"]).joined(separator: "\n")
  }
}

extension Table {
  /// More rows than this are folded away.
  fileprivate static let mostRows = 40

  fileprivate var html: String {
    // Focusable, so that it can be scrolled with keys where it is wider than the screen.
    var lines = [
      "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"\(HTMLText.escaped(caption))\"><table>",
      "<caption>\(HTMLText.escaped(caption))</caption>",
    ]
    let headings = columns.map { column in
      "<th scope=\"col\"\(classes(column))>\(HTMLText.escaped(column.name))</th>"
    }
    lines.append("<thead><tr>\(headings.joined())</tr></thead>")
    let body = rows.dropLast(sums).map(row)
    lines += ["<tbody>"] + body + ["</tbody>"]
    if sums > 0 { lines += ["<tfoot>"] + rows.suffix(sums).map(row) + ["</tfoot>"] }
    return (lines + ["</table></div>"]).joined(separator: "\n")
  }

  private func row(_ cells: [Cell]) -> String {
    let texts = zip(columns, cells).enumerated().map { index, pair in
      let content = pair.0.kind == .curve ? drawn(pair.1.curve) : HTMLText.escaped(pair.1.text)
      if index == 0 { return "<th scope=\"row\">\(content)</th>" }
      return "<td\(classes(pair.0, pair.1.tone))>\(content)</td>"
    }
    return "<tr>\(texts.joined())</tr>"
  }

  private func classes(_ column: Column, _ tone: Cell.Tone? = nil) -> String {
    let names = [column.kind == .figure ? "n" : nil, column.isMinor ? "m" : nil, tone?.rawValue].compactMap { $0 }
    return names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\""
  }

  private func drawn(_ values: [Double?]) -> String {
    values.contains { $0 != nil } ? Drawing.curve(of: values).svg(alternative: curveWords(values), class: "curve") : "–"
  }
}

/// What a curve says in words: `from 12.5 to 13, lowest 12, highest 14`.
private func curveWords(_ values: [Double?]) -> String {
  let known = values.compactMap { $0 }
  guard let first = known.first, let last = known.last, let low = known.min(), let high = known.max() else {
    return "no values"
  }
  return "from \(NumberText.text(first)) to \(NumberText.text(last)), lowest \(NumberText.text(low)), "
    + "highest \(NumberText.text(high))"
}
