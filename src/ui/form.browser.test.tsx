import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { ProblemError } from "#lib/problem.ts";
import { TextField } from "#ui/field.tsx";
import { Form, SubmitButton } from "#ui/form.tsx";
import { useSubmit } from "#ui/use-submit.ts";

function Example({ send }: { send: (values: FormData) => Promise<"leaving" | undefined> }) {
  const submission = useSubmit(send);
  return (
    <Form submission={submission} refused="It wasn’t stored">
      <TextField label="Name" name="name" hint="As others see it" required error={submission.errorOf("name")} />
      <TextField label="E-mail" name="email" type="email" required error={submission.errorOf("email")} />
      <SubmitButton submission={submission} working="Saving">
        Save
      </SubmitButton>
    </Form>
  );
}

const name = page.getByRole("textbox", { name: "Name" });
const email = page.getByRole("textbox", { name: "E-mail" });
const save = page.getByRole("button", { name: "Save" });

async function fill() {
  await name.fill("Ada");
  await email.fill("ada@example.com");
}

test("what the browser finds wrong is said at each field, and the first gets focus; nothing is sent", async () => {
  let sent = 0;
  await render(<Example send={() => Promise.resolve(void (sent += 1))} />);
  await expect.element(name).toHaveAccessibleDescription("As others see it");
  await email.fill("ada@");
  await save.click();
  await expect.element(name).toHaveFocus();
  await expect.element(name).toHaveAccessibleDescription("As others see it Fill this in.");
  await expect.element(email).toHaveAccessibleDescription("Write an e-mail address, such as name@example.com.");
  await expect.element(email).toBeInvalid();
  expect(sent).toBe(0);
});

test("while it is sent it can't be sent again, and it says what it does", async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const sent: FormData[] = [];
  await render(<Example send={(values) => (sent.push(values), promise)} />);
  await fill();
  await save.click();
  const busy = page.getByRole("button", { name: "Saving" });
  await expect.element(busy).toHaveAttribute("aria-disabled", "true");
  await userEvent.keyboard("{Enter}{Enter}");
  expect(sent.map((values) => values.get("name"))).toEqual(["Ada"]);
  resolve(undefined);
  await expect.element(save).not.toHaveAttribute("aria-disabled");
});

test("a form that leads away stays closed", async () => {
  let sent = 0;
  await render(<Example send={() => Promise.resolve((sent += 1) ? "leaving" : undefined)} />);
  await fill();
  await save.click();
  await expect.element(page.getByRole("button", { name: "Saving" })).toBeVisible();
  await userEvent.keyboard("{Enter}");
  expect(sent).toBe(1);
});

test("what the server says about a field stands at it; what it says about the whole stands at the end", async () => {
  const refusals = [
    new ProblemError({ title: "x", status: 400, code: "INVALID_REQUEST", errors: [{ path: "email", message: "That isn't one." }] }),
    new ProblemError({ title: "x", status: 409, code: "CONFLICT", detail: "It is there already.", requestId: "r-1", errors: [{ path: "other", message: "no field" }] }),
  ];
  await render(<Example send={() => Promise.reject(refusals.shift() ?? new Error("no more"))} />);
  await fill();
  await save.click();
  await expect.element(email).toHaveFocus();
  await expect.element(email).toHaveAccessibleDescription("That isn't one.");
  await expect.element(page.getByRole("alert")).not.toBeInTheDocument();

  await save.click();
  await expect.element(page.getByRole("alert")).toHaveTextContent("It wasn’t storedIt is there already.Request r-1");
  await expect.element(email).toBeValid();
  await expect.element(name).toHaveValue("Ada");
});
