import Following
import Market
import Testing

@testable import Store

/// What the user decided about assets stands in a rebuilt file, whatever was done to its tables by hand.
@Suite struct DecisionsAgainTests {
  @Test func `names, groups and removals are those that were decided`() async throws {
    let scene = try Scene()
    try await scene.run()
    var edit = AssetEdit(symbol: "BTC")
    edit.name = "The coin"
    edit.groups = ["mine"]
    try scene.store.following.decide([.editAsset(edit), .removeSeries(Scene.otherBars)], at: Scene.start)
    try scene.store.tamper(
      "UPDATE asset SET name = 'Another'; DELETE FROM asset_group; UPDATE series SET removed_at = NULL")
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.faults == [])
    #expect(
      try rebuilt.store.rows("SELECT asset.name, asset_group.name FROM asset JOIN asset_group USING (asset_id)")
        == ["The coin|mine"])
    #expect(
      try rebuilt.store.rows("SELECT provider_symbol FROM series WHERE removed_at IS NOT NULL") == ["BTC-USD"])
  }
}
