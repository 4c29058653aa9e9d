import Market

/// What measures read of a bar.
package struct BarFields: OptionSet, Hashable, Sendable {
  /// A bit for each field.
  package let rawValue: UInt8
  /// The fields whose bits are set.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The first price.
  package static let open = BarFields(rawValue: 1)
  /// The highest price.
  package static let high = BarFields(rawValue: 2)
  /// The lowest price.
  package static let low = BarFields(rawValue: 4)
  /// The last price.
  package static let close = BarFields(rawValue: 8)
  /// What was traded.
  package static let volume = BarFields(rawValue: 16)
}

/// What a measure takes.
package protocol MeasureInput: Sendable {
  /// Whether all numbers that are read are there: none is infinite or no number.
  func isUsable(for fields: BarFields) -> Bool
}

extension Double: MeasureInput {
  /// Whether it is a number.
  @inline(__always)
  package func isUsable(for fields: BarFields) -> Bool { isFinite }
}

extension Bar: MeasureInput {
  /// Whether those of its fields are numbers.
  @inline(__always)
  package func isUsable(for fields: BarFields) -> Bool {
    (!fields.contains(.open) || open.isFinite) && (!fields.contains(.high) || high.isFinite)
      && (!fields.contains(.low) || low.isFinite) && (!fields.contains(.close) || close.isFinite)
      && (!fields.contains(.volume) || volume.isFinite)
  }

  /// The mean of high, low and close: what many measures take for the price of a bar.
  var typicalPrice: Double { (high + low + close) / 3 }
}

/// The prices of two assets at the same time.
package struct PricePair: MeasureInput, Hashable {
  /// Of the asset that is looked at.
  package let asset: Double
  /// Of what it is compared with.
  package let benchmark: Double

  /// Two prices as given.
  package init(asset: Double, benchmark: Double) {
    self.asset = asset
    self.benchmark = benchmark
  }

  /// Whether both are numbers.
  @inline(__always)
  package func isUsable(for fields: BarFields) -> Bool { asset.isFinite && benchmark.isFinite }
}
