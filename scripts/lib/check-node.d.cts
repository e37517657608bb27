declare const checkNode: {
  complaint(version: string, isForTests: boolean): string | undefined;
  /** The least Node.js of package.json, for instance 20.9.0. */
  oldest: string;
};
export = checkNode;
