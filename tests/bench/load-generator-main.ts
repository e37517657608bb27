import { LoadRun } from "./load-run";
import type { LoadOrder } from "./load-messages";

// A process of its own, so that making load takes nothing from the server's event loop or the bench's clock.
process.on("message", (order: LoadOrder) => {
  LoadRun.run(order).then(
    (outcome) => process.send?.({ outcome }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
