import Market
import Testing

@testable import Metrics

@Suite struct IndicatorTests {
  @Test func `what is not said is as usual`() throws {
    #expect(try Indicator("macd").numbers == [12, 26, 9])
    #expect(try Indicator("macd:5/8").numbers == [5, 8, 9])
    #expect(try Indicator("RSI:7").numbers == [7])
    #expect(try Indicator("bollinger:20/2.5").numbers == [20, 2.5])
  }

  @Test func `columns bear the name and the numbers`() throws {
    #expect(try Indicator("rsi").columns == ["rsi_14"])
    #expect(try Indicator("obv").columns == ["obv"])
    #expect(
      try Indicator("macd").columns == ["macd_12_26_9", "macd_signal_12_26_9", "macd_histogram_12_26_9"])
    #expect(try Indicator("psar").text == "psar:0.02/0.2")
  }

  @Test func `a name that there is not is told`() {
    #expect(throws: IndicatorError.unknown("rsy")) { try Indicator("rsy:14") }
    #expect(throws: IndicatorError.unknown("")) { try Indicator("") }
  }

  @Test(
    arguments: [
      "rsi:", "rsi:0", "rsi:1", "rsi:-14", "rsi:1.5", "rsi:nan", "rsi:1e3", "rsi:0x1p3", "rsi:10001", "rsi:14/9",
      "obv:3", "macd:26/12/9", "macd:12//9", "psar:0", "rsi:１４",
    ])
  func `numbers that it cannot have are refused`(text: String) {
    #expect(throws: IndicatorError.self) { try Indicator(text) }
  }

  @Test func `an error says what would be right`() {
    let number = #expect(throws: IndicatorError.self) { try Indicator("rsi:1") }
    #expect(number?.description == "'1' is no period of rsi, which is 2 to 10000")
    let count = #expect(throws: IndicatorError.self) { try Indicator("macd:1/2/3/4") }
    #expect(count?.description == "'macd:1/2/3/4': macd takes fast/slow/signal")
  }

  @Test func `no two indicators share a name, and each says how it is made and by whom`() {
    let forms = Indicator.forms
    #expect(Set(forms.map(\.name)).count == forms.count)
    #expect(forms.allSatisfy { !$0.formula.isEmpty && !$0.source.isEmpty && !$0.unit.isEmpty && !$0.title.isEmpty })
    #expect(forms.allSatisfy { form in form.parameters.allSatisfy { $0.range.contains($0.usual) } })
  }
}
