import Logging
import Market
import Pipeline
import Store

/// What a run writes into `logs/ingestion_YYYYMMDD.log`: its steps, and with `LOG_LEVEL=debug` every page.
struct RunLog: Sendable {
  private let logger: Logger

  init(context: CommandContext) throws {
    let clock = context.clock
    let day = clock.now.day.description.filter { $0 != "-" }
    let file = try LogFile(folder: context.settings.home.logs, name: "ingestion_\(day).log")
    let level = try RunLog.level(context.settings)
    let asJSON = try RunLog.isJSON(context.settings)
    logger = Logger(label: "appliance") { _ in
      FileLogHandler(file: file, asJSON: asJSON, now: { clock.now }, logLevel: level)
    }
  }

  static func level(_ settings: Settings) throws -> Logger.Level {
    let text = (settings[.logLevel] ?? "info").lowercased()
    if text == "warn" { return .warning }
    guard let level = Logger.Level(rawValue: text) else {
      let all = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.usage, "LOG_LEVEL: there is no level '\(text)'; the levels are \(all)")
    }
    return level
  }

  static func isJSON(_ settings: Settings) throws -> Bool {
    switch (settings[.logFormat] ?? "text").lowercased() {
    case "text": return false
    case "json": return true
    case let other: throw Failure(.usage, "LOG_FORMAT: '\(other)' is neither text nor json")
    }
  }

  func note(_ event: RunEvent) {
    switch event {
    case .planned: break
    case .began(let report): logger.debug("began", metadata: RunLog.subject(report))
    case .progressed(let report, let done, let total):
      logger.debug(
        "answered",
        metadata: RunLog.subject(report).merging(["done": .stringConvertible(done), "of": .stringConvertible(total)]) {
          $1
        })
    case .ended(let report): ended(report)
    case .note(let text): logger.notice("\(text)")
    }
  }

  private func ended(_ report: StepReport) {
    let counts = report.counts
    var metadata = RunLog.subject(report)
    metadata["outcome"] = "\(report.outcome.rawValue)"
    metadata["reason"] = report.reason.map { "\($0.rawValue)" }
    metadata["detail"] = report.detail.map { "\($0)" }
    metadata["new"] = .stringConvertible(counts.new)
    metadata["changed"] = .stringConvertible(counts.changed)
    metadata["unchanged"] = .stringConvertible(counts.unchanged)
    metadata["refused"] = .stringConvertible(counts.refused)
    metadata["requests"] = .stringConvertible(counts.requests)
    logger.log(level: report.isTroubled ? .warning : .info, "ended", metadata: metadata)
  }

  private static func subject(_ report: StepReport) -> Logger.Metadata {
    var metadata: Logger.Metadata = ["step": "\(report.name.rawValue)"]
    metadata["asset"] = report.asset.map { "\($0)" }
    metadata["source"] = report.series.map { "\($0.provider)" }
    return metadata
  }
}
