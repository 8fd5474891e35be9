import type { AuthError } from "@supabase/supabase-js";
import { AppError } from "#lib/errors.ts";

/** One answer for an address without an account and for a wrong password. */
export function wrongCredentials(): AppError {
  return new AppError("UNAUTHENTICATED", { detail: "That address and password don’t belong together. Check both, or reset the password." });
}

const wrongField = (path: string, message: string) => new AppError("INVALID_REQUEST", { detail: message, errors: [{ path, message }] });

/** What the auth plane refuses, in our words; `passwordPath` is where the request holds a new password. Anything else is the error itself. */
export function refusal(error: AuthError, passwordPath = "password"): Error {
  switch (error.code) {
    case "invalid_credentials":
      return wrongCredentials();
    case "email_not_confirmed":
      return new AppError("UNAUTHENTICATED", { detail: "This address isn’t confirmed yet. Open the link in the mail you got, then log in." });
    case "user_banned":
      return new AppError("UNAUTHENTICATED", { detail: "This account is locked. Ask an administrator." });
    case "user_already_exists":
    case "email_exists":
      return new AppError("CONFLICT", { detail: "There is an account with this address already. Log in, or reset its password." });
    case "signup_disabled":
    case "email_provider_disabled":
      return signUpClosed();
    case "email_address_invalid":
    case "validation_failed":
      return wrongField("email", "This address can’t be used. Check it for typing errors.");
    case "weak_password":
      return wrongField(passwordPath, "This password is too easy to guess. Choose a longer one.");
    case "same_password":
      return wrongField(passwordPath, "This is the password that the account has already.");
    case "otp_expired":
    case "otp_disabled":
    case "flow_state_not_found":
      return new AppError("INVALID_REQUEST", { detail: "This link has been used, or its hour has passed. Ask for a new one." });
    case "session_not_found":
    case "refresh_token_not_found":
      return new AppError("UNAUTHENTICATED");
    default:
      return error;
  }
}

export function signUpClosed(): AppError {
  return new AppError("CONFLICT", { detail: "No new accounts are made at the moment, except by invitation. Ask the person who sent you here for one." });
}
