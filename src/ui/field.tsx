import { useId, type ComponentProps, type ReactNode } from "react";
import { Input } from "#ui/input.tsx";

/** What ties a control to its label, hint and error: spread it on the control. */
export interface ControlProps {
  id: string;
  name: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: ReactNode;
  /** The control's name, which is also the path that the server names in what it refuses. */
  name: string;
  /** Said below the label before anything is wrong. */
  hint?: ReactNode;
  error?: string | undefined;
  children: (control: ControlProps) => ReactNode;
}

/** A control with its label above, and below it the hint and what is wrong. */
export function Field({ label, name, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-13 font-strong">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-13 text-muted">
          {hint}
        </p>
      )}
      {children({ id, name, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="text-13 text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = Omit<FieldProps, "children"> & Omit<ComponentProps<"input">, "id" | "name">;

/** A field of one line. */
export function TextField({ label, name, hint, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} name={name} hint={hint} error={error}>
      {(control) => <Input {...input} {...control} />}
    </Field>
  );
}
