import { connectEmbedded, startEmbeddedPostgres } from "@/db/embedded";

const [dataDir, role] = process.argv.slice(2);
const open = role === "tool" ? connectEmbedded : startEmbeddedPostgres;
try {
  const embedded = await open({ dataDir: dataDir!, log: (message) => console.error(message) });
  process.once("SIGTERM", () => void embedded.stop().then(() => process.exit(0)));
  console.log(`ready ${embedded.url}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
