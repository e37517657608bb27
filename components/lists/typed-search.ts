/** What a search box shows, and what of it is on its way to the address. */
export interface TypedSearch {
  typed: string;
  /** The search of the address, when last looked at. */
  known: string;
  /** Searches that were sent and haven't arrived in the address, in the order sent. */
  sent: readonly string[];
}

export function startTyping(value: string): TypedSearch {
  return { typed: value, known: value, sent: [] };
}

/** Notes what was typed. */
export function withTyped(state: TypedSearch, typed: string): TypedSearch {
  return { ...state, typed };
}

/** Notes a search that leads to another address. */
export function withSent(state: TypedSearch, search: string): TypedSearch {
  const isThere = search === state.known && state.sent.length === 0;
  return isThere ? state : { ...state, sent: [...state.sent, search] };
}

/**
 * Notes that the address has another search now. The box keeps its text, which may have grown meanwhile, when it sent
 * that search, and takes the search over when it came by other means. A search that is overtaken never arrives.
 */
export function withArrived(state: TypedSearch, value: string): TypedSearch {
  const at = state.sent.indexOf(value);
  return at === -1 ? startTyping(value) : { ...state, known: value, sent: state.sent.slice(at + 1) };
}

/** Notes that the search is taken away, with whatever is typed or on its way. */
export function withTakenAway(state: TypedSearch): TypedSearch {
  return withSent({ ...state, typed: "", sent: [] }, "");
}
