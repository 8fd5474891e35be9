import CircleUser from "lucide-react/icons/circle-user";
import LogIn from "lucide-react/icons/log-in";
import UserPlus from "lucide-react/icons/user-plus";
import type { Principal } from "#platform/auth/principal.ts";
import type { Place } from "#ui/shell/routes.ts";

interface FindablePlace extends Place {
  /** Words that find the page in the palette, besides its label. */
  keywords: string[];
}

const account: FindablePlace = { id: "account", href: "/account", label: "Account", icon: CircleUser, keywords: ["profile", "name", "password", "e-mail", "sessions", "log out", "export", "delete"] };
const logIn: FindablePlace = { id: "log-in", href: "/login", label: "Log in", icon: LogIn, keywords: ["sign in", "login", "password", "account"] };
const signUp: FindablePlace = { id: "sign-up", href: "/signup", label: "Create an account", icon: UserPlus, keywords: ["sign up", "register", "join", "account"] };

/** The places of accounts that make sense to a reader: found in the palette, and not part of the navigation. */
export function accountPlaces({ kind }: Principal): FindablePlace[] {
  return kind === "user" || kind === "member" ? [account] : [logIn, signUp];
}
