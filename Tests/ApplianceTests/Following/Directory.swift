import Support

/// A Yahoo that knows three symbols, and a home whose program asks it.
struct Directory {
  let home: TemporaryHome
  let server: LoopbackServer

  private static let known: [String: (kind: String, name: String, zone: String, currency: String)] = [
    "ACME": ("EQUITY", "Acme Corporation", "America/New_York", "USD"),
    "SAP.DE": ("EQUITY", "SAP SE", "Europe/Berlin", "EUR"),
    "AVAX-USD": ("CRYPTOCURRENCY", "Avalanche USD", "UTC", "USD"),
  ]

  init() throws {
    home = try TemporaryHome()
    server = try LoopbackServer { request in
      let symbol = request.path.split(separator: "/").last.map(String.init) ?? ""
      guard let found = Directory.known[symbol] else {
        return .status(
          404, [],
          #"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}"#
        )
      }
      return .json(
        """
        {"chart":{"result":[{"meta":{"currency":"\(found.currency)","symbol":"\(symbol)","longName":"\(found.name)",
        "instrumentType":"\(found.kind)","exchangeTimezoneName":"\(found.zone)","firstTradeDate":1},
        "timestamp":[1758202200],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],
        "error":null}}
        """)
    }
  }

  /// Runs the program; it follows two coins by the hour, and three others that are well known are asked nothing about.
  func appliance(
    _ arguments: String..., output: ApplianceProcess.Output = .captured, environment: [String: String] = [:]
  ) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: arguments + ["--home", home.path],
      environment: [
        "APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_YAHOO_BASE_URL": server.url,
      ].merging(environment) { $1 }, output: output
    ).run()
  }
}
