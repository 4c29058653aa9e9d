/// What may go from the vault and the history of runs, and what that frees.
package struct Prunable: Hashable, Sendable {
  /// Bodies of one kind.
  package struct Bodies: Hashable, Sendable {
    /// Why nobody needs them.
    package let kind: Kind
    /// How many there are; never 0 in a list.
    package var count: Int
    /// As stored.
    package var bytes: Int64

    /// So many bodies, and what they take.
    package init(kind: Kind, count: Int, bytes: Int64) {
      (self.kind, self.count, self.bytes) = (kind, count, bytes)
    }
  }

  /// Why nobody needs a body.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A retry followed, whose answer counts.
    case superseded
    /// The provider answered with an error, which no reader will ever take facts from.
    case error
    /// The provider said that nothing had changed.
    case unchanged
  }

  /// In the order of the kinds; those with none are left out.
  package let bodies: [Bodies]
  /// Old steps that stored, changed and refused nothing.
  package let steps: Int

  /// What may go.
  package init(bodies: [Bodies], steps: Int) {
    (self.bodies, self.steps) = (bodies, steps)
  }

  /// What all bodies take in the file, as stored; steps are not counted.
  package var bytes: Int64 { bodies.reduce(0) { $0 + $1.bytes } }
  /// Whether nothing may go.
  package var isEmpty: Bool { bodies.isEmpty && steps == 0 }
}

extension Prunable.Bodies {
  /// What they are for programs.
  package var json: JSONValue {
    ["kind": .string(kind.rawValue), "count": .integer(Int64(count)), "bytes": .integer(bytes)]
  }
}
