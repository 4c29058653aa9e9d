import Health
import Market
import Narrative

/// Whether the language model that is set up answers: one small call, of which nothing is kept.
struct ModelCheck {
  let context: CommandContext

  var finding: Finding {
    get async {
      do {
        guard let model = try context.model(), let route = try context.modelRoute else {
          return .ok("model", "none is set up; rules write the summaries")
        }
        let network = try context.network(quotas: [])
        defer { network.shutDown() }
        let found = await ModelProbe(model, route.profile, over: network).finding()
        return found.isGood
          ? .ok("model", found.text)
          : .problem("model", found.text, "`appliance config show` tells what is set about it")
      } catch let failure as Failure {
        return .problem("model", failure.message, nil)
      } catch {
        return .problem("model", "\(error)", nil)
      }
    }
  }
}
