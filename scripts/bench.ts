import { benchAgent } from "../tests/bench/agent-bench";
import { benchCitus } from "../tests/bench/citus-bench";
import { benchDetections } from "../tests/bench/detections-bench";
import { benchGuessing } from "../tests/bench/guessing-bench";
import { benchIngest } from "../tests/bench/ingest-bench";
import { benchRetention } from "../tests/bench/retention-bench";
import { benchPages } from "../tests/bench/pages-bench";
import { benchReports } from "../tests/bench/reports-bench";
import { benchRoom } from "../tests/bench/room-bench";
import { run as benchScreens } from "../tests/bench/screens";
import { benchSoak } from "../tests/bench/soak-bench";

const BENCHES: Record<string, (options: readonly string[]) => Promise<void>> = {
  agent: benchAgent,
  citus: benchCitus,
  detections: benchDetections,
  guessing: benchGuessing,
  ingest: benchIngest,
  pages: benchPages,
  retention: benchRetention,
  room: benchRoom,
  screens: benchScreens,
  reports: benchReports,
  soak: benchSoak,
};

const [name = "", ...options] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (!bench) {
  console.error(`Usage: npm run bench -- <${Object.keys(BENCHES).join("|")}> [--quick]`);
  process.exit(1);
}
await bench(options);
