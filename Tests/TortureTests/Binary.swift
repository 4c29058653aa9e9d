import Foundation

/// The program under test, as the build left it.
enum Binary {
  static let path: String = {
    // Beside the test bundle where that is a program of its own, else where the package builds.
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/appliance"
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return packageFolder + "/.build/debug/appliance"
  }()

  private static let packageFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
