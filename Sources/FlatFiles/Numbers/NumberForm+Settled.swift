import Formats
import Market

/// What is known of the numbers of a file besides the numbers themselves.
struct NumberHints {
  /// The decimal mark that was told; `nil` where none was.
  let told: NumberForm.Mark?
  /// What stands between the fields.
  let delimiter: UInt8
  /// Whether the file is of a site that writes decimal points.
  let isKnownToHavePoints: Bool

  init(_ order: ImportOrder, _ layout: FileLayout) {
    told = order.decimalComma ? .comma : order.decimalPoint ? .point : nil
    delimiter = layout.delimiter
    // Names in angle brackets are MetaTrader's and Stooq's.
    isKnownToHavePoints = layout.named?.writesPoints ?? layout.header.contains { $0.hasPrefix("<") }
  }
}

extension NumberForm {
  /// The one form that all numbers of the first megabyte have.
  ///
  /// - Throws: what is asked where two forms fit all of them, and a refusal where none does.
  init(_ evidence: NumberEvidence, _ hints: NumberHints) throws(FileRefusal) {
    let mark = try NumberForm.mark(evidence, hints)
    let grouping = try NumberForm.grouping(evidence, mark)
    let currencies = evidence.currencies.keys.sorted()
    guard currencies.count < 2 else {
      throw FileRefusal(
        "its numbers are in \(currencies.joined(separator: " and in "))", hint: "Import the rows of each by themselves")
    }
    // Whole numbers alone leave the mark open: a separator that comes later could be either.
    let isOpen = !evidence.marked.isEmpty || evidence.ambiguous != nil || hints.told != nil
    self.init(mark, grouping: grouping ?? (isOpen ? .open : .none), currency: currencies.first)
  }

  private static func mark(_ evidence: NumberEvidence, _ hints: NumberHints) throws(FileRefusal) -> Mark {
    if let point = evidence.marked[.point], let comma = evidence.marked[.comma] {
      throw FileRefusal(
        "its numbers have two forms: \(told(point)) has a decimal point and \(told(comma)) a decimal comma",
        hint: "Import the rows of each form by themselves")
    }
    if let (mark, example) = evidence.marked.first {
      guard let told = hints.told, told != mark else { return mark }
      throw FileRefusal(
        "\(NumberForm.told(example)) has a decimal \(mark.rawValue), whatever --decimal-\(told.rawValue) says",
        hint: "Leave --decimal-\(told.rawValue) away")
    }
    if let told = hints.told { return told }
    guard let ambiguous = evidence.ambiguous else { return .point }
    if evidence.besides.count == 1, let mark = evidence.besides.first { return mark }
    // Between commas a decimal comma stands in quotes: of a form with one, some number would show it.
    let hasPointsOnly = evidence.ambiguousHavePoints
    if hasPointsOnly, hints.isKnownToHavePoints || hints.delimiter == UInt8(ascii: ",") { return .point }
    if !hasPointsOnly, hints.isKnownToHavePoints { return .point }
    throw asked(ambiguous)
  }

  private static func asked(_ example: NumberEvidence.Example) -> FileRefusal {
    let bytes = Array(example.text.utf8)
    func reading(_ mark: Mark) -> String {
      SpelledNumber(bytes)?.value(in: NumberForm(mark, currency: SpelledNumber(bytes)?.currency)).map(shortest) ?? "?"
    }
    return FileRefusal(
      "\(told(example)) is \(reading(.point)) or \(reading(.comma)), and no number of the file tells which",
      hint: "Say --decimal-point for \(reading(.point)), or --decimal-comma for \(reading(.comma))")
  }

  private static func grouping(_ evidence: NumberEvidence, _ mark: Mark) throws(FileRefusal) -> Grouping? {
    let seen = (evidence.groupings[mark] ?? [:]).sorted { $0.value.line < $1.value.line }
    guard let first = seen.first else { return nil }
    guard seen.count < 2 else {
      throw FileRefusal(
        "its numbers have two forms: \(told(first.value)) is grouped by \(first.key.rawValue) and \(told(seen[1].value)) by "
          + seen[1].key.rawValue,
        hint: "Import the rows of each form by themselves")
    }
    return first.key
  }

  private static func told(_ example: NumberEvidence.Example) -> String { "'\(example.text)' in line \(example.line)" }

  private static func shortest(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
  }
}

extension NumberForm {
  private static let finding = "numbers"

  /// The form that was found out when the file was imported, or else what its first megabyte shows, which is noted.
  ///
  /// - Parameter sample: begins behind a byte order mark, as the layout counts.
  static func settled(
    _ layout: FileLayout, _ sample: UnsafeRawBufferPointer, isWhole: Bool, columns: some Sequence<Int>,
    _ order: inout ImportOrder
  ) throws(FileRefusal) -> NumberForm {
    if order.isSettled, let form = order.findings[finding].flatMap(NumberForm.init(stored:)) { return form }
    let evidence = NumberEvidence(
      sample, isWhole: isWhole, delimiter: layout.delimiter, from: layout.start, firstLine: layout.firstLine,
      columns: Set(columns))
    do {
      let form = try NumberForm(evidence, NumberHints(order, layout))
      order.findings[finding] = form.stored
      return form
    } catch {
      // Of a file that was imported before forms were looked at, only what was told counts.
      guard order.edition == 1 else { throw error }
      return NumberForm(order.decimalComma ? .comma : .point)
    }
  }

  /// What people are told of it; `nil` for the form that nearly all files have.
  var told: String? { self == .plain || grouping == .none && currency == nil ? nil : "numbers like \(example)" }
}

extension FileRefusal {
  /// A row is of another form than the numbers before it: what the file says of itself does not hold.
  static func otherForm(_ text: String, line: Int, than form: NumberForm) -> FileRefusal {
    FileRefusal(
      "'\(text)' in line \(line) is of another form than the numbers before it, which are like \(form.example)",
      hint: form.grouping == .none
        ? "Say --decimal-point or --decimal-comma" : "Import the rows of each form by themselves")
  }
}
