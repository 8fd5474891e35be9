import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { RatingForm } from "#domains/help/components/rating-form.tsx";
import { pending, problem, serveApi } from "../../../../tests/support/fake-api.ts";

const route = "POST /api/help/hour-ending/feedback";
const rating = (value: number) => page.getByRole("radio", { name: `${value} of 5` });
const comment = page.getByRole("textbox", { name: /^Comment, if you like/ });
const button = (name: string) => page.getByRole("button", { name });
/** The number that is pressed: the radio button itself is for the keyboard. */
const number = (value: number) => page.getByRole("group", { name: "Was this useful?" }).getByText(String(value), { exact: true });

const stored = () => Response.json({ id: "0199f3a0-0000-7000-8000-000000000002" }, { status: 201 });

test("a rating alone is enough, is thanked for where focus goes, and can be changed", async () => {
  const requests = serveApi({ [route]: stored });
  await render(<RatingForm entryId="hour-ending" />);
  await expect.element(button("Send")).not.toBeInTheDocument();
  await number(4).click();
  await button("Send").click();
  const thanks = page.getByRole("status");
  await expect.element(thanks).toMatchTextContent("Thanks. You gave 4 of 5.");
  await expect.element(thanks).toHaveFocus();
  expect(await requests[0]?.json()).toEqual({ rating: 4 });

  await button("Change").click();
  await expect.element(rating(4)).toBeChecked();
  await number(2).click();
  await comment.fill(" Too long ");
  await button("Send").click();
  await expect.element(thanks).toMatchTextContent("You gave 2 of 5.");
  expect(await requests[1]?.json()).toEqual({ rating: 2, comment: "Too long" });
});

test("works from the keyboard alone", async () => {
  const requests = serveApi({ [route]: stored });
  await render(<RatingForm entryId="hour-ending" />);
  await userEvent.tab();
  await userEvent.keyboard(" {ArrowRight}{ArrowRight}");
  await expect.element(rating(3)).toBeChecked();
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => requests.length).toBe(1);
  expect(await requests[0]?.json()).toEqual({ rating: 3 });
});

test("while it is sent, it can't be sent again", async () => {
  const { answering, answer } = pending();
  serveApi({ [route]: answering });
  await render(<RatingForm entryId="hour-ending" />);
  await number(5).click();
  await button("Send").click();
  await expect.element(button("Sending")).toBeDisabled();
  answer(stored());
  await expect.element(page.getByRole("status")).toBeVisible();
});

test("what isn't stored is said so, and stays to be sent again", async () => {
  serveApi({ [route]: () => problem(503, "DATABASE_UNAVAILABLE", "The database is away", "Try again in a minute.") });
  await render(<RatingForm entryId="hour-ending" />);
  await number(1).click();
  await comment.fill("Not clear");
  await button("Send").click();
  const alert = page.getByRole("alert");
  await expect.element(alert).toMatchTextContent("The feedback wasn’t storedTry again in a minute. Your rating and comment are still here.");
  await expect.element(comment).toHaveValue("Not clear");
  await expect.element(rating(1)).toBeChecked();
  const requests = serveApi({ [route]: stored });
  await button("Send").click();
  await expect.element(page.getByRole("status")).toBeVisible();
  expect(await requests[0]?.json()).toEqual({ rating: 1, comment: "Not clear" });
});
