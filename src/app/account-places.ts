import Building2 from "lucide-react/icons/building-2";
import CircleUser from "lucide-react/icons/circle-user";
import History from "lucide-react/icons/history";
import KeyRound from "lucide-react/icons/key-round";
import LogIn from "lucide-react/icons/log-in";
import UserPlus from "lucide-react/icons/user-plus";
import type { Principal } from "#platform/auth/principal.ts";
import type { Place } from "#ui/shell/routes.ts";

interface FindablePlace extends Place {
  /** Words that find the page in the palette, besides its label. */
  keywords: string[];
}

const account: FindablePlace = { id: "account", href: "/account", label: "Account", icon: CircleUser, keywords: ["profile", "name", "password", "e-mail", "sessions", "log out", "export", "delete"] };
const organisation: FindablePlace[] = [
  { id: "organisation", href: "/organisation", label: "Organisation", icon: Building2, keywords: ["members", "invite", "invitation", "team", "switch", "leave", "export", "delete"] },
  { id: "api-keys", href: "/organisation/keys", label: "API keys", icon: KeyRound, keywords: ["token", "developer", "program", "revoke", "scope"] },
  { id: "activity", href: "/organisation/activity", label: "Activity of the organisation", icon: History, keywords: ["audit", "log", "who", "changes"] },
];
const logIn: FindablePlace = { id: "log-in", href: "/login", label: "Log in", icon: LogIn, keywords: ["sign in", "login", "password", "account"] };
const signUp: FindablePlace = { id: "sign-up", href: "/signup", label: "Create an account", icon: UserPlus, keywords: ["sign up", "register", "join", "account"] };

/** The places of accounts that make sense to a reader: found in the palette, and not part of the navigation. */
export function accountPlaces({ kind }: Principal): FindablePlace[] {
  return kind === "user" || kind === "member" ? [account, ...organisation] : [logIn, signUp];
}
