import Market

extension ImportOrder {
  /// Whether a column is passed over, by its name or its number from 1.
  func skips(_ name: String, at index: Int) -> Bool {
    skippedColumns.contains { FileLayout.same($0, name) || Int($0) == index + 1 }
  }
}
