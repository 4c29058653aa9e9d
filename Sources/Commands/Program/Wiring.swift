import ArgumentParser
import Formats
import Market

/// What the commands are handed from above: the rooms and the data that only the executable names.
///
/// Everything is made when it is asked for, so that whoever asks for help waits for nothing.
package protocol Wiring: Sendable {
  /// The command that all others belong to.
  var root: any ParsableCommand.Type { get }
  /// `0.1.0`
  var version: String { get }
  /// Short hash of the commit that was built.
  var commit: String { get }
  /// Everybody who can be asked, in the order in which screens list them.
  var providers: [any Provider] { get }
  /// What can be followed with a word.
  var listings: [Listing] { get }
  /// What is followed of the names of groups and assets, an asset perhaps of one interval only, `ETH:1h`; and the names
  /// that are none.
  func universe(following names: [String]) -> (catalogue: Catalogue, unknown: [String])

  /// Assets whose symbols are well known, whether they are followed or not.
  var wellKnown: [Asset] { get }

  /// What kind of thing a symbol is that is not followed; `nil` where we cannot say.
  func assetClass(of symbol: String) -> AssetClass?
  /// The series by which something is followed when nobody says otherwise.
  ///
  /// - Parameter symbols: what providers call it, where that is another word than is known, or none is.
  func usualSeries(of asset: Asset, named symbols: [ProviderName: String]) -> [SeriesDefinition]
  /// What a provider calls something, by its rule for such things; `nil` where that is not known.
  func symbol(of asset: Asset, at source: ProviderName) -> String?
  /// The words that stand around figures, by language; the first is for texts in any other.
  var figureWords: [FigureWords] { get }
  /// The capture that comes with the program.
  func demoCapture() throws(CaptureError) -> Capture
  /// Whoever reads files that are imported.
  ///
  /// - Parameters:
  ///   - knowledge: what a file is held against; `nil` for one that is read again.
  ///   - checksColumns: whether a column that was told and is not there is wrong usage.
  func fileOpener(knowing knowledge: FileKnowledge?, checksColumns: Bool) -> any FactFileOpener
  /// The network for one run.
  func network(_ order: NetworkOrder) -> any Network
}

extension Wiring {
  /// Several lines: the appliance and the libraries in use, which are loaded for it.
  package var fullVersion: String {
    ([shortVersion] + Program.libraries).joined(separator: "\n")
  }

  /// `appliance 0.1.0 (9f08f8b12)`
  var shortVersion: String { "\(Program.name) \(version) (\(commit))" }

  /// Whoever reads files again that were imported, as they were read at the time.
  package var fileReader: any FactFileOpener { fileOpener(knowing: nil, checksColumns: false) }
}
