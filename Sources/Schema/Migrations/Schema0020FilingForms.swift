extension Migration {
  /// What was filed is a value of a filing and no longer its title, so that a filing that is told under another form or with
  /// other items is one event that was told otherwise, and none that was taken back beside another.
  package static let filingForms = Migration(
    number: 20, name: "filing_forms",
    sql: """
      ALTER TABLE event_item ADD COLUMN form TEXT;
      ALTER TABLE event_item_restatement ADD COLUMN form TEXT;

      \(beliefs)
      DELETE FROM event_item WHERE kind = 'filing';
      INSERT INTO event_item (series_id, period, country, title, number, kind, day, url, is_withdrawn, form, fetch_id)
        SELECT series_id, period, country, 'filing', number, 'filing', day, url, is_withdrawn, form, fetch_id
        FROM temp.filing_belief WHERE next_fetch_id IS NULL;
      DELETE FROM event_item_restatement WHERE kind = 'filing';
      INSERT INTO event_item_restatement (series_id, period, country, title, number, replaced_by_fetch_id, replaced_at,
          kind, day, url, is_withdrawn, form, fetch_id)
        SELECT series_id, period, country, 'filing', number, next_fetch_id, next_at, 'filing', day, url, is_withdrawn, form,
          fetch_id
        FROM temp.filing_belief WHERE next_fetch_id IS NOT NULL ORDER BY next_fetch_id, series_id, period, number;
      DROP TABLE temp.filing_belief;

      DELETE FROM event_number WHERE series_id IN (\(series)) AND event_id > (
        SELECT min(same.event_id) FROM event_number AS same
        WHERE same.series_id = event_number.series_id AND same.period = event_number.period
          AND same.number = event_number.number);
      UPDATE event_number SET title = 'filing' WHERE series_id IN (\(series));
      UPDATE series SET row_count = (SELECT count(*) FROM event_item WHERE event_item.series_id = series.series_id)
        WHERE series_id IN (\(series));

      """)

  private static let series = """
    SELECT filed.series_id FROM series AS filed JOIN source ON source.source_id = filed.source_id
      WHERE filed.dataset = 'event_item' AND source.name = 'sec'
    """

  /// What was believed of each filing from an answer on, and until which. A title that was not told any more was taken for
  /// withdrawn; where another title of the filing stood by then, it was not.
  private static let beliefs = """
    CREATE TEMP TABLE filing_belief AS
      WITH told AS (
        SELECT series_id, period, country, number, title AS form, day, url, is_withdrawn, fetch_id,
          NULL AS until_fetch_id, NULL AS replaced_at
        FROM event_item WHERE kind = 'filing'
        UNION ALL
        SELECT series_id, period, country, number, title, day, url, is_withdrawn, fetch_id, replaced_by_fetch_id, replaced_at
        FROM event_item_restatement WHERE kind = 'filing'),
      believed AS (
        SELECT * FROM told WHERE is_withdrawn = 0 OR NOT EXISTS (
          SELECT 1 FROM told AS other
          WHERE other.series_id = told.series_id AND other.period = told.period AND other.number = told.number
            AND other.form <> told.form AND other.is_withdrawn = 0 AND other.fetch_id <= told.fetch_id
            AND coalesce(other.until_fetch_id > told.fetch_id, 1))),
      chained AS (
        SELECT *, lead(fetch_id) OVER (
          PARTITION BY series_id, period, number ORDER BY fetch_id, is_withdrawn) AS next_fetch_id
        FROM believed)
      SELECT chained.*, coalesce(
        (SELECT min(same.replaced_at) FROM event_item_restatement AS same
          WHERE same.series_id = chained.series_id AND same.replaced_by_fetch_id = chained.next_fetch_id),
        (SELECT received_at FROM fetch WHERE fetch.fetch_id = chained.next_fetch_id)) AS next_at
      FROM chained;
    """
}
