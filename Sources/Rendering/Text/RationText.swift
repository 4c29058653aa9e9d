import Market

/// `5 a minute`, `25 a day`: so much of a ration in so many seconds.
package func rationText(_ limit: Int, in seconds: Int64) -> String {
  let span =
    switch seconds {
    case 1: "a second"
    case 60: "a minute"
    case 3600: "an hour"
    case 86_400: "a day"
    default: "in \(humanDuration(seconds: seconds))"
    }
  return "\(groupedText(Int64(limit))) \(span)"
}
