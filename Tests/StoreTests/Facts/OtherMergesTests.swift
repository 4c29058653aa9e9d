import Market
import Testing

@testable import Store

@Suite struct PricePointMergeTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func point(_ second: Int64, _ price: Double, marketCap: Double? = nil, volume: Double? = nil) -> PricePoint {
    PricePoint(at: Rig.start + second, price: price, marketCap: marketCap, volume24h: volume)
  }

  @Test func `samples are new once and unchanged from then on`() throws {
    let points = Facts.pricePoints([point(7, 1, marketCap: 5), point(3611, 2, volume: 9), point(7300, 3)])
    #expect(try rig.store(points, of: Known.points) == StepCounts(new: 3))
    let before = try rig.store.dump()
    #expect(try rig.store(points, of: Known.points) == StepCounts(unchanged: 3))
    #expect(try rig.store.dump() == before)
  }

  @Test(arguments: [
    PricePoint(at: Rig.start + 7, price: 2, marketCap: 5, volume24h: 6),
    PricePoint(at: Rig.start + 7, price: 1, marketCap: nil, volume24h: 6),
    PricePoint(at: Rig.start + 7, price: 1, marketCap: 5, volume24h: 7),
  ])
  func `a sample that moves keeps what it was`(moved: PricePoint) throws {
    let first = try rig.fetch()
    let second = try rig.fetch()
    for (fetch, value) in [(first, point(7, 1, marketCap: 5, volume: 6)), (second, moved)] {
      let reading = Reading(series: Known.points, facts: .pricePoints([value]), covers: nil)
      _ = try rig.store.facts.store(reading, from: fetch, step: nil, at: .hour(9))
    }
    #expect(try rig.rows("SELECT fetch_id FROM price_point") == ["\(second.rawValue)"])
    #expect(
      try rig.rows(
        "SELECT price, market_cap, volume_24h, fetch_id, replaced_by_fetch_id, replaced_at FROM price_point_restatement"
      )
        == ["1.0|5.0|6.0|\(first.rawValue)|\(second.rawValue)|\(Instant.hour(9).epochSeconds)"])
  }

  @Test func `samples sit on no grid and so have no gaps`() throws {
    try rig.store(.pricePoints([point(7, 1), point(90_000, 2)]), of: Known.points, covers: hours(0...30))
    #expect(try rig.store.gaps.all(of: rig.series(Known.points).id).isEmpty)
  }
}

@Suite struct SentimentMergeTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func value(_ day: Int, _ value: Double, _ label: String = "Fear") -> SentimentValue {
    SentimentValue(day: .number(day), value: value, classification: label)
  }

  @Test func `days are new once and unchanged from then on`() throws {
    let values = Facts.sentiment([value(0, 20), value(1, 21), value(2, 22)])
    #expect(try rig.store(values, of: Known.mood, covers: days(0...2)) == StepCounts(new: 3))
    let before = try rig.store.dump()
    #expect(try rig.store(values, of: Known.mood, covers: days(0...2)) == StepCounts(unchanged: 3))
    #expect(try rig.store.dump() == before)
  }

  @Test(arguments: [(21.0, "Fear"), (20.0, "Extreme Fear")])
  func `a day that moves keeps what it was`(moved: Double, label: String) throws {
    let first = try rig.fetch(from: "alternative.me")
    let second = try rig.fetch(from: "alternative.me")
    for (fetch, value) in [(first, value(0, 20)), (second, value(0, moved, label))] {
      let reading = Reading(series: Known.mood, facts: .sentiment([value]), covers: days(0...0))
      _ = try rig.store.facts.store(reading, from: fetch, step: nil, at: .hour(9))
    }
    #expect(try rig.rows("SELECT value, classification FROM sentiment") == ["\(moved)|\(label)"])
    #expect(
      try rig.rows(
        "SELECT value, classification, fetch_id, replaced_by_fetch_id, replaced_at FROM sentiment_restatement")
        == ["20.0|Fear|\(first.rawValue)|\(second.rawValue)|\(Instant.hour(9).epochSeconds)"])
  }

  @Test func `the view shows the index of alternative me and no other`() throws {
    try rig.store(.sentiment([value(0, 20)]), of: Known.mood, covers: days(0...0))
    #expect(try rig.rows("SELECT * FROM sentiment_daily") == ["2026-03-02|20.0|Fear"])
    #expect(try rig.rows("SELECT * FROM fact_sentiment_index").isEmpty)
    #expect(try rig.store.snapshots.sentiment(in: Day.number(0)...Day.number(3)).map(\.value) == [20])
  }
}

@Suite struct FlowMergeTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func flow(_ day: Int, _ ticker: String, _ dollars: Int64?) -> EtfFlow {
    EtfFlow(day: .number(day), ticker: ticker, netFlowUSD: dollars)
  }

  private func judge(_ day: Int, _ finality: String, _ sum: Int64?) throws {
    try rig.store.flows.store(
      [FlowDayRow(day: .number(day), netFlowUSD: sum, finality: finality)], of: rig.series(Known.flows),
      at: Rig.start)
  }

  @Test func `flows are new once and unchanged from then on`() throws {
    let flows = Facts.flows([flow(0, "IBIT", 5), flow(0, "FBTC", nil), flow(1, "IBIT", 0)])
    #expect(try rig.store(flows, of: Known.flows, covers: days(0...1)) == StepCounts(new: 3))
    let before = try rig.store.dump()
    #expect(try rig.store(flows, of: Known.flows, covers: days(0...1)) == StepCounts(unchanged: 3))
    #expect(try rig.store.dump() == before)
  }

  @Test func `a reported zero and no report are two things`() throws {
    try rig.store(.flows([flow(0, "IBIT", 0), flow(0, "FBTC", nil)]), of: Known.flows, covers: days(0...0))
    #expect(
      try rig.rows("SELECT ticker, net_flow_usd FROM etf_flows_daily ORDER BY ticker") == ["FBTC|∅", "IBIT|0"])
  }

  @Test func `while a day is provisional its values change without being restated`() throws {
    try rig.store(.flows([flow(0, "IBIT", 5), flow(0, "FBTC", nil)]), of: Known.flows, covers: days(0...0))
    try judge(0, "provisional", nil)
    let counts = try rig.store(
      .flows([flow(0, "IBIT", 6), flow(0, "FBTC", 1)]), of: Known.flows, covers: days(0...0))
    #expect(counts == StepCounts(changed: 2))
    #expect(try rig.rows("SELECT * FROM etf_flow_restatement").isEmpty)
  }

  @Test func `once a day is final a value that moves is a restatement`() throws {
    let first = try rig.fetch(from: "farside")
    let second = try rig.fetch(from: "farside")
    let readings = [5, 6].map {
      Reading(series: Known.flows, facts: .flows([flow(0, "IBIT", $0)]), covers: days(0...0))
    }
    _ = try rig.store.facts.store(readings[0], from: first, step: nil, at: .hour(0))
    try judge(0, "final", 5)
    _ = try rig.store.facts.store(readings[1], from: second, step: nil, at: .hour(99))
    #expect(try rig.rows("SELECT net_flow_usd, fetch_id FROM etf_flow") == ["6|\(second.rawValue)"])
    #expect(
      try rig.rows("SELECT net_flow_usd, fetch_id, replaced_by_fetch_id, replaced_at FROM etf_flow_restatement")
        == ["5|\(first.rawValue)|\(second.rawValue)|\(Instant.hour(99).epochSeconds)"])
  }

  @Test(arguments: ["final", "not_reporting"])
  func `a judged day whose values move is judged again`(finality: String) throws {
    try rig.store(.flows([flow(0, "IBIT", 5), flow(1, "IBIT", 7)]), of: Known.flows, covers: days(0...1))
    try judge(0, finality, finality == "final" ? 5 : nil)
    try judge(1, "final", 7)
    #expect(try rig.store.flows.firstDayToJudge(of: rig.series(Known.flows).id) == nil)
    try rig.store(.flows([flow(0, "IBIT", 6)]), of: Known.flows, covers: days(0...0))
    #expect(try rig.store.flows.firstDayToJudge(of: rig.series(Known.flows).id) == .number(0))
    #expect(
      try rig.store.flows.flowDays(of: rig.series(Known.flows).id, in: .number(0) ... .number(0)).first?.netFlowUSD
        == nil)
  }

  @Test func `a new ticker is a new fund, and the catalogue's is known already`() throws {
    try rig.store(.flows([flow(0, "IBIT", 5), flow(0, "NEWB", 1)]), of: Known.flows, covers: days(0...0))
    #expect(try rig.store.catalogue.tickers(ofFundsHolding: "BTC") == ["IBIT", "NEWB"])
  }

  @Test func `a source's total is no fund and stays out of the view`() throws {
    try rig.store(.flows([flow(0, EtfFlow.total, 5)]), of: Known.totals, covers: days(0...0))
    try rig.store(.flows([flow(0, EtfFlow.total, 5), flow(0, "IBIT", 5)]), of: Known.flows, covers: days(0...0))
    #expect(try rig.store.catalogue.tickers(ofFundsHolding: "BTC") == ["IBIT"])
    #expect(try rig.rows("SELECT ticker FROM etf_flows_daily") == ["IBIT"])
  }

  @Test func `assets under management are kept where a source gives them`() throws {
    let flows = [EtfFlow(day: .number(0), ticker: EtfFlow.total, netFlowUSD: 5, netAssetsUSD: 9_000_000_000)]
    try rig.store(.flows(flows), of: Known.totals, covers: days(0...0))
    #expect(try rig.rows("SELECT net_assets_usd FROM etf_flow") == ["9000000000"])
  }

  @Test func `the first day that may still change is found`() throws {
    let id = try rig.series(Known.flows).id
    #expect(try rig.store.flows.provisionalFlowDays(of: id).first == nil)
    try rig.store(.flows((0...2).map { flow($0, "IBIT", 1) }), of: Known.flows, covers: days(0...2))
    #expect(try rig.store.flows.provisionalFlowDays(of: id).first == .number(0))
    try judge(0, "final", 1)
    try judge(1, "not_reporting", nil)
    try judge(2, "provisional", nil)
    #expect(try rig.store.flows.provisionalFlowDays(of: id).first == .number(2))
  }

  @Test func `flows are read back day by day with every fund's report`() throws {
    let rows = [flow(0, "IBIT", 5), flow(0, "FBTC", nil), flow(1, "IBIT", -3)]
    try rig.store(.flows(rows), of: Known.flows, covers: days(0...1))
    let read = try rig.store.flows.rows(of: rig.series(Known.flows).id, from: .number(0))
    #expect(read.map(\.day) == [.number(0), .number(1)])
    #expect(read.map(\.funds) == [["IBIT": 5, "FBTC": nil], ["IBIT": -3]])
  }
}
