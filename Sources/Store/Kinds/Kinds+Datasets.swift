import Schema

extension NamedDataset {
  /// All of them, the promised views first.
  package static let all = Kinds.standard.datasets

  /// What a backup holds as CSV files beside the file itself.
  package static let inBackups = backedUp + [Kind.macroObservation].flatMap(\.datasets)

  /// The dataset of this name; hyphens may stand for underscores.
  package static func named(_ name: String) -> NamedDataset? { Kinds.standard.dataset(named: name) }
}

extension Kinds {
  /// Everything that leaves a file under a name, the promised views first.
  package var datasets: [NamedDataset] {
    NamedDataset.backedUp + all.flatMap(\.datasets) + all.map(\.restatements) + NamedDataset.judgements
      + NamedDataset.catalogue + NamedDataset.familiar + NamedDataset.macro + NamedDataset.eventRules
      + NamedDataset.analyses
      + NamedDataset.records
  }

  /// The dataset of this name; hyphens may stand for underscores.
  package func dataset(named name: String) -> NamedDataset? {
    let spelled = String(name.map { $0 == "-" ? "_" : $0 })
    return datasets.first { $0.name == spelled }
  }
}
