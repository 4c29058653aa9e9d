/// The row number of one kind of row, so that a series cannot be passed where a fetch is meant.
package struct Identifier<Row>: Hashable, Comparable, Sendable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

package enum AssetRow {}
package enum SourceRow {}
package enum SeriesRow {}
package enum RunRow {}
package enum StepRow {}
package enum FetchRow {}
package enum DecisionRow {}
package enum QuarantineRow {}

package typealias AssetID = Identifier<AssetRow>
package typealias SourceID = Identifier<SourceRow>
package typealias SeriesID = Identifier<SeriesRow>
package typealias RunID = Identifier<RunRow>
package typealias StepID = Identifier<StepRow>
package typealias FetchID = Identifier<FetchRow>
package typealias DecisionID = Identifier<DecisionRow>
package typealias QuarantineID = Identifier<QuarantineRow>
