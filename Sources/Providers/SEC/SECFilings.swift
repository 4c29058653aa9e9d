import Formats
import Market

/// A report or a notice that a company filed.
struct SECFiling: Hashable {
  /// `0000320193-23-000079`
  let accession: String
  /// `10-Q`; amended `10-Q/A`.
  let form: String
  /// The day for which it counts: what is filed on an evening counts for the next business day.
  let day: Day
  /// Of a notice what it is about, by the numbers of its items: `2.02`, `9.01`.
  let items: [String]
  /// Where its main document is; its folder where that has no name that could be followed.
  let url: String

  /// `8-K (2.02, 9.01)`
  var title: String { items.isEmpty ? form : "\(form) (\(items.joined(separator: ", ")))" }

  /// As the file holds it.
  fileprivate var event: EventItem {
    EventItem(
      .filing, period: day, country: "USD", title: EventItem.filingTitle, number: accession, day: day, url: url,
      form: title)
  }
}

/// The reports and notices among what a company filed.
struct SECFilings {
  /// By day, those of a day by their numbers; no number twice.
  let filings: [SECFiling]
  let refusals: [Refusal]
  /// The days for which it tells all there is; `nil` where a row could not be read.
  let covers: ClosedRange<Instant>?

  /// What is kept: reports of a quarter and a year, notices of what happened, invitations to vote, and who holds much. The
  /// last had a shorter name until the end of 2024. Each may be amended.
  private static let forms: Set<String> = [
    "8-K", "10-K", "10-Q", "20-F", "6-K", "DEF 14A", "SC 13D", "SC 13G", "SCHEDULE 13D",
    "SCHEDULE 13G",
  ]
  /// Nothing was filed this way before it.
  private static let firstDay = Day(year: 1993, month: 1, day: 1)!  // A day written here.
  /// Days by which a filing of this evening may lie ahead, over a long weekend.
  private static let ahead = 5

  /// - Throws: also where the answer is about somebody else.
  init(of filer: Int64, in answer: Answer) throws(ReadingError) {
    let told = try SECFilings.submissions(of: filer, in: answer.body)
    let rows = try told.rows()
    if rows.isEmpty { throw .empty }
    var (found, refused): ([String: SECFiling], [Refusal]) = ([:], [])
    for row in rows where Self.isKept(row) {
      switch Self.filing(row, of: filer, until: answer.dayInNewYork + Self.ahead) {
      case .success(let filing): found[filing.accession] = found[filing.accession] ?? filing
      case .failure(let row): refused.append(row.refusal)
      }
    }
    filings = found.values.sorted { ($0.day, $0.accession) < ($1.day, $1.accession) }
    refusals = refused
    covers = refused.isEmpty ? SECFilings.stretch(of: rows, until: answer.dayInNewYork + Self.ahead) : nil
  }

  /// From the day behind the oldest row, whose other rows may lie on an older page.
  private static func stretch(of rows: [SECSubmissions.Row], until last: Day) -> ClosedRange<Instant>? {
    let days = rows.compactMap { $0.day.text.flatMap { Day($0) } }
    guard days.count == rows.count, let oldest = days.min(), oldest < last else { return nil }
    return (oldest + 1).start...last.start
  }

  /// The filings as events of a share.
  func reading(as ticker: String) -> Reading {
    let rows = filings.map(\.event).sorted { $0.key < $1.key }
    return Reading(
      series: SeriesKey(dataset: .eventItem, provider: SEC.name, providerSymbol: ticker, interval: .day1),
      facts: .events(rows), refusals: refusals, covers: covers)
  }

  private static func submissions(of filer: Int64, in body: [UInt8]) throws(ReadingError)
    -> SECSubmissions
  {
    let told = try SECSubmissions(body)
    guard told.filer.flatMap({ SECAddress.number($0) }) == filer else {
      throw .shapeChanged(
        expected: "filings of CIK \(filer)",
        found: "those of '\(Excerpt.of(told.filer ?? "", limit: 20))'", offset: nil)
    }
    return told
  }

  private static func isKept(_ row: SECSubmissions.Row) -> Bool {
    guard let form = row.form.text else { return true }
    return forms.contains(form.hasSuffix("/A") ? String(form.dropLast(2)) : form)
  }

  private static func filing(
    _ row: SECSubmissions.Row, of filer: Int64, until last: Day
  ) -> Result<SECFiling, RowRefused> {
    func refused(_ reason: RefusalReason, _ day: Day?, _ detail: String) -> Result<
      SECFiling, RowRefused
    > {
      let cells = [row.accession, row.day, row.form].map { $0.text ?? "" }.joined(separator: " ")
      let excerpt = Excerpt.of(cells, limit: Refusal.excerptLength)
      return .failure(
        RowRefused(Refusal(reason: reason, at: day?.start, detail: detail, excerpt: excerpt)))
    }
    guard let form = row.form.text else {
      return refused(.malformed, nil, "a filing without a form")
    }
    guard let day = row.day.text.flatMap({ Day($0) }) else {
      return refused(.wrongTime, nil, "a filing without a day")
    }
    guard (firstDay...last).contains(day) else {
      return refused(.wrongTime, day, "nothing was filed on \(day)")
    }
    guard let accession = row.accession.text, isAccession(accession) else {
      return refused(.malformed, day, "a filing without its number")
    }
    return .success(
      SECFiling(
        accession: accession, form: form, day: day, items: items(row.items?.text ?? ""),
        url: SECAddress.document(row.document?.text ?? "", of: accession, from: filer)))
  }

  /// Nothing where one of them is no number of an item.
  private static func items(_ text: String) -> [String] {
    let parts = text.split(separator: ",").map { $0.filter { $0 != " " } }
    let areItems =
      parts.count <= 20
      && parts.allSatisfy { part in
        (1...5).contains(part.utf8.count)
          && part.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
      }
    return areItems ? parts : []
  }

  /// Ten digits, two and six.
  private static func isAccession(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [10, 2, 6]
      && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
  }

  /// The cell that holds the day of a filing, or its form where that is all that is told of it:
  /// `$.filings.recent.filingDate[3]`; `nil` where the answer has no such cell.
  static func place(of field: FigureField, of accession: String, from filer: Int64, in body: [UInt8]) -> Place? {
    guard let rows = try? submissions(of: filer, in: body).rows(),
      let index = rows.firstIndex(where: { $0.accession.text == accession })
    else { return nil }
    let row = rows[index]
    let (column, cell): (String, SECSubmissions.Cell)
    switch field {
    case .day: (column, cell) = ("filingDate", row.day)
    case .form where items(row.items?.text ?? "").isEmpty: (column, cell) = ("form", row.form)
    default: return nil
    }
    let path = JSONPath.root.member("filings").member("recent").member(column).element(index)
    return Place(path: .json(path.text), bytes: cell.bytes, rule: .text)
  }
}
