import Market

/// A step on the part of the screen that is drawn again and again: one line, which the terminal need not wrap.
package struct LiveStep {
  private let name: StepName
  private let asset: String?
  private let series: SeriesKey?
  /// Its latest line, without colours.
  package let text: String
  /// The line that stays of it; `nil` while it is under way.
  package let end: String?

  /// A step as its latest report has it, and the line that tells of it.
  package init(_ report: StepReport, _ text: String, end: String? = nil) {
    (name, asset, series) = (report.name, report.asset, report.series)
    (self.text, self.end) = (text, end)
  }

  /// Whether both lines are about the same step of the same series.
  package func isSame(_ other: LiveStep) -> Bool {
    name == other.name && asset == other.asset && series == other.series
  }

  /// Lines that can be gone back over: what scrolled out of sight cannot, and the cursor stands below the last one.
  private static func room(_ height: Int) -> Int { max(1, height - 1) }

  /// Takes steps that have ended away where there are more than fit, the first ones first.
  ///
  /// - Returns: what stays of them.
  package static func settled(_ steps: inout [LiveStep], height: Int) -> [String] {
    var settled: [String] = []
    while steps.count > room(height), let index = steps.firstIndex(where: { $0.end != nil }) {
      settled.append(steps[index].end ?? steps[index].text)
      steps.remove(at: index)
    }
    return settled
  }

  /// The steps as they are drawn; of more than fit, how many.
  package static func lines(of steps: [LiveStep], width: Int, height: Int) -> [String] {
    let lines = steps.map { step in
      let cut = TerminalText.truncatedAtWord(step.text, to: max(1, width - 1))
      // Colours would be cut off their end.
      return cut == step.text ? step.end ?? cut : cut
    }
    guard lines.count > room(height) else { return lines }
    let shown = lines.prefix(room(height) - 1)
    return shown + ["… and \(lines.count - shown.count) more"]
  }
}
