import { cn } from "@/components/ui/cn";

interface SparklineProps {
  /** In words what the line shows, numbers included: "Events a day, from 120 to 340". */
  label: string;
  /** Oldest first. */
  values: readonly number[];
  className?: string;
}

const WIDTH = 100;
const HEIGHT = 28;

/** A line without axes, for a tile or a table cell. */
export function Sparkline({ label, values, className }: SparklineProps) {
  if (values.length < 2) return null;
  const max = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * WIDTH;
    const y = HEIGHT - 2 - (value / max) * (HEIGHT - 4);
    return `${x.toFixed(2)},${y.toFixed(2)}`;
  });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn("h-7 w-24 text-link", className)}
    >
      <polygon
        points={`0,${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`}
        fill="currentColor"
        opacity="0.15"
      />
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
