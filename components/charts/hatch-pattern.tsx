/** What is not finished is hatched, in charts and timelines alike. Stands in the `defs` of an SVG. */
export function HatchPattern({ id, colour }: { id: string; colour: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" style={{ fill: colour }} opacity="0.3" />
      <rect width="3" height="6" style={{ fill: colour }} />
    </pattern>
  );
}
