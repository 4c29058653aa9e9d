/// How long to wait, in words: `45 s`, `10 minutes`, `12 hours`, `7 days`. Rounded up, as nobody is to come too early.
package func waitText(_ seconds: Int64) -> String {
  switch seconds {
  case ..<120: "\(seconds) s"
  case ..<7200: "\((seconds - 1) / 60 + 1) minutes"
  case ..<172_800: "\((seconds - 1) / 3600 + 1) hours"
  default: "\((seconds - 1) / 86_400 + 1) days"
  }
}
