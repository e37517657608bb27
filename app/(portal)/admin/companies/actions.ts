"use server";

import { companyAction, globalAction } from "@/lib/server/actions";
import { addCompany } from "@/lib/services/companies/create-company";
import {
  companyChangeInput,
  companyDeletionInput,
  newCompanyInput,
} from "@/lib/services/companies/company-input";
import { deleteCompany } from "@/lib/services/companies/delete-company";
import { purgeCompany, purgeInput } from "@/lib/services/companies/purge-company";
import { updateCompany } from "@/lib/services/companies/update-company";
import { previewCompanyRetention, retentionInput } from "@/lib/services/retention/preview-retention";

export const addCompanyAction = globalAction("company:create", newCompanyInput, addCompany);
export const updateCompanyAction = companyAction("company:update", companyChangeInput, updateCompany);
export const purgeCompanyAction = companyAction("company:delete", purgeInput, purgeCompany, { stepUp: true });
export const deleteCompanyAction = companyAction("company:delete", companyDeletionInput, deleteCompany, {
  stepUp: true,
  endsPage: true,
});
export const previewCompanyRetentionAction = companyAction(
  "company:update",
  retentionInput,
  previewCompanyRetention,
);
