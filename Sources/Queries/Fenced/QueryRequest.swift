import Market
import Store

/// What the process that answers is told: which file, what is asked of it, and how much it may take.
struct QueryRequest {
  let path: String
  /// The instant as of which it is asked; `nil` for now.
  let asOf: Instant?
  let queries: [Query]
  let limits: QueryLimits

  var bytes: [UInt8] {
    var wire = WireWriter()
    wire.put(path)
    wire.put(asOf.map { Int($0.epochSeconds) })
    wire.put(limits)
    wire.put(Int64(queries.count))
    for query in queries { wire.put(query) }
    return wire.bytes
  }

  init(path: String, asOf: Instant?, queries: [Query], limits: QueryLimits) {
    self.path = path
    self.asOf = asOf
    self.queries = queries
    self.limits = limits
  }

  init(_ bytes: [UInt8]) throws {
    self = try bytes.withUnsafeBytes { bytes in
      var wire = WireReader(bytes)
      let path = try wire.text()
      let asOf = try wire.optional().map { Instant(epochSeconds: Int64($0)) }
      let limits = try wire.limits()
      let queries = try (0..<(try wire.count())).map { _ in try wire.query() }
      return QueryRequest(path: path, asOf: asOf, queries: queries, limits: limits)
    }
  }
}

extension WireWriter {
  fileprivate mutating func put(_ limits: QueryLimits) {
    put(limits.rows)
    put(limits.time.map { Int($0 / .milliseconds(1)) })
    put(limits.steps)
    put(limits.answerBytes)
    for number in [limits.sqlBytes, limits.cellBytes, limits.rowBytes, limits.memory] { put(Int64(number)) }
  }

  fileprivate mutating func put(_ query: Query) {
    put(query.sql)
    put(Int64(query.parameters.count))
    for (name, value) in query.parameters {
      put(name)
      switch value {
      case .null: put(0)
      case .integer(let value):
        put(1)
        put(value)
      case .real(let value):
        put(2)
        put(value)
      case .text(let value):
        put(3)
        put(value)
      }
    }
  }

  private mutating func put(_ mark: Int) { put(UInt8(mark)) }
}

extension WireReader {
  fileprivate mutating func limits() throws -> QueryLimits {
    var limits = QueryLimits(rows: try optional())
    limits.time = try optional().map { .milliseconds($0) }
    limits.steps = try optional()
    limits.answerBytes = try optional()
    limits.sqlBytes = try count()
    limits.cellBytes = try count()
    limits.rowBytes = try count()
    limits.memory = try count()
    return limits
  }

  fileprivate mutating func query() throws -> Query {
    let sql = try text()
    var parameters: [String: QueryValue] = [:]
    for _ in 0..<(try count()) {
      let name = try text()
      switch try byte() {
      case 0: parameters[name] = .null
      case 1: parameters[name] = .integer(try integer())
      case 2: parameters[name] = .real(try real())
      default: parameters[name] = .text(try text())
      }
    }
    return Query(sql, parameters: parameters)
  }
}
