import Market
import SQLite
import Store

/// The imported files of a record, each read again part by part. Used by the reading thread alone.
final class FilesReadAgain {
  private let files: [FetchID: KeptImport]
  private let moment: StoreMoment
  private let opener: any FactFileOpener
  /// The one that is being read; no other begins before it ends.
  private var current: ImportReplay?
  /// Those that could not be read.
  private var given: Set<FetchID> = []
  /// Refused rows that decisions are about, of each file that was looked through for them.
  private var decided: [FetchID: Result<[DecidedRow: Refusal], any Error>] = [:]

  init(_ files: [KeptImport], _ moment: StoreMoment, _ opener: any FactFileOpener) {
    self.files = Dictionary(files.map { ($0.fetch, $0) }) { first, _ in first }
    self.moment = moment
    self.opener = opener
  }

  func has(_ fetch: FetchID) -> Bool { files[fetch] != nil }

  func kept(_ fetch: FetchID) -> KeptImport? { files[fetch] }

  /// The refused row that a decision is about; `nil` where its file holds no such row any more.
  ///
  /// A file is looked through once for all decisions about it.
  func refusal(of row: DecidedRow) throws -> Refusal? {
    let rows = decided[row.fetch] ?? Result { try decidedRows(of: row.fetch) }
    decided[row.fetch] = rows
    return try rows.get()[row]
  }

  private func decidedRows(of fetch: FetchID) throws -> [DecidedRow: Refusal] {
    var sought = SoughtRows(try moment.decidedRows(of: fetch))
    try replay(of: fetch)?.find(&sought)
    return sought.found
  }

  /// From its first part on.
  private func replay(of fetch: FetchID) -> ImportReplay? {
    let moment = moment
    return files[fetch].map { ImportReplay($0, opener: opener) { try moment.part($0, of: fetch) } }
  }

  /// - Returns: `nil` where the file was told to be unreadable before.
  /// - Throws: why it cannot be read from this part on.
  func next(_ number: Int, of fetch: FetchID) throws -> (FilePart, KeptImport)? {
    guard !given.contains(fetch) else { return nil }
    do {
      if current?.kept.fetch != fetch { current = replay(of: fetch) }
      guard let current, let (part, found) = try current.next(), found == number else {
        throw StoreError.corrupt(path: "fetch \(fetch.rawValue)", detail: "its file has no part \(number)")
      }
      return (part, current.kept)
    } catch {
      given.insert(fetch)
      throw error
    }
  }

  /// What reading the file counted; `nil` where it could not be read.
  func tally(of fetch: FetchID) -> FileTally? {
    current?.kept.fetch == fetch && !given.contains(fetch) ? current?.tally : nil
  }
}
