import Store

/// The functions that a question may use: SQLite's own, as far as they compute and do nothing else.
enum QueryFunctions {
  static let allowed: Set<String> = Set(
    (scalar + aggregate + window + dateAndTime + mathematical + json).split(separator: " ").map(String.init))

  private static let scalar = """
    abs char coalesce format glob hex ifnull iif instr length like likelihood likely lower ltrim max min nullif printf \
    quote random randomblob replace round rtrim sign soundex sqlite_version substr substring trim typeof unicode \
    unlikely upper zeroblob 
    """
  private static let aggregate = "avg count group_concat sum total "
  private static let window = """
    row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value 
    """
  private static let dateAndTime = """
    date time datetime julianday unixepoch strftime current_date current_time current_timestamp 
    """
  private static let mathematical = """
    acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power \
    radians sin sinh sqrt tan tanh trunc 
    """
  private static let json = """
    json json_array json_array_length json_extract json_group_array json_group_object json_insert json_object \
    json_patch json_quote json_remove json_replace json_set json_type json_valid -> ->>
    """

  /// Tables that are functions, and do nothing but take JSON apart.
  static let tables: Set<String> = ["json_each", "json_tree"]

  /// Functions of the `sqlite3` shell, which people look for here.
  static let ofTheShell: Set<String> = [
    "readfile", "writefile", "edit", "fsdir", "lsmode", "sha3", "sha3_query", "usleep", "zipfile", "sqlar_compress",
    "sqlar_uncompress", "shell_add_schema", "generate_series", "regexp", "eval",
  ]
}
