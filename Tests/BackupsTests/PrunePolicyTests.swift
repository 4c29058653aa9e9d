import Market
import Testing

@testable import Backups

@Suite struct PrunePolicyTests {
  /// Proven automatic backups at these days, 12:00Z, unless said otherwise.
  private func entries(_ days: [String], automatic: Bool = true) -> [BackupEntry] {
    days.compactMap { Instant($0.contains("T") ? $0 : "\($0)T12:00Z") }.map { instant in
      let stamp = BackupStamp(instant)
      return BackupEntry(
        stamp: stamp, name: BackupNames.archive(stamp), size: 1, state: .proven(at: instant), automatic: automatic,
        rows: 1)
    }
  }

  private func kept(_ policy: PrunePolicy, _ backups: [BackupEntry]) -> [String] {
    policy.decisions(about: backups).filter(\.isKept).map { "\($0.stamp.instant.day): \($0.reason)" }
  }

  @Test func `the newest ones are kept`() {
    #expect(
      kept(PrunePolicy(last: 2), entries(["2025-09-01", "2025-09-02", "2025-09-03"]))
        == ["2025-09-02: newest 2", "2025-09-03: newest 1, newest proven"])
  }

  @Test func `of each day the newest one is kept, days without any do not count`() {
    let backups = entries(["2025-09-01", "2025-09-05T01:00Z", "2025-09-05T23:00Z", "2025-09-09"])
    #expect(
      PrunePolicy(daily: 2).decisions(about: backups).map(\.isKept) == [false, false, true, true])
  }

  @Test func `weeks begin on Monday`() {
    // 2025-09-14 is a Sunday.
    #expect(
      kept(PrunePolicy(weekly: 2), entries(["2025-09-08", "2025-09-14", "2025-09-15", "2025-09-16"]))
        == ["2025-09-14: week of 2025-09-08", "2025-09-16: week of 2025-09-15, newest proven"])
  }

  @Test func `rules add up`() {
    #expect(
      kept(
        PrunePolicy(daily: 1, monthly: 3),
        entries(["2025-06-30", "2025-07-01", "2025-07-31", "2025-09-01", "2025-09-02"]))
        == [
          "2025-06-30: month 2025-06", "2025-07-31: month 2025-07",
          "2025-09-02: day 2025-09-02, month 2025-09, newest proven",
        ])
  }

  @Test func `a year of daily backups is thinned out to 7 days, 4 weeks and 12 months`() {
    let first = Day(year: 2024, month: 9, day: 20)?.start ?? Instant(epochSeconds: 0)
    let backups = (0..<365).flatMap { entries([(first + Int64($0) * 86_400 + 3600).description]) }
    let keptDays = PrunePolicy.automatic.decisions(about: backups).filter(\.isKept).map {
      $0.stamp.instant.day.description
    }
    #expect(
      keptDays == [
        "2024-10-31", "2024-11-30", "2024-12-31", "2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31",
        "2025-06-30", "2025-07-31", "2025-08-31", "2025-09-07", "2025-09-13", "2025-09-14", "2025-09-15", "2025-09-16",
        "2025-09-17", "2025-09-18", "2025-09-19",
      ])
  }

  @Test func `thinning out twice removes nothing more`() {
    let first = Instant(epochSeconds: 1_700_000_000)
    let backups = (0..<200).flatMap { entries([(first + Int64($0) * 50_000).description]) }
    let once = PrunePolicy.automatic.decisions(about: backups).filter(\.isKept).map(\.stamp)
    let rest = backups.filter { once.contains($0.stamp) }
    #expect(PrunePolicy.automatic.decisions(about: rest).count { !$0.isKept } == 0)
  }

  @Test func `one made by hand is never removed and takes no place`() {
    let backups = entries(["2025-09-01", "2025-09-02"]) + entries(["2025-09-02T13:00Z"], automatic: false)
    #expect(
      kept(PrunePolicy(last: 1), backups)
        == ["2025-09-02: newest 1", "2025-09-02: made by hand"])
  }

  @Test(arguments: [BackupEntry.State.proofMissing, .proofMismatch("why"), .newer(version: 2)])
  func `one whose proof is missing or wrong stays`(state: BackupEntry.State) {
    let stamp = BackupStamp(Instant(epochSeconds: 1_700_000_000))
    let bad = BackupEntry(stamp: stamp, name: "bad", size: 1, state: state, automatic: nil, rows: nil)
    #expect(kept(PrunePolicy(last: 1), [bad] + entries(["2025-09-02"])).count == 2)
  }

  @Test func `the newest proven one stays though no rule wants it`() {
    let backups = entries(["2025-09-01", "2025-09-02"])
    #expect(kept(PrunePolicy(last: -1, daily: 0, weekly: 0, monthly: 1), backups).count == 1)
    #expect(
      PrunePolicy(monthly: 1).decisions(about: backups).map(\.reason) == [
        "no rule wants it", "month 2025-09, newest proven",
      ])
  }

  @Test func `without a rule nothing is removed`() {
    let backups = entries(["2025-09-01", "2025-09-02"])
    #expect(PrunePolicy().decisions(about: backups).map(\.isKept) == [true, true])
  }
}
