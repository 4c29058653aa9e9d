import Market
import Rendering

extension Mood {
  /// `The crypto Fear and Greed index stood at 53 of 100 (Neutral), 2 points above the day before.`
  func sentence(isRunning: Bool) -> String {
    guard let today else {
      return "The crypto Fear and Greed index has no value for the day\(isRunning ? " yet" : "")."
    }
    let label = oneLine(today.classification)
    let value = "\(NumberText.text(today.value)) of 100\(label.isEmpty ? "" : " (\(label))")"
    return "The crypto Fear and Greed index \(isRunning ? "stands" : "stood") at \(value)\(comparison(today))."
  }

  private func comparison(_ today: SentimentValue) -> String {
    guard let dayBefore else { return "" }
    let points = today.value - dayBefore.value
    guard points != 0 else { return ", as on the day before" }
    let size = NumberText.text((points.magnitude * 100).rounded() / 100)
    return ", \(size) \(size == "1" ? "point" : "points") \(points > 0 ? "above" : "below") the day before"
  }
}
