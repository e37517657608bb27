"use client";

import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField } from "@/components/forms/fields";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { MembershipView } from "@/lib/services/users/read-users";
import { COMPANY_ROLE_LABEL } from "@/lib/domain/actor";
import type { UserActions, UserDetailProps } from "./user-actions";

/** The companies of a user that the viewer may see, with the role in each. */
export function MembershipCard({ user, joinable, actions }: UserDetailProps) {
  const roles = Object.entries(COMPANY_ROLE_LABEL).map(([value, label]) => ({ value, label }));
  return (
    <Card>
      <CardHeader>
        <CardTitle>Memberships</CardTitle>
        {joinable.length > 0 && !user.isSelf && (
          <CardAction>
            <DialogButton
              label="Add to a company"
              title={`Add ${user.username} to a company`}
              action={actions.setMembershipAction}
              hidden={{ userId: user.id }}
              submitLabel="Add"
              done="Membership added"
            >
              {(errors) => (
                <>
                  <SelectField
                    name="memberCompanyId"
                    label="Company"
                    choices={joinable.map(({ id, name }) => ({ value: String(id), label: name }))}
                    errors={errors}
                  />
                  <SelectField name="role" label="Role" defaultValue="User" choices={roles} errors={errors} />
                </>
              )}
            </DialogButton>
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {user.memberships.length === 0 ? (
          <p className="text-sm text-muted-foreground">
            {user.globalRole === "GlobalAdmin"
              ? "None. A global administrator sees every company all the same."
              : "None, so there is nothing for them to see."}
          </p>
        ) : (
          <ul aria-label="Memberships" className="grid">
            {user.memberships.map((membership) => (
              <Membership
                key={membership.companyId}
                userId={user.id}
                membership={membership}
                actions={actions}
              />
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

interface MembershipProps {
  userId: number;
  membership: MembershipView;
  actions: UserActions;
}

function Membership({ userId, membership, actions }: MembershipProps) {
  const { companyId, companyName, role, canBecome, canRemove } = membership;
  const hidden = { userId, memberCompanyId: companyId };
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 border-t py-2 text-sm first:border-0">
      <div className="min-w-0 wrap-anywhere">
        {companyName} <span className="text-muted-foreground">{COMPANY_ROLE_LABEL[role] ?? role}</span>
      </div>
      <div className="flex flex-wrap gap-2">
        {canBecome.map((wanted) => (
          <ActionButton
            key={wanted}
            size="sm"
            variant="outline"
            action={actions.setMembershipAction}
            hidden={{ ...hidden, role: wanted }}
            done="The role is changed."
            aria-label={`Make ${COMPANY_ROLE_LABEL[wanted]?.toLowerCase()} in ${companyName}`}
          >
            Make {COMPANY_ROLE_LABEL[wanted]?.toLowerCase()}
          </ActionButton>
        ))}
        {canRemove && (
          <DialogButton
            label="Remove"
            title={`Remove from ${companyName}`}
            description="They lose sight of the company at their next request. The account stays."
            action={actions.removeMembershipAction}
            hidden={hidden}
            submitLabel="Remove"
            isDestructive
            done={`Removed from ${companyName}.`}
          />
        )}
      </div>
    </li>
  );
}
