import Foundation
import Market
import Testing

@testable import Rendering

@Suite struct DocumentTests {
  private static let page = Document(
    "A day & its figures", description: "What a page is made of.",
    blocks: [
      .note(Prose([.strong("Demo data."), .plain(" Nothing here is real.")])),
      .heading("The market", level: 2),
      .paragraph("Two assets moved."),
      .table(
        Table(
          "Closes of the day", columns: [.text("Asset"), .figure("Close"), .figure("24 h"), .curve("14 days")],
          rows: [
            [
              "BTC", .figure(115_343.75) { fixedText($0, decimals: 2) }, .change(0.0123),
              Rendering.Cell(curve: [1, nil, 3]),
            ],
            ["A|B", .missing, .change(-0.5), Rendering.Cell(curve: [nil])],
            ["All", .missing, .missing, Rendering.Cell(curve: [])],
          ], sums: 1)),
      .heading("One of them", level: 3),
      .list([Prose([.curve([1, nil, 3]), .plain(" three days")])]),
      .figure(
        DrawnFigure(
          "Two days.", alternative: "It rose from 1 to 2.",
          drawing: .lines([("close", [1, 2])], at: [day("2025-09-18").start, day("2025-09-19").start]),
          numbers: Table(
            "Closes", columns: [.text("Day"), .figure("Close")], rows: [["18 Sep", "1"], ["19 Sep", "2"]]),
          instead: ["two days: 1, 2"])),
      .heading("Sources", level: 2),
      .paragraph(
        Prose([.plain("From "), .address("https://example.com/a?b=1&c=2"), .plain(", asked with "), .code("x`y")])),
    ])

  @Test func `one page reads as its golden files in Markdown, HTML and JSON`() throws {
    try Golden.expect(Self.page.markdown, equals: "page.md")
    try Golden.expect(Self.page.html(), equals: "page.html")
    try Golden.expect(Self.page.sections.pretty, equals: "page.json")
  }

  @Test func `a page in HTML loads nothing and runs nothing`() {
    let html = Self.page.html()
    #expect(!html.contains("<script"))
    #expect(!html.contains("src="))
    #expect(!html.contains("url("))
    #expect(!html.contains("@import"))
    #expect(html.contains("default-src 'none'"))
  }

  static let foreign = "<script>alert('x')</script> \" & \u{202E}backwards\u{7}\nnext"

  @Test(arguments: [
    Block.heading(foreign, level: 2), .heading(foreign, level: 3), .paragraph(foreign),
    .note(Prose([.strong(foreign)])),
    .list([Prose([.code(foreign), .address("javascript:" + foreign)])]),
    .table(
      Table(
        foreign, columns: [.text(foreign), .text(foreign)], rows: [[Rendering.Cell(foreign), Rendering.Cell(foreign)]])),
    .figure(
      DrawnFigure(
        foreign, alternative: foreign,
        drawing: .bars([Drawing.Amount(foreign, 1, foreign)]))),
    .figure(DrawnFigure("", alternative: "", drawing: .heatMap([foreign], [[1]]))),
    .figure(DrawnFigure("", alternative: "", drawing: .coverage([(foreign, [.whole])], on: [day("2025-09-19")]))),
  ])
  func `nothing foreign becomes markup in HTML, wherever it stands`(block: Block) {
    let html = Document(Self.foreign, description: Self.foreign, blocks: [block]).html()
    #expect(!html.contains("<script"))
    #expect(!html.contains("alert('"))
    #expect(!html.contains("href=\"javascript"))
    #expect(!html.unicodeScalars.contains("\u{202E}"))
    #expect(!html.unicodeScalars.contains("\u{7}"))
    #expect(XMLTags.unbalanced(in: html) == [])
  }

  @Test func `every element that is opened is closed`() {
    #expect(XMLTags.unbalanced(in: Self.page.html()) == [])
    #expect(XMLTags.unbalanced(in: "<main><p></main>") == ["main"])
  }

  @Test(arguments: [("a", "`a`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("a\nb", "`a b`")])
  func `code in Markdown ends where it should`(text: String, code: String) {
    #expect(Markdown.code(text) == code)
  }

  @Test func `neighbouring lists are one in Markdown, and a table keeps out what can only be drawn`() {
    #expect(Self.page.markdown.contains("- `▁·█` three days\n- two days: 1, 2\n"))
    #expect(!Self.page.markdown.contains("14 days"))
  }

  @Test func `a table too long for a page is folded once, and Markdown has all of it`() {
    let table = Table("All of them", columns: [.text("Day")], rows: (0..<41).map { [Rendering.Cell("day \($0)")] })
    func page(_ block: Block) -> Document { Document("t", description: "", blocks: [block]) }
    func folds(_ block: Block) -> Int { page(block).html().components(separatedBy: "<details>").count - 1 }
    #expect(folds(.table(table)) == 1)
    #expect(folds(.folded("Everything", [.table(table)])) == 1)
    #expect(page(.table(table)).markdown.contains("day 40"))
    #expect(!page(.folded("Everything", [.table(table)])).markdown.contains("day 40"))
  }

  @Test func `a figure's numbers lie open where they are few, and are folded where they are many`() {
    func html(_ count: Int) -> String {
      let numbers = Table("n", columns: [.text("Day")], rows: (0..<count).map { [Rendering.Cell("\($0)")] })
      let figure = DrawnFigure("", alternative: "", drawing: .bars([]), numbers: numbers)
      return Document("t", description: "", blocks: [.figure(figure)]).html()
    }
    #expect(html(8).contains("<details open>"))
    #expect(html(9).contains("<details>"))
  }
}

/// Elements of a page that are not closed by the time another one ends.
enum XMLTags {
  static func unbalanced(in html: String) -> [String] {
    var open: [String] = []
    let body = html.replacing(/<style>[\s\S]*?<\/style>/, with: "")
    for match in body.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) where match.3.isEmpty && match.2 != "meta" {
      let name = String(match.2)
      if match.1.isEmpty {
        open.append(name)
      } else if open.popLast() != name {
        return [name]
      }
    }
    return open
  }
}

private func day(_ text: String) -> Day {
  guard let day = Day(text) else { fatalError("'\(text)' is no day") }
  return day
}
