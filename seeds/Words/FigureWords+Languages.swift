import Market

extension FigureWords {
  /// The languages whose words for figures are known. A text in another one is judged by English words and by signs.
  package static let languages: [FigureWords] = [english, german, french, spanish]
}
