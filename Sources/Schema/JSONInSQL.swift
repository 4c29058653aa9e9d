/// Parts of JSON made by SQL. SQLite's own functions for JSON must not stand in a view: whoever does not trust a schema, as
/// the fence around questions, refuses them there.
enum JSONInSQL {
  /// A text, `null` where there is none.
  static func text(_ expression: String) -> String {
    let escapes = [
      ("'\\'", "'\\\\'"), ("'\"'", "'\\\"'"), ("char(10)", "'\\n'"), ("char(13)", "'\\r'"), ("char(9)", "'\\t'"),
    ]
    let escaped = escapes.reduce(expression) { "replace(\($0), \($1.0), \($1.1))" }
    return "coalesce('\"' || \(escaped) || '\"', 'null')"
  }

  /// A number in the fewest digits that read back to it; NULL where there is none.
  static func number(orMissing expression: String) -> String {
    "CASE WHEN \(expression) IS NOT NULL THEN \(number(expression)) END"
  }

  /// A number in the fewest digits that read back to it, `null` where there is none.
  ///
  /// SQLite's `quote` writes 21 digits where 15 are too few. 15 digits do, and else 16, where they divided by a power of ten
  /// that a double holds exactly are the number; reading the text again would not tell, as SQLite rounds twice then. Where
  /// neither can be decided so (16 digits beyond 2^53 that are odd; below 1e-8 and from 1e36 on) there are 17.
  static func number(_ expression: String) -> String {
    """
    (SELECT CASE
      WHEN v IS NULL THEN 'null' WHEN typeof(v) = 'integer' OR v = 0 THEN CAST(v AS INTEGER)
      WHEN k BETWEEN -22 AND 22
        AND iif(k < 0, m * CAST('1e' || -k AS REAL), m / CAST('1e' || k AS REAL)) = abs(v) THEN printf('%.15g', v)
      WHEN (n <= 9007199254740992 OR n % 2 = 0) AND k BETWEEN -23 AND 21
        AND iif(k < -1, n * CAST('1e' || (-1 - k) AS REAL), n / CAST('1e' || (k + 1) AS REAL)) = abs(v)
        THEN printf('%.16g', v)
      ELSE printf('%!.17g', v) END
    FROM (SELECT v, CAST(substr(t, 1, 1) || substr(t, 3, 14) AS INTEGER) AS m, 14 - CAST(substr(t, 18) AS INTEGER) AS k,
        CAST(substr(u, 1, 1) || substr(u, 3, 15) AS INTEGER) AS n
      FROM (SELECT v, printf('%.14e', abs(v)) AS t, printf('%.15e', abs(v)) AS u
        FROM (SELECT \(expression) AS v LIMIT 1) LIMIT 1) LIMIT 1))
    """
  }
}
