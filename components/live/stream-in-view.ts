const HIDDEN_PAUSE_MILLISECONDS = 60_000;

interface StreamInView {
  /** Asked anew each time the stream is opened. */
  address: () => string;
  listen: (source: EventSource) => void;
  /** The stream is interrupted or, with the page out of view, closed. */
  onAway?: () => void;
  /** The stream was refused; it is tried again after the pause. */
  onRefused?: () => void;
  /** Called about once a minute while the page is out of view and the browser online. */
  whileHidden?: () => void;
  /** The pause after a refusal, such as a proxy's while its servers restart, which ends the browser's own tries. */
  reopenMilliseconds: number;
}

/**
 * Keeps a stream of server-sent events open while the page is in view: browsers open few connections to one server, and
 * many tabs would use them up. Gives what ends it.
 */
export function streamInView(stream: StreamInView): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenTimer: ReturnType<typeof setInterval> | undefined;
  const close = () => {
    clearTimeout(timer);
    clearInterval(hiddenTimer);
    source?.close();
    source = null;
    stream.onAway?.();
  };
  const open = () => {
    close();
    source = new EventSource(stream.address());
    stream.listen(source);
    source.addEventListener("error", () => {
      stream.onAway?.();
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, stream.reopenMilliseconds);
      stream.onRefused?.();
    });
  };
  const follow = () => {
    if (document.visibilityState === "visible") return open();
    close();
    hiddenTimer = setInterval(() => navigator.onLine && stream.whileHidden?.(), HIDDEN_PAUSE_MILLISECONDS);
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    close();
  };
}
