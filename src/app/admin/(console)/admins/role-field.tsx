import { adminRoles, type AdminRole } from "#platform/auth/principal.ts";
import { Field } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Select } from "#ui/select.tsx";
import { roleWords } from "#app/admin/role-words.ts";

/** The role that is chosen in a form. */
export function roleOf(values: FormData): AdminRole | undefined {
  return adminRoles.find((role) => role === textOf(values, "role"));
}

export function RoleField({ value, error }: { value: AdminRole; error: string | undefined }) {
  return (
    <Field label="Role" name="role" error={error}>
      {(control) => (
        <Select {...control} defaultValue={value}>
          {adminRoles.map((role) => (
            <option key={role} value={role}>
              {roleWords[role].label}: {roleWords[role].may.toLowerCase()}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
