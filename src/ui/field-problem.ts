/** A control that a person fills in. */
export type Checkable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function isCheckable(element: Element): element is Checkable {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

/** What the browser finds wrong with a control, in our words. */
export function fieldProblem(control: Checkable): string {
  const { validity } = control;
  if (validity.customError) return control.validationMessage;
  if (validity.valueMissing) return control.type === "checkbox" ? "Tick this to go on." : "Fill this in.";
  if (validity.typeMismatch && control.type === "email") return "Write an e-mail address, such as name@example.com.";
  if (validity.tooShort && "minLength" in control) return `Use at least ${control.minLength} characters.`;
  if (validity.tooLong && "maxLength" in control) return `Use at most ${control.maxLength} characters.`;
  return control.validationMessage;
}
