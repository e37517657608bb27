-- A company knows by name who is assigned to its alerts, also a global administrator without a membership.
ALTER POLICY member_rows ON app_auth_users
  USING (EXISTS (SELECT 1 FROM app_auth_user_companies m WHERE m.user_id = app_auth_users.id)
    OR EXISTS (SELECT 1 FROM alerts a WHERE a.assignee_user_id = app_auth_users.id));
