/** The parts of a file, as offsets into its text. */
export interface Header {
  /** The YAML between the two lines of hyphens. */
  header: string;
  headerStart: number;
  bodyStart: number;
}
