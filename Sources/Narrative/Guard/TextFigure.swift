import Market

/// A number in a sentence, with what stands around it.
struct TextFigure: Hashable {
  enum Unit: Hashable {
    case none
    case percent
    /// A code such as `USD`; `$` for any dollar.
    case money(String)
    case points
    case days
    case hours
    case bars
    /// A time of the day, in minutes.
    case time(Int)
    /// A day, or no day at all.
    case date(Day?)
    /// A word that is no unit that any figure has, or a number that is none.
    case unknown
  }

  /// Where it stands among the tokens.
  let tokens: Range<Int>
  /// As it is written, for people.
  let text: String
  /// `nil` for times, days and what cannot be read.
  var number: WrittenNumber?
  var unit: Unit
  /// `nil` where no sign stands before it.
  var sign: Int?
  /// The power of ten that a word such as `million` gave it; `nil` for none.
  var scale: Int?
  /// Whether a word says that it is rounded further than its digits tell.
  var isRough = false
  /// Of a day, whether it is one to compare with.
  var isCompared = false
}
