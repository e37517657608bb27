export const DEFAULT_INSTALL_DIR = "C:\\ProgramData\\UserSessionMon";
/** Letters. */
export const MOST_INSTALL_DIR = 200;

/**
 * A full Windows path to a folder of its own. Only letters, digits, blanks and `_ - . ( )` may stand in it, so that
 * it means the same to every reader of an .ini file and to the command shell.
 */
const INSTALL_DIR = /^[A-Za-z]:(\\[\p{L}\p{N}_\-().]+( +[\p{L}\p{N}_\-().]+)*)+$/u;

/** Whether the trimmed text is such a path, whatever its length. */
export function isInstallDir(dir: string): boolean {
  const folders = dir.split("\\").slice(1);
  const isWindows = folders[0]?.toLowerCase() === "windows";
  const isShared = folders.length === 1 && /^(users|programdata|program files.*)$/i.test(folders[0]!);
  return INSTALL_DIR.test(dir) && !folders.some((name) => name.endsWith(".")) && !isWindows && !isShared;
}
