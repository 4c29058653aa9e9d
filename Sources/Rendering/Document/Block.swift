import Market

/// What a document is made of. A section is written once, in blocks, and shown as Markdown, HTML and JSON.
package enum Block: Equatable, Sendable {
  /// Level 2 begins a section, 3 a part of one; the title of the document is its level 1.
  case heading(String, level: Int)
  case paragraph(Prose)
  case list([Prose])
  case table(Table)
  case figure(DrawnFigure)
  /// What a page folds away under a title; left out of Markdown, where a line before it tells how to ask for it.
  indirect case folded(String, [Block])
  /// A remark that everything else is to be read by.
  case note(Prose)

  /// Whether it only begins what follows.
  package var isHeading: Bool {
    if case .heading = self { true } else { false }
  }

  /// Plain text as a paragraph.
  package static func paragraph(_ text: String) -> Block { .paragraph(Prose(text)) }
}

/// A drawing with what it says in words and in numbers.
package struct DrawnFigure: Equatable, Sendable {
  /// What is drawn; one line.
  package let caption: String
  /// What can be seen in it, for whoever cannot see it.
  package let alternative: String
  /// The drawing.
  package let drawing: Drawing
  /// Its numbers; `nil` where they stand in the document anyway.
  package let numbers: Table?
  /// What stands in its place where nothing can be drawn, as a list; empty for nothing.
  package let instead: [Prose]

  /// A figure.
  package init(
    _ caption: String, alternative: String, drawing: Drawing, numbers: Table? = nil, instead: [Prose] = []
  ) {
    self.caption = caption
    self.alternative = alternative
    self.drawing = drawing
    self.numbers = numbers
    self.instead = instead
  }
}

/// A page: a title, what it is about, and its blocks.
package struct Document: Equatable, Sendable {
  /// The one heading of level 1.
  package let title: String
  /// A sentence that lists of pages show.
  package let description: String
  /// In the order in which they are read.
  package let blocks: [Block]

  /// A page.
  package init(_ title: String, description: String, blocks: [Block]) {
    self.title = title
    self.description = description
    self.blocks = blocks
  }
}
