/** An SQL statement with its name: prepared once per connection, then only bound and executed. */
export interface Statement {
  /** Unique among all statements, at most 63 bytes. */
  readonly name: string;
  readonly text: string;
}
