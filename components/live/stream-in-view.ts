interface StreamInView {
  /** Asked anew each time the stream is opened. */
  address: () => string;
  listen: (source: EventSource) => void;
  /** The stream is interrupted or, with the page out of view, closed. */
  onAway?: () => void;
  /** The stream was refused; it is tried again after the pause. */
  onRefused?: () => void;
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
  const close = () => {
    clearTimeout(timer);
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
  const follow = () => (document.visibilityState === "visible" ? open() : close());
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    close();
  };
}
