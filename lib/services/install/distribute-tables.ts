import { distribute, type Distribution } from "@/db/distribute";

/** Distributes this installation's tables over its Citus cluster, with what they hold. @throws the driver's error. */
export function distributeTables(): Promise<Distribution> {
  return distribute(process.env.DATABASE_URL!);
}
