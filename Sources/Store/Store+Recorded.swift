import GRDB
import Market

extension Store {
  /// The newest answers that were read, as a capture holds them: runs, oldest first, each with its answers.
  ///
  /// The instant of a run is that at which its last answer came.
  ///
  /// - Parameters:
  ///   - count: as many answers, at most.
  ///   - bytes: as many bytes of bodies as stored, at most; one answer is given however long it is.
  package func recorded(
    newest count: Int, bytes: Int
  ) throws(StoreError) -> [(instant: Instant, answers: [KeptAnswer])] {
    let chosen = try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT fetch_id, run_id, length(content) AS length FROM fetch JOIN body USING (body_id)
          WHERE read_outcome = 'read' ORDER BY fetch_id DESC LIMIT ?
          """, arguments: [count])
      var chosen: [(fetch: Int64, run: Int64)] = []
      var left = bytes
      while let row = try rows.next() {
        left -= row["length"] as Int
        if left < 0, !chosen.isEmpty { break }
        chosen.append((row["fetch_id"], row["run_id"]))
      }
      return chosen.reversed().map { $0 }
    }
    var runs: [(run: Int64, answers: [KeptAnswer])] = []
    for (fetch, run) in chosen {
      let answer = try keptAnswer(FetchID(fetch))
      if runs.last?.run != run { runs.append((run, [])) }
      runs[runs.count - 1].answers.append(answer)
    }
    var latest = Instant.representable.lowerBound
    return runs.map { run in
      // A clock that was set back between two runs must not run back in a capture.
      latest = run.answers.reduce(latest) { max($0, $1.answer.receivedAt) }
      return (latest, run.answers)
    }
  }
}
