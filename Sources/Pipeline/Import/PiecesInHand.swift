import Market

/// The last pieces of a file that is read from its beginning: those in which the rows that come next may stand.
struct PiecesInHand {
  /// Bytes of every piece but the last of the file.
  let size: Int
  /// How many of the file lie before those that are here.
  private var passed = 0
  private var pieces: [[UInt8]] = []
  private var areToldOf = false

  init(size: Int) {
    self.size = size
  }

  /// Takes the next piece. Of those before it only the last can hold the beginning of a row that is still to come, unless
  /// no row came from them at all.
  mutating func add(_ piece: [UInt8]) {
    if areToldOf {
      passed += pieces.count - 1
      pieces.removeFirst(pieces.count - 1)
      areToldOf = false
    }
    pieces.append(piece)
  }

  /// Notes that rows came out of the last piece.
  mutating func noteRows() { areToldOf = true }

  /// The bytes of a line; `nil` where it begins before what is here.
  func bytes(at place: FilePlace) -> [UInt8]? {
    let first = place.start / size - passed
    guard pieces.indices.contains(first) else { return nil }
    var bytes: [UInt8] = []
    var start = place.start % size
    for piece in pieces[first...] where bytes.count < place.length {
      bytes += piece.dropFirst(start).prefix(place.length - bytes.count)
      start = 0
    }
    return bytes.count == place.length ? bytes : nil
  }
}
