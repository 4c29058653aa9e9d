import Rendering
import Testing

@Suite struct FittedMarkdownTests {
  private let document = """
    # Title

    A paragraph of some words that is longer than the line.

    | Day | Open |  Close | Source |
    | --- | ---: | -----: | ------ |
    | 1 a | 1.00 |   2.00 | x\\|y   |

    - an item of a list that goes on
    """

  @Test func `paragraphs are folded, and tables lose the columns that matter least`() {
    #expect(
      fittedMarkdown(document, to: 24, minor: ["Open"]) == """
        # Title

        A paragraph of some
        words that is longer
        than the line.

        | Day |  Close |
        | --- | -----: |
        | 1 a |   2.00 |
        No room for Open,
        Source: -o FILE has all.

        - an item of a list that
          goes on
        """)
  }

  @Test func `a column of long texts is cut before figures go`() {
    let table = """
      | Series                                  | Value |
      | --------------------------------------- | ----: |
      | Consumer Price Index of all consumers   |  1.25 |
      """
    #expect(
      fittedMarkdown(table, to: 40) == """
        | Series                       | Value |
        | ---------------------------- | ----: |
        | Consumer Price Index of all… |  1.25 |
        """)
  }

  @Test func `what fits stays as it is`() {
    #expect(fittedMarkdown(document, to: 80) == document)
  }
}
