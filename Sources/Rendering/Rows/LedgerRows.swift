import Market

/// Market prices for the journals of ledger and hledger: `P 2026-01-20 13:59:59 BTC 91234.5 USD`.
///
/// What both programs take: a date, perhaps a time of day without a zone, a commodity in quotes unless it is plain
/// letters, a number without an exponent, a commodity. A row without a price makes no line. An asset whose prices are in
/// no known currency, or whose name no journal can hold, gets one line that says so.
final class LedgerRows: RowEncoder {
  let output = ByteBuffer()
  private let form: LedgerForm
  private var parts: [Part?] = []
  @exclusivity(unchecked) private var cursor = ColumnCursor()
  private var moment: Moment?
  private var price: Double?
  private var asset = Commodity()
  private var currency = Commodity()
  private var mentioned: Set<[UInt8]> = []

  private enum Part { case asset, time, price, currency }
  private enum Moment {
    case instant(Instant)
    case text([UInt8])
  }

  init(_ form: LedgerForm) {
    self.form = form
  }

  func begin(_ columns: [Column]) {
    let names: [(String, Part)] = [
      (form.asset, .asset), (form.time, .time), (form.price, .price), (form.currency, .currency),
    ]
    parts = columns.map { column in names.first { $0.0 == column.name }?.1 }
    cursor = ColumnCursor(columns: columns.count)
    output.append("; market prices; times are UTC\n" as StaticString)
  }

  func integer(_ value: Int64) { real(Double(value)) }

  func real(_ value: Double) {
    if parts[cursor.index] == .price, value.isFinite { price = value }
    cursor.advance()
  }

  func instant(_ value: Instant) {
    if parts[cursor.index] == .time, Instant.representable.contains(value) { moment = .instant(value) }
    cursor.advance()
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch parts[cursor.index] {
    case .asset: asset.take(bytes)
    case .currency: currency.take(bytes)
    case .time: moment = .text(Array(bytes))
    case .price, nil: break
    }
    cursor.advance()
  }

  func null() {
    switch parts[cursor.index] {
    case .asset: asset = Commodity()
    case .currency: currency = Commodity()
    case .time, .price, nil: break
    }
    cursor.advance()
  }

  func endRow() {
    cursor.startRow()
    defer { (moment, price) = (nil, nil) }
    guard let moment, let price, !asset.bytes.isEmpty else { return }
    guard let name = asset.written else { return mention("its name cannot stand in a journal") }
    guard !currency.bytes.isEmpty else { return mention("the currency of its prices is not on record") }
    guard let money = currency.written else { return mention("the currency of its prices cannot stand in a journal") }
    output.append("P " as StaticString)
    append(moment)
    for bytes in [name, [UInt8(ascii: " ")]] { bytes.withUnsafeBufferPointer { output.append($0) } }
    output.append(LedgerRows.plain(NumberText.text(price)))
    output.append(UInt8(ascii: " "))
    money.withUnsafeBufferPointer { output.append($0) }
    output.append(UInt8(ascii: "\n"))
  }

  func finish() {}

  private func append(_ moment: Moment) {
    switch moment {
    case .text(let day): day.withUnsafeBufferPointer { output.append($0) }
    case .instant(let instant):
      let text = (instant + form.secondsToPrice).description
      output.append(String(text.prefix(10)))
      output.append(UInt8(ascii: " "))
      output.append(String(text.dropFirst(11).dropLast()))
    }
    output.append(UInt8(ascii: " "))
  }

  private func mention(_ reason: String) {
    guard mentioned.insert(asset.bytes).inserted else { return }
    output.append("; no prices of \(TerminalText.escaped(String(decoding: asset.bytes, as: UTF8.self))): \(reason)\n")
  }

  /// The same number without an exponent, which ledger does not read.
  static func plain(_ text: String) -> String {
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
    let sign = parts[0].hasPrefix("-") ? "-" : ""
    let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".")
    let whole = String(mantissa[0])
    let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    guard exponent >= 0 else {
      return sign + "0." + String(repeating: "0", count: -exponent - whole.count) + whole + fraction
    }
    return sign + whole + fraction + String(repeating: "0", count: max(0, exponent - fraction.count))
  }
}

/// The name of what is priced, or of what it is priced in; mostly the same from row to row.
private struct Commodity {
  private(set) var bytes: [UInt8] = []
  /// As a journal has it; `nil` where it cannot.
  private(set) var written: [UInt8]?

  mutating func take(_ text: UnsafeBufferPointer<UInt8>) {
    guard !bytes.elementsEqual(text) else { return }
    bytes = Array(text)
    let quote = UInt8(ascii: "\"")
    // Capitals only: words such as `and` mean something to ledger.
    if bytes.allSatisfy({ (65...90).contains($0) }) {
      written = bytes
    } else if bytes.contains(where: { $0 < 32 || $0 == 127 || $0 == quote || $0 == UInt8(ascii: ";") }) {
      written = nil
    } else {
      written = [quote] + bytes + [quote]
    }
  }
}
