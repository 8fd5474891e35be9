import BookOpen from "lucide-react/icons/book-open";
import Bot from "lucide-react/icons/bot";
import Building2 from "lucide-react/icons/building-2";
import Coins from "lucide-react/icons/coins";
import Flag from "lucide-react/icons/flag";
import Handshake from "lucide-react/icons/handshake";
import KeyRound from "lucide-react/icons/key-round";
import Mail from "lucide-react/icons/mail";
import MessageSquare from "lucide-react/icons/message-square";
import RadioTower from "lucide-react/icons/radio-tower";
import ScrollText from "lucide-react/icons/scroll-text";
import MessageSquareCode from "lucide-react/icons/message-square-code";
import ShieldCheck from "lucide-react/icons/shield-check";
import Shield from "lucide-react/icons/shield";
import Users from "lucide-react/icons/users";
import Wallet from "lucide-react/icons/wallet";
import type { Place } from "#ui/shell/routes.ts";

/** Every place of the administrators' console: its navigation and page titles are made from this list. */
export const consolePlaces = {
  help: { id: "help", href: "/admin/help", label: "Help", icon: BookOpen },
  feedback: { id: "feedback", href: "/admin/feedback", label: "Feedback", icon: MessageSquare },
  users: { id: "users", href: "/admin/users", label: "Users", icon: Users },
  organisations: { id: "organisations", href: "/admin/organisations", label: "Organisations", icon: Building2 },
  admins: { id: "admins", href: "/admin/admins", label: "Administrators", icon: ShieldCheck },
  modelCalls: { id: "model-calls", href: "/admin/llm/calls", label: "Model calls", icon: Bot },
  modelSpend: { id: "model-spend", href: "/admin/llm/spend", label: "Model spend", icon: Coins },
  modelBudgets: { id: "model-budgets", href: "/admin/llm/budgets", label: "Model budgets", icon: Wallet },
  audit: { id: "audit", href: "/admin/audit", label: "Audit log", icon: ScrollText },
  sources: { id: "sources", href: "/admin/sources", label: "Sources", icon: RadioTower },
  prompts: { id: "prompts", href: "/admin/llm/prompts", label: "Prompts", icon: MessageSquareCode },
  safeguards: { id: "safeguards", href: "/admin/llm/safeguards", label: "Cache and safeguards", icon: Shield },
  consents: { id: "consents", href: "/admin/llm/consents", label: "Data consents", icon: Handshake },
  flags: { id: "flags", href: "/admin/flags", label: "Flags", icon: Flag },
  mail: { id: "mail", href: "/admin/mail", label: "Mail", icon: Mail },
  account: { id: "account", href: "/admin/account", label: "Your access", icon: KeyRound },
} as const satisfies Record<string, Place>;

const { help, feedback, users, organisations, admins, modelCalls, modelSpend, modelBudgets, audit, sources, prompts, safeguards, consents, flags, mail } = consolePlaces;
export const consoleNavigation: Place[][] = [[help, feedback], [users, organisations, admins], [modelCalls, modelSpend, modelBudgets, prompts, safeguards, consents], [audit, sources, flags, mail]];
