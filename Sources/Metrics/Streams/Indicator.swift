import Market

/// A measure that was asked for by name, ready to take bars.
package struct Indicator: Sendable {
  /// What it is.
  package let form: IndicatorForm
  /// One number for each of the form's parameters.
  package let numbers: [Double]
  /// The operator, which has taken nothing yet.
  package var measure: any Measure<Bar>

  init(_ form: IndicatorForm, _ numbers: [Double], _ measure: any Measure<Bar>) {
    self.form = form
    self.numbers = numbers
    self.measure = measure
  }

  /// What its values are called as columns: `rsi_14`; `macd_12_26_9`, `macd_signal_12_26_9`, `macd_histogram_12_26_9`.
  package var columns: [String] {
    let told = type(of: measure).outputNames
    let ending = numbers.map { "_" + numberText($0) }.joined()
    return (told.isEmpty ? [form.name] : told).map { $0 + ending }
  }

  /// How it is asked for: `macd:12/26/9`.
  package var text: String {
    numbers.isEmpty ? form.name : "\(form.name):\(numbers.map(numberText).joined(separator: "/"))"
  }

  /// How many bars are taken before the first that brings all of its values.
  package var lookBack: Int { measure.lookBacks.max() ?? 0 }
}

extension Measure {
  /// What its values are called.
  static var outputNames: [String] { Output.names }
}

/// `14`, `0.02`
private func numberText(_ number: Double) -> String {
  Int(exactly: number).map(String.init) ?? "\(number)"
}

/// Why a text names no indicator.
package enum IndicatorError: Error, Hashable, CustomStringConvertible {
  /// There is none of that name.
  case unknown(String)
  /// It has other parameters: `rsi:14/9`.
  case parameters(String, of: String)
  /// One of them is no number that it may be.
  case number(String, parameter: String, of: String, range: String)

  /// What is wrong, and what would be right.
  package var description: String {
    switch self {
    case .unknown(let name): "there is no indicator '\(name)'"
    case .parameters(let text, let form): "'\(text)': \(form)"
    case .number(let text, let parameter, let name, let range):
      "'\(text)' is no \(parameter) of \(name), which is \(range)"
    }
  }
}

extension Indicator {
  /// All that can be asked for, by kind.
  package static let forms: [IndicatorForm] = [
    SimpleMovingAverage.form, ExponentialMovingAverage.form, WeightedMovingAverage.form,
    DoubleExponentialAverage.form, TripleExponentialAverage.form, AdaptiveMovingAverage.form,
    RelativeStrengthIndex.form, MACD.form, BollingerBands.form, AverageTrueRange.form,
    NormalisedTrueRange.form, DirectionalMovement.form, StochasticOscillator.form, StochasticRSI.form,
    CommodityChannelIndex.form, MoneyFlowIndex.form, OnBalanceVolume.form, WilliamsR.form, RateOfChange.form,
    Momentum.form, Aroon.form, ParabolicSAR.form, AnchoredVWAP.form, RollingVWAP.form, StandardDeviation.form,
    RegressionSlope.form, Correlation.form, Beta.form, DonchianChannel.form, KeltnerChannel.form, IchimokuCloud.form,
  ]

  /// What a text asks for: a name, and behind a colon what differs from the usual numbers, parted by `/`.
  ///
  /// `macd`, `macd:12`, and `macd:12/26/9` are the same. Letter case does not count.
  package init(_ text: String) throws(IndicatorError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map { $0.lowercased() } ?? ""
    guard let form = Indicator.forms.first(where: { $0.name == name }) else {
      throw .unknown(parts.first.map(String.init) ?? "")
    }
    let told = parts.count < 2 ? [] : parts[1].split(separator: "/", omittingEmptySubsequences: false)
    guard told.count <= form.parameters.count else { throw .parameters(text, of: form.grammar) }
    var numbers = form.parameters.map(\.usual)
    for (index, word) in told.enumerated() {
      numbers[index] = try form.parameters[index].number(word, of: name)
    }
    if let complaint = form.complaint(about: numbers) { throw .parameters(text, of: complaint) }
    self = form.indicator(numbers)
  }
}

extension IndicatorForm {
  /// `macd takes fast/slow/signal`
  fileprivate var grammar: String {
    parameters.isEmpty
      ? "\(name) takes no numbers" : "\(name) takes \(parameters.map(\.name).joined(separator: "/"))"
  }

  /// What is wrong with numbers that are right each by itself.
  fileprivate func complaint(about numbers: [Double]) -> String? {
    guard let fast = parameters.firstIndex(where: { $0.name == "fast" }),
      let slow = parameters.firstIndex(where: { $0.name == "slow" }), numbers[fast] >= numbers[slow]
    else { return nil }
    return "the fast average is of fewer bars than the slow one"
  }
}

extension IndicatorForm.Parameter {
  fileprivate func number(_ word: Substring, of form: String) throws(IndicatorError) -> Double {
    // Digits and a point only: `nan`, `1e3` and `0x1p3` are numbers to the library.
    let isPlain = !word.isEmpty && word.utf8.count <= 12 && word.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
    guard isPlain, let number = Double(word), range.contains(number),
      !isWhole || number == number.rounded()
    else {
      let bounds = "\(numberText(range.lowerBound)) to \(numberText(range.upperBound))"
      throw .number(String(word), parameter: name, of: form, range: bounds)
    }
    return number
  }
}
