import Market

extension Document {
  /// The sections for programs: words as texts, tables with the figures as they are, drawings by what they show.
  package var sections: JSONValue {
    var sections: [(title: String, level: Int, content: [JSONValue])] = []
    var opening: [JSONValue] = []
    for block in blocks {
      if case .heading(let title, let level) = block {
        sections.append((title, level, []))
      } else if sections.isEmpty {
        opening.append(block.json)
      } else {
        sections[sections.count - 1].content.append(block.json)
      }
    }
    let first: [JSONValue] = opening.isEmpty ? [] : [["content": .array(opening)]]
    return .array(
      first
        + sections.map { section in
          [
            "title": .string(section.title), "level": .integer(Int64(section.level)),
            "content": .array(section.content),
          ]
        })
  }
}

extension Block {
  fileprivate var json: JSONValue {
    switch self {
    case .heading(let text, _): .string(text)
    case .paragraph(let prose): ["text": .string(prose.plain)]
    case .note(let prose): ["note": .string(prose.plain)]
    case .list(let items): ["items": .array(items.map { .string($0.plain) })]
    case .table(let table): ["table": table.json]
    case .folded(let title, let blocks): ["title": .string(title), "content": .array(blocks.map(\.json))]
    case .figure(let figure):
      [
        "figure": [
          "caption": .string(figure.caption), "alternative": .string(figure.alternative),
          "numbers": figure.numbers?.json ?? .null,
        ]
      ]
    }
  }
}

extension Table {
  fileprivate var json: JSONValue {
    [
      "caption": .string(caption), "columns": .array(columns.map { .string($0.name) }),
      "rows": .array(rows.map { .array($0.map(\.value)) }),
    ]
  }
}
