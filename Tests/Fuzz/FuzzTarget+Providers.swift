import Market
import Providers
import Support

extension FuzzTarget {
  static let madeAt = Instant(epochSeconds: 1_758_321_000)  // 2025-09-19T22:30:00Z
  private static let hours = madeAt - 16_200...madeAt - 9000

  /// Each provider's reading of an answer to its own question.
  static let providers: [FuzzTarget] = [
    provider(
      Binance(), .bar, "BTCUSDT", .hour1, payloads: "payloads/binance",
      """
      [[1758304800000,"100.5","110","90.25","101","3.5",1758308399999,"350.1",42,"1.5","150.2","0"],
      [1758308400000,"101.00000000","110.1","90","101","0",1758311999999,"0",0,"0","0","0"]]
      """, #"{"code":-1121,"msg":"Invalid symbol."}"#),
    provider(
      Coinbase(), .bar, "BTC-USD", .hour1, payloads: "payloads/coinbase",
      "[[1758308400,90,110.25,101,100.5,3.728],[1758304800,90.5,110,100,101,12]]", #"{"message":"NotFound"}"#),
    provider(
      Kraken(), .bar, "XBTUSD", .hour1, payloads: "payloads/kraken",
      """
      {"error":[],"result":{"XXBTZUSD":[[1758304800,"100.5","110","90.25","101","100.1","3.5",42],
      [1758308400,"101","110","90.25","101","0.0","0",0]],"last":1758304800}}
      """, #"{"error":["EQuery:Unknown asset pair"]}"#),
    provider(
      CoinGecko(), .pricePoint, "bitcoin", .hour1, payloads: "payloads/coingecko",
      """
      {"prices":[[1758304800123,115000.5],[1758308400000,1.2e5]],"market_caps":[[1758304800123,2.3e12]],
      "total_volumes":[[1758304800123,null]]}
      """, #"{"status":{"error_code":429,"error_message":"x"}}"#),
    provider(
      AlternativeMe(), .sentiment, "fng", .day1, payloads: "payloads/alternative-me",
      """
      {"name":"Fear and Greed Index","data":[{"value":"54","value_classification":"Neutral","timestamp":"1758240000",
      "time_until_update":"9000"},{"value":"46","value_classification":"Fear","timestamp":"1758153600"}],
      "metadata":{"error":null}}
      """),
    provider(Farside(), .etfFlow, "btc", .day1, payloads: "payloads/farside", FuzzTarget.pages[0]),
    provider(
      SoSoValue(), .etfFlow, "btc", .day1, payloads: "payloads/sosovalue",
      """
      {"code":0,"msg":null,"data":{"list":[{"date":"2025-09-18","totalNetInflow":-23500000.0,"totalNetAssets":"1e9"},
      {"date":1758067200000,"totalNetInflow":null}]}}
      """, #"{"code":1,"msg":"RATE_LIMITED","details":{"retry_after":"30","field":"symbol"}}"#),
    provider(
      Yahoo(), .bar, "AAPL", .day1, payloads: "payloads/yahoo",
      """
      {"chart":{"result":[{"meta":{"currency":"USD","symbol":"AAPL","instrumentType":"EQUITY","firstTradeDate":345479400,
      "exchangeTimezoneName":"America/New_York","dataGranularity":"1d"},"timestamp":[1758115800,1758202200],
      "events":{"dividends":{"1758202200":{"amount":0.26,"date":1758202200}}},
      "indicators":{"quote":[{"open":[238.9,239.9],"high":[240.1,241.2],"low":[237.7,236.6],"close":[238.9,237.9],
      "volume":[46508000,44249600]}]}}],"error":null}}
      """, #"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}"#),
    provider(
      AlphaVantage(), .bar, "IBM", .minute5, payloads: "payloads/alphavantage",
      """
      {"Meta Data":{"2. Symbol":"IBM","4. Interval":"5min","6. Time Zone":"US/Eastern"},"Time Series (5min)":{
      "2025-09-18 15:55:00":{"1. open":"284.3591","2. high":"284.53","3. low":"284.3591","4. close":"284.53",
      "5. volume":"83493"},"2025-09-18 15:50:00":{"1. open":"284.483","2. high":"284.483","3. low":"284.3591",
      "4. close":"284.3591","5. volume":"58615"}}}
      """, #"{"Information":"Our standard API rate limit is 25 requests per day."}"#),
    provider(
      Polygon(), .bar, "AAPL", .day1, payloads: "payloads/polygon",
      """
      {"ticker":"AAPL","queryCount":2,"adjusted":true,"results":[{"v":46508000,"vw":238.9475,"n":357753,
      "o":238.97,"c":238.99,"h":240.1,"l":237.73,"t":1758081600000},{"v":44249600.0,"vw":238.925,"n":340381,"o":239.97,
      "c":237.88,"h":241.2,"l":236.65,"t":1758168000000}],"status":"OK","next_url":"https://api.massive.com/v2/aggs"}
      """, #"{"status":"NOT_AUTHORIZED","message":"You are not entitled to this data."}"#),
    provider(
      FRED(), .macroObservation, "DGS10", .day1, payloads: "payloads/fred",
      "observation_date,DGS10\n2025-09-18,4.11\n2025-09-19,\n", "DATE,DGS10\n2025-09-18,.\n",
      #"<error code="400" message="Bad Request.&#10;The series does not exist."/>"#),
    provider(
      FRED(), .macroObservation, "GDP", .day1, isKeyed: true, payloads: "payloads/fred",
      """
      {"count":2,"observations":[{"realtime_start":"2025-07-30","realtime_end":"9999-12-31","date":"2025-09-19",
      "value":"30331.117"},{"realtime_start":"2025-08-28","date":"2025-09-18","value":"."}]}
      """, #"{"error_code":400,"error_message":"Bad Request.  Variable api_key is not set."}"#),
    provider(
      WorldBank(), .macroObservation, "USA:NY.GDP.MKTP.CD", .day1, payloads: "payloads/worldbank",
      """
      [{"page":1,"pages":"1","total":1,"lastupdated":"2025-07-01"},[{"indicator":{"id":"NY.GDP.MKTP.CD","value":"GDP"},
      "country":{"id":"US","value":"United States"},"countryiso3code":"USA","date":"2025","value":2.9e13}]]
      """, #"[{"message":[{"id":"120","key":"Invalid value","value":"not valid"}]}]"#),
    provider(
      CNN(), .sentiment, "fgi", .day1, payloads: "payloads/cnn",
      """
      {"fear_and_greed":{"score":61.2},"fear_and_greed_historical":{"timestamp":1758320000000.0,"score":61.2,"data":[
      {"x":1758153600000.0,"y":60.5,"rating":"greed"},{"x":1758320000000.0,"y":61.2,"rating":"greed"}]},
      "market_volatility_vix":{"timestamp":1758320000000.0,"score":47.5,"data":[{"x":1758153600000.0,"y":16.1}]}}
      """, "I'm a teapot. You're a bot."),
    provider(
      GDELT(), .themeValue, "oil OR gas", .day1, payloads: "payloads/gdelt",
      """
      {"query_details":{"title":"oil \\x","date_resolution":"day"},"timeline":[{"series":"Article Count","data":[
      {"date":"20250917T000000Z","value":41,"norm":431340},{"date":"20250918T000000Z","value":0,"norm":274180}]}]}
      """,
      """
      {"timeline":[{"series":"Average Tone","data":[{"date":"20250917T000000Z","value":-2.3119},
      {"date":"20250918T000000Z","value":0}]}]}
      """, "Please limit requests to one every 5 seconds.", "Your query was too short or too long."),
  ]

  /// The first byte of an input, where it is a digit that begins no answer, chooses another status than 200.
  private static func provider(
    _ provider: any Provider, _ dataset: Dataset, _ symbol: String, _ interval: Interval,
    isKeyed: Bool = false, payloads: String, _ texts: String...
  ) -> FuzzTarget {
    let key = SeriesKey(
      dataset: dataset, provider: provider.profile.name, providerSymbol: symbol, interval: interval)
    let hasSessions = dataset == .bar && !symbol.hasPrefix("BTC") && !symbol.hasPrefix("XBT")
    let isByDay = dataset == .macroObservation || dataset == .themeValue || provider is CNN
    let span = isByDay ? madeAt - 800 * 86_400...madeAt : hasSessions ? madeAt - 4 * 86_400...madeAt : hours
    let want = Want(series: key, span: span, frequency: isKeyed ? .quarterly : nil, isKeyed: isKeyed)
    let requests = provider.requests(for: want, at: madeAt)
    let statuses = [400, 401, 403, 404, 429, 503]
    return FuzzTarget(
      "provider-\(provider.profile.name)\(isKeyed ? "-keyed" : "")", texts: texts, payloads: payloads
    ) { bytes in
      for request in requests {
        let answer = Answer(status: 200, headers: [], body: bytes, receivedAt: madeAt)
        if let reading = try? provider.read(answer, to: request), let fault = fault(in: reading, of: key) {
          return fault
        }
        let status = statuses[bytes.count % statuses.count]
        let header = HeaderField("retry-after", String(decoding: bytes.prefix(30), as: UTF8.self))
        let bad = Answer(status: status, headers: [header], body: bytes, receivedAt: madeAt)
        if (try? provider.read(bad, to: request)) != nil { return "facts from HTTP \(status)" }
      }
      return nil
    }
  }

  /// What must hold of every reading, however odd the answer.
  static func fault(in reading: Reading, of key: SeriesKey) -> String? {
    for part in reading.parts {
      if part.series.provider != key.provider || part.series.providerSymbol != key.providerSymbol {
        return "facts of \(part.series)"
      }
      if let fault = fault(in: part.facts) { return fault }
    }
    return nil
  }

  private static func fault(in facts: Facts) -> String? {
    let times: [Instant]
    switch facts.typed {
    case .bars(let bars):
      times = bars.map(\.openTime)
      let isSound = bars.allSatisfy {
        $0.low <= min($0.open, $0.close) && max($0.open, $0.close) <= $0.high && $0.low.isFinite && $0.high.isFinite
          && $0.volume >= 0 && $0.volume.isFinite
      }
      if !isSound { return "an impossible bar" }
    case .pricePoints(let points):
      times = points.map(\.at)
      if !points.allSatisfy({ $0.price.isFinite && $0.price > 0 }) { return "an impossible price" }
    case .sentiment(let values):
      times = values.map(\.day.start)
      if !values.allSatisfy({ (0...100).contains($0.value) }) { return "a value off the scale" }
    case .flows(let flows):
      times = flows.map(\.day.start)
      if Set(flows.map { "\($0.day) \($0.ticker)" }).count != flows.count { return "a fund twice on a day" }
    case .rows(let rows):
      times = rows.compactMap(\.key.at)
      if times.count != rows.count { return "a row without a time" }
      if Set(rows.map(\.key)).count != rows.count { return "a row twice" }
    }
    // Some economic series are projections.
    let end = facts.dataset == .macroObservation ? madeAt + 51 * 366 * 86_400 : madeAt
    if !times.allSatisfy({ Instant.representable.contains($0) && $0 <= end }) { return "a fact of the future" }
    return zip(times, times.dropFirst()).allSatisfy { $0 <= $1 } ? nil : "facts out of order"
  }
}
