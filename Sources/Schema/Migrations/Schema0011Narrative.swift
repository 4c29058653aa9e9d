extension Migration {
  /// What language models were asked and said, and texts of several kinds and by several makers about one day.
  package static let narrative = Migration(
    number: 11, name: "narrative", filled: [], preparation: .nothing,
    changes: [
      .sql(modelCalls),
      .remake("summary", columns: summaryColumns, copy: summaryCopy),
      .sql(
        """
        -- One text a day, subject, kind, profile and maker; the market's has no asset.
        CREATE UNIQUE INDEX summary_subject ON summary (day, coalesce(asset_id, 0), kind, profile, maker);
        """),
      .remake(
        "summary_restatement", options: "STRICT, WITHOUT ROWID", columns: restatementColumns, copy: restatementCopy),
    ])

  private static let modelCalls = """
    -- One attempt at a model that reached its provider; what was sent and what came back stand with its fetch.
    CREATE TABLE model_call (
      call_id INTEGER PRIMARY KEY,
      fetch_id INTEGER NOT NULL UNIQUE REFERENCES fetch,
      purpose TEXT NOT NULL,
      provider TEXT NOT NULL,
      model TEXT NOT NULL,
      -- Of what was sent: the same purpose, model and input are not sent again.
      input_sha256 BLOB NOT NULL CHECK (length(input_sha256) = 32),
      -- NULL where the provider does not say.
      tokens_in INTEGER,
      tokens_out INTEGER,
      tokens_reasoning INTEGER,
      -- In millionths of a millionth of a dollar; NULL without a price.
      cost INTEGER,
      -- The price that it was reckoned by, as it was set.
      price TEXT,
      -- 1 where nobody told the tokens: they are then the most that it can have been.
      is_estimate INTEGER NOT NULL DEFAULT 0 CHECK (is_estimate IN (0, 1)),
      -- NULL until the answer was read.
      outcome TEXT,
      -- Sentences that were not believed, each with the reason, as JSON.
      dropped TEXT NOT NULL DEFAULT '[]',
      -- Of the rules that judged it.
      edition INTEGER NOT NULL
    ) STRICT;
    -- Whether the same was asked before.
    CREATE INDEX model_call_input ON model_call (input_sha256, call_id);
    """

  private static let summaryColumns = """
      summary_id INTEGER PRIMARY KEY,
      day TEXT NOT NULL,
      asset_id INTEGER REFERENCES asset,
      -- What the text is about: the day itself, its news, an analysis.
      kind TEXT NOT NULL,
      -- For whom it was written, where that makes a difference; else empty.
      profile TEXT NOT NULL,
      maker TEXT NOT NULL,
      -- The call whose answer it is; NULL for what rules wrote.
      call_id INTEGER REFERENCES model_call,
      text TEXT NOT NULL,
      facts TEXT NOT NULL
    """

  private static let summaryCopy = """
    (summary_id, day, asset_id, kind, profile, maker, text, facts)
    SELECT summary_id, day, asset_id, 'day', '', maker, text, facts FROM summary ORDER BY summary_id
    """

  private static let restatementColumns = """
      summary_id INTEGER NOT NULL REFERENCES summary,
      replaced_at INTEGER NOT NULL,
      replaced_by_run_id INTEGER REFERENCES run,
      made_at INTEGER NOT NULL,
      run_id INTEGER REFERENCES run,
      day TEXT NOT NULL,
      asset_id INTEGER REFERENCES asset,
      kind TEXT NOT NULL,
      profile TEXT NOT NULL,
      maker TEXT NOT NULL,
      call_id INTEGER REFERENCES model_call,
      text TEXT NOT NULL,
      facts TEXT NOT NULL,
      PRIMARY KEY (summary_id, replaced_at)
    """

  private static let restatementCopy = """
    (summary_id, replaced_at, replaced_by_run_id, made_at, run_id, day, asset_id, kind, profile,
      maker, text, facts)
    SELECT summary_id, replaced_at, replaced_by_run_id, made_at, run_id, day, asset_id, 'day', '', maker, text, facts
    FROM summary_restatement ORDER BY summary_id, replaced_at
    """
}
