const states = ((globalThis as { winauthmon?: Map<string, unknown> }).winauthmon ??= new Map());

/**
 * State that the process has once, made at its first use.
 *
 * server.ts and Next are bundled apart, so a variable of a module exists twice; this does not. Keys are unique in the
 * product. What may be absent or be replaced is a field of the state.
 */
export function processState<State extends object>(key: string, make: () => State): State {
  let state = states.get(key) as State | undefined;
  if (!state) states.set(key, (state = make()));
  return state;
}
