import Providers
import Support
import Testing

@testable import Pipeline
@testable import Store

@Suite struct OlderRecordTests {
  @Test func `the record of an older appliance rebuilds to the same after its migration`() throws {
    let folder = try TemporaryFolder()
    try OlderRecord.put(at: folder.file("old.db"))
    let store = try Store.writing(folder.file("old.db"), command: "ingest")
    let rebuilt = try Rebuilt(store, providers: marketProviders)
    #expect(rebuilt.faults == [])
    #expect(rebuilt.report.gone.isEmpty)
    // What came after it.
    let later = [
      "corporate_action", "bar_trade", "market_cap", "rebase", "market_closure", "indicator", "series_",
      "asset_analysis", "portfolio", "quality_", "model_call", "summary", "macro_", "mood_", "news_", "article_",
      "event_", "theme_",
    ]
    let empty = rebuilt.differences.rows.filter { $0.value == 0 }.keys
    #expect(empty.filter { name in !later.contains { name.hasPrefix($0) } } == [], "every table has rows to compare")
    // Numbers that tell the order of replacements are made anew, and the same.
    let history =
      "SELECT series_id, open_time, replaced_by_fetch_id, close FROM bar_restatement ORDER BY restatement_id"
    #expect(try rebuilt.store.rows(history) == store.rows(history))
  }
}
