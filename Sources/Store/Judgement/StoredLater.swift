import Market

extension Kinds {
  /// SQL for the newest answer that stored a row under the key of a refused one, having come later than it; NULL where none
  /// did. For queries that name `quarantine` and `series`.
  ///
  /// Nobody need decide about such a row any more. It is looked up and not written down, so that what is in the file stays
  /// a function of the answers.
  var storedLater: String {
    // Where a key has more than a time, the refused row does not say which of them it was of.
    let choices = all.filter { $0.shape.key.count == 1 }.map { kind in
      let table = KindTable(kind)
      let at = table.isDaily ? "date(quarantine.at, 'unixepoch')" : "quarantine.at"
      return """
        WHEN '\(table.name)' THEN (SELECT max(later.fetch_id) FROM \(table.name) AS later
          WHERE later.series_id = quarantine.series_id AND later.\(table.time) = \(at)
            AND later.fetch_id > quarantine.fetch_id)
        """
    }
    return "(CASE series.dataset \(choices.joined(separator: " ")) END)"
  }
}
