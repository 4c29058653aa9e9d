import ArgumentParser
import Market
import Queries
import Rendering
import Schema
import Store

/// Writes datasets into files.
package struct ExportCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it, with formats and examples.
  package static let configuration = CommandConfiguration(
    commandName: "export", _superCommandName: Program.name,
    abstract: "Write a dataset, or all of them, as CSV, JSON, SQL, Markdown, text or ledger prices.",
    discussion: """
      Rows come in the order of their key, one at a time, however many there are. A file appears under its name only \
      when it is complete. With `all`, -o names a folder that gets a file for each dataset, and an index; what assets \
      bring goes into a folder as BTC.csv, or BTC_1d.csv where it is not by the hour. `--format sql` makes one \
      script of all on standard output or in a file that ends in .sql. An SQL script loads into an empty file: \
      sqlite3 new.db < rows.sql, and with `--dialect postgres` into an empty PostgreSQL database, with types, keys \
      and COPY: psql -v ON_ERROR_STOP=1 -f rows.sql

      `--format ledger` (also of a file that ends in .journal) makes price lines for ledger and hledger of \
      ohlc_hourly, daily_bar, daily_market_snapshot or price_point: P 2026-01-20 13:59:59 BTC 91234.5 USD. An hour's \
      line bears its close at its last second, in UTC, so that hledger, which goes by the day, takes the last hour of a \
      day as the day's price; a day of the snapshot bears its close and no time.

      With --json and -o, one object tells what was written; without -o, it holds the rows.

      DATASETS
      \(NamedDataset.catalogueText)

      EXAMPLES
        appliance export ohlc_hourly > prices.csv
        appliance export ohlc_hourly --asset BTC --from 2025-09-01 -o btc.ndjson
        appliance export BTC ETH --columns ts_utc,asset,close      the rows of `show BTC ETH`, from the first on
        appliance export ohlc_hourly --where "close > 100000 AND session = 'US'"
        appliance export ohlc_hourly --as-of 2025-09-19T12:00Z     the prices as they were known then
        appliance export daily_market_snapshot -o prices.journal
        appliance export all -o out                     everything as CSV, with an index
        appliance export all --format sql | sqlite3 copy.db
        appliance export all --format sql --dialect postgres | psql -v ON_ERROR_STOP=1 -d market
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(
    help: ArgumentHelp("A dataset, the symbols of assets, or `all`.", valueName: "dataset|asset"),
    completion: .custom(NameCompletion.exported))
  var subjects: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("How rows are written; by default what the file's name ends in, else csv.", valueName: "format"))
  var format: RowFormat?

  @OptionGroup var rows: RowArguments

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only rows for which this holds, in SQL over the dataset's columns as they are exported.", valueName: "condition")
  )
  var `where`: String?

  @Option(name: .long, help: ArgumentHelp("For --format sql: sqlite or postgres.", valueName: "dialect"))
  var dialect: SQLForm.Dialect?

  @Option(
    name: .long,
    help: ArgumentHelp("For --format sql: at most this many rows a statement.", valueName: "rows"))
  var batchSize: Int?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  /// Refuses a batch below 1.
  package func validate() throws {
    if let batchSize, batchSize < 1 { throw ValidationError("--batch-size \(batchSize): at least 1") }
  }

  /// Writes the rows to standard output, a file or a folder; a file gets its name when it is whole.
  package func run() async throws {
    let context = try CommandContext(global)
    let target = try ExportTarget(
      output, name: subjects.joined(separator: " "), format: format, isSeveral: isAll, asJSON: global.json)
    let filter = try checkWithoutRecord(target)
    let store = try context.reader(past, about: subjects)
    let now = try context.now(of: store)
    var datasets = NamedDataset.all
    var fileName: String?
    var folding: Folding?
    var selection = RowSelection(span: try span(from: rows.from, to: rows.to, at: now))
    if isAll {
      selection.assets = try store.symbols(rows.asset, groups: rows.group)
    } else {
      let asked = try AskedRows(subjects, asset: rows.asset, group: rows.group, interval: rows.interval, store)
      let narrowed = try rows.narrowed(asked.dataset)
      if target.format == .ledger { _ = try narrowed.lines() }
      selection.assets = asked.assets
      selection.span = try rows.span(of: asked.dataset, at: now)
      selection.tickers = try rows.tickers(of: asked.dataset, store)
      let restated = try rows.restated(narrowed, assets: asked.assets, store, at: now)
      restated.remarks.forEach { context.console.say($0) }
      datasets = [restated.dataset]
      folding = try Folding(asked, rows, store, at: now)
      if folding != nil { context.console.say(asked.heading) }
      if folding != nil, filter != nil {
        throw Failure(.usage, "--where is about rows that are stored; these are \(asked.heading)")
      }
      fileName = asked.fileName
    }
    try target.checkItSpares(store)
    if !isAll, let dataset = datasets.first { try target.checkItSparesIndex(fileName ?? dataset.name) }
    try await ExportRun(
      context: context, store: store, datasets: datasets, selection: selection, target: target, fileName: fileName,
      sql: SQLForm(dialect ?? .sqlite, batch: batchSize), filter: filter,
      folding: folding, unknown: try context.sayUnknown(subjects, in: store)
    ).perform()
  }

  private var isAll: Bool { subjects == ["all"] }

  /// What can be seen to be wrong before there is a record.
  private func checkWithoutRecord(_ target: ExportTarget) throws -> DatasetFilter? {
    if isAll {
      if target.format == .ledger {
        throw Failure(
          .usage,
          "--format ledger makes price lines of one dataset: ohlc_hourly, daily_bar, daily_market_snapshot or price_point"
        )
      }
      if rows.interval != nil || !rows.ticker.isEmpty || !rows.columns.isEmpty || rows.adjust != nil {
        throw Failure(
          .usage, "--interval, --ticker, --columns and --adjust are about one dataset; name one in place of 'all'")
      }
    }
    if dialect != nil || batchSize != nil, target.format != .sql {
      throw Failure(.usage, "--dialect and --batch-size: \(target.format.rawValue) has neither; add --format sql")
    }
    guard let text = `where` else { return nil }
    if isAll {
      throw Failure(.usage, "--where: a condition is on the columns of one dataset; name one in place of 'all'")
    }
    do throws(QueryError) { return try DatasetFilter(text) } catch {
      throw Failure(.failed, "--where \"\(shown(text))\": \(error)")
    }
  }
}
