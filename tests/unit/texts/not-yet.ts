/** Folders whose texts are still in the code. Take a folder out when its texts are in messages/en.json; never add one. */
export const NOT_YET: readonly string[] = [];
