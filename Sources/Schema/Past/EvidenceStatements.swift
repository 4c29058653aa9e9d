/// The SQL of what was done, as far as it was done by an instant.
package enum EvidenceStatements {
  /// What stands in the place of the tables of a connection: runs and answers, choices, refused rows, gaps, decisions.
  ///
  /// - Parameters:
  ///   - time: the instant, in epoch seconds.
  ///   - hasCome: the condition that a fetch had come by then, of the column of that name.
  ///   - orRunIsShown: what else makes a run seen, as SQL that begins with OR; empty for nothing.
  ///   - orFetchIsShown: the same of an answer.
  package static func asKnown(
    at time: Int64, hasCome: (String) -> String, orRunIsShown: String, orFetchIsShown: String
  ) -> String {
    """
    CREATE TEMP VIEW run AS
    SELECT run_id, command, started_at, iif(finished_at <= \(time), finished_at, NULL) AS finished_at,
      iif(finished_at <= \(time), outcome, NULL) AS outcome, process_id, version, vault_bytes,
      iif(finished_at <= \(time), file_bytes, NULL) AS file_bytes
    FROM main.run WHERE started_at <= \(time)\(orRunIsShown);
    CREATE TEMP VIEW step AS SELECT * FROM main.step WHERE started_at <= \(time);
    CREATE TEMP VIEW fetch AS SELECT * FROM main.fetch WHERE received_at <= \(time)\(orFetchIsShown);
    CREATE TEMP VIEW price_choice AS
    SELECT * FROM main.price_choice AS choice
    WHERE (SELECT started_at FROM main.run WHERE run_id = choice.since_run_id) <= \(time);
    CREATE TEMP VIEW quarantine AS SELECT * FROM main.quarantine WHERE \(hasCome("fetch_id"));
    CREATE TEMP VIEW gap AS
    SELECT gap.* FROM main.gap AS gap
    LEFT JOIN main.step AS step ON step.step_id = gap.step_id
    WHERE (gap.fetch_id IS NULL OR \(hasCome("gap.fetch_id"))) AND (step.started_at IS NULL OR step.started_at <= \(time));
    CREATE TEMP VIEW model_call AS SELECT * FROM main.model_call WHERE \(hasCome("fetch_id"));
    CREATE TEMP VIEW snapshot_due AS SELECT * FROM main.snapshot_due WHERE false;
    CREATE TEMP VIEW decision AS SELECT * FROM main.decision WHERE decided_at <= \(time);
    CREATE TEMP VIEW market_closure AS
    SELECT * FROM main.market_closure WHERE decision_id IN (SELECT decision_id FROM temp.decision);
    """
  }
}
