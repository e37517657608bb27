const underWay = new Set<AbortController>();

/** Counts an export that the controller ends; until it is done, the browser asks before it leaves or reloads the portal. */
export function beginExport(controller: AbortController): void {
  window.addEventListener("beforeunload", askToStay);
  underWay.add(controller);
}

export function finishExport(controller: AbortController): void {
  underWay.delete(controller);
  if (underWay.size === 0) window.removeEventListener("beforeunload", askToStay);
}

/** Ends all exports under way, as the session is over: there is nothing left to ask about. */
export function endExports(): void {
  for (const controller of underWay) {
    controller.abort();
    finishExport(controller);
  }
}

function askToStay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
