import Market
import Rendering
import Testing

@Suite struct MarkdownTests {
  @Test func `rows become a table with numbers to the right`() {
    #expect(
      encoded(.md, sampleColumns, sampleRows) == """
        | asset | ts_utc | close | bars |
        | --- | --- | ---: | ---: |
        | BTC | 2025-09-19T21:00:00Z | 115000 | 24 |
        | ETH | 2025-09-19T21:00:00Z | 4471.25 |  |
        |  | 2025-09-19T22:00:00Z |  | -1 |

        """)
  }

  @Test(arguments: [
    ("a|b", "a\\|b"), ("a\\|b", "a\\\\\\|b"), ("|\u{301}", "\\|\u{301}"), ("a\r\nb\nc\rd", "a<br>b<br>c<br>d"),
    ("<script>", "&lt;script>"), ("AT&T", "AT&T"), ("a &lt; b", "a &amp;lt; b"), ("&#60;", "&amp;#60;"),
    ("*x* [y](z) `q` ~~s~~", "\\*x\\* \\[y\\](z) \\`q\\` \\~\\~s\\~\\~"),
    ("net_flow_usd", "net_flow_usd"), ("_x_", "\\_x\\_"), ("\u{1B}[1m", " \\[1m"), ("\u{9B}1m", " 1m"), ("é", "é"),
    ("a\u{202E}b\u{2066}c\u{200F}d", "a\\\\u{202e}b\\\\u{2066}c\\\\u{200f}d"),
    ("\u{61C}\u{FEFF}", "\\\\u{61c}\\\\u{feff}"),
    ("a\u{2028}b", "a<br>b"), ("’\u{2060}…\u{600}\u{FF01}", "’\u{2060}…\u{600}\u{FF01}"),
  ])
  func `nothing in a cell becomes markup`(text: String, cell: String) {
    #expect(Array(encoded(.md, texts: [text]).utf8) == Array("| a |\n| --- |\n| \(cell) |\n".utf8))
  }

  @Test(arguments: [
    ("# no heading", "\\# no heading"), ("- no list", "\\- no list"), ("1. no list", "1\\. no list"),
    ("2025 was", "2025 was"), ("> no quotation", "\\> no quotation"), ("    no code", "no code"), ("a\nb", "a b"),
    ("", ""),
    ("1) no list", "1\\) no list"), ("1", "1"),
  ])
  func `a paragraph stays a paragraph`(text: String, paragraph: String) {
    #expect(Markdown.paragraph(text) == paragraph)
  }

  @Test func `a document is its blocks with a blank line between`() {
    let table = Markdown.table(columns: [Column("asset", .text), Column("flow", .integer)], rows: [["BTC", "1"]])
    let blocks = [
      Markdown.heading("Flows", level: 2), Markdown.paragraph("Money came in."), Markdown.list(["one", "+two"]), table,
      Markdown.strong("end*"),
    ]
    #expect(
      Markdown.document(blocks) == """
        ## Flows

        Money came in.

        - one
        - \\+two

        | asset | flow |
        | --- | ---: |
        | BTC | 1 |

        **end\\***

        """)
  }
}
