import Commands
import Market
import Metrics
import Rendering

/// What indicators there are.
struct IndicatorList {
  let indicators: [Indicator]

  func print(_ context: CommandContext, _ format: RowFormat) throws {
    if context.options.json {
      return try Console.output(["version": 1, "indicators": .array(indicators.map(json))])
    }
    let encoder = format.encoder(table: "indicator", on: context.console.screen)
    encoder.begin([
      Column("name", .text), Column("title", .text, .minor), Column("formula", .text), Column("source", .text, .minor),
      Column("unit", .text, .minor), Column("warm_up", .integer),
    ])
    for indicator in indicators {
      let form = indicator.form
      for text in [indicator.text, form.title, form.formula, form.source, form.unit] { encoder.text(text) }
      encoder.integer(Int64(indicator.lookBack))
      encoder.endRow()
    }
    try Console.show(encoder, as: format)
    context.console.sayHidden(encoder.hiddenColumns)
  }

  private func json(_ indicator: Indicator) -> JSONValue {
    [
      "name": .string(indicator.form.name), "written": .string(indicator.text),
      "title": .string(indicator.form.title), "formula": .string(indicator.form.formula),
      "source": .string(indicator.form.source), "unit": .string(indicator.form.unit),
      "warm_up": .integer(Int64(indicator.lookBack)),
      "columns": .array(indicator.columns.map(JSONValue.string)),
    ]
  }
}
