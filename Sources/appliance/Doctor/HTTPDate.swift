import Market

/// The instant in a `Date` header: `Fri, 19 Sep 2025 22:30:00 GMT` (RFC 9110, section 5.6.7).
///
/// The two older forms of it are read by nobody here: servers must not send them any more.
func instant(ofHTTPDate text: String) -> Instant? {
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  let words = text.split(separator: " ")
  guard words.count == 6, words[0].hasSuffix(","), words[1].utf8.count == 2, words[5] == "GMT",
    let month = months.firstIndex(where: { $0 == words[2] })
  else { return nil }
  let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
  return Instant("\(words[3])-\(number)-\(words[1])T\(words[4])Z")
}
