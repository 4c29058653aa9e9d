import Market
import Rendering

extension SentimentSection {
  func blocks(asOf: Instant) -> [Block] {
    let values = week.compactMap { day in day.value.map { "\(day.day.short) \(NumberText.text($0.value))" } }
    return [
      .heading("Sentiment", level: 2), .paragraph("Crypto Fear and Greed index: \(figure)."),
      .list([
        Prose([
          .curve(week.map { $0.value?.value }), .plain(" seven days: \(values.joined(separator: ", "))"),
        ])
      ]),
      .paragraph(
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
