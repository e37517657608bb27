import type { z } from "zod";
import type { ServiceContext } from "../context";
import type { newCompanyInput } from "./company-input";
import { createCompany } from "./create-company";

/** Creates a company for an administrator. The key is not part of the answer: it is revealed, audited, where keys are kept. */
export async function addCompany(
  context: ServiceContext,
  input: z.output<typeof newCompanyInput>,
): Promise<{ id: number }> {
  const { id } = await createCompany(context.audit, input);
  return { id };
}
