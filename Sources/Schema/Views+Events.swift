extension Views {
  /// What is to happen, with what was expected and what came.
  static let events = [published, until, marketEvent]

  /// All vintages of economic series. Where the past is asked, the connection has a view of that name that ends there.
  private static let published = """
    CREATE VIEW macro_observation_published AS SELECT * FROM macro_observation
    """

  /// Up to when events have come. Where the past is asked, the connection has a view of that name that ends there: a vintage is
  /// a day, and on the day of an event it is known what came once the event is over.
  private static let until = """
    CREATE VIEW events_until AS SELECT 9223372036854775807 AS at
    """

  /// The number of a release day among those of events: a thousand millions, a hundred thousand a series, and the day.
  private static let releaseID = """
    1000000000 + release.series_id * 100000 + CAST(strftime('%s', release.day) AS INTEGER) / 86400
    """

  /// What was published first of the newest period by a week from the day of the event on, as `period vintage`: a period that
  /// nothing had been told of before, of a series that had been. So an answer that brings all of a series says nothing.
  private static let firstPrint = """
    (SELECT print.day || ' ' || print.vintage FROM macro_observation_published AS print
      WHERE print.series_id = measured.series_id AND print.day BETWEEN date(item.day, '-200 days') AND date(item.day, '-1 day')
        AND print.vintage BETWEEN item.day AND date(item.day, '+6 days') AND print.value IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM macro_observation_published AS before
          WHERE before.series_id = print.series_id AND before.day = print.day AND before.vintage < print.vintage)
        AND EXISTS (SELECT 1 FROM macro_observation_published AS held
          WHERE held.series_id = print.series_id AND held.vintage < item.day)
      ORDER BY print.day DESC, print.vintage LIMIT 1)
    """

  /// A value as it was known in the vintage of the first print.
  private static func value(of period: String) -> String {
    """
    (SELECT known.value FROM macro_observation_published AS known
      WHERE known.series_id = printed.measured_id AND known.day = \(period)
        AND known.vintage <= substr(printed.print, 12) ORDER BY known.vintage DESC LIMIT 1)
    """
  }

  /// Digits behind the point of what was expected, else of what was before; a figure is rounded as they are.
  private static let digits = """
    CASE WHEN instr(coalesce(forecast, previous), '.') = 0 THEN 0
      ELSE length(rtrim(coalesce(forecast, previous), '%KMBT')) - instr(coalesce(forecast, previous), '.') END
    """

  /// How many thousands stand behind a number.
  private static func thousands(_ unit: String) -> String {
    "CASE \(unit) WHEN 'K' THEN 1 WHEN 'M' THEN 2 WHEN 'B' THEN 3 WHEN 'T' THEN 4 END"
  }

  private static let isoTime = "strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch')"

  /// The Sunday on or before a day.
  private static func week(of day: String) -> String { "date(\(day), '+1 day', 'weekday 0', '-7 days')" }

  /// The asset that an event names. Some lists name a share twice, `BF.B` and `BF-B`: then as the asset is spelled.
  private static let asset = """
    (SELECT asset.asset_id FROM asset WHERE asset.class IN ('stock', 'fund') AND (asset.symbol = item.symbol
      OR asset.symbol = replace(item.symbol, '.', '-') AND NOT EXISTS (SELECT 1 FROM event_item AS twin
        WHERE twin.series_id = item.series_id AND twin.period = item.period AND twin.country = item.country
          AND twin.symbol = asset.symbol)))
    """

  /// Events of every source, each once. A day on which FRED publishes something is left out where the calendar tells of that
  /// release in the same week: its time is known, and what is expected. Earnings are those of the assets of the file.
  private static let marketEvent = """
    CREATE VIEW market_event AS
    WITH printed AS (
      SELECT item.*, number.event_id AS event_id, source.name AS source,
        coalesce(series.asset_id, \(asset)) AS asset_id,
        figure.provider_symbol AS figure_series, figure.transform, figure.months, figure.scale, figure.unit AS figure_unit, measured.series_id AS measured_id,
        CASE WHEN figure.title IS NOT NULL AND coalesce(item.at, 0) <= (SELECT events_until.at FROM events_until)
          THEN \(firstPrint) END AS print
      FROM event_item AS item
      JOIN event_number AS number ON number.series_id = item.series_id AND number.period = item.period
        AND number.country = item.country AND number.title = item.title AND number.number = item.number
      JOIN series ON series.series_id = item.series_id
      JOIN source ON source.source_id = series.source_id
      LEFT JOIN event_figure AS figure ON figure.title = item.title AND figure.country = item.country
        AND source.name = 'calendar' AND item.is_withdrawn = 0 AND item.day IS NOT NULL
      LEFT JOIN series AS measured ON figure.title IS NOT NULL AND measured.dataset = 'macro_observation'
        AND measured.provider_symbol = figure.provider_symbol
        AND measured.source_id = (SELECT fred.source_id FROM source AS fred WHERE fred.name = 'fred')),
    valued AS (
      SELECT printed.*, \(value(of: "substr(printed.print, 1, 10)")) AS now,
        CASE WHEN months > 0 THEN \(value(of: "date(substr(printed.print, 1, 10), '-' || months || ' months')")) END AS before
      FROM printed),
    figured AS (
      SELECT valued.*, scale * CASE transform WHEN 'level' THEN now WHEN 'change' THEN now - before
          WHEN 'percent' THEN (now / nullif(before, 0) - 1) * 100
          WHEN 'annualised' THEN ((now / nullif(before, 0)) * (now / nullif(before, 0)) * (now / nullif(before, 0))
            * (now / nullif(before, 0)) - 1) * 100 END
        * CASE WHEN unit IS NULL OR unit = figure_unit THEN 1.0
          WHEN unit <> '%' AND figure_unit <> '%' THEN
            CASE \(thousands("figure_unit")) - \(thousands("unit"))
              WHEN -1 THEN 0.001 WHEN -2 THEN 0.000001 WHEN 1 THEN 1000.0 WHEN 2 THEN 1000000.0 END END AS came
      FROM valued),
    told AS (
      SELECT figured.*, round(came, \(digits)) + 0.0 AS actual_value, \(digits) AS digits FROM figured)
    SELECT event_id, kind, \(isoTime) AS at, day, CASE kind WHEN 'economic' THEN country END AS country, asset_id,
      coalesce(form, title) AS title, importance, forecast, previous,
      CASE WHEN actual_value IS NOT NULL
        THEN printf('%.' || digits || 'f', actual_value) || coalesce(unit, figure_unit) END AS actual,
      coalesce(unit, CASE WHEN actual_value IS NOT NULL THEN figure_unit END) AS unit, source, fetch_id, time_of_day,
      forecast_value, previous_value, actual_value, url, is_withdrawn,
      CASE WHEN day IS NULL THEN period ELSE \(week(of: "day")) END AS week,
      CASE WHEN actual_value IS NOT NULL THEN figure_series END AS actual_series,
      CASE WHEN actual_value IS NOT NULL THEN substr(print, 1, 10) END AS actual_period,
      CASE WHEN actual_value IS NOT NULL THEN substr(print, 12) END AS actual_vintage,
      (SELECT symbol FROM asset WHERE asset.asset_id = told.asset_id) AS asset
    FROM told WHERE kind <> 'earnings' OR asset_id IS NOT NULL
    UNION ALL
    SELECT event_id, 'economic', \(isoTime), day, country, NULL, title, importance, NULL, NULL, NULL, NULL, 'fred', fetch_id,
      NULL, NULL, NULL, NULL, NULL, 0, week, NULL, NULL, NULL, NULL
    FROM (
      SELECT \(releaseID) AS event_id, release.day AS day, event.country AS country, event.title AS title,
        event.importance AS importance, release.fetch_id AS fetch_id, event.release AS release, \(week(of: "release.day")) AS week,
        CAST(strftime('%s', release.day) AS INTEGER) + event.clock + 3600 * (5 - (
          release.day >= date(substr(release.day, 1, 4) || '-03-08', 'weekday 0')
          AND release.day < date(substr(release.day, 1, 4) || '-11-01', 'weekday 0'))) AS at
      FROM macro_release AS release
      JOIN series ON series.series_id = release.series_id
      JOIN source ON source.source_id = series.source_id AND source.name = 'fred'
      JOIN release_event AS event ON event.release = series.provider_symbol
      WHERE release.is_scheduled = 1) AS released
    WHERE NOT EXISTS (
      SELECT 1 FROM release_title AS named
      JOIN event_item AS told ON told.title = named.title AND told.country = released.country AND told.is_withdrawn = 0
      WHERE named.release = released.release AND told.period = released.week AND told.kind = 'economic')
    """
}
