import type { ReactNode } from "react";
import { requireCompany } from "@/lib/server/guards";

interface CompanyLayoutProps {
  params: Promise<{ company: string }>;
  children: ReactNode;
}

/**
 * Answers 404 before anything is streamed: a page's own guard stands behind its skeleton, whose status is 200 already.
 * The guards of the pages are what keeps companies apart.
 */
export default async function CompanyLayout({ params, children }: CompanyLayoutProps) {
  await requireCompany(params);
  return children;
}
