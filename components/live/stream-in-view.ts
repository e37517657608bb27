import { STREAM_BEAT, STREAM_BEAT_MILLISECONDS } from "@/lib/domain/events/live-event";

const HIDDEN_PAUSE_MILLISECONDS = 60_000;
/** After two beats that are missing, a connection is lost that nothing has ended. */
const LONGEST_SILENCE_MILLISECONDS = 2 * STREAM_BEAT_MILLISECONDS + 10_000;
const LOOK_MILLISECONDS = 5_000;
const SIGNS_OF_LIFE = ["open", STREAM_BEAT] as const;

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

/** The milliseconds since it was called, by the clock that says more: one may stand still in sleep, one be set back. */
function stopwatch(): () => number {
  const [wall, steady] = [Date.now(), performance.now()];
  return () => Math.max(performance.now() - steady, Date.now() - wall);
}

/**
 * Keeps a stream of server-sent events open while the page is in view: browsers open few connections to one server, and
 * many tabs would use them up. A stream that falls silent is opened anew: a connection that is lost without a word, in
 * sleep or behind a router, stays open for a browser until TCP gives up after minutes. Gives what ends it.
 */
export function streamInView(stream: StreamInView): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenTimer: ReturnType<typeof setInterval> | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;
  const close = () => {
    clearTimeout(timer);
    clearInterval(hiddenTimer);
    clearInterval(watch);
    source?.close();
    source = null;
    stream.onAway?.();
  };
  const open = () => {
    close();
    source = new EventSource(stream.address());
    let silence = stopwatch();
    for (const sign of SIGNS_OF_LIFE) source.addEventListener(sign, () => (silence = stopwatch()));
    watch = setInterval(() => silence() > LONGEST_SILENCE_MILLISECONDS && open(), LOOK_MILLISECONDS);
    stream.listen(source);
    source.addEventListener("error", () => {
      stream.onAway?.();
      if (source?.readyState !== EventSource.CLOSED) return;
      clearInterval(watch);
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
