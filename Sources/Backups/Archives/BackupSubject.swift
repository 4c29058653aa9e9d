import Formats
import Market
import Rendering
import Store

/// Which database an archive is of, as its manifest and its proof write it.
struct BackupSubject: Hashable, Sendable {
  /// `Store.identity`.
  let id: String
  /// What the file was called.
  let name: String

  var members: [(String, JSONValue)] { [("databaseID", .string(id)), ("databaseName", .string(name))] }

  init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// `nil` where nothing was written of it, as before there was any.
  init?(_ fields: RecordFields) {
    guard let id = fields.textIfAny("databaseID"), let name = fields.textIfAny("databaseName") else { return nil }
    self.init(id: id, name: name)
  }
}

/// Which archives of a folder, that several databases may share, are of one of them.
///
/// One that does not tell what it is of belongs to all. Of a database that is not there any more, those belong to it that
/// are of a file of its name; where all archives are of one database, they are what there is to bring back.
struct BackupOwner {
  private let isOfOwn: (String) -> Bool

  /// - Parameter record: the database, where it is open already.
  init(of database: String, record: Store? = nil, among subjects: [BackupSubject]) {
    if let store = try? record ?? Store.readingOfAnyAge(database), let identity = try? store.identity() {
      isOfOwn = { $0 == identity }
      return
    }
    let name = FilePath.name(of: database)
    let own = Set(subjects.filter { $0.name == name }.map(\.id))
    let areOfOne = Set(subjects.map(\.id)).count < 2
    isOfOwn = { areOfOne || own.contains($0) }
  }

  func has(_ subject: BackupSubject?) -> Bool { subject.map { isOfOwn($0.id) } ?? true }
}
