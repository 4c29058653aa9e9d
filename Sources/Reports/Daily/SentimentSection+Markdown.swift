import Market
import Rendering

extension SentimentSection {
  func markdown(asOf: Instant) -> [String] {
    let values = week.compactMap { day in day.value.map { "\(day.day.short) \(NumberText.text($0.value))" } }
    return [
      Markdown.heading("Sentiment", level: 2),
      Markdown.paragraph("Crypto Fear and Greed index: \(figure)."),
      "- " + curve(week.map { $0.value?.value }) + " seven days: \(values.joined(separator: ", "))",
      Markdown.paragraph(
        "From 0 (extreme fear) to 100 (extreme greed). Source: \(source)"
          + fetchedText(fetchedAt, asOf: asOf) + "."),
    ]
  }

  private var figure: String {
    guard let today else { return "no value for the day" }
    let label = oneLine(today.classification)
    return NumberText.text(today.value) + (label.isEmpty ? "" : ", \(label)")
  }
}
