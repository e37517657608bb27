/** What went wrong with a source or its address, in words for the operator; never holds a password. */
export class ImportError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ImportError";
  }
}
