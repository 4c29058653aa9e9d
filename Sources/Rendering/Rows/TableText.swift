import Market

/// The text of a small table, without the line feed at its end.
///
/// - Parameter cells: writes the cells of an item, in the order of the columns.
package func tableText<Item>(
  _ name: String, _ columns: [Column], _ items: [Item], on screen: TableScreen,
  _ cells: (Item, any RowEncoder) -> Void
) -> String {
  let encoder = RowFormat.table.encoder(table: name, on: screen)
  encoder.begin(columns)
  for item in items {
    cells(item, encoder)
    encoder.endRow()
  }
  encoder.finish()
  var text = ""
  encoder.drain { text += String(decoding: $0, as: UTF8.self) }
  return String(text.dropLast())
}
